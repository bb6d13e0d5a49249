// How channels add up in a DenseNet, and what they cost.

const STEMS = {
  imagenet: { size: 224, classes: 1000, kernel: 7 },
  cifar: { size: 32, classes: 10, kernel: 3 },
};
const BN_SIZE = 4;

// Every layer of the network in order, as cvnotes.cost counts it.
export function rows({ k, blocks, k0, bottleneck, theta, stem }) {
  const { size, classes, kernel } = STEMS[stem];
  const large = stem === "imagenet";
  const table = [];
  const put = (row, weights, area, extra) => table.push({
    ...row, params: weights + extra, macs: weights * area,
  });

  let side = large ? size / 2 : size;
  put({ kind: "stem", inputs: 3, outputs: k0, side },
    kernel ** 2 * 3 * k0, side ** 2, large ? 2 * k0 : 0);
  if (large) side /= 2;
  let channels = k0;
  blocks.forEach((layers, b) => {
    for (let l = 1; l <= layers; l += 1) {
      const inputs = channels + k * (l - 1);
      put({ kind: "layer", block: b + 1, l, inputs, outputs: inputs + k,
        first: channels, side }, layerWeights(inputs, k, bottleneck),
      side ** 2, 2 * inputs + (bottleneck ? 2 * BN_SIZE * k : 0));
    }
    channels += k * layers;
    if (b === blocks.length - 1) return;
    const kept = Math.max(1, Math.floor(theta * channels + 1e-9));
    put({ kind: "transition", block: b + 1, inputs: channels, outputs: kept,
      side }, channels * kept, side ** 2, 2 * channels);
    channels = kept;
    side = Math.floor(side / 2);
  });
  put({ kind: "classifier", inputs: channels, outputs: classes, side: 1 },
    channels * classes, 1, classes + 2 * channels);
  return table;
}

// Convolution weights of one dense layer that reads `inputs` channels.
export function layerWeights(inputs, k, bottleneck) {
  return bottleneck
    ? BN_SIZE * k * inputs + 9 * BN_SIZE * k * k
    : 9 * inputs * k;
}

// From more input channels than this, the 1×1 saves weights: 7.2 k.
export const breakEven = (k) => (9 * BN_SIZE * k) / (9 - BN_SIZE);

export function total(table) {
  const sum = (name) => table.reduce((all, row) => all + row[name], 0);
  return { params: sum("params"), macs: sum("macs") };
}

const partOf = (row) => ({ layer: `block ${row.block}`,
  transition: `transition ${row.block}` }[row.kind] ?? row.kind);

// The rows added up by part: stem, block 1, transition 1, …, classifier.
export function parts(table) {
  const names = [...new Set(table.map(partOf))];
  return names.map((name) => {
    const own = table.filter((row) => partOf(row) === name);
    return { name, ...total(own), outputs: own.at(-1).outputs };
  });
}

export function growthSentence({ block, l, first, inputs }, k) {
  return [`Layer ${l} of block ${block} reads k₀ + k(l − 1) = `,
    `${kit.number(first)} + ${k} × ${l - 1} = `,
    { b: kit.number(inputs) },
    ` channel${inputs === 1 ? "" : "s"} and makes k = ${k} new `,
    k === 1 ? "one." : "ones."];
}

export function bottleneckSentence({ inputs }, { k, bottleneck }) {
  const alone = layerWeights(inputs, k, false);
  const through = layerWeights(inputs, k, true);
  const wide = BN_SIZE * k;
  const c = kit.number(inputs);
  const saved = alone - through;
  const verdict = saved > 0 ? `${kit.number(saved)} fewer`
    : saved < 0 ? `${kit.number(-saved)} more` : "just as many";
  return `${bottleneck ? "Through its" : "Through a"} 1×1 bottleneck: ` +
    `${c} · ${wide} + 9 · ${wide} · ${k} = ${kit.number(through)} ` +
    `weights. The 3×3 alone: 9 · ${c} · ${k} = ${kit.number(alone)}. ` +
    `So the bottleneck has ${verdict}.`;
}

const SHOWN = { k: "k", k0: "stem channels", blocks: "blocks", theta: "θ",
  bottleneck: "bottleneck", stem: "stem" };

