// What the reader takes hold of: a picture's pixel, a number of the matrix.

const FAR = 3;  // pixels a pointer may move and still be a click
const SPEED = 0.02;  // of a number, for each pixel that it is dragged
const STEP = 0.05;

// A picture that shows a pixel, and lets the reader pick one.
function view(panel, model, size, kind, caption, pick) {
  const [height, width] = size;
  const canvas = kit.html("canvas", { width, height, role: "img" });
  const box = kit.html("div", { class: "cv-pic" }, canvas, kit.html("i", {}));
  const text = kit.html("figcaption", {}, caption);
  const paint = canvas.getContext("2d");
  const image = paint.createImageData(width, height);
  const at = ({ clientX, clientY }) => {
    const area = canvas.getBoundingClientRect();
    const along = (part, count) =>
      Math.min(count - 1, Math.max(0, Math.floor(part * count)));
    pick({ x: along((clientX - area.left) / area.width, width),
      y: along((clientY - area.top) / area.height, height) });
  };
  kit.pointing(box, model, ["x", "y"], at);
  panel.add(kit.html("figure", { class: `cv-shot ${kind}` }, box, text));
  return (fill, said, label) => {
    fill(image.data);
    paint.putImageData(image, 0, 0);
    if (said) text.replaceChildren(...said);
    canvas.setAttribute("aria-label", label);
  };
}

// One number of the matrix: type it, step it, or drag it sideways.
function cell(panel, label, most, write) {
  const input = kit.html("input", { type: "number", min: -most, max: most,
    step: STEP, "aria-label": label, inputmode: "decimal" });
  const node = panel.add(kit.html("label", { class: "cv-cell" }, input,
    kit.html("i", {})));
  const hold = (value) => Math.min(most, Math.max(-most, value));
  let [from, start, dragged] = [null, 0, false];
  input.oninput = () => {
    if (input.value !== "" && Number.isFinite(+input.value)) {
      write(hold(+input.value));
    }
  };
  // What stands in the field is then what is shown, not what was refused.
  input.onblur = () => (input.value = now);
  // A press that becomes a drag must not put a cursor into the field.
  node.onmousedown = (event) => event.preventDefault();
  node.onclick = (event) => {
    event.preventDefault();
    if (!dragged) {
      input.focus();
      input.select();
    }
  };
  node.onpointerdown = (event) => {
    if (!event.isPrimary || event.button) return;
    // At once: a quick hand has left the cell when it first moves.
    node.setPointerCapture(event.pointerId);
    [from, start, dragged] = [event.clientX, now, false];
  };
  node.onpointermove = (event) => {
    if (from === null || !event.isPrimary) return;
    const way = event.clientX - from;
    if (!dragged && Math.abs(way) <= FAR) return;
    dragged = true;
    const steps = Math.round((start + SPEED * way) / STEP);
    write(hold(+(steps * STEP).toFixed(2)));
  };
  node.onpointerup = node.onpointercancel = () => (from = null);
  let now = 0;
  return (value) => {
    now = +value.toFixed(3);
    if (+input.value !== now || input.value === "") input.value = now;
    node.style.setProperty("--value", value / most);
    node.classList.toggle("cv-minus", value < 0);
  };
}
