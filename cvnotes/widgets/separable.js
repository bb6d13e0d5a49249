// What a convolution costs: full, in groups, a channel at a time, and apart.

const WAYS = ["full", "grouped", "depthwise", "separable"];
const CELLS = 16;
const TINTS = 4;

// The numbers of groups that two layers of channels can be cut into.
export function divisors(inputs, outputs) {
  return Array.from({ length: Math.min(inputs, outputs) }, (_, i) => i + 1)
    .filter((g) => inputs % g === 0 && outputs % g === 0);
}

export const nearest = (groups, inputs, outputs) =>
  divisors(inputs, outputs).findLast((g) => g <= groups);

// Weights of each way, and the product they are, with the numbers put in.
export function ways({ kernel: k, inputs, outputs, groups }) {
  const [m, n] = [inputs, outputs].map(kit.number);
  return {
    full: { weights: k * k * inputs * outputs, said: `${k}² · ${m} · ${n}` },
    grouped: { weights: (k * k * inputs * outputs) / groups,
      said: `${k}² · ${m} · ${n} / ${kit.number(groups)}` },
    depthwise: { weights: k * k * inputs, said: `${k}² · ${m}` },
    separable: { weights: k * k * inputs + inputs * outputs,
      said: `(${k}² · ${m} + ${m} · ${n})` },
  };
}

export function costs(settings) {
  const area = settings.size ** 2;
  return Object.fromEntries(Object.entries(ways(settings)).map(
    ([way, { weights }]) => [way, { weights, work: weights * area }]));
}

const times = (part) => part < 1
  ? [{ b: `${(1 / part).toFixed(1)} times fewer` }, " than full."]
  : part > 1 ? [{ b: `${part.toFixed(3)} times as many` },
    " as full: nothing to be saved."]
    : [{ b: "just as many" }, " as full."];

export function ratioSentence({ kernel, outputs }) {
  const part = 1 / outputs + 1 / kernel ** 2;
  return ["Separable: 1/Cₒᵤₜ + 1/k² = ",
    `1/${kit.number(outputs)} + 1/${kernel}² = ${part.toFixed(3)}, so `,
  ...times(part)];
}

export function groupsSentence({ inputs, outputs, groups }) {
  if (groups === 1) {
    return "One group: every output reads every input, and each pair of " +
      "channels has a pattern of its own.";
  }
  const each = inputs / groups;
  const alone = each > 1 ? "" : outputs === inputs
    ? " That is the depthwise convolution."
    : " That is a depthwise convolution with " +
      `${kit.number(outputs / inputs)} patterns for each channel.`;
  const [many, few, all] = [groups, each, inputs].map(kit.number);
  return `${many} groups: an output reads ${few} of ${all} inputs, and ` +
    `costs ${many} times less. Nothing crosses from group to group.${alone}`;
}

// A row for each output and a column for each input, as far as there is room;
// what is depthwise makes as many as it reads.
export function shape(way, { inputs, outputs }) {
  const [rows, columns] = [way === "depthwise" ? inputs : outputs, inputs];
  return { rows: Math.min(rows, CELLS), columns: Math.min(columns, CELLS) };
}

// A row that would be the depthwise one over again says so.
export function groupsName({ inputs, outputs, groups }) {
  const same = groups === inputs && groups === outputs;
  return `in ${kit.number(groups)} ${groups > 1 ? "groups" : "group"}` +
    (same ? ": depthwise" : "");
}

// Which pattern in space joins an output to an input; −1 where none does.
export function reads(way, groups, { rows, columns }, o, i) {
  const blocks = Math.min(groups, rows, columns);
  const own = Math.floor((o * blocks) / rows) ===
    Math.floor((i * blocks) / columns);
  if (way === "separable") return (i * 7 + (i >> 2)) % TINTS;
  if (way === "depthwise") return o === i ? (i * 7 + (i >> 2)) % TINTS : -1;
  if (way === "grouped" && !own) return -1;
  return (o * 5 + i * 3 + ((o * i * 7) >> 2)) % TINTS;
}

// MobileNet, row by row, as cvnotes.cost has it.
export function mobilenet({ alpha, picture }, plan) {
  const thin = (width) => Math.max(1, Math.floor(width * alpha));
  const half = (side) => Math.floor((side - 1) / 2) + 1;
  const rows = [];
  const put = (kind, inputs, outputs, size, weights) => rows.push({ kind,
    inputs, outputs, size, weights, work: weights * size ** 2 });
  let [inputs, size] = [thin(32), half(picture)];
  put("conv", 3, inputs, size, 27 * inputs);
  for (const [width, stride] of plan) {
    const outputs = thin(width);
    if (stride === 2) size = half(size);
    put("depthwise", inputs, inputs, size, 9 * inputs);
    put("pointwise", inputs, outputs, size, inputs * outputs);
    inputs = outputs;
  }
  put("classifier", inputs, 1000, 1, inputs * 1000);
  return rows;
}

