// A minus and a plus beside a small number. Without this script the number is typed.
function button(text, label, press) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "stepper-button";
  element.textContent = text;
  element.setAttribute("aria-label", label);
  element.addEventListener("click", press);
  return element;
}

for (const stepper of document.querySelectorAll("[data-stepper]")) {
  const input = stepper.querySelector("input");
  const name = input.getAttribute("aria-label");
  const step = (move) => () => {
    move();
    show();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const less = button("−", `${stepper.dataset.less}: ${name}`, step(() => input.stepDown()));
  const more = button("+", `${stepper.dataset.more}: ${name}`, step(() => input.stepUp()));
  const show = () => {
    less.disabled = Number(input.value) <= Number(input.min);
    more.disabled = Number(input.value) >= Number(input.max);
  };
  stepper.prepend(less);
  stepper.append(more);
  input.addEventListener("input", show);
  show();
}
