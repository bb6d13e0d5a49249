// What is said of ten maps and their means.

const percent = (part) => part > 0.995 ? "over\u00a099\u00a0%"
  : `${Math.round(100 * part)}\u00a0%`;
const plain = (v, digits = 2) => v.toFixed(digits).replace("-", "−");
const a = (digit) => ({ b: `${digit === 8 ? "an" : "a"} ${digit}` });
const ranked = (values) => values.map((v, i) => [v, i])
  .sort((one, other) => other[0] - one[0]).map(([, i]) => i);

// Whether a map is highest on this digit; two points to a cell of the map.
export function isOn(made, { x, y }) {
  const size = Math.sqrt(made.length);
  const peak = made.indexOf(Math.max(...made));
  const [px, py] = [2 * (peak % size) + 0.5, 2 * Math.floor(peak / size) + 0.5];
  return px > x - 1 && px < x + 8 && py > y - 1 && py < y + 8;
}

export function answer(scores, maps, digits, labels) {
  const parts = chances(scores);
  const [best, next] = ranked(scores);
  if (digits.length === 1) {
    const truth = labels[digits[0].which - 1];
    const told = best === truth ? "" : ` No: it is ${a(truth).b}.`;
    const on = isOn(maps[best], digits[0]) ? "on" : "beside";
    return ["It reads ", a(best), ` (${percent(parts[best])}).${told}`,
      ` The map of ${best} is highest ${on} the digit.`];
  }
  const told = digits.map(({ which }) => labels[which - 1]);
  const both = told.every((label) => label === best || label === next);
  return ["The two highest scores are of ", a(best), " and ", a(next),
    both && best !== next && told[0] !== told[1]
      ? ": both digits." : `; there are ${a(told[0]).b} and ${a(told[1]).b}.`];
}

export function rightSentence({ right, sides }) {
  const parts = right.map((part) => (100 * part).toFixed(1));
  return "the digit, from the test forms; of all of them the net (seed 0) " +
    `reads ${parts.join(", ")} % on canvases of ${sides.join(", ")}`;
}

export function scoreFormula(label, made, scores) {
  const side = Math.sqrt(made.length);
  const sum = made.reduce((x, y) => x + y, 0);
  return [`score of ${label} = mean of its map = ${plain(sum, 1)} / ` +
    `(${side} · ${side}) = `, { b: plain(scores[label]) }];
}

export function softmaxFormula(label, scores) {
  const all = scores.reduce((sum, v) => sum + Math.exp(v), 0);
  const shown = (v) => (v < 1e5 ? kit.number(+v.toPrecision(3))
    : kit.short(v));
  return [`chance of ${label} = e^${plain(scores[label])} / Σ e^score = ` +
    `${shown(Math.exp(scores[label]))} / ${shown(all)} = `,
  { b: percent(chances(scores)[label]) }];
}
