// A page that is being left asks for nothing more: told once more where to go, it would set out anew, and never arrive.
let leaving = false;
addEventListener("beforeunload", () => { leaving = true; });
addEventListener("pageshow", () => { leaving = false; });
addEventListener("htmx:beforeRequest", (event) => { if (leaving) event.preventDefault(); });
