// A photograph's bytes, mixed and shown.

const DIM = 0.5;
const BELOW = [64, 150, 255];  // the blue of what is below zero

// The 1×1 convolution itself: at every pixel, each row of the matrix takes
// its share of red, green and blue.
export function mix(bytes, matrix, relu) {
  const floor = relu ? 0 : -Infinity;
  return rows(matrix).map(([red, green, blue]) => {
    const out = new Float64Array(bytes.length / 3);
    for (let i = 0, at = 0; i < out.length; i += 1, at += 3) {
      out[i] = Math.max(floor, (red * bytes[at] + green * bytes[at + 1] +
        blue * bytes[at + 2]) / 255);
    }
    return out;
  });
}

export function range(values) {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  // Of a sum that should be 0, the computer leaves a rest.
  return [least, most].map((end) => Math.round(1e9 * end) / 1e9 + 0);
}

// A channel as light: black is 0, white the farthest there is from 0, but at
// least DIM, so that next to nothing looks like it; blue is below 0.
export function light(values, [least, most], paint) {
  const full = Math.max(DIM, -least, most);
  const shades = [0, 1, 2].map((i) => [255 / full, -BELOW[i] / full]);
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i];
    for (let c = 0; c < 3; c += 1) {
      paint[4 * i + c] = value * shades[c][value < 0 ? 1 : 0];
    }
    paint[4 * i + 3] = 255;
  }
  return paint;
}

// Three channels as red, green and blue; a screen shows no less than 0 and
// no more than 1, which bytes that are clamped see to.
export function colour(channels, paint) {
  for (let i = 0; i < channels[0].length; i += 1) {
    for (let c = 0; c < 3; c += 1) paint[4 * i + c] = 255 * channels[c][i];
    paint[4 * i + 3] = 255;
  }
  return paint;
}

// How far two channels rise and fall together, from −1 to 1.
export function correlation(one, other) {
  const mean = (values) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(one), mean(other)];
  let [both, first, second] = [0, 0, 0];
  for (let i = 0; i < one.length; i += 1) {
    const [u, v] = [one[i] - a, other[i] - b];
    both += u * v;
    first += u * u;
    second += v * v;
  }
  const size = Math.sqrt(first * second);
  return size > SMALL ? both / size : null;
}

export function belowZero(channels) {
  const below = channels.map((values) =>
    values.reduce((count, value) => count + (value < 0), 0));
  return dot(below, [1, 1, 1]) / (3 * channels[0].length);
}
