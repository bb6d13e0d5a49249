// A photograph by night, lit where a place looks.

const NIGHT = 0.42;
const GLOW = [255, 138, 48];
const HOT = [255, 246, 214];

// How bright a weight shines: its root, or the faint ones would not be seen.
export const glow = (weight, most) => most > 0
  ? Math.sqrt(Math.max(0, weight) / most) : 0;

export function heat(weights, bytes, paint) {
  let most = 0;
  for (const weight of weights) if (weight > most) most = weight;
  for (let j = 0; j < weights.length; j += 1) {
    const [r, g, b] = [bytes[3 * j], bytes[3 * j + 1], bytes[3 * j + 2]];
    const grey = NIGHT * (0.299 * r + 0.587 * g + 0.114 * b);
    const lit = glow(weights[j], most);
    for (let c = 0; c < 3; c += 1) {
      const hue = lit < 0.6 ? GLOW[c]
        : GLOW[c] + ((HOT[c] - GLOW[c]) * (lit - 0.6)) / 0.4;
      const part = Math.min(1, 1.25 * lit);
      paint[4 * j + c] = grey + part * (hue - grey);
    }
    paint[4 * j + 3] = 255;
  }
  return paint;
}

export function plain(bytes, paint) {
  for (let j = 0; j < bytes.length / 3; j += 1) {
    for (let c = 0; c < 3; c += 1) paint[4 * j + c] = bytes[3 * j + c];
    paint[4 * j + 3] = 255;
  }
  return paint;
}

// The patch around place j, as it stands in the photograph.
export function cutOut(bytes, [height, width], k, j, paint) {
  const reach = k >> 1;
  const [x, y] = [j % width, Math.floor(j / width)];
  for (let dy = 0; dy < k; dy += 1) {
    for (let dx = 0; dx < k; dx += 1) {
      const row = Math.min(height - 1, Math.max(0, y + dy - reach));
      const column = Math.min(width - 1, Math.max(0, x + dx - reach));
      const [to, from] = [4 * (dy * k + dx), 3 * (row * width + column)];
      for (let c = 0; c < 3; c += 1) paint[to + c] = bytes[from + c];
      paint[to + 3] = 255;
    }
  }
  return paint;
}
