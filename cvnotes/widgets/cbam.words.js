// What is said of the gates, with the numbers put in.

// Always as many digits, so that nothing jumps; never a minus before zero.
const digits = (value, count = 2) =>
  (+value.toFixed(count) + 0).toFixed(count).replace("-", "−");
const less = (value, count) => (value < 0 ? `+ ${digits(-value, count)}`
  : `− ${digits(value, count)}`);
const sum = (terms) => terms.map((v) =>
  (v < 0 && terms.length > 1 ? `(${digits(v)})` : digits(v))).join(" + ");

// The gate of one channel, from its two summaries.
export function channelFormula(c, name, { vectors, channel, gates }, pooling,
  own) {
  const { low, high } = channel;
  const told = `average ${digits(vectors.mean[c])}, maximum ` +
    `${digits(vectors.peak[c])}. `;
  if (own >= 0) {
    return [`Channel “${name}”: ${told}You set its gate to `,
      { b: digits(gates[c]) }, `; it would be ${digits(channel.gates[c])}.`];
  }
  const terms = pooling === "both" ? [low[c], high[c]]
    : [pooling === "average" ? low[c] : high[c]];
  return [`Channel “${name}”: ${told}The MLP says σ(${sum(terms)}) = `,
    { b: digits(gates[c]) }, "."];
}

// The gate of one place, and the number that is left there.
export function placeFormula(at, { told, looked, norm, places }, k) {
  return ["Place: maximum ", digits(told.peak[at]), ", mean ",
    digits(told.mean[at]), `. The ${k}×${k} says ${digits(looked[at], 3)}, ` +
    `so σ(${norm.scale === 1 ? "" : `${norm.scale} · `}` +
    `(${digits(looked[at], 3)} ${less(norm.mean, 3)}) / ` +
    `${digits(norm.spread, 3)}${norm.shift ? ` − ${-norm.shift}` : ""}) = `,
  { b: digits(places[at]) }, "."];
}

export function productFormula(c, at, maps, { gates, places, after }) {
  return [`What is left: ${digits(gates[c])} · ${digits(places[at])} · ` +
    `${digits(maps[c][at])} = `, { b: digits(after[c][at], 3) }, "."];
}

const total = (maps) => maps.reduce((all, map) =>
  all + map.reduce((part, v) => part + v, 0), 0);

// Which channel is loudest, and how much of everything is left.
export function gateSentence(names, maps, { gates, after }) {
  const loud = gates.indexOf(Math.max(...gates));
  const soft = gates.indexOf(Math.min(...gates));
  const left = total(after) / total(maps);
  return ["Loudest: ", { b: `${names[loud]}, ${digits(gates[loud])}` },
    `. Softest: ${names[soft]}, ${digits(gates[soft])}. ` +
    `${(100 * left).toFixed(0)} % of the input is left.`];
}

// The MLP from the inside: who says what.
export function gateTable(names, { vectors, channel, gates }) {
  return kit.table({
    caption: "Each channel’s summaries, what the shared MLP makes of each, " +
      "and the gate",
    head: ["channel", "average", "maximum", "of average", "of maximum",
      "gate"],
    rows: names.map((name, c) => [name, digits(vectors.mean[c]),
      digits(vectors.peak[c]), digits(channel.fromMean.out[c]),
      digits(channel.fromPeak.out[c]), digits(gates[c])]),
  });
}

export function weightsSentence(name, hidden) {
  const units = `${hidden} hidden unit${hidden === 1 ? "" : "s"}`;
  if (name === "random") {
    return `Weights: drawn by chance, untrained; ${units}.`;
  }
  return `Weights: made by hand, to be looked at; ${units}.`;
}
