// What is said of two places, and of a place and those that it asks.

const percent = (part) => `${(100 * part).toFixed(part < 0.1 ? 1 : 0)} %`
  .replace(" ", "\u00a0");
const sidesOf = (box) => box.map(([low, high]) => high - low)
  .map(kit.number).join(" × ");

export function sizeFormula(layer, { kernel, size, before }) {
  return ["Layer ", `${layer}: ${before.size} + (${kernel} − 1) · ` +
    `${before.jump} = `, { b: `${size} pixels` },
  " to a side, behind the layer below, whose places are " +
    `${before.jump} ${before.jump > 1 ? "pixels" : "pixel"} apart.`];
}

export function overlapFormula({ a, b }) {
  const { both, either, part } = overlapOf(a.box, b.box);
  return ["Both see ", `${sidesOf(shared(a.box, b.box))} = ` +
    `${kit.number(both)} pixels, either sees ${kit.number(either)}: ` +
    `${kit.number(both)} / ${kit.number(either)} = `,
  { b: percent(part) }, " overlap."];
}

export function twoSentence({ a, b }) {
  const { part, inside } = overlapOf(a.box, b.box);
  if (a.layer === b.layer && kit.equal(a.place, b.place)) {
    return ["A and B are one place. Drag one of them."];
  }
  const where = a.layer === b.layer ? "one layer" : "different layers";
  const rest = part === 0 ? "They see nothing in common."
    : inside > 0.999 ? "The smaller lies wholly in the other."
      : `Of the smaller, ${percent(inside)} lies in the other.`;
  return [`Two places of ${where} share `, { b: percent(part) },
    ` of what they see. ${rest}`];
}

const total = (places) => places.reduce((sum, { counts }) =>
  sum + counts[0] * counts[1], 0);

export function askedSentence({ a, responses }) {
  const own = kit.number(total([a]));
  const alone = `In its own layer it would ask ${own} places, all of ` +
    `${a.field.size} pixels.`;
  if (!responses.length) return [`A asks no other layer. ${alone}`];
  const sizes = [...new Set(responses.map(({ field }) => field.size))];
  const ends = sizes.length > 1 ? `${sizes[0]} to ${sizes.at(-1)}` : sizes[0];
  return ["A asks ", { b: `${kit.number(total(responses))} places of ` +
    `${sizes.length} ${sizes.length > 1 ? "sizes" : "size"}` },
  `, ${ends} pixels to a side. ${alone}`];
}

export function lapsSentence({ a, responses, laps }) {
  const own = percent(laps[a.layer - 1]);
  if (!responses.length) {
    return `A and a place of its own layer overlap by ${own} on average.`;
  }
  const mean = responses.reduce((sum, { layer }) => sum + laps[layer - 1],
    0) / responses.length;
  return `On average A overlaps by ${own} with a place of its own layer, ` +
    `and by ${percent(mean)} with one that it asks.`;
}
