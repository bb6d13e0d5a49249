// The finder of cvnotes.experiments: from ink to ten class maps, any size.

// A number of the net, from the 16 bits that it comes as.
export function float16(bits) {
  const sign = bits >> 15 ? -1 : 1;
  const [power, part] = [(bits >> 10) & 31, bits & 1023];
  return sign * (power ? 2 ** (power - 25) * (1024 + part) : 2 ** -24 * part);
}

// Its convolutions, in the order of torch's state_dict; none has a bias.
export function unpack(bits, { layers }) {
  const values = Float64Array.from(bits, float16);
  let at = 0;
  return layers.map(([makes, reads, kernel]) => {
    const weights = values.subarray(at, at += makes * reads * kernel ** 2);
    return { makes, kernel, weights };
  });
}

// What one map adds to one that is made, through one weight of a kernel.
function add(made, read, weight, side, down, right) {
  const [left, end] = [Math.max(0, -right), Math.min(side, side - right)];
  const bottom = Math.min(side, side - down);
  for (let y = Math.max(0, -down); y < bottom; y += 1) {
    const from = (y + down) * side + right;
    for (let x = left; x < end; x += 1) {
      made[y * side + x] += weight * read[from + x];
    }
  }
}

// With zeros around the maps, so that they keep their size.
function convolve(maps, { makes, kernel, weights }, side) {
  const reach = kernel >> 1;
  const made = Array.from({ length: makes }, () =>
    new Float64Array(side * side));
  maps.forEach((read, c) => {
    if (!read.some((v) => v)) return;  // paper adds nothing
    made.forEach((sum, o) => {
      const first = (o * maps.length + c) * kernel ** 2;
      for (let t = 0; t < kernel ** 2; t += 1) {
        add(sum, read, weights[first + t], side,
          Math.floor(t / kernel) - reach, (t % kernel) - reach);
      }
    });
  });
  return made;
}

const rectify = (maps) => maps.map((read) => read.map((v) => Math.max(0, v)));

// Of four neighbours the highest; an odd last row or column is left out.
function pool(maps, side) {
  const half = side >> 1;
  return maps.map((read) => Float64Array.from({ length: half ** 2 }, (_, i) => {
    const at = 2 * side * Math.floor(i / half) + 2 * (i % half);
    return Math.max(read[at], read[at + 1], read[at + side],
      read[at + side + 1]);
  }));
}

const POOLED = 2;  // after so many convolutions

// `ink` is side×side numbers from 0 to 1.
export function classMaps(net, ink, side) {
  let [maps, size] = [[Float64Array.from(ink)], side];
  net.forEach((layer, l) => {
    maps = convolve(l ? rectify(maps) : maps, layer, size);
    if (l + 1 === POOLED) {
      maps = pool(maps, size);
      size >>= 1;
    }
  });
  return maps;
}

const total = (values) => values.reduce((a, b) => a + b, 0);

export const scoresOf = (maps) =>
  maps.map((made) => total(made) / made.length);

export function chances(scores) {
  const parts = scores.map((v) => Math.exp(v - Math.max(...scores)));
  return parts.map((v) => v / total(parts));
}

// The ten scores of each of these canvases, all of one size.
export function scores(bits, plan, canvases, side) {
  const net = unpack(bits, plan);
  return canvases.map((ink) => scoresOf(classMaps(net, ink, side)));
}

export const mapsOf = (bits, plan, ink, side) =>
  classMaps(unpack(bits, plan), ink, side).map((made) => [...made]);
