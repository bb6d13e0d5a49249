// What relating all with all costs, and the small product itself.

const SMALL = 48;

export function sizes({ height, width, channels, groups }) {
  const [n, hidden] = [height * width, Math.floor(channels / 2)];
  return { n, hidden, both: n * hidden, each: (n * hidden) / groups };
}

export function divisors(hidden) {
  return Array.from({ length: hidden }, (_, i) => i + 1)
    .filter((g) => hidden % g === 0);
}

export const nearest = (groups, hidden) =>
  divisors(hidden).findLast((g) => g <= groups);

// Counted as cvnotes.cost has it; four bytes a number.
export function costs(settings) {
  const { channels, groups } = settings;
  const { n, hidden, both, each } = sizes(settings);
  const weights = 3 * channels * hidden + (hidden * channels) / groups;
  const entries = groups * each ** 2;
  return { entries, matrix: 2 * entries, kernel: 2 * both,
    params: weights + 2 * channels, block: n * weights + 2 * both,
    bytes: 4 * entries, kept: 4 * groups };
}

// Whole numbers from −3 to 3, the same every time; kind is θ, φ or g.
export function numbers(count, kind) {
  return Array.from({ length: count }, (_, i) =>
    (((15 * i * i + (2 + kind) * i + 3 * kind + 1) % 31) % 7) - 3);
}

const grid = (side, entry) => Array.from({ length: side },
  (_, i) => Array.from({ length: side }, (_, j) => entry(i, j)));
const sum = (count, term) => {
  let total = 0;
  for (let k = 0; k < count; k += 1) total += term(k);
  return total;
};

// Three matrices of the same θ and φ; null is no entry at all. A number's
// place in a row is channel · n + place, so a group is a block.
export function matrices(settings) {
  const { n, hidden, both, each } = sizes(settings);
  const [theta, phi] = [numbers(both, 0), numbers(both, 1)];
  const group = (i) => Math.floor(i / each);
  return {
    places: grid(n, (i, j) =>
      sum(hidden, (c) => theta[c * n + i] * phi[c * n + j])),
    channels: grid(hidden, (c, d) =>
      sum(n, (i) => theta[c * n + i] * phi[d * n + i])),
    both: grid(both, (i, j) =>
      group(i) === group(j) ? theta[i] * phi[j] + 0 : null),
  };
}

// φ·g in each group, and what comes out: that number times θ.
export function factorised(settings) {
  const { both, each } = sizes(settings);
  const [theta, phi, g] = [0, 1, 2].map((kind) => numbers(both, kind));
  const gate = Array.from({ length: settings.groups }, (_, k) =>
    sum(each, (j) => phi[k * each + j] * g[k * each + j]));
  return { theta, phi, g, gate,
    out: theta.map((value, i) => gate[Math.floor(i / each)] * value + 0) };
}

// The pair that is pointed at, held to the rows there are.
export function pair(settings) {
  const { n, both, each } = sizes(settings);
  const at = (index) => {
    const i = Math.min(index, both - 1);
    return { i, place: i % n, channel: Math.floor(i / n),
      group: Math.floor(i / each) };
  };
  return { asks: at(settings.row), answers: at(settings.column) };
}
