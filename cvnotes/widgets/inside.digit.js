// Strokes, as points of a square of side 1, become a picture like those that
// the net was trained on. Its digits were scans of 32×32 points, stretched
// to all 32 rows and 20 columns, their strokes grown or shrunk till about 313
// points were set; a number counts those in 4×4 of them.

const FINE = 32;
const BOX = [20, 32];
const SET = 313;
const STRETCH = 2;  // A narrow 1 is not stretched to full width.
const SMALLEST = 0.2;  // A dot is not blown up.
const WIDEST = 5.5;

// The line through all points, to fit into the box with a pen this wide.
function fitted(strokes, pen) {
  const axes = [0, 1].map((i) => {
    const values = strokes.flat().map((point) => point[i]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return { middle: (low + high) / 2, size: Math.max(high - low, 1e-9),
      most: FINE / SMALLEST };
  });
  const [x, y] = axes.map(({ size, most }, i) =>
    Math.min(most, (BOX[i] - pen) / size));
  const scale = [Math.min(x, STRETCH * y), Math.min(y, STRETCH * x)];
  return strokes.map((stroke) => stroke.map((point) => point.map((v, i) =>
    FINE / 2 + scale[i] * (v - axes[i].middle))));
}

// How far each of the 32×32 points is from the line, squared; far is far.
function distances(strokes) {
  const far = new Float64Array(FINE * FINE).fill(Infinity);
  const near = (v) => Math.min(FINE - 1, Math.max(0, Math.floor(v)));
  const measure = ([ax, ay], [bx, by]) => {
    const [dx, dy] = [bx - ax, by - ay];
    const length = dx * dx + dy * dy || 1;
    const right = near(Math.max(ax, bx) + WIDEST);
    const bottom = near(Math.max(ay, by) + WIDEST);
    for (let y = near(Math.min(ay, by) - WIDEST); y <= bottom; y += 1) {
      for (let x = near(Math.min(ax, bx) - WIDEST); x <= right; x += 1) {
        const [px, py] = [x + 0.5 - ax, y + 0.5 - ay];
        const part = Math.min(1, Math.max(0, (px * dx + py * dy) / length));
        const away = (px - part * dx) ** 2 + (py - part * dy) ** 2;
        far[y * FINE + x] = Math.min(far[y * FINE + x], away);
      }
    }
  };
  for (const stroke of strokes) {
    stroke.forEach((point, i) => measure(stroke[Math.max(0, i - 1)], point));
  }
  return far;
}

export function toDigit(strokes) {
  const cells = new Array(64).fill(0);
  if (!strokes.length) return cells;
  let [reach, far] = [3, []];
  for (let round = 0; round < 2; round += 1) {
    far = distances(fitted(strokes, 2 * reach));
    reach = Math.min(WIDEST, Math.sqrt(far.slice().sort()[SET]));
  }
  far.forEach((away, i) => {
    const cell = 8 * Math.floor(i / (4 * FINE)) + ((i % FINE) >> 2);
    if (away < reach ** 2) cells[cell] += 1;
  });
  return cells;
}
