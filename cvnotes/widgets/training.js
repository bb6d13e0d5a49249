// What parameters buy: measured accuracy, dense nets beside their rivals.

const RIVALS = ["residual", "plain"];
const HUES = { dense: "var(--cv-blue)", residual: "var(--cv-orange)",
  plain: "var(--cv-soft)" };
const SIDES = { dense: 0, residual: 7, plain: -7 };  // so that bars stand apart

export const rates = (points) =>
  [...new Set(points.map(({ k }) => k))].sort((a, b) => a - b);

export const pick = (points, design, k) =>
  points.find((point) => point.design === design && point.k === k);

// The smallest net of a design whose mean is at least this one's.
export const asGood = (points, design, { accuracy }) => points
  .filter((point) => point.design === design &&
    point.accuracy[0] >= accuracy[0])
  .sort((a, b) => a.params - b.params)[0];

const one = (value) => value.toFixed(1).replace("-", "−");
const range = ([mean, low, high], unit = "") =>
  [{ b: `${one(mean)}${unit}` }, ` (${one(low)} to ${one(high)})`];

export function netSentence({ k, params, accuracy, seeds }) {
  return [`k = ${k}: `, { b: kit.number(params) }, " parameters, ",
    ...range(accuracy, " %"),
    ` of the test pictures right, over ${seeds.length} seeds.`];
}

export function rivalSentence({ design, params, ahead }) {
  const [mean, low, high] = ahead;
  const size = `the ${design} net of ${kit.number(params)}`;
  if (low > 0) return [`Ahead of ${size} by `, ...range(ahead), " points."];
  if (high < 0) {
    return [`Behind ${size} by `, ...range([-mean, -high, -low]), " points."];
  }
  return [`Undecided against ${size}: `, ...range(ahead), " points."];
}

// What a rival as accurate costs, if one was measured.
export function reachSentence(points, design, ours) {
  const found = asGood(points, design, ours);
  if (found) {
    const times = (found.params / ours.params).toFixed(1);
    return `By the mean, the first ${design} net as good has ` +
      `${kit.number(found.params)} parameters: ${times} times as many.`;
  }
  const most = Math.max(...points.filter((point) => point.design === design)
    .map(({ params }) => params));
  return `By the mean, no ${design} net up to ${kit.number(most)} ` +
    "parameters is as good.";
}

// Round marks between two numbers, in steps of 1, 2 or 5 of some power.
export function marks(low, high) {
  const step = kit.round((high - low) / 6);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 },
    (_, i) => step * (first + i));
}

export function powers(low, high) {
  const tens = [3, 4, 5, 6, 7, 8].map((power) => 10 ** power);
  return tens.flatMap((ten) => [ten, 2 * ten, 5 * ten])
    .filter((mark) => mark >= low && mark <= high);
}

function scales(points, width) {
  const height = width > 520 ? 310 : 290;
  const [left, right, top, foot] = [32, 64, 42, height - 38];
  const sizes = points.map(({ params }) => Math.log(params));
  const shares = points.flatMap(({ accuracy, seeds }) =>
    [...accuracy, ...seeds]);
  const pad = 0.08 * (Math.max(...sizes) - Math.min(...sizes) || 1);
  const [least, most] = [Math.min(...sizes) - pad, Math.max(...sizes) + pad];
  const [low, high] = [Math.min(...shares) - 0.5,
    Math.min(100, Math.max(...shares) + 0.5)];
  const x = (params) => left +
    (width - left - right) * (Math.log(params) - least) / (most - least);
  const y = (share) => foot - (foot - top) * (share - low) / (high - low);
  return { x, y, left, foot, top, height, end: width - right, low, high,
    least: Math.exp(least), most: Math.exp(most) };
}

function axes({ x, y, left, foot, end, low, high, least, most }) {
  return [
    marks(low, high).map((share) => [
      kit.svg("path", { d: `M${left} ${y(share)}H${end}`, class: "cv-rule" }),
      kit.svg("text", { x: left - 6, y: y(share) + 4, "text-anchor": "end" },
        kit.number(share))]),
    powers(least, most).map((size) => kit.svg("text", { x: x(size),
      y: foot + 16, "text-anchor": "middle" }, kit.number(size / 1000))),
    kit.svg("text", { x: (left + end) / 2, y: foot + 33,
      "text-anchor": "middle" }, "parameters, thousands"),
    kit.svg("text", { x: 0, y: 11 }, "test accuracy, %"),
  ];
}

// A net: its mean, its interval, and if asked for each seed by itself.
function net({ design, k, params, accuracy, seeds }, settings, { x, y }) {
  const [mean, low, high] = accuracy;
  const at = x(params) + SIDES[design];
  const now = k === settings.k;
  return [
    kit.svg("path", { d: `M${at} ${y(low)}V${y(high)}M${at - 3} ${y(low)}h6` +
      `M${at - 3} ${y(high)}h6`, class: "cv-bar-95",
    style: `stroke: ${HUES[design]}` }),
    ...(settings.seeds ? seeds : []).map((share) => kit.svg("circle", {
      cx: at, cy: y(share), r: 2.6, class: "cv-seed",
      style: `fill: ${HUES[design]}` })),
    kit.svg("circle", { cx: at, cy: y(mean), r: now ? 6 : 4,
      class: `cv-net ${now ? "cv-now" : ""}`,
      style: `--hue: ${HUES[design]}` }),
  ];
}

