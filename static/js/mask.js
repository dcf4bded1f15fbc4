// Drawing the rectangle of a mask on the photo; the fields below hold it in percent, and work without this.
const SIDES = ["left", "top", "width", "height"];

for (const frame of document.querySelectorAll("[data-mask]")) {
  const box = frame.querySelector(".mask-box");
  const fields = SIDES.map((side) => document.getElementById(`id_${side}`));
  let start;

  const show = () => {
    const values = fields.map((field) => Number.parseFloat(field.value));
    box.hidden = values.some(Number.isNaN);
    SIDES.forEach((side, index) => { box.style[side] = `${values[index]}%`; });
  };
  const place = (event) => {
    const area = frame.getBoundingClientRect();
    const part = (at, from, size) => Math.min(100, Math.max(0, (100 * (at - from)) / size));
    return [part(event.clientX, area.left, area.width), part(event.clientY, area.top, area.height)];
  };
  const draw = (event) => {
    const end = place(event);
    const left = [0, 1].map((axis) => Math.floor(10 * Math.min(start[axis], end[axis])) / 10);
    const size = [0, 1].map((axis) => Math.floor(10 * Math.abs(end[axis] - start[axis])) / 10);
    [...left, ...size].forEach((value, index) => { fields[index].value = value.toFixed(1); });
    show();
  };

  frame.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    start = place(event);
    frame.setPointerCapture(event.pointerId);
  });
  frame.addEventListener("pointermove", (event) => { if (start) draw(event); });
  frame.addEventListener("pointerup", () => { start = undefined; });
  frame.addEventListener("pointercancel", () => { start = undefined; });
  fields.forEach((field) => field.addEventListener("input", show));
  show();
}
