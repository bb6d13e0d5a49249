// The Jacobian of each operation, out of the bytes that it was packed in.

const NEVER = -128;  // this input is never read
const A_TENTH = 24;  // steps of a byte for each power of ten

// PackBits: n < 128, then n + 1 bytes; or n > 128, 257 − n times the next.
export function unpackBits(packed) {
  const out = [];
  for (let i = 0; i < packed.length;) {
    const n = packed[i];
    if (n < 128) {
      for (let j = 1; j <= n + 1; j += 1) out.push(packed[i + j]);
      i += n + 2;
    } else {
      for (let j = n; j < 257; j += 1) out.push(packed[i + 1]);
      i += 2;
    }
  }
  return out.map((byte) => (byte > 127 ? byte - 256 : byte));
}

const countOf = (shapes) =>
  shapes.reduce((sum, [c, h, w]) => sum + c * h * w, 0);

// Each operation's own part of all bytes, unpacked when it is first shown.
export function opener(bytes, plan) {
  const done = {};
  let start = 0;
  const starts = plan.map((one) => (start += one.bytes) - one.bytes);
  return (name) => {
    const i = plan.findIndex((one) => one.name === name);
    return done[name] ??= { ...plan[i], values:
      unpackBits(bytes.slice(starts[i], starts[i] + plan[i].bytes)) };
  };
}

// What is pointed at, held to the maps that this operation makes; from 0.
export function pointedAt({ makes }, { channel, row, column }) {
  return [channel, row, column].map((v, i) => Math.min(v, makes[i]) - 1);
}

// The slopes of one output: NaN for an input that it can never depend on.
export function slopesAt(one, settings) {
  const [c, y, x] = pointedAt(one, settings);
  const inputs = countOf(one.reads);
  const [, h, w] = one.makes;
  const which = Math.min(settings.maps, one.inputs) - 1;
  const from = (which * countOf([one.makes]) + (c * h + y) * w + x) * inputs;
  return one.values.slice(from, from + inputs).map((v) =>
    v === NEVER ? NaN : v === 0 ? 0
      : Math.sign(v) * one.most * 10 ** ((Math.abs(v) - 127) / A_TENTH));
}

export const slopesFrom = (bytes, plan, name, settings) =>
  slopesAt(opener(bytes, plan)(name), settings);

// Which numbers of one group of maps are read: channels, places, a box.
function groupOf([c, h, w], slopes) {
  const read = slopes.map((slope) => !Number.isNaN(slope));
  const n = h * w;
  const of = Array.from({ length: c }, (_, i) => read.slice(i * n, i * n + n));
  const channels = of.flatMap((own, i) => (own.some(Boolean) ? [i] : []));
  const places = Array.from({ length: n }, (_, p) => p)
    .filter((p) => of.some((own) => own[p]));
  const rows = places.map((p) => Math.floor(p / w));
  const columns = places.map((p) => p % w);
  const span = (v) => (v.length ? Math.max(...v) - Math.min(...v) + 1 : 0);
  return { count: read.filter(Boolean).length, total: c * n, of: c, channels,
    places, all: n, box: [span(rows), span(columns)], width: w,
    even: channels.every((i) => places.every((p) => of[i][p])) };
}

// All that is told of one output.
export function reading(one, settings) {
  const slopes = slopesAt(one, settings);
  let start = 0;
  const groups = one.reads.map((shape) => {
    const from = start;
    start += countOf([shape]);
    return groupOf(shape, slopes.slice(from, start));
  });
  const sizes = slopes.map((slope) => Math.abs(slope) || 0);
  const top = Math.max(...sizes);
  return { point: pointedAt(one, settings), slopes, groups, top,
    strongest: sizes.indexOf(top),
    silent: slopes.filter((slope) => slope === 0).length };
}

export const readingFrom = (bytes, plan, name, settings) =>
  reading(opener(bytes, plan)(name), settings);

// Where input i stands: its group of maps, channel, row and column, from 0.
export function placeOf({ reads }, i) {
  let left = i;
  for (const [group, [c, h, w]] of reads.entries()) {
    if (left < c * h * w) {
      return { group, channel: Math.floor(left / (h * w)),
        row: Math.floor((left % (h * w)) / w), column: left % w };
    }
    left -= c * h * w;
  }
  return null;
}

// How strong a slope is drawn: 1 for the strongest, 0 at a thousandth of it.
export function strength(slope, top) {
  const size = Math.abs(slope);
  if (!size || !top) return 0;
  return Math.max(0, 1 + Math.log10(size / top) / 3);
}
