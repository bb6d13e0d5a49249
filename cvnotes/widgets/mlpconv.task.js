// A picture of 20×20 pixels and two channels, and what is asked of each.

const SIDE = 20;
const GAP = 0.3;  // For "xor" each channel is clearly on or clearly off.
const WARP = 0.16;
const RINGED = 0.78;
const STRIPE = { along: [0.8, 0.6], half: 0.45 };

const IS_B = {
  xor: (x, y) => x * y < 0,
  ring: (x, y) => Math.hypot(x, y) < RINGED,
  stripes: (x, y) => Math.abs(STRIPE.along[0] * x + STRIPE.along[1] * y)
    < STRIPE.half,
};

// Spread evenly from −1 to 1, in the order that the values had.
function even(values) {
  const order = values.map((v, i) => [v, i])
    .sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const spread = new Array(values.length);
  order.forEach(([, i], place) => {
    spread[i] = (2 * place + 1) / values.length - 1;
  });
  return spread;
}

// Two bent waves, one across the picture and one down it.
function channels() {
  const turn = (part) => 2 * Math.PI * part;
  const pixels = Array.from({ length: SIDE ** 2 }, (_, i) =>
    [(i % SIDE) + 0.5, Math.floor(i / SIDE) + 0.5].map((v) => v / SIDE));
  const across = pixels.map(([u, v]) =>
    Math.cos(turn(u + WARP * Math.sin(turn(0.9 * v + 0.1))) + 0.7));
  const down = pixels.map(([u, v]) =>
    Math.cos(turn(v + WARP * Math.sin(turn(1.1 * u + 0.35))) + 2.1));
  return [even(across), even(down)];
}

// The pixels: their channels x and y, and `is`, 1 for class B, 0 for A.
export function pixels(task) {
  const apart = (v) => Math.sign(v) * (GAP + (1 - GAP) * Math.abs(v));
  const [x, y] = channels().map((values) =>
    (task === "xor" ? values.map(apart) : values));
  const is = x.map((v, i) => (IS_B[task](v, y[i]) ? 1 : 0));
  return { x, y, is };
}

// Numbers from 0 to 1: Park and Miller's generator (CACM 31, 1988), whose
// products stay below 2⁵³, so that every browser draws the same ones.
export function draws(seed, count) {
  let state = 7919 * seed;
  const next = () => (state = (48271 * state) % 2147483647);
  for (let i = 0; i < 9; i += 1) next();  // the first ones are small
  return Array.from({ length: count }, () => next() / 2147483647);
}
