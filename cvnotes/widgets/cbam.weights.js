// Where the weights come from: made by hand, or drawn by a seed.

const LOUD = { "edges loud": [0, 1, 2], "colours loud": [3, 4, 5] };
const STRENGTH = 12;

// Small numbers that look like chance, the same for the same seed.
function chance(seed) {
  let state = (seed + 1) * 2654435769 >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - next())) *
    Math.cos(2 * Math.PI * next());
}

const table = (rows, columns, fill) =>
  Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (__, c) => fill(r, c)));
const zeros = (count) => new Array(count).fill(0);

// Each hidden unit hears its share of the channels. A channel is turned up
// where its own unit hears more than the others do.
function aboveTheRest(count, hidden) {
  const shared = count / hidden;
  const own = (c) => Math.floor(c / shared);
  return { down: table(hidden, count, (j, c) => (own(c) === j) / shared),
    up: table(count, hidden, (c, j) =>
      STRENGTH * ((own(c) === j) - 1 / (hidden === 1 ? 2 : hidden))) };
}

// One unit hears the chosen channels, and speaks for them and no others.
function some(count, hidden, chosen) {
  return { down: table(hidden, count, (j, c) =>
    (j === 0 && chosen.includes(c) ? 1 : 0)),
  up: table(count, hidden, (c, j) =>
    (j > 0 ? 0 : chosen.includes(c) ? 1.5 : -1.5)) };
}

// The MLP of this name, for so many channels and hidden units.
export function mlpOf(name, count, reduction, seed) {
  const hidden = Math.floor(count / reduction);
  const biases = { downBias: zeros(hidden), upBias: zeros(count) };
  if (name === "above the rest") {
    return { ...aboveTheRest(count, hidden), ...biases };
  }
  if (LOUD[name]) return { ...some(count, hidden, LOUD[name]), ...biases };
  const draw = chance(seed);
  return { down: table(hidden, count, () => draw()),
    up: table(count, hidden, () => 1.5 * draw()),
    downBias: zeros(hidden).map(() => 0.3 * draw()),
    upBias: zeros(count).map(() => 0.3 * draw()) };
}

// For the maximum and for the mean, and the normalisation behind. By hand
// both are averaged around each place, and what is above the usual is open.
export function lookOf(name, k, seed) {
  if (name !== "random") {
    return { kernel: table(2, k * k, () => 1 / (k * k)), scale: 3,
      shift: -1 };
  }
  const draw = chance(seed + 5000);
  return { kernel: table(2, k * k, () => draw() / k), scale: 1, shift: 0 };
}