function line(points, design, { x, y }) {
  const own = points.filter((point) => point.design === design)
    .sort((a, b) => a.params - b.params);
  const way = own.map(({ params, accuracy }) =>
    `${x(params) + SIDES[design]} ${y(accuracy[0])}`).join("L");
  return kit.svg("path", { d: `M${way}`, class: "cv-way",
    style: `stroke: ${HUES[design]}` });
}

// Heights of labels, from the top down, none nearer than a line to the next.
export const apart = (heights, gap = 16) => heights.sort((a, b) => a - b)
  .reduce((put, height) =>
    [...put, Math.max(height, (put.at(-1) ?? -gap) + gap)], []);

// Every line's design, written where its largest net stands.
function labels(points, designs, { y, end }) {
  const last = rates(points).at(-1);
  const level = (design) => y(pick(points, design, last).accuracy[0]) + 4;
  const named = designs.filter((design) => pick(points, design, last))
    .sort((a, b) => level(a) - level(b));
  const heights = apart(named.map(level));
  return named.map((design, i) => kit.svg("text", { x: end + 2,
    y: heights[i], class: "cv-design", style: `fill: ${HUES[design]}` },
  design));
}

// The growth rate that is looked at: its column, and how far its mean goes.
function focus(points, { k }, { x, y, top, foot, left, end }) {
  const { params, accuracy } = pick(points, "dense", k);
  return [
    kit.svg("rect", { x: x(params) - 16, width: 32, y: top - 4,
      height: foot - top + 4, rx: 4, class: "cv-column" }),
    kit.svg("path", { d: `M${left} ${y(accuracy[0])}H${end}`,
      class: "cv-level" }),
    ...rates(points).map((rate) => kit.svg("text", { "text-anchor": "middle",
      x: x(pick(points, "dense", rate).params), y: top - 9,
      class: rate === k ? "cv-rate cv-strong" : "" }, `k = ${rate}`)),
  ];
}

const TRAITS = ["points", "at", "residual", "plain", "seeds"];

function render({ model, el }) {
  const panel = kit.panel(el, model, "Accuracy against parameters");
  panel.root.classList.add("cv-training");
  panel.inside(panel.head, () => panel.reset());
  const ks = () => rates(model.get("points"));
  // In Python `at` may lie beyond the last rate; here it does not.
  const looked = () => Math.min(model.get("at"), ks().length);
  const lens = panel.slider("at", "growth rate k of the dense net", {
    kind: "cv-hero", get: looked, format: (at) => `${ks()[at - 1]}` });
  const figure = panel.figure("");
  panel.box("cv-row", () => {
    panel.toggle("residual", "residual nets");
    panel.toggle("plain", "plain nets");
    panel.toggle("seeds", "each seed by itself");
  });
  const sayNet = panel.say("cv-formula", true);
  const sayRivals = Object.fromEntries(RIVALS.map((name) =>
    [name, [panel.say(), panel.say("cv-small")]]));
  let scale;

  function draw() {
    const { points, ...settings } = kit.read(model, TRAITS);
    lens.input.max = ks().length;
    lens.refresh();
    settings.k = ks()[looked() - 1];
    const ours = pick(points, "dense", settings.k);
    const rivals = RIVALS.filter((name) => settings[name] &&
      pick(points, name, settings.k));
    const designs = [...rivals, "dense"];
    scale = scales(points, panel.width());
    figure.setAttribute("height", scale.height);
    figure.setAttribute("aria-label", "Test accuracy against parameters; " +
      `at k = ${settings.k} ` + designs.map((name) => `${name} ` +
        `${one(pick(points, name, settings.k).accuracy[0])} %`).join(", "));
    figure.replaceChildren(...[
      axes(scale), focus(points, settings, scale),
      designs.map((name) => line(points, name, scale)),
      labels(points, designs, scale),
      points.filter(({ design }) => designs.includes(design))
        .map((point) => net(point, settings, scale)),
    ].flat(4));
    sayNet(...netSentence(ours));
    for (const [name, [sayAhead, sayReach]] of Object.entries(sayRivals)) {
      const shown = rivals.includes(name);
      sayAhead(...(shown ? rivalSentence(pick(points, name, settings.k)) : []));
      sayReach(...(shown ? [reachSentence(points, name, ours)] : []));
    }
  }

  // The growth rate whose column is nearest to the hand.
  figure.onclick = (event) => {
    const x = event.clientX - figure.getBoundingClientRect().left;
    const away = ks().map((k) => Math.abs(x -
      scale.x(pick(model.get("points"), "dense", k).params)));
    kit.write(model, { at: away.indexOf(Math.min(...away)) + 1 });
  };
  return kit.redraw(model, TRAITS, panel, draw);
}

export default { render };
