// Who looks where: patches of a photograph, compared and weighed.

// The k×k pixels around each pixel, from 0 to 1; the edge goes on beyond it.
export function patches(bytes, [height, width], k) {
  const [reach, d] = [k >> 1, 3 * k * k];
  const out = new Float32Array(height * width * d);
  const hold = (at, end) => Math.min(end - 1, Math.max(0, at));
  let put = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let dy = -reach; dy <= reach; dy += 1) {
        const row = hold(y + dy, height) * width;
        for (let dx = -reach; dx <= reach; dx += 1) {
          const at = 3 * (row + hold(x + dx, width));
          for (let c = 0; c < 3; c += 1) out[put++] = bytes[at + c] / 255;
        }
      }
    }
  }
  return out;
}

// Where the embedding of a photograph and a patch size lies in the numbers.
export function embeddingOf(numbers, plan, picture, patch) {
  let at = 0;
  for (const name of plan.names) {
    for (const k of plan.patches) {
      const d = 3 * k * k;
      const axes = Math.min(plan.axes, d);
      if (name === picture && k === patch) {
        return { axes, mean: numbers.slice(at, at + d),
          rows: numbers.slice(at + d, at + d + axes * d) };
      }
      at += d + axes * d;
    }
  }
  return null;
}

export function embed(features, { axes, mean, rows }) {
  const d = mean.length;
  const count = features.length / d;
  const out = new Float32Array(count * axes);
  for (let i = 0; i < count; i += 1) {
    for (let a = 0; a < axes; a += 1) {
      let sum = 0;
      for (let c = 0; c < d; c += 1) {
        sum += rows[a * d + c] * (features[i * d + c] - mean[c]);
      }
      out[i * axes + a] = sum;
    }
  }
  return out;
}

// All of one length, the root of their d numbers; nothing stays nothing.
export function equalised(features, d) {
  const out = new Float32Array(features.length);
  for (let i = 0; i < features.length; i += d) {
    let sum = 0;
    for (let c = 0; c < d; c += 1) sum += features[i + c] ** 2;
    const factor = sum > 0 ? Math.sqrt(d / sum) : 0;
    for (let c = 0; c < d; c += 1) out[i + c] = factor * features[i + c];
  }
  return out;
}

// What place i says to each place j, before any exponential.
export function scores(features, d, i, form, temperature) {
  const count = features.length / d;
  const out = new Float64Array(count);
  const own = features.slice(i * d, (i + 1) * d);
  const far = form === "means";
  const factor = form === "dot" ? 1 / d
    : far ? -1 / (2 * d * temperature) : 1 / (d * temperature);
  for (let j = 0, at = 0; j < count; j += 1) {
    let sum = 0;
    for (let c = 0; c < d; c += 1, at += 1) {
      const other = features[at];
      sum += far ? (own[c] - other) ** 2 : own[c] * other;
    }
    out[j] = factor * sum;
  }
  return out;
}

// The logarithm of the sum of their exponentials, which no size overflows.
export function logSum(values) {
  let most = -Infinity;
  for (const value of values) if (value > most) most = value;
  let sum = 0;
  for (const value of values) sum += Math.exp(value - most);
  return most + Math.log(sum);
}

// The dot product is divided by the number of places, all else by the sum.
export function weigh(values, form) {
  if (form === "dot") return values.map((value) => value / values.length);
  const all = logSum(values);
  return values.map((value) => Math.exp(value - all));
}

// Σ w g, where g reads the pixel: red, green and blue, from 0 to 1.
export function filtered(weights, bytes) {
  const out = [0, 0, 0];
  for (let j = 0; j < weights.length; j += 1) {
    for (let c = 0; c < 3; c += 1) {
      out[c] += (weights[j] * bytes[3 * j + c]) / 255;
    }
  }
  return out;
}

// The places that it takes most from, the strongest first.
export function strongest(weights, count) {
  const found = [];
  for (let j = 0; j < weights.length; j += 1) {
    if (found.length === count && weights[j] <= weights[found.at(-1)]) continue;
    let at = found.length;
    while (at > 0 && weights[found[at - 1]] < weights[j]) at -= 1;
    found.splice(at, 0, j);
    if (found.length > count) found.pop();
  }
  return found;
}

// Of how many places it takes: as many equal ones have the same entropy.
export function spread(weights) {
  let [sum, entropy] = [0, 0];
  for (const weight of weights) sum += weight;
  for (const weight of weights) {
    const part = weight / sum;
    if (part > 0) entropy -= part * Math.log(part);
  }
  return { sum, places: Math.exp(entropy) };
}

// All of it at once: what the picture shows of one place that asks.
export function attend(features, d, settings, width) {
  const { form, temperature, x, y } = settings;
  const i = y * width + x;
  const said = scores(features, d, i, form, temperature);
  const weights = weigh(said, form);
  return { i, said, weights, all: form === "dot" ? 0 : logSum(said),
    top: strongest(weights, 4), ...spread(weights) };
}
