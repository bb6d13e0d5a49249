// What a 3×3 matrix does to colours, and whether it can be undone.

const SMALL = 1e-6;
const IDENTITY = [1, 0, 0, 0, 1, 0, 0, 0, 1];

const dot = (u, v) => u.reduce((sum, value, i) => sum + value * v[i], 0);
const cross = ([a, b, c], [d, e, f]) =>
  [b * f - c * e, c * d - a * f, a * e - b * d];
const length = (v) => Math.hypot(...v);
const largest = (values, size) =>
  values.reduce((most, value) => (size(value) > size(most) ? value : most));

const rows = (matrix) => [0, 3, 6].map((start) =>
  matrix.slice(start, start + 3));

// At a right angle to each two of the rows.
function normals(matrix) {
  const [a, b, c] = rows(matrix);
  return [cross(a, b), cross(b, c), cross(a, c)];
}

export function determinant(matrix) {
  const [a, b, c] = rows(matrix);
  return dot(a, cross(b, c));
}

export function rank(matrix) {
  if (Math.abs(determinant(matrix)) > SMALL) return 3;
  if (normals(matrix).some((normal) => length(normal) > SMALL)) return 2;
  return matrix.some((value) => Math.abs(value) > SMALL) ? 1 : 0;
}

// Of a matrix of rank 2: the change of colour that no output notices.
export function unseen(matrix) {
  const normal = largest(normals(matrix), length);
  const most = largest(normal, Math.abs);
  return normal.map((value) => value / most);
}

// What a link or a kernel says, held to nine numbers that can be shown.
export function held(matrix, start, most) {
  const fits = matrix.length === 9 && matrix.every(Number.isFinite);
  return fits ? matrix.map((value) => Math.min(most, Math.max(-most, value)))
    : start;
}

export function presetOf(matrix, presets) {
  return Object.keys(presets).find((name) => presets[name].every((value, i) =>
    Math.abs(value - matrix[i]) < SMALL)) ?? "your own";
}