export function presetSentence({ name, where, settings: preset }, settings) {
  const text = (value) => typeof value === "number" ? kit.number(value)
    : value === true ? "on" : value === false ? "off"
      : Array.isArray(value) ? value.join("-") : value;
  const moved = Object.keys(SHOWN)
    .filter((key) => !kit.equal(settings[key], preset[key])).map((key) =>
      `${SHOWN[key]} ${text(preset[key])} → ${text(settings[key])}`);
  if (!moved.length) return `This is ${name}, as ${where}.`;
  const [now, before] = [settings, preset].map((s) => total(rows(s)));
  return `Against ${name}: ${moved.join(", ")}. Parameters ` +
    `${kit.change(now.params, before.params)}, multiply-adds ` +
    `${kit.change(now.macs, before.macs)}.`;
}

// The picture. Each block has a slot for each layer's input and one for
// the block's output; between two blocks stands the transition.

const MARGIN = { left: 40, right: 6, top: 60, bottom: 46 };

function scales(settings, table, ceiling, width) {
  const height = Math.max(260, Math.min(350, width * 0.42));
  const floor = height - MARGIN.bottom;
  const { left, top, right } = MARGIN;
  const { blocks } = settings;
  const slots = blocks.reduce((all, layers) => all + layers + 1, 0);
  const gap = Math.max(8, 0.03 * width);
  const slot = (width - left - right - gap * (blocks.length - 1)) / slots;
  let x = left;
  const places = blocks.map((layers, b) => {
    const row = table.find((r) => r.block === b + 1);
    const start = x;
    x += slot * (layers + 1) + gap;
    return { x: start, end: x - gap, layers, first: row.first,
      side: row.side };
  });
  const y = (c) => floor - (c / ceiling) * (floor - top);
  return { width, height, floor, ceiling, slot, places, y };
}

function axis({ ceiling, width, y }) {
  const step = kit.round(ceiling / 5);
  const marks = Array.from({ length: Math.floor(ceiling / step) + 1 },
    (_, i) => step * i);
  return [kit.svg("text", { x: 0, y: 12 }, "channels"),
    ...marks.map((c) => kit.svg("path", { class: "cv-hair",
      d: `M${MARGIN.left} ${y(c)}H${width}` })),
    ...marks.map((c) => kit.svg("text", { x: MARGIN.left - 6, y: y(c) + 4,
      "text-anchor": "end" }, kit.number(c)))];
}

function wedge({ k }, { floor, places, slot, y }) {
  const thick = floor - y(k);
  const line = thick > 3 && slot > 3 ? 0.7 : 0;
  return places.flatMap(({ x, end, layers, first }) => [
    kit.svg("rect", { x, width: end - x, y: y(first),
      height: floor - y(first), style: "fill: var(--cv-stone)" }),
    ...Array.from({ length: layers }, (_, i) => kit.svg("rect", {
      x: x + slot * (i + 1), width: end - x - slot * (i + 1),
      y: y(first + k * (i + 1)), height: thick,
      style: `fill: ${kit.shade(i, layers)}; stroke: var(--cv-paper); ` +
        `stroke-width: ${line}`,
    })),
  ]);
}

function squeezes({ floor, places, y }, table) {
  return table.filter((row) => row.kind === "transition").map((row) => {
    const { end } = places[row.block - 1];
    const { x } = places[row.block];
    return kit.svg("path", { class: "cv-squeeze",
      d: `M${end} ${y(row.inputs)}L${x} ${y(row.outputs)}V${floor}H${end}Z` });
  });
}

const plural = (layers) => `${layers} ${layers === 1 ? "layer" : "layers"}`;

function names({ theta }, { floor, places }) {
  const room = Math.min(...places.map(({ x, end }) => end - x));
  return places.flatMap(({ x, end, layers, side }, b) => {
    const at = { x: (x + end) / 2, "text-anchor": "middle" };
    return [kit.svg("text", { ...at, y: floor + 24, class: "cv-strong" },
      room > 110 ? `block ${b + 1}: ${plural(layers)}`
        : room > 50 ? plural(layers) : `${layers}`),
    kit.svg("text", { ...at, y: floor + 40 },
      end - x > 45 ? `${side} × ${side}` : end - x > 22 ? `${side}²` : ""),
    places[b + 1]?.x - end > 13 && kit.svg("text", { y: floor - 6,
      x: (end + places[b + 1].x) / 2, "text-anchor": "middle",
      class: "cv-halo" }, `×${kit.number(theta)}`)];
  });
}

// Where it is written what the layer that is looked at reads.
function lensLabel(row, { k }, { places, slot, width, y }) {
  const { x, first, layers } = places[row.block - 1];
  return { x: Math.min(Math.max(x + slot * row.l, 100), width - 70),
    y: Math.min(y(first + k * layers), y(row.outputs)) - 7 };
}

