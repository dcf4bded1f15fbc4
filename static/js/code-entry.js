// The code field: a typo is told at once, and the QR on a card opens the photos without leaving the code in the address.
import { isWellFormed } from "./code-check.js";

const form = document.querySelector("[data-code-form]");
const field = form?.elements.namedItem("code");

function tellTypo() {
  let error = document.getElementById("code-typo");
  if (!error) {
    error = document.createElement("p");
    error.id = "code-typo";
    error.className = "field-error";
    error.setAttribute("role", "alert");
    field.before(error);
  }
  error.textContent = form.dataset.typo;
  field.setAttribute("aria-invalid", "true");
  const described = new Set((field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  field.setAttribute("aria-describedby", [...described.add(error.id)].join(" "));
  field.focus();
}

// The fragment of an address never leaves the browser; taking it out keeps the code out of the history too.
function takeCodeFromAddress() {
  const code = new URLSearchParams(window.location.hash.slice(1)).get("code");
  if (!code) return;
  window.history.replaceState(null, "", window.location.pathname);
  field.value = code;
  form.requestSubmit();
}

if (form && field) {
  form.addEventListener("submit", (event) => {
    if (field.value.trim() === "" || isWellFormed(field.value)) return;
    event.preventDefault();
    tellTypo();
  });

  window.addEventListener("hashchange", takeCodeFromAddress);
  takeCodeFromAddress();
}
