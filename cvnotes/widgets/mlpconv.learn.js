// Two models of a pixel's class, and gradient descent for both.
//
// The linear filter is [w1, w2, bias]. The mlpconv has [w1, w2, b, v] for
// each hidden unit, v · ReLU(w1·x + w2·y + b), and then one bias for all.

const [SPREAD, OUT] = [1.5, 1];  // how far from 0 the numbers start

const isLinear = (net) => net.length === 3;
const units = (net) => isLinear(net) ? []
  : Array.from({ length: (net.length - 1) / 4 }, (_, u) =>
    [0, 1, 2, 3].map((i) => net[4 * u + i]));

// With no hidden unit it is the filter.
export function start(hidden, seed) {
  const drawn = draws(seed, hidden ? 4 * hidden : 2);
  const far = hidden ? [SPREAD, SPREAD, OUT, OUT] : [OUT, OUT];
  return [...drawn.map((part, i) =>
    far[i % far.length] * (2 * part - 1)), 0];
}

// The log-odds of class B for each pixel.
export function logits(net, { x, y }) {
  const made = new Float64Array(x.length).fill(net[net.length - 1]);
  if (isLinear(net)) return made.map((v, i) => v + net[0] * x[i] + net[1] * y[i]);
  for (const [w1, w2, b, v] of units(net)) {
    for (let i = 0; i < made.length; i += 1) {
      const sum = w1 * x[i] + w2 * y[i] + b;
      if (sum > 0) made[i] += v * sum;
    }
  }
  return made;
}

const chance = (z) => 1 / (1 + Math.exp(-z));
// log(1 + eᶻ) − is · z, so that no chance is rounded to 0 or 1 before.
const surprise = (z, is) =>
  Math.max(z, 0) - is * z + Math.log1p(Math.exp(-Math.abs(z)));

function sums(off, { x, y }, weigh) {
  const sum = [0, 0, 0, 0];
  for (let i = 0; i < off.length; i += 1) {
    const part = weigh(i) * off[i];
    sum[0] += part * x[i];
    sum[1] += part * y[i];
    sum[2] += part;
  }
  return sum;
}

// How the loss changes with each number, from what each logit is off by.
function slopesOf(net, off, points) {
  const { x, y } = points;
  if (isLinear(net)) return sums(off, points, () => 1).slice(0, 3);
  const own = units(net).map(([w1, w2, b, v]) => {
    let outer = 0;
    const inner = sums(off, points, (i) => {
      const sum = w1 * x[i] + w2 * y[i] + b;
      if (sum <= 0) return 0;
      outer += off[i] * sum;
      return v;
    });
    return [...inner.slice(0, 3), outer];
  });
  return [...own.flat(), off.reduce((a, b) => a + b, 0)];
}

// Its mean loss, the slopes of that, and the share of pixels it has right.
export function look(net, points) {
  const made = logits(net, points);
  const count = made.length;
  let [loss, right] = [0, 0];
  const off = made.map((z, i) => {
    loss += surprise(z, points.is[i]) / count;
    right += (z > 0) === (points.is[i] === 1);
    return (chance(z) - points.is[i]) / count;
  });
  return { net, loss, right: right / count, slopes: slopesOf(net, off, points) };
}

export const step = ({ net, slopes }, rate) =>
  net.map((v, i) => v - rate * slopes[i]);
