// Enter at once by a link that was opened: the form is there for who runs no scripts.
document.querySelector("form[data-go]")?.requestSubmit();