// Said on the marks, in the block with the most room for it; but where the
// lens has its label there is none.
function captions({ k }, { floor, places, slot, y }, lens) {
  const widest = places.reduce((a, b) => b.end - b.x > a.end - a.x ? b : a);
  const { x, end, first, layers } = widest;
  const said = [];
  if (end - x > 150 && floor - y(first) > 20) {
    said.push(kit.svg("text", { x: x + 18, y: floor - 8,
      class: "cv-on-stone" }, "what the block was given"));
  }
  const line = y(first + 0.66 * k * layers);
  const free = Math.abs(lens.x - x - 66) > 130 || Math.abs(lens.y - line) > 30;
  if (0.62 * slot * layers > 110 && free &&
    y(first) - y(first + k * layers) > 60) {
    said.push(kit.svg("text", { x: x + 6, class: "cv-halo", y: line },
      "a stripe: one layer's"),
    kit.svg("text", { x: x + 6, class: "cv-halo", y: line + 14 }, "k maps"));
  }
  return said;
}

// Where the preset stood, while the settings differ from it.
function ghost(name, { k }, { floor, places, slot, width, y }) {
  const d = places.map(({ x, layers, first }) => `M${x} ${floor}` +
    Array.from({ length: layers + 1 }, (_, l) =>
      `V${y(first + k * l)}h${slot}`).join("") + `V${floor}`);
  return [kit.svg("path", { d: d.join(""), class: "cv-ghost" }),
    kit.svg("text", { x: width, y: 12, "text-anchor": "end" },
      `dotted: ${name}`)];
}

// Above the dashed line a layer reads so much that its 1×1 pays for itself.
function breakEvenMarks({ k, bottleneck }, scale, table) {
  const { ceiling, floor, places, slot, width, y } = scale;
  const limit = breakEven(k);
  const marks = table.filter((row) => row.kind === "layer").map((row) =>
    kit.svg("rect", { x: places[row.block - 1].x + slot * (row.l - 1) + 0.5,
      width: Math.max(1, slot - 1), y: floor + 3, height: 5,
      class: row.inputs > limit ? "cv-saves" : "cv-costs" }));
  if (limit > ceiling) return marks;
  const verb = bottleneck ? "saves" : "would save";
  const { left } = MARGIN;
  return [...marks,
    kit.svg("path", { class: "cv-limit", d: `M${left} ${y(limit)}H${width}` +
      `M${left + 6} 28h26` }),
    kit.svg("text", { x: left + 38, y: 32, class: "cv-halo cv-limit-text" },
      width > 520 ? `over 7.2 · k = ${kit.number(limit)} channels (■ below) ` +
        `the 1×1 bottleneck ${verb} weights`
        : `over 7.2 · k = ${kit.number(limit)} (■): 1×1 ${verb} weights`)];
}

function focus(row, settings, scale) {
  const { floor, places, slot, y } = scale;
  const { x, end } = places[row.block - 1];
  const left = x + slot * (row.l - 1);
  const [top, added] = [y(row.inputs), y(row.outputs)];
  const label = lensLabel(row, settings, scale);
  return [
    kit.svg("rect", { x: left, width: slot, y: top, height: floor - top,
      class: "cv-reads" }),
    kit.svg("rect", { x: left + slot, width: end - left - slot, y: added,
      height: Math.max(1, top - added), class: "cv-adds" }),
    kit.svg("path", { d: `M${left + slot} ${added}V${label.y + 3}`,
      class: "cv-leader" }),
    kit.svg("text", { ...label, "text-anchor": "middle",
      class: "cv-strong cv-halo" },
    `reads ${kit.number(row.inputs)}, makes ${settings.k}`),
  ];
}

function costTable(table) {
  const sums = parts(table);
  const sum = total(table);
  const cell = (part, name) => ({ text: kit.short(part[name]),
    part: part[name] / Math.max(...sums.map((other) => other[name])) });
  return kit.table({
    caption: "Channels handed on, and where the cost is",
    head: ["part", "hands on", "parameters", "multiply-adds"],
    rows: sums.map((part) => [part.name, kit.number(part.outputs),
      cell(part, "params"), cell(part, "macs")]),
    foot: [["all", "", kit.number(sum.params), kit.short(sum.macs)]],
  });
}

function layerTable(table) {
  return kit.table({
    head: ["layer", "reads", "hands on", "map", "parameters"],
    rows: table.map((row) => [
      row.kind === "layer" ? `${partOf(row)}, layer ${row.l}` : partOf(row),
      kit.number(row.inputs), kit.number(row.outputs), `${row.side}²`,
      kit.number(row.params)]),
  });
}

const SETTINGS = ["k", "blocks", "k0", "bottleneck", "theta", "stem"];

