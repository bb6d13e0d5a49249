// What is said of a place and of those it looks at, with the numbers put in.

const FORMS = { means: "means", gaussian: "Gaussian", embedded: "embedded",
  dot: "dot" };

const digits = (value, count = 3) => {
  const size = Math.abs(value);
  if (size > 0 && size < 1e-4) {
    const power = Math.floor(Math.log10(size));
    const front = (value / 10 ** power).toFixed(1);
    const raised = [...String(-power)].map((c) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]).join("");
    return `${front}·10⁻${raised}`.replace("-", "−");
  }
  if (size < 1) return `${+value.toPrecision(count)}`.replace("-", "−");
  return kit.number(+value.toPrecision(count));
};
const tenths = (value) => value.toFixed(2).replace("-", "−");

const place = (j, width) => `${j % width}, ${Math.floor(j / width)}`;

// w for the place that counts most, with what it is made of.
export function formula({ form, temperature, d }, now, width) {
  const j = now.top[0];
  const [said, weight] = [now.said[j], digits(now.weights[j])];
  const at = `(${place(j, width)})`;
  if (form === "dot") {
    return [`w${at} = (p · p′ / ${d}) / ${kit.number(now.weights.length)} = ` +
      `${digits(said)} / ${kit.number(now.weights.length)} = `, { b: weight }];
  }
  const inside = form === "means" ? `−|p − p′|² / (2 · ${d} · τ)`
    : form === "embedded" ? `θ · φ / (${d} · τ)` : `p · p′ / (${d} · τ)`;
  return [`w${at} = exp(${inside}) / Σ, with τ = ${digits(temperature)}: ` +
    `exp(${tenths(said)}) / exp(${tenths(now.all)}) = `, { b: weight }];
}

export function rankOf(weights, i) {
  let above = 0;
  for (const weight of weights) if (weight > weights[i]) above += 1;
  return above + 1;
}

// How far it looks about; and what it makes of itself.
export function sentence({ form }, now) {
  const own = rankOf(now.weights, now.i);
  const many = now.places < 10 ? now.places.toFixed(1)
    : kit.number(Math.round(now.places));
  const itself = own === 1 ? "It takes most from itself."
    : `${kit.number(own - 1)} ${own === 2 ? "place counts" : "places count"} ` +
      "more for it than it does itself.";
  const sum = form === "dot"
    ? ` Its weights add up to ${digits(now.sum)}, not to 1.` : "";
  return ["In effect it looks at ", { b: many },
    ` of ${kit.number(now.weights.length)} places. ${itself}${sum}`];
}

const rgb = (colour) =>
  `(${colour.map((value) => value.toFixed(3)).join(", ")})`;

export function pixelSentence(x, y, before, after) {
  return [`Pixel ${x}, ${y} is ${rgb(before)}. Σ w g makes it `,
    { b: rgb(after) }, "."];
}

const WORDS = {
  means: "The filter of 2005: the nearer two patches, the more they count.",
  gaussian: "The block's Gaussian form: exp of the product of two patches.",
  embedded: "θ and φ here are not trained: both are a patch's place along " +
    "the directions in which this photograph's patches differ most, each " +
    "in units of their deviation.",
  dot: "The product itself, over the number of places: no exp, no sum, and " +
    "nothing for the temperature to do.",
};
// Before exp the block divides by √d, and this picture by d · τ.
export const about = ({ form }, d) => (form !== "embedded" ? WORDS[form]
  : `${WORDS[form]} The block's own scale is τ = 1/√${d} ≈ ` +
    `${(1 / Math.sqrt(d)).toFixed(2)}: drag there.`);

export function weightTable(now, width) {
  const top = strongest(now.weights, 12);
  return kit.table({ caption: "The twelve places that count most",
    head: ["column, row", "before exp", "weight"],
    rows: top.map((j) => [place(j, width), tenths(now.said[j]),
      digits(now.weights[j])]) });
}