// What a layer becomes above: a pair's two halves are one setting. The
// groups stay the reader's, or as many of them as divide.
export function setting(rows, index) {
  const { kind, inputs, outputs, size } = rows[index];
  if (kind === "classifier") return { kernel: 1, inputs, outputs, size };
  const makes = kind === "depthwise" ? rows[index + 1].outputs : outputs;
  return { kernel: 3, inputs, outputs: makes, size };
}

const sum = (rows, count) => rows.reduce((all, row) => all + row[count], 0);
const NAMES = { work: "multiply-adds", weights: "weights" };

export function shares(rows, count) {
  const whole = sum(rows, count);
  return Object.fromEntries(["pointwise", "depthwise", "conv", "classifier"]
    .map((kind) => [kind, (100 * sum(
      rows.filter((row) => row.kind === kind), count)) / whole]));
}

const KINDS = { conv: "3×3", depthwise: "depthwise 3×3",
  pointwise: "pointwise 1×1", classifier: "classifier" };

export function layerName(rows, index) {
  const { kind, inputs, outputs, size } = rows[index];
  const maps = size > 1 ? ` at ${size}×${size}` : "";
  return `${index + 1}: ${KINDS[kind]}, ${kit.number(inputs)} → ` +
    `${kit.number(outputs)}${maps}`;
}

export function layerSentence(rows, index, count) {
  const own = rows[index][count];
  const part = (100 * own) / sum(rows, count);
  return [`Layer ${index + 1}: `, { b: kit.short(own) }, ` ${NAMES[count]}, `,
    `${part.toFixed(2)} % of all.`];
}

export function sharesSentence(rows, count) {
  const part = shares(rows, count);
  return `MobileNet: ${kit.short(sum(rows, count))} ${NAMES[count]}. Of ` +
    `these, ${part.pointwise.toFixed(2)} % are 1×1, ` +
    `${part.depthwise.toFixed(2)} % depthwise, ` +
    `${part.classifier.toFixed(2)} % the classifier.`;
}

const ROW = 70;
const SQUARE = 48;
const LARGE = 12;  // a cell, where there are few
const LEFT = SQUARE + 14;

function square(way, settings, y) {
  const cells = shape(way, settings);
  const cell = Math.min(LARGE, SQUARE / Math.max(cells.rows, cells.columns));
  const paths = Array.from({ length: TINTS }, () => "");
  for (let o = 0; o < cells.rows; o += 1) {
    for (let i = 0; i < cells.columns; i += 1) {
      const tint = reads(way, settings.groups, cells, o, i);
      if (tint >= 0) {
        paths[tint] += `M${i * cell} ${y + o * cell}h${cell}v${cell}h-${cell}z`;
      }
    }
  }
  return [kit.svg("rect", { class: "cv-frame", x: 0, y,
    width: cell * cells.columns, height: cell * cells.rows }),
  ...paths.map((d, tint) => kit.svg("path", { d,
    style: `fill: ${kit.shade(tint, TINTS)}` }))];
}

function bars(settings, width) {
  const { size, count } = settings;
  const table = costs(settings);
  const said = ways(settings);
  const most = Math.max(...WAYS.map((way) => table[way][count]));
  return WAYS.flatMap((way, row) => {
    const y = 8 + ROW * row;
    const value = table[way][count];
    const product = said[way].said + (count === "work" ? ` · ${size}²` : "");
    return [...square(way, settings, y),
      kit.svg("text", { x: LEFT, y: y + 12, class: "cv-strong" },
        way === "grouped" ? groupsName(settings) : way),
      kit.svg("text", { x: width, y: y + 12, class: "cv-strong",
        "text-anchor": "end" }, kit.short(value)),
      kit.svg("rect", { class: `cv-${way}`, x: LEFT, y: y + 19, height: 11,
        width: Math.max(1, ((width - LEFT) * value) / most) }),
      kit.svg("text", { x: LEFT, y: y + 45 },
        product.replaceAll(" ", "\u00a0")),
    ];
  });
}

const HIGH = 156;
const FLOOR = 132;

