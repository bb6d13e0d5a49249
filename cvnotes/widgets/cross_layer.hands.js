// The photograph, and two places on it that are dragged or moved by keys.

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1],
  ArrowDown: [0, 1] };

// `move(who, [x, y])` is told percents; `step(who, [dx, dy])` places.
function stageOf(panel, [height, width], move, step) {
  const canvas = kit.html("canvas", { width, height, role: "img" });
  const drawing = kit.svg("svg", { class: "cv-cross_layer-boxes",
    preserveAspectRatio: "none", "aria-hidden": "true" });
  const handles = Object.fromEntries(["a", "b"].map((who) => [who,
    kit.html("button", { type: "button", "data-place": who,
      class: `cv-cross_layer-handle cv-cross_layer-${who}`,
      onkeydown: (event) => {
        if (!STEPS[event.key]) return;
        event.preventDefault();
        step(who, STEPS[event.key]);
      } }, who.toUpperCase())]));
  const stage = panel.add(kit.html("div", { class: "cv-cross_layer-stage" },
    canvas, drawing, handles.a, handles.b));
  const held = (part) => Math.min(100, Math.max(0, 100 * part));
  const at = ({ clientX, clientY }) => {
    const area = stage.getBoundingClientRect();
    return [held((clientX - area.left) / area.width),
      held((clientY - area.top) / area.height)];
  };
  const far = (who, { clientX, clientY }) => {
    const area = handles[who].getBoundingClientRect();
    return Math.hypot(clientX - area.left - area.width / 2,
      clientY - area.top - area.height / 2);
  };
  let who = null;
  stage.onpointerdown = (event) => {
    if (!event.isPrimary || event.button) return;
    who = event.target.dataset?.place ??
      (far("a", event) <= far("b", event) ? "a" : "b");
    stage.setPointerCapture(event.pointerId);
    handles[who].focus({ preventScroll: true });
    event.preventDefault();
    move(who, at(event));
  };
  stage.onpointermove = (event) => {
    if (who && stage.hasPointerCapture(event.pointerId)) move(who, at(event));
  };
  stage.onpointerup = stage.onpointercancel = () => (who = null);
  return { canvas, drawing, handles };
}

function photographOn(canvas, bytes, name) {
  const paint = canvas.getContext("2d");
  const image = paint.createImageData(canvas.width, canvas.height);
  for (let i = 0, at = 0; i < bytes.length; i += 3, at += 4) {
    image.data.set([bytes[i], bytes[i + 1], bytes[i + 2], 255], at);
  }
  paint.putImageData(image, 0, 0);
  canvas.setAttribute("aria-label", `The photograph: ${name}`);
}
