// What is said of an output: who it reads, how strongly, and at what cost.

const about = (slope) =>
  kit.number(+slope.toPrecision(2)).replace("-", "−");

function channelWords({ channels, of }, own) {
  if (channels.length === of) return of === 1 ? "its one channel"
    : `all ${of} channels`;
  if (channels.length > 1) return `${channels.length} of ${of} channels`;
  return channels[0] === own ? "its own channel" : "one channel";
}

function placeWords({ places, all, box, width }, [, y, x]) {
  if (places.length === all) return "every place";
  if (places.length === 1) {
    return places[0] === y * width + x ? "its own place" : "one place";
  }
  const [h, w] = box;
  return h * w === places.length ? `its ${h}×${w} neighbourhood`
    : `${places.length} places`;
}

const whole = (group, point) => [placeWords(group, point),
  channelWords(group, point[0])].join(", ");

export function readsSentence(one, now) {
  const [own, other] = now.groups;
  const said = ["Reads ", { b: `${own.count} of ${own.total}` }, other
    ? ` of its own maps: ${whole(own, now.point)}; and ` : " inputs: "];
  if (!other) return [...said, `${whole(own, now.point)}.`];
  return [...said, { b: `${other.count} of ${other.total}` },
    ` of the finer layer: ${whole(other, now.point)}.`];
}

export function strongestSentence(one, now) {
  const at = placeOf(one, now.strongest);
  const slope = now.slopes[now.strongest];
  if (!now.top) return ["With these maps every slope is zero."];
  const read = now.slopes.filter((value) => !Number.isNaN(value));
  if (read.length === 1 && slope === 1) {
    return ["Slope 1: this map is handed on as it came."];
  }
  if (read.every((value) => value === slope)) {
    return ["Every slope is ", { b: about(slope) }, "."];
  }
  const from = at.group ? "the finer layer" : `channel ${at.channel + 1}`;
  const silent = now.silent ? `; ${now.silent} have 0` : "";
  return ["Most: ", `${from}, row ${at.row + 1}, column ` +
    `${at.column + 1}, slope `, { b: about(slope) }, `${silent}.`];
}

// A map that is handed on has slope 1, whatever the maps are.
const handedOn = ({ slopes }) => {
  const read = slopes.filter((slope) => !Number.isNaN(slope));
  return read.length === 1 && read[0] === 1;
};

export function movesSentence({ inputs }, now) {
  if (handedOn(now)) return "Other maps, the same slope.";
  return inputs > 1 ? "Other maps, other slopes."
    : "Other maps, the same slopes.";
}

export function workSentence({ work: [macs, , symbols, numbers] }) {
  if (!macs) return ["Nothing is multiplied: it only sums."];
  return [`${symbols} = ${numbers} = `, { b: kit.number(macs) },
    " multiply-adds"];
}

export function growthSentence({ weights, work, twice }) {
  const learned = weights[0] === 0 ? "Nothing to learn"
    : weights[0] === 1 ? "1 weight" : `${kit.number(weights[0])} weights`;
  const grown = ["whatever the size", "growing as n", "growing as n²"];
  if (!work[0]) return [`${learned}, whatever the size.`];
  const more = twice === work[0] ? "the same work"
    : `${kit.number(+(twice / work[0]).toFixed(1))} times the work`;
  return [{ b: learned }, `, ${grown[weights[1]]}. Twice the side: ${more}`,
    ["; it does not grow.", "; it grows as n.", "; it grows as n²."][work[1]]];
}

// How many of the same maps' numbers both of them read.
export function bothSentence(names, left, right) {
  const [a, b] = [left, right].map(({ slopes, groups: [{ total }] }) =>
    slopes.slice(0, total).map((slope) => !Number.isNaN(slope)));
  const count = (own) => own.filter(Boolean).length;
  const shared = count(a.map((read, i) => read && b[i]));
  const [more, others] = [count(a) - shared, count(b) - shared];
  if (!more && !others) {
    return ["Both can read ", { b: "the same" },
      ` ${shared} of these ${a.length} numbers.`];
  }
  if (!more || !others) {
    const [less, wide] = more ? [...names].reverse() : names;
    return ["What ", `${less} can read, ${wide} can read too: `,
      { b: `${shared}` }, ` of these ${a.length} numbers, and ` +
      `${more || others} more.`];
  }
  return ["Of these ", `${a.length} numbers both can read `,
    { b: `${shared}` }, `; ${names[0]} ${more} more, and ${names[1]} ` +
    `${others} more.`];
}

export const pointLabel = (one, { point: [c, y, x] }) =>
  `channel ${c + 1} of ${one.makes[0]}, row ${y + 1}, column ${x + 1}`;
