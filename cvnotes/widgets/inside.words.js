// What the page says of the net, and where each of its maps stands.

const percent = (part) => part > 0.995 ? "over 99 %"
  : `${Math.round(100 * part)} %`;
const a = (digit) => ({ b: `${digit === 8 ? "an" : "a"} ${digit}` });
const and = (names) => names.length < 2 ? names.join("")
  : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
const signed = (value) => {
  const size = Math.abs(value).toFixed(1);
  return size === "0.0" ? size : `${value < 0 ? "−" : "+"}${size}`;
};
const layers = (numbers) =>
  `layer${numbers.length > 1 ? "s" : ""} ${and(numbers)}`;

export function answerSentence(parts, { unsure }, drawn, label) {
  if (!drawn) return ["Nothing is drawn: draw a digit, or pick one below."];
  const best = top(parts);
  const next = top(parts.map((p, i) => (i === best ? -1 : p)));
  const truth = label == null ? "" : label === best ? " Right."
    : ` No: it is ${a(label).b}.`;
  return parts[best] >= unsure
    ? ["It reads ", a(best), ` (${percent(parts[best])}).${truth}`]
    : ["It is unsure: ", a(best), ` (${percent(parts[best])}), or `,
      `${a(next).b} (${percent(parts[next])})`,
      label == null ? "?" : `? It is ${a(label).b}.`];
}

// `alone` has the answer without each layer; `whole` that of the whole net.
export function offSentence(off, answer, whole, alone) {
  if (off.length) {
    return [`With ${layers(off)} off it reads `, a(answer),
      answer === whole ? ", as it does with all of them."
        : `; with all of them, ${a(whole).b}.`];
  }
  const needed = alone.flatMap((one, i) => (one === whole ? [] : [i + 1]));
  const count = alone.length;
  if (!needed.length) return ["Any one layer can be off: the answer stays."];
  return needed.length === count ? ["It needs each of its layers here."]
    : ["It needs ", { b: layers(needed) }, `: without ` +
      (needed.length > 1 ? "any one of these" : "it") +
      ` the answer is another. Any other one can be off.`];
}

// Which maps come from where, in the block of that number.
export function sources({ growth, blocks }, block) {
  const before = total(blocks.slice(0, block));
  let width = 2 * growth;
  for (let b = 0; b < block; b += 1) {
    width = (width + growth * blocks[b]) >> 1;
  }
  return [{ name: block ? "transition" : "stem", from: 0, to: width },
    ...Array.from({ length: blocks[block] }, (_, l) => ({
      number: before + l + 1, name: `layer ${before + l + 1}`,
      from: width + growth * l, to: width + growth * (l + 1) }))];
}

// Where the n-th map of all stands: block, column there, and its source.
export function placeOf(plan, look) {
  let column = look - 1;
  let block = 0;
  for (; ; block += 1) {
    const width = sources(plan, block).at(-1).to;
    if (column < width || block === plan.blocks.length - 1) break;
    column -= width;
  }
  const source = sources(plan, block).find(({ to }) => column < to);
  return { block, column, source, nth: column - source.from + 1 };
}

// Who reads a map, and the mean |weight| that each reads it with.
export function readers(net, plan, { block, column }) {
  const weigh = (weights, width) => mean(weights.filter((_, i) =>
    i % width === column).map(Math.abs));
  const [, ...own] = sources(plan, block);
  const found = own.map(({ name, from }, i) => ({ name, from,
    weight: weigh(net.blocks[block].layers[i].conv1, from) }))
    .filter(({ from }) => column < from);
  const width = own.at(-1).to;
  const next = net.blocks[block + 1];
  found.push(next ? { name: "the transition",
    weight: weigh(next.halve.conv, width) }
    : { name: "the classifier", weight: weigh(net.weight.flatMap((w) => [...w]), width) });
  return found;
}

export function lookSentence({ source, nth }, read) {
  const who = source.number ? source.name : `the ${source.name}`;
  const list = read.map(({ name, weight }) =>
    `${name} (${weight.toFixed(2)})`);
  return [{ b: `Map ${nth} of ${who}` }, ` is read by ${and(list)}; in `,
    "brackets, by which mean |weight|."];
}

export function whySentence(answer, bias, score, groups) {
  return ["Its score for ", a(answer), ": " + groups.map(({ name, sum }) =>
    `${signed(sum)} from ${name === "transition" ? "the transition" : name}`)
    .join(", ") + `, ${signed(bias)} bias; together `,
  { b: signed(score) }, "."];
}