function blockSliders(panel, model) {
  const { most } = model.get("_bounds").blocks;
  const inputs = Array.from({ length: most }, (_, b) =>
    panel.slider("blocks", `layers, block ${b + 1}`, {
      id: `blocks-${b + 1}`,
      get: (blocks) => blocks[b] ?? 1,
      set: (layers) => model.get("blocks").with(b, layers),
    }));
  panel.follow("blocks", (blocks) => inputs.forEach(({ input }, b) => {
    input.parentElement.hidden = b >= blocks.length;
  }));
}

function render({ model, el }) {
  const presets = Object.fromEntries(
    model.get("_presets").map((preset) => [preset.name, preset]));
  const panel = kit.panel(el, model, "Growth explorer");
  panel.root.classList.add("cv-growth");
  panel.inside(panel.head, () => {
    panel.choice("preset", "preset", Object.keys(presets), (preset) =>
      kit.write(model, { preset, ...presets[preset].settings }));
    panel.reset();
  });
  panel.slider("k", "growth rate k: new maps from each layer",
    { kind: "cv-hero" });
  const sayTotal = panel.say("cv-total");
  const figure = panel.figure("");
  let table = [];
  const layers = () => table.filter((row) => row.kind === "layer");
  const lens = panel.slider("layer", "look at", { format: (layer) => {
    const row = layers()[Math.min(layer, layers().length) - 1];
    return row ? `${partOf(row)}, layer ${row.l}` : "";
  } });
  const sayGrowth = panel.say("cv-formula", true);
  const sayBottleneck = panel.say("cv-small");
  const sayPreset = panel.say("cv-small");
  let costs;
  panel.box("cv-two", () => {
    panel.box("cv-grid", () => {
      panel.slider("k0", "stem channels");
      panel.slider("theta", "θ, share kept");
      blockSliders(panel, model);
      panel.toggle("bottleneck", "1×1 bottleneck");
    });
    costs = panel.box("", () => {});
  });
  const list = panel.details("Every layer, as a table", () =>
    layerTable(table));
  let pointed = null;
  let scale;

  function draw() {
    const settings = kit.read(model, SETTINGS);
    const chosen = presets[model.get("preset")];
    const preset = chosen.settings;
    const before = rows(preset);
    table = rows(settings);
    const top = Math.max(...[...table, ...before].map((row) =>
      row.kind === "layer" ? row.outputs : 0));
    scale = scales(settings, table, top, panel.width());
    const count = layers().length;
    lens.input.max = count;
    lens.refresh();
    const row = layers()[pointed ?? Math.min(model.get("layer"), count) - 1];
    const same = SETTINGS.every((name) =>
      kit.equal(settings[name], preset[name]));
    figure.setAttribute("height", scale.height);
    figure.setAttribute("aria-label", `Channels along the network: block ` +
      scale.places.map(({ first, layers: n }, b) => `${b + 1} grows from ` +
        `${first} to ${first + settings.k * n}`).join(", block "));
    figure.replaceChildren(...[
      axis(scale), squeezes(scale, table),
      wedge(settings, scale), same ? [] : ghost(chosen.name, preset,
        scales(preset, before, scale.ceiling, scale.width)),
      captions(settings, scale, lensLabel(row, settings, scale)),
      breakEvenMarks(settings, scale, table),
      names(settings, scale), focus(row, settings, scale),
    ].flat(2).filter(Boolean));
    const sum = total(table);
    sayTotal({ b: kit.number(sum.params) }, " parameters, ",
      { b: kit.short(sum.macs) }, " multiply-adds");
    sayGrowth(...growthSentence(row, settings.k));
    sayBottleneck(bottleneckSentence(row, settings));
    sayPreset(presetSentence(chosen, settings));
    costs.replaceChildren(costTable(table));
    list.refresh();
  }

  function at(event) {
    const x = event.clientX - figure.getBoundingClientRect().left;
    let index = 0;
    for (const place of scale.places) {
      const l = Math.floor((x - place.x) / scale.slot);
      if (l < place.layers || place === scale.places.at(-1)) {
        return Math.max(0, index + Math.min(l, place.layers - 1));
      }
      index += place.layers;
    }
    return index;
  }
  figure.onpointermove = (event) => {
    pointed = at(event);
    draw();
  };
  figure.onpointerleave = () => {
    pointed = null;
    if (panel.root.isConnected) draw();
  };
  figure.onclick = (event) => kit.write(model, { layer: at(event) + 1 });
  return kit.redraw(model, [...SETTINGS, "preset", "layer"], panel, draw);
}

export default { render };
