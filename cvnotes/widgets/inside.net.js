// A small DenseNet-BC, as cvnotes.densenet has it: from numbers to scores.

// A number of the net, from the 16 bits that it comes as.
export function float16(bits) {
  const sign = bits >> 15 ? -1 : 1;
  const [power, part] = [(bits >> 10) & 31, bits & 1023];
  return sign * (power ? 2 ** (power - 25) * (1024 + part) : 2 ** -24 * part);
}

// In the order of torch's state_dict; a normalisation is kept as what it
// does to a channel, v · scale + shift, and the mean and spread it learned.
export function unpack(bits, { growth, blocks }) {
  const values = Float64Array.from(bits, float16);
  let at = 0;
  const take = (count) => values.subarray(at, at += count);
  const norm = (count) => {
    const [weight, bias, mean, power] = [0, 0, 0, 0].map(() => take(count));
    const spread = power.map((v) => Math.sqrt(v + 1e-5));
    const scale = weight.map((w, c) => w / spread[c]);
    const shift = bias.map((b, c) => b - mean[c] * scale[c]);
    return { scale, shift, mean, spread };
  };
  let width = 2 * growth;
  const net = { stem: take(9 * width), blocks: [] };
  blocks.forEach((count, b) => {
    const block = { layers: [] };
    if (b > 0) {
      const kept = width >> 1;
      block.halve = { norm: norm(width), conv: take(width * kept) };
      width = kept;
    }
    for (let l = 0; l < count; l += 1) {
      block.layers.push({ norm1: norm(width), conv1: take(4 * growth * width),
        norm2: norm(4 * growth), conv2: take(36 * growth * growth) });
      width += growth;
    }
    net.blocks.push(block);
  });
  net.norm = norm(width);
  net.weight = Array.from({ length: 10 }, () => take(width));
  net.bias = take(10);
  return net;
}

const rectify = (maps, { scale, shift }) => maps.map((map, c) =>
  map.map((v) => Math.max(0, v * scale[c] + shift[c])));

// A convolution of square maps, with zeros around them; no bias.
function convolve(maps, weights, kernel, side) {
  const taps = kernel ** 2;
  const reach = kernel >> 1;
  const add = (made, map, w, dx, dy) => {
    const [left, right] = [Math.max(0, -dx), Math.min(side, side - dx)];
    for (let y = Math.max(0, -dy); y < Math.min(side, side - dy); y += 1) {
      const from = (y + dy) * side + dx;
      for (let x = left; x < right; x += 1) {
        made[y * side + x] += w * map[from + x];
      }
    }
  };
  const outputs = weights.length / taps / maps.length;
  return Array.from({ length: outputs }, (_, o) => {
    const made = new Float64Array(side * side);
    maps.forEach((map, c) => {
      for (let t = 0; t < taps; t += 1) {
        const dy = Math.floor(t / kernel) - reach;
        add(made, map, weights[(o * maps.length + c) * taps + t],
          (t % kernel) - reach, dy);
      }
    });
    return made;
  });
}

const total = (values) => values.reduce((a, b) => a + b, 0);
const mean = (values) => total(values) / values.length;
const top = (values) => values.indexOf(Math.max(...values));

const halved = (side) => (map) =>
  Float64Array.from({ length: (side * side) / 4 }, (_, i) => {
    const at = 2 * side * Math.floor((2 * i) / side) + ((2 * i) % side);
    return mean([0, 1, side, side + 1].map((step) => map[at + step]));
  });

// A row for the stem, each layer and each transition: the maps it reads and
// makes. Then what the classifier reads, one number a map, and its scores.
export function forward(net, { mean: average, std }, drawing, off = []) {
  let side = 8;
  let number = 0;
  const ink = Float64Array.from(drawing, (v) => (v - average) / std);
  let maps = convolve([ink], net.stem, 3, side);
  const rows = [{ kind: "stem", block: 0, side, reads: [], made: maps }];
  net.blocks.forEach(({ halve, layers }, block) => {
    if (halve) {
      maps = convolve(rectify(maps, halve.norm), halve.conv, 1, side)
        .map(halved(side));
      side /= 2;
      rows.push({ kind: "transition", block, side, reads: [], made: maps });
    }
    for (const { norm1, conv1, norm2, conv2 } of layers) {
      number += 1;
      const narrow = convolve(rectify(maps, norm1), conv1, 1, side);
      let made = convolve(rectify(narrow, norm2), conv2, 3, side);
      if (off.includes(number)) made = made.map((map) => map.map(() => 0));
      rows.push({ kind: "layer", number, block, side, reads: maps, made });
      maps = [...maps, ...made];
    }
  });
  const pooled = rectify(maps, net.norm).map(mean);
  const scores = net.weight.map((weights, c) =>
    weights.reduce((sum, w, i) => sum + w * pooled[i], net.bias[c]));
  return { rows, pooled, scores };
}

export function scores(bits, plan, drawings, off) {
  const net = unpack(bits, plan);
  return drawings.map((drawing) => forward(net, plan, drawing, off).scores);
}

export function chances(values) {
  const parts = values.map((v) => Math.exp(v - Math.max(...values)));
  return parts.map((v) => v / total(parts));
}
