// What each layer of a block reads: one state rewritten, or all that was.

// Layer l's inputs and its output, when a layer halves the sum it reads.
export function flow({ layers, keep, x0 }) {
  const steps = [];
  const maps = [x0];
  let state = x0;
  for (let l = 1; l <= layers; l += 1) {
    const reads = keep === "concatenate" ? [...maps] : [state];
    const output = reads.reduce((a, b) => a + b, 0) / 2;
    state = keep === "sum" ? state + output : output;
    maps.push(output);
    steps.push({ l, reads, output, state, maps: maps.slice(0, -1) });
  }
  return steps;
}

export function connections({ layers, keep }) {
  return { replace: layers, sum: 2 * layers,
    concatenate: (layers * (layers + 1)) / 2 }[keep];
}

export function countSentence({ layers, keep }) {
  const count = { b: `${connections({ layers, keep })}` };
  return {
    replace: ["A chain: L = ", count, ", one connection for each layer."],
    sum: ["A residual chain, shortcuts counted: 2 · L = 2 · ",
      `${layers} = `, count, "."],
    concatenate: ["A dense block: L(L + 1)/2 = ",
      `${layers} · ${layers + 1}\u00a0/\u00a02 = `, count,
      layers === 1 ? " connection." : " connections."],
  }[keep];
}

const list = (values) => values.map(kit.number).join(" + ");

export function stepSentence({ keep }, { l, reads, output, state, maps }) {
  const n = kit.number;
  return {
    replace: [`Layer ${l} reads one state, ${n(reads[0])}, and hands on half `,
      "of it: ", { b: n(output) }, l > 1 ? ". What came before is gone." : "."],
    sum: [`Layer ${l} reads one state, ${n(reads[0])}` +
      (l > 1 ? `, in which ${list(maps)} are added up` : "") +
      `. It rewrites it: ${n(reads[0])} + ${n(output)} = `,
    { b: n(state) }, "."],
    concatenate: l === 1
      ? [`Layer 1 reads one map, ${n(reads[0])}, makes half of it, `,
        { b: n(output) }, ", and puts it beside. What it read stays."]
      : [`Layer ${l} reads ${l} separate maps, makes half of their sum, ` +
        `½ (${list(reads)}) = `, { b: n(output) },
      ", and puts it beside them. What it read stays."],
  }[keep];
}

const TRAITS = ["keep", "layers", "at", "x0"];
const BOX = 23;

const hue = (source, layers) => source === 0 ? "var(--cv-stone)"
  : kit.shade(source - 1, layers);

function grid({ layers }, width) {
  const step = (width - 20) / (layers + 1);
  const x = (i) => 10 + step * (i + 0.5);
  // Where a residual layer's output is added; the first state is x0 itself.
  const plus = (i) => i === 0 ? x(0) : x(i) + 0.38 * step;
  return { x, plus,
    line: 24 + Math.min(110, width * 0.24),
    box: Math.min(64, step - 6) };
}

// One arc for each connection; those into the layer looked at stand out.
function wires({ keep, layers, at }, { x, plus, line }) {
  const wire = (left, right, high, to) => kit.svg("path", {
    d: `M${left} ${line}C${left} ${line - high} ${right} ` +
      `${line - high} ${right} ${line}`,
    class: `cv-wire ${to === at ? "cv-now" : ""}` });
  const reach = (span) => (span === 1 ? 0
    : (4 / 3) * (line - 16) * (span / Math.max(2, layers)));
  const pairs = Array.from({ length: layers }, (_, i) =>
    keep === "concatenate" ? Array.from({ length: i + 1 }, (_, s) => [s, i + 1])
      : [[i, i + 1]]).flat();
  const drawn = keep === "sum" ? pairs.flatMap(([from, to]) => [
    wire(plus(from), plus(to), 0, to), wire(plus(from), plus(to), 52, to)])
    : pairs.map(([from, to]) => wire(x(from), x(to), reach(to - from), to));
  return drawn.sort((a, b) => a.classList.contains("cv-now") -
    b.classList.contains("cv-now"));
}

