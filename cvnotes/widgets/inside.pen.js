const START = [0.5, 0.2];
const HINT = "Draw here: mouse, finger, or arrows and space.";

// A pen for mouse, finger and keys; `change` is given all strokes so far.
function pen(canvas, change, say) {
  const spot = [...START];
  let [strokes, down, keys] = [[], false, false];
  const at = ({ clientX, clientY }) => {
    const { left, top: high, width, height } = canvas.getBoundingClientRect();
    return [[clientX - left, width], [clientY - high, height]]
      .map(([v, size]) => Math.min(1, Math.max(0, v / size)));
  };
  const go = (point) => {
    const [x, y] = strokes.at(-1)?.at(-1) ?? [9, 9];
    if (Math.hypot(point[0] - x, point[1] - y) > 0.008) {
      strokes.at(-1).push(point);
    }
  };
  const lift = () => {
    if (keys && down) say("The pen is up.");
    down = false;
  };
  const clear = () => {
    strokes = [];
    down = false;
    say(keys ? "Cleared; the pen is up." : HINT);
    change(strokes);
  };
  const put = (point) => {
    strokes.push([point]);
    change(strokes);
  };
  canvas.onpointerdown = (event) => {
    if (!event.isPrimary || event.button) return;
    canvas.setPointerCapture(event.pointerId);
    lift();
    say(HINT);
    keys = false;
    down = true;
    put(at(event));
  };
  canvas.onpointermove = (event) => {
    if (!down || keys || !event.isPrimary) return;
    for (const one of event.getCoalescedEvents?.() ?? []) go(at(one));
    go(at(event));
    change(strokes);
  };
  canvas.onpointerup = canvas.onpointercancel = () => {
    down = down && keys;
  };
  const press = (key) => {
    keys = true;
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1],
      ArrowDown: [0, 1] }[key];
    if (step) {
      step.forEach((way, i) => {
        spot[i] = Math.min(0.96, Math.max(0.04, spot[i] + way / 24));
      });
      if (down) go([...spot]);
    } else if (key === "Delete" || key === "Backspace") {
      clear();
      return;
    } else {
      down = !down;
      if (down) strokes.push([[...spot]]);
      say(down ? "The pen is down." : "The pen is up.");
    }
    change(strokes);
  };
  canvas.onkeydown = (event) => {
    const known = /^(Arrow|Delete|Backspace|Enter| )/.test(event.key);
    if (!known || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    press(event.key);
  };
  return { spot: () => (keys ? [spot, down] : null), strokes: () => strokes,
    clear,
    forget() {
      strokes = [];
      say(keys && down ? "The pen is up." : HINT);
      [down, keys] = [false, false];
      [spot[0], spot[1]] = START;
    } };
}

// The strokes as the reader drew them, or else the picture itself.
function drawPad(canvas, size, own, drawing, { ink, orange }) {
  const strokes = own.strokes();
  cells(canvas, strokes.length ? [] : drawing, size, ink);
  const paint = canvas.getContext("2d");
  paint.strokeStyle = ink;
  paint.lineWidth = 0.07 * size;
  paint.lineCap = paint.lineJoin = "round";
  paint.globalAlpha = 1;
  for (const stroke of strokes) {
    paint.beginPath();
    // A line of no length is not drawn, and a dot is one.
    for (const [i, [x, y]] of [stroke[0], ...stroke].entries()) {
      paint.lineTo(size * x + (i ? 0.01 : 0), size * y);
    }
    paint.stroke();
  }
  if (!own.spot()) return;
  const [[x, y], down] = own.spot();
  paint.beginPath();
  paint.arc(size * x, size * y, 7, 0, 7);
  paint.lineWidth = 2.5;
  paint.strokeStyle = paint.fillStyle = orange;
  paint.stroke();
  if (down) paint.fill();
}
