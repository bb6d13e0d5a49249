// What one output reads: how much of which maps, and most of all whom.

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