// A shortcut goes around its layer, to where the layer's output is added.
function pluses({ keep, layers }, { plus, line }) {
  if (keep !== "sum") return [];
  return Array.from({ length: layers }, (_, i) => [
    kit.svg("circle", { cx: plus(i + 1), cy: line, r: 7, class: "cv-node",
      style: "stroke: var(--cv-soft); stroke-width: 1.2" }),
    kit.svg("text", { x: plus(i + 1), y: line + 4, "text-anchor": "middle",
      class: "cv-strong" }, "+"),
  ]);
}

function nodes({ layers, at }, { x, line }) {
  return Array.from({ length: layers + 1 }, (_, i) => [
    kit.svg("circle", { cx: x(i), cy: line, r: 13, class: "cv-node",
      style: `stroke: ${i === at ? "var(--cv-orange)" : hue(i, layers)}` }),
    kit.svg("text", { x: x(i), y: line + 4, "text-anchor": "middle",
      class: "cv-strong" }, i === 0 ? "x0" : `H${i}`),
  ]);
}

// A number in a box; the bar at its left says which layers it comes from.
function box(value, sources, { layers }, left, top, wide, now) {
  const high = (BOX - 4) / sources.length;
  return [
    kit.svg("rect", { x: left, y: top, width: wide, height: BOX - 4, rx: 3,
      class: `cv-box ${now ? "cv-now" : ""}` }),
    ...sources.map((source, i) => kit.svg("rect", { x: left + 1,
      y: top + high * i, width: 6, height: high,
      style: `fill: ${hue(source, layers)}` })),
    kit.svg("text", { x: left + wide - 5, y: top + 14,
      "text-anchor": "end", class: "cv-strong" }, kit.number(value)),
  ];
}

function received(settings, { x, line, box: wide }, steps) {
  const { keep, at } = settings;
  return steps.flatMap(({ l, reads }) => reads.flatMap((value, i) => {
    const sources = keep === "concatenate" ? [i]
      : keep === "sum" ? Array.from({ length: l }, (_, s) => s) : [l - 1];
    return box(value, sources, settings, x(l) - wide / 2,
      line + 44 + BOX * i, wide, l === at);
  }));
}

function render({ model, el }) {
  const panel = kit.panel(el, model, "Connectivity");
  panel.root.classList.add("cv-connectivity");
  panel.inside(panel.head, () => panel.reset());
  panel.switch("keep", "a layer's output", { replace: "replaces",
    sum: "is added", concatenate: "is kept beside" });
  const sayCount = panel.say("cv-formula");
  const figure = panel.figure("");
  const sayStep = panel.say("cv-formula", true);
  const most = model.get("_bounds").layers.max;
  // In Python `at` may lie beyond the last layer; here it does not.
  const looked = () => Math.min(model.get("at"), model.get("layers"));
  let lens;
  panel.box("cv-grid", () => {
    lens = panel.slider("at", "look at layer", {
      get: looked });
    panel.slider("layers", "layers L");
    panel.slider("x0", "x0, given");
    panel.button("Next layer", () => kit.write(model, {
      at: (looked() % model.get("layers")) + 1 }));
  });

  function draw() {
    const settings = kit.read(model, TRAITS);
    settings.at = looked();
    const steps = flow(settings);
    const now = steps[settings.at - 1];
    const place = grid(settings, panel.width());
    lens.input.max = settings.layers;
    lens.refresh();
    // As high for a chain as for the widest block, and each number in its
    // place: the three answers can be compared, and nothing jumps.
    figure.setAttribute("height", place.line + 52 + BOX * most);
    figure.setAttribute("aria-label", `Layer ${now.l} reads ` +
      now.reads.map(kit.number).join(", "));
    figure.replaceChildren(...[
      wires(settings, place), pluses(settings, place),
      nodes(settings, place),
      kit.svg("text", { x: 10, y: place.line + 34 }, "reads"),
      received(settings, place, steps),
    ].flat(3));
    sayCount(...countSentence(settings));
    sayStep(...stepSentence(settings, now));
  }
  return kit.redraw(model, TRAITS, panel, draw);
}

export default { render };
