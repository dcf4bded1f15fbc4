// After a form came back with errors, reading starts at the summary of them.
document.querySelector("[data-errors]")?.focus();
