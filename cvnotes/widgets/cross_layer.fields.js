// What a place of a stack of layers sees of the picture, as cvnotes.cost
// has it: along one axis, in pixels, the middle of the first pixel is 0.

// Every layer's field; an odd kernel is padded so that its middle counts.
export function stackOf({ kernels, strides }) {
  const count = Math.min(kernels.length, strides.length);
  let [size, jump, first] = [1, 1, 0];
  return Array.from({ length: count }, (_, i) => {
    const [kernel, stride] = [kernels[i], strides[i]];
    const padding = Math.floor((kernel - 1) / 2);
    const before = { size, jump };
    size += (kernel - 1) * jump;
    first += ((kernel - 1) / 2 - padding) * jump;
    jump *= stride;
    return { kernel, stride, padding, size, jump, first, before };
  });
}

// How many places each layer has along a side of so many pixels; never none.
export function placesAlong(stack, pixels) {
  let side = pixels;
  return stack.map(({ kernel, stride, padding }) => {
    side = Math.max(1,
      Math.floor((side + 2 * padding - kernel) / stride) + 1);
    return side;
  });
}

export function spanOf({ size, jump, first }, place, pixels) {
  const low = Math.round(first + place * jump - (size - 1) / 2);
  const held = (end) => Math.min(pixels, Math.max(0, end));
  return [held(low), held(low + size)];
}

// The place whose centre is nearest to this part of the side, in percent.
export function nearestPlace({ jump, first }, count, percent, pixels) {
  const at = (percent / 100) * pixels - 0.5;
  return Math.min(count - 1, Math.max(0, Math.round((at - first) / jump)));
}

export const centreOf = ({ jump, first }, place, pixels) =>
  Math.min(100, Math.max(0, (100 * (first + place * jump + 0.5)) / pixels));

const length = ([low, high]) => high - low;
const areaOf = ([across, down]) => length(across) * length(down);

export const shared = (one, other) => one.map(([a, b], axis) => {
  const [c, d] = other[axis];
  return [Math.max(a, c), Math.max(a, c, Math.min(b, d))];
});

// Intersection, union, and what they are of either and of the smaller.
export function overlapOf(one, other) {
  const both = areaOf(shared(one, other));
  const [a, b] = [areaOf(one), areaOf(other)];
  return { both, either: a + b - both, part: both / (a + b - both || 1),
    inside: both / (Math.min(a, b) || 1) };
}

// The mean over all places of a layer of how much their fields overlap with
// this box. Few spans differ along an axis, so each pair is met once.
export function meanOverlap(box, field, counts, pixels) {
  const spans = counts.map((count, axis) => {
    const found = new Map();
    for (let i = 0; i < count; i += 1) {
      const span = spanOf(field, i, pixels[axis]);
      const both = length(shared([box[axis]], [span])[0]);
      const key = `${both} ${length(span)}`;
      const old = found.get(key) ?? { both, long: length(span), times: 0 };
      found.set(key, { ...old, times: old.times + 1 });
    }
    return [...found.values()];
  });
  const own = areaOf(box);
  let sum = 0;
  for (const x of spans[0]) {
    for (const y of spans[1]) {
      const both = x.both * y.both;
      sum += (x.times * y.times * both) / (own + x.long * y.long - both || 1);
    }
  }
  return sum / (counts[0] * counts[1]);
}

// Everything that the picture shows of these settings.
export function sceneOf(settings) {
  const stack = stackOf(settings);
  const pixels = [settings.width, Math.round((settings.width * 2) / 3)];
  const sides = pixels.map((side) => placesAlong(stack, side));
  const placed = (layer, percents) => {
    const index = Math.min(stack.length, layer) - 1;
    const place = percents.map((percent, axis) => nearestPlace(stack[index],
      sides[axis][index], percent, pixels[axis]));
    return { layer: index + 1, field: stack[index], place,
      counts: sides.map((side) => side[index]),
      box: place.map((p, axis) => spanOf(stack[index], p, pixels[axis])),
      centre: place.map((p, axis) => centreOf(stack[index], p,
        pixels[axis])) };
  };
  const at = [settings.bx, settings.by];
  const one = placed(settings.a, [settings.ax, settings.ay]);
  return { stack, pixels, a: one, b: placed(settings.b, at),
    responses: [...new Set(settings.responses)].sort((l, m) => l - m)
      .filter((layer) => layer <= stack.length)
      .map((layer) => placed(layer, at)),
    laps: stack.map((field, i) => meanOverlap(one.box, field,
      sides.map((side) => side[i]), pixels)) };
}
