// CBAM in numbers: two gates, and what they leave of some maps.

const EPS = 1e-5;  // as in PyTorch's normalisation

export const sigmoid = (v) => 1 / (1 + Math.exp(-v));

// The average and the maximum of each map.
export function pooled(maps) {
  return {
    mean: maps.map((map) => map.reduce((sum, v) => sum + v, 0) / map.length),
    peak: maps.map((map) => map.reduce((most, v) => (v > most ? v : most))),
  };
}

const times = (rows, vector) => rows.map((row) =>
  row.reduce((sum, weight, i) => sum + weight * vector[i], 0));

// Narrow, cut below zero, widen again.
export function mlp({ down, downBias, up, upBias }, vector) {
  const hidden = times(down, vector).map((v, i) =>
    Math.max(0, v + downBias[i]));
  return { hidden, out: times(up, hidden).map((v, i) => v + upBias[i]) };
}

// One MLP judges both summaries; the verdicts are added, then squashed.
export function channelGates(weights, { mean, peak }, pooling) {
  const none = mean.map(() => 0);
  const fromMean = mlp(weights, mean);
  const fromPeak = mlp(weights, peak);
  const low = pooling === "maximum" ? none : fromMean.out;
  const high = pooling === "average" ? none : fromPeak.out;
  return { fromMean, fromPeak, low, high,
    gates: low.map((v, c) => sigmoid(v + high[c])) };
}

// Over the channels, at each place: the maximum and the mean.
export function summary(maps, gates) {
  const count = maps[0].length;
  const peak = new Float64Array(count).fill(-Infinity);
  const mean = new Float64Array(count);
  maps.forEach((map, c) => {
    for (let i = 0; i < count; i += 1) {
      const v = gates[c] * map[i];
      if (v > peak[i]) peak[i] = v;
      mean[i] += v / maps.length;
    }
  });
  return { peak, mean };
}

// A k×k convolution of the two; beyond the border there is nothing.
export function convolved({ peak, mean }, kernel, k, [height, width]) {
  const half = (k - 1) / 2;
  const out = new Float64Array(height * width);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let j = 0; j < k; j += 1) {
        const row = y + j - half;
        if (row < 0 || row >= height) continue;
        for (let i = 0; i < k; i += 1) {
          const column = x + i - half;
          if (column < 0 || column >= width) continue;
          const at = row * width + column;
          sum += kernel[0][j * k + i] * peak[at] +
            kernel[1][j * k + i] * mean[at];
        }
      }
      out[y * width + x] = sum;
    }
  }
  return out;
}

// With this picture's own mean and deviation, as in training; then the two
// numbers that a normalisation learns.
export function normalised(values, scale, shift) {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, v) =>
    sum + (v - mean) ** 2, 0) / values.length + EPS);
  return { mean, spread, scale, shift,
    values: values.map((v) => scale * (v - mean) / spread + shift) };
}

// What a link or a kernel says, held to gates that can be shown.
export function heldGates(gates, count) {
  const fits = gates.length === count && gates.every(Number.isFinite);
  return fits ? gates.map((g) => (g < 0 ? -1 : Math.min(1, g)))
    : new Array(count).fill(-1);
}

// All of it, from the maps to what is left of them.
export function refine(maps, weights, { pooling, look, k, size, own }) {
  const vectors = pooled(maps);
  const channel = channelGates(weights, vectors, pooling);
  const gates = channel.gates.map((g, c) => (own[c] < 0 ? g : own[c]));
  const told = summary(maps, gates);
  const looked = convolved(told, look.kernel, k, size);
  const norm = normalised(looked, look.scale, look.shift);
  const places = norm.values.map(sigmoid);
  const after = maps.map((map, c) => map.map((v, i) =>
    gates[c] * places[i] * v));
  return { vectors, channel, gates, told, looked, norm, places, after };
}
