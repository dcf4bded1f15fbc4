// A changed number is sent by itself, a moment after the last press; the button that would send it is not needed then.
const WAIT = 600;

for (const form of document.querySelectorAll("form[data-autosubmit]")) {
  const send = form.querySelector("button:not([type=button])");
  if (send) send.hidden = true;
  let timer;
  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(() => form.requestSubmit(), WAIT);
  });
}
