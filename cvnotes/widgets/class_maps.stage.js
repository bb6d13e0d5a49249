// The canvas: digits of 8×8 that a hand or keys move about.

const DIGIT = 8;

// A place that a digit can have on a canvas of this size.
export const held = (v, side) =>
  Math.min(side - DIGIT, Math.max(0, Math.round(v)));

// Ink from 0 to 1; where two digits overlap, the darker.
export function compose(pictures, digits, side) {
  const ink = new Array(side * side).fill(0);
  for (const { which, x, y } of digits) {
    pictures[which - 1].forEach((v, i) => {
      const at = (y + Math.floor(i / DIGIT)) * side + x + (i % DIGIT);
      ink[at] = Math.max(ink[at], v / 16);
    });
  }
  return ink;
}

// The digits of these settings; what a link says of a second may be nonsense.
export function digitsOf({ digit, x, y, second, side }, count) {
  const all = [{ which: digit, x: held(x, side), y: held(y, side) }];
  const whole = second.length === 3 && second.every(Number.isFinite);
  if (whole && second[0] >= 1 && second[0] <= count) {
    const [which, ...place] = second.map(Math.floor);
    all.push({ which, x: held(place[0], side), y: held(place[1], side) });
  }
  return all;
}

// The nearest of the digits, by its middle; `spot` is in cells.
export function nearest(digits, [x, y]) {
  const away = digits.map((d) =>
    Math.hypot(d.x + DIGIT / 2 - x, d.y + DIGIT / 2 - y));
  return away.indexOf(Math.min(...away));
}

// A canvas with one point to a number, which the page stretches.
function paintPoints(canvas, side, values, colourOf) {
  if (canvas.width !== side) canvas.width = canvas.height = side;
  const image = new ImageData(side, side);
  values.forEach((v, i) => image.data.set(colourOf(v), 4 * i));
  canvas.getContext("2d").putImageData(image, 0, 0);
}

const place = (node, { x, y }, side) => {
  node.style.left = `${(100 * x) / side}%`;
  node.style.top = `${(100 * y) / side}%`;
  node.style.width = node.style.height = `${(100 * DIGIT) / side}%`;
};

const frames = () => [1, 2].map((n) =>
  kit.html("i", { class: `cv-frame-${n}`, hidden: true }));

function showFrames(nodes, digits, side) {
  nodes.forEach((node, n) => {
    node.hidden = !digits[n];
    if (digits[n]) place(node, digits[n], side);
  });
}

// The stage, and what moves on it: `move(n, x, y)` is called at each step;
// `get` tells what the settings say now, which may not be drawn yet.
function stage(panel, get, move) {
  const canvas = kit.html("canvas", {});
  const heat = kit.html("canvas", { class: "cv-glow" });
  const nodes = frames();
  const root = panel.add(kit.html("div", { class: "cv-stage", tabindex: 0,
    role: "application" }, heat, canvas, nodes));
  let [active, grip] = [0, null];
  const spot = ({ clientX, clientY }) => {
    const box = root.getBoundingClientRect();
    return [(clientX - box.left) / box.width, (clientY - box.top) / box.height]
      .map((v) => v * get().side);
  };
  root.onpointerdown = (event) => {
    if (!event.isPrimary || event.button) return;
    root.setPointerCapture(event.pointerId);
    const { digits } = get();
    const [x, y] = spot(event);
    active = nearest(digits, [x, y]);
    // Held where it is taken; a hand beside it brings it there.
    const inside = [x - digits[active].x, y - digits[active].y];
    const on = inside.every((v) => v >= 0 && v <= DIGIT);
    grip = on ? inside : [DIGIT / 2, DIGIT / 2];
    move(active, x - grip[0], y - grip[1]);
  };
  root.onpointermove = (event) => {
    if (!grip || !event.isPrimary) return;
    const [x, y] = spot(event);
    move(active, x - grip[0], y - grip[1]);
  };
  root.onpointerup = root.onpointercancel = () => (grip = null);
  root.onkeydown = (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1],
      ArrowDown: [0, 1] }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!step && event.key !== " ") return;
    event.preventDefault();
    const { digits } = get();
    if (!step) active = digits.length - 1 - active;
    active = Math.min(active, digits.length - 1);
    const { x, y } = digits[active];
    move(active, x + (step?.[0] ?? 0), y + (step?.[1] ?? 0));
  };
  return { root, canvas, heat, nodes,
    active: (count) => Math.min(active, count - 1) };
}
