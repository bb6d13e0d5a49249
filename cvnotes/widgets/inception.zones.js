// What is said below the axis of the picture: where a reduction saves.

const ZONES = { saves: ["saves, and loses rank", "saves, loses rank"],
  costs: ["costs, and loses rank", "costs, loses rank"],
  vain: ["costs, and loses none", "costs, loses none"] };

// The names of zones on as few lines as keep them off each other: each in
// the middle of its own, or as near as the plot's ends let it.
export function nameZones(spans, [from, to], wide) {
  const seen = spans.filter(([a, b]) => b - a > 2);
  const short = seen.some(([a, b, long]) => b - a < wide * long.length);
  const ends = [from, from];
  return seen.flatMap(([a, b, long, brief, kind]) => {
    const text = short ? brief : long;
    const half = (wide * text.length) / 2;
    const x = Math.max(from + half, Math.min(to - half, (a + b) / 2));
    const line = ends.findIndex((end) => x - half >= end);
    if (line < 0) return [];
    ends[line] = x + half + wide;
    return [{ text, x, line, kind }];
  });
}

// Below the axis: what a reduction does, from here to there.
function zones(settings, { far, width, x }) {
  const [limit, rank] = [breakEven(settings), fullRank(settings)];
  const spans = [
    [0, limit, "saves"], [limit, rank, "costs"], [rank, far, "vain"],
  ].map(([a, b, kind]) => [x(a), x(b), ...ZONES[kind], kind]);
  const names = nameZones(spans, [LEFT, width], width > 500 ? 6.2 : 5.7);
  return [...spans.map(([a, b, , , kind]) => kit.svg("rect", { x: a,
    width: Math.max(0, b - a), y: FLOOR + 26, height: 6,
    class: `cv-${kind}` })),
  ...names.map(({ text, x: at, line, kind }) => kit.svg("text", { x: at,
    y: FLOOR + 48 + 14 * line, "text-anchor": "middle",
    class: `cv-${kind}-text` }, text))];
}
