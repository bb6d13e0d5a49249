// The square of both channels: where a model says which class, and why.

const REACH = 1.08;  // a little more than the channels have, each way
const FINE = 64;  // places across, at which a model is asked

const ASKED = (() => {
  const at = (i) => REACH * (2 * (i + 0.5) / FINE - 1);
  const all = Array.from({ length: FINE ** 2 }, (_, i) => i);
  return { x: all.map((i) => at(i % FINE)),
    y: all.map((i) => -at(Math.floor(i / FINE))) };
})();

const parts = (colour) => {
  const whole = colour.trim().slice(1);
  return [0, 2, 4].map((i) => parseInt(whole.slice(i, i + 2), 16));
};

// A canvas's pen, cleared, that counts in the page's pixels.
function fresh(canvas, width, height) {
  const dense = window.devicePixelRatio || 1;
  const [wide, high] = [width, height].map((v) => Math.round(v * dense));
  // A canvas that is given its size again is slow.
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== high) canvas.height = high;
  const paint = canvas.getContext("2d");
  paint.setTransform(dense, 0, 0, dense, 0, 0);
  paint.globalAlpha = 1;
  paint.clearRect(0, 0, width, height);
  return paint;
}

// The surer the model, the stronger the colour of the class that it says.
function shades(asked, hues) {
  const image = new ImageData(FINE, FINE);
  const { data } = image;
  for (let i = 0; i < asked.length; i += 1) {
    const hue = hues[asked[i] > 0 ? 1 : 0];
    for (let c = 0; c < 3; c += 1) data[4 * i + c] = hue[c];
    const sure = Math.abs(2 * chance(asked[i]) - 1);
    data[4 * i + 3] = 255 * (0.1 + 0.34 * sure);
  }
  const sheet = new OffscreenCanvas(FINE, FINE);
  sheet.getContext("2d").putImageData(image, 0, 0);
  return sheet;
}

// Where the log-odds are 0, as short lines between neighbouring places;
// in places across and down, counted from 0.
export function border(asked, side) {
  const lines = [];
  const cut = ([i, j], [k, l]) => {
    const [a, b] = [asked[j * side + i], asked[l * side + k]];
    if (a > 0 === b > 0) return [];
    const part = a / (a - b);
    return [[i + part * (k - i), j + part * (l - j)]];
  };
  const mixed = (at) => {
    const sign = asked[at] > 0;
    return asked[at + 1] > 0 !== sign || asked[at + side] > 0 !== sign ||
      asked[at + side + 1] > 0 !== sign;
  };
  for (let j = 0; j + 1 < side; j += 1) {
    for (let i = 0; i + 1 < side; i += 1) {
      if (!mixed(j * side + i)) continue;
      const round = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]];
      const cuts = round.flatMap((spot, n) => cut(spot, round[(n + 1) % 4]));
      for (let n = 0; n < cuts.length; n += 2) {
        lines.push([cuts[n], cuts[n + 1]]);
      }
    }
  }
  return lines;
}

// The part of the square where a unit is on, as a polygon round it.
export function onSide([w1, w2, b], reach) {
  const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]]
    .map((corner) => corner.map((v) => v * reach));
  const sum = ([x, y]) => w1 * x + w2 * y + b;
  return corners.flatMap((here, n) => {
    const next = corners[(n + 1) % 4];
    const [a, c] = [sum(here), sum(next)];
    const kept = a > 0 ? [here] : [];
    if (a > 0 === c > 0) return kept;
    const part = a / (a - c);
    return [...kept, here.map((v, i) => v + part * (next[i] - v))];
  });
}

// The two ends, on the edge of the square, of the line where it turns on.
export function line(unit, reach) {
  const [w1, w2, b] = unit;
  const edge = ([x, y]) => Math.abs(w1 * x + w2 * y + b) <
    1e-9 * (1 + Math.abs(w1) + Math.abs(w2) + Math.abs(b));
  const ends = onSide(unit, reach).filter(edge);
  return ends.length === 2 ? ends : null;
}

function mark(paint, kind, x, y, size) {
  paint.beginPath();
  if (kind) paint.rect(x - size, y - size, 2 * size, 2 * size);
  else paint.arc(x, y, 1.13 * size, 0, 7);  // as much area as the square
  paint.fill();
}

// All pixels at their places, drawn once and put on every plot.
function pointSheet(size, { x, y, is }, { marks }) {
  const sheet = new OffscreenCanvas(1, 1);
  const paint = fresh(sheet, size, size);
  const spot = (v) => size * (1 + v / REACH) / 2;
  is.forEach((kind, i) => {
    paint.fillStyle = marks[kind];
    mark(paint, kind, spot(x[i]), spot(-y[i]), size / 150);
  });
  return sheet;
}

function drawPlot(canvas, state, { plot: size, hues, ink, sheet }) {
  const paint = fresh(canvas, size, size);
  const asked = logits(state.net, ASKED);
  paint.drawImage(shades(asked, hues), 0, 0, size, size);
  const at = (v) => size * (v + 0.5) / FINE;
  paint.strokeStyle = ink;
  paint.lineWidth = 1.6;
  paint.beginPath();
  for (const [from, to] of border(asked, FINE)) {
    paint.moveTo(...from.map(at));
    paint.lineTo(...to.map(at));
  }
  paint.stroke();
  paint.drawImage(sheet, 0, 0, size, size);
}