function chart(rows, chosen, count, width) {
  const slot = width / rows.length;
  const most = Math.max(...rows.map((row) => row[count]));
  const top = (row) => FLOOR - Math.max(1, ((FLOOR - 24) * row[count]) / most);
  const marks = rows.flatMap((row, i) => [
    i === chosen && kit.svg("rect", { class: "cv-chosen", x: slot * i, y: 18,
      width: slot, height: FLOOR - 14 }),
    kit.svg("rect", { class: `cv-${row.kind}`, x: slot * i + 1,
      width: Math.max(1, slot - 2), y: top(row), height: FLOOR - top(row) }),
    (i === 0 || rows[i - 1].size !== row.size) && row.size > 1 &&
      kit.svg("path", { class: "cv-hair", d: `M${slot * i} ${FLOOR}v8` }),
    (i === 0 || rows[i - 1].size !== row.size) && row.size > 1 &&
      kit.svg("text", { x: slot * i + 3, y: HIGH - 8 }, `${row.size}²`),
  ]);
  return [kit.svg("text", { x: 0, y: 12, class: "cv-pointwise-text" },
    "■ 1×1"),
  kit.svg("text", { x: 48, y: 12, class: "cv-depthwise-text" },
    "■ depthwise 3×3"),
  kit.svg("text", { x: 152, y: 12 }, "■ others"),
  kit.svg("text", { x: width, y: 12, "text-anchor": "end" },
    `most: ${kit.short(most)}`),
  ...marks.filter(Boolean)];
}

const TRAITS = ["groups", "kernel", "inputs", "outputs", "size", "count",
  "alpha", "picture", "layer"];

function groupSlider(panel, model) {
  const now = () => divisors(model.get("inputs"), model.get("outputs"));
  const at = (groups) => Math.max(1, now().filter((g) => g <= groups).length);
  // It counts the divisors, so that every step is a number that divides.
  const slider = panel.slider("groups", "groups", { id: "divisor",
    kind: "cv-hero", get: at, set: (step) => now()[step - 1],
    format: (step) => kit.number(now()[step - 1]) });
  const fit = () => {
    slider.input.max = now().length;
    slider.refresh();
  };
  panel.follow("inputs", fit);
  panel.follow("outputs", fit);
}

function render({ model, el }) {
  const plan = model.get("_plan");
  const panel = kit.panel(el, model, "What taking apart saves");
  panel.root.classList.add("cv-separable-cost");
  panel.inside(panel.head, () => {
    panel.switch("count", "count", NAMES);
    panel.reset();
  });
  groupSlider(panel, model);
  panel.box("cv-grid", () => {
    panel.slider("kernel", "kernel k");
    panel.slider("inputs", "reads Cᵢₙ");
    panel.slider("outputs", "makes Cₒᵤₜ");
    panel.slider("size", "map side");
  });
  const figure = panel.figure("");
  const sayRatio = panel.say("cv-formula");
  const sayGroups = panel.say("cv-small", true);
  panel.add(kit.html("p", { class: "cv-title cv-net" },
    "MobileNet, layer by layer"));
  const net = panel.figure("");
  const rows = () => mobilenet(kit.read(model, ["alpha", "picture"]), plan);
  const lens = panel.slider("layer", "layer", {
    format: (layer) => layerName(rows(), layer - 1) });
  const sayLayer = panel.say("cv-layer");
  const sayShares = panel.say("cv-small");
  const choose = (layer) => kit.write(model,
    { layer, ...setting(rows(), layer - 1) });
  panel.box("cv-grid", () => {
    panel.slider("alpha", "α, width");
    panel.slider("picture", "picture side");
    panel.button("Use it above", () => choose(model.get("layer")));
  });

  function draw() {
    const settings = kit.read(model, TRAITS);
    const { inputs, outputs, count } = settings;
    const held = nearest(settings.groups, inputs, outputs);
    if (held !== settings.groups) kit.write(model, { groups: held });
    settings.groups = held;
    const [width, table] = [panel.width(), rows()];
    const own = costs(settings);
    figure.setAttribute("height", ROW * WAYS.length - 8);
    figure.setAttribute("aria-label", `${NAMES[count]}: ` + WAYS.map((way) =>
      `${way} ${kit.short(own[way][count])}`).join(", "));
    figure.replaceChildren(...bars(settings, width));
    sayRatio(...ratioSentence(settings));
    sayGroups(groupsSentence(settings));
    lens.refresh();  // its name says the channels, which α changes
    net.setAttribute("height", HIGH);
    net.setAttribute("aria-label",
      `Every layer's ${NAMES[count]}. ${sharesSentence(table, count)}`);
    net.replaceChildren(...chart(table, settings.layer - 1, count, width));
    sayLayer(...layerSentence(table, settings.layer - 1, count));
    sayShares(sharesSentence(table, count));
  }
  net.onclick = (event) => {
    const { left, width } = net.getBoundingClientRect();
    const part = (event.clientX - left) / width;
    choose(1 + Math.min(27, Math.max(0, Math.floor(28 * part))));
  };
  return kit.redraw(model, TRAITS, panel, draw);
}

export default { render };
