// Arrow keys and swiping follow the links to the neighbours; Escape goes back to the gallery.
const viewer = document.querySelector("[data-viewer]");
const FAR = 60;

function follow(direction) {
  viewer.querySelector(`a[rel="${direction}"]`)?.click();
}

function onKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.target.closest("input, select, textarea, dialog")) return;
  if (event.key === "ArrowLeft") follow("prev");
  if (event.key === "ArrowRight") follow("next");
  if (event.key === "Escape" && viewer.dataset.back) window.location.assign(viewer.dataset.back);
}

function swipes(area) {
  let start = null;
  area.addEventListener("touchstart", (event) => {
    // Two fingers are a pinch, and a photo that is zoomed in is being looked at, not turned.
    const zoomed = (window.visualViewport?.scale ?? 1) > 1.01;
    start = event.touches.length === 1 && !zoomed ? event.touches[0] : null;
  }, { passive: true });
  area.addEventListener("touchend", (event) => {
    if (!start) return;
    const [end] = event.changedTouches;
    const across = end.clientX - start.clientX;
    if (Math.abs(across) > FAR && Math.abs(across) > 2 * Math.abs(end.clientY - start.clientY)) {
      follow(across < 0 ? "next" : "prev");
    }
    start = null;
  }, { passive: true });
}

if (viewer) {
  document.addEventListener("keydown", onKey);
  swipes(viewer.querySelector("figure"));
}
