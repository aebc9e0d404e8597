// Moments are told in UTC to who runs no scripts, to others by the clock of the place they are in.
function tell(within) {
  for (const moment of within.querySelectorAll("time[data-moment]")) {
    const written = new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: moment.dataset.moment });
    moment.title = moment.textContent;
    moment.textContent = written.format(new Date(moment.dateTime));
    delete moment.dataset.moment;
  }
}

tell(document);
document.addEventListener("htmx:load", (event) => tell(event.target));
