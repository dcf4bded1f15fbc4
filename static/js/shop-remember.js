// What was typed at the checkout is kept while it is typed: closing the page loses nothing. Without this script the
// button that saves does the same.
const WAIT = 800;
const KEPT = ["salutation", "name", "street", "postcode", "city", "email", "phone", "delivery_note"];

for (const form of document.querySelectorAll("form[data-remember]")) {
  let timer;
  let changed = false;
  const keep = () => {
    clearTimeout(timer);
    if (!changed || form.dataset.sent) return;
    changed = false;
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", ...KEPT]) {
      if (form.elements[name]) body.set(name, form.elements[name].value);
    }
    const headers = { "X-Requested-With": "fetch" };
    fetch(form.dataset.remember, { method: "POST", body, headers, keepalive: true }).catch(() => { changed = true; });
  };
  form.addEventListener("input", (event) => {
    if (!KEPT.includes(event.target.name)) return;
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT);
  });
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
}
