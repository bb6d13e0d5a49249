// What a k×k convolution costs, straight and by way of r channels.

// Weights of the convolutions; biases are left out. The multiply-adds are
// these times the places, so the break-even is the same for both.
export function weights({ inputs, reduced, outputs, kernel }) {
  const area = kernel ** 2;
  const narrow = inputs * reduced;
  const wide = area * reduced * outputs;
  return { straight: area * inputs * outputs, narrow, wide,
    reduced: narrow + wide };
}

// With the biases, one for each channel that a convolution makes.
export function parameters(settings) {
  const { reduced, outputs } = settings;
  const count = weights(settings);
  return { straight: count.straight + outputs,
    reduced: count.reduced + reduced + outputs };
}

export function macs(settings) {
  const places = settings.size ** 2;
  const { straight, reduced } = weights(settings);
  return { straight: straight * places, reduced: reduced * places };
}

export function breakEven({ inputs, outputs, kernel }) {
  const makes = kernel ** 2 * outputs;
  return (inputs * makes) / (inputs + makes);
}

// From so many reduced channels on, no kernel is out of reach.
export const fullRank = ({ inputs, outputs, kernel }) =>
  Math.min(inputs, kernel ** 2 * outputs);

// 9.7 times fewer, 42 % fewer, just as many, 3 % more, 2.1 times as many.
export function compared(reduced, straight) {
  if (reduced === straight) return "just as many weights";
  const [less, more] = [reduced, straight].sort((a, b) => a - b);
  if (more >= 2 * less) {
    const times = kit.number(+(more / less).toFixed(1));
    return reduced < straight ? `${times} times fewer weights`
      : `${times} times as many weights`;
  }
  const share = 100 * Math.abs(reduced / straight - 1);
  const percent = share < 1 ? share.toPrecision(1) : share.toFixed(0);
  return `${percent} % ${reduced < straight ? "fewer" : "more"} weights`;
}

const n = kit.number;

export function straightSentence(settings) {
  const { inputs, outputs, kernel } = settings;
  return ["Straight: k²·Cᵢₙ·Cₒᵤₜ = ",
    `${kernel}² · ${n(inputs)} · ${n(outputs)} = `,
    { b: n(weights(settings).straight) }, " weights"];
}

export function reducedSentence(settings) {
  const { inputs, reduced, outputs, kernel } = settings;
  return ["By way of r: r·(Cᵢₙ + k²·Cₒᵤₜ) = ",
    `${n(reduced)} · (${n(inputs)} + ${kernel}² · ${n(outputs)}) = `,
    { b: n(weights(settings).reduced) }, " weights"];
}

// A weight works once at every place.
export function macsSentence(settings) {
  const [count, work] = [weights(settings), macs(settings)];
  const product = (way) => [`${n(count[way])} × ${settings.size}² = `,
    { b: kit.short(work[way]) }];
  return ["Multiply-adds: ", ...product("straight"), " straight, ",
    ...product("reduced"), " by r"];
}

const even = (settings) => {
  const found = breakEven(settings);
  return n(+found.toFixed(found < 10 ? 2 : 1));
};

export function breakEvenSentence(settings) {
  const { inputs, outputs, kernel } = settings;
  const makes = kernel ** 2 * outputs;
  return ["Break-even: r* = k²·Cᵢₙ·Cₒᵤₜ / (Cᵢₙ + k²·Cₒᵤₜ) = ",
    `${n(inputs * makes)} / (${n(inputs)} + ${n(makes)}) = `,
    { b: even(settings) }];
}

export function verdict(settings) {
  const { reduced } = settings;
  const count = weights(settings);
  const rank = fullRank(settings);
  const said = compared(count.reduced, count.straight);
  if (reduced >= rank) {
    return `r = ${n(reduced)} is past r*: ${said}. Every kernel is within ` +
      "reach, as it is without the 1×1.";
  }
  const [side, but] = count.reduced < count.straight ? ["below", "But"]
    : count.reduced > count.straight ? ["past", "And yet"] : ["at", "And"];
  return `r = ${n(reduced)} is ${side} r*: ${said}. ${but} what the kernel ` +
    `reads has rank ${n(reduced)}, where straight it may have ${n(rank)}.`;
}

const SHOWN = { inputs: "Cᵢₙ", reduced: "r", outputs: "Cₒᵤₜ",
  kernel: "k", size: "map side" };
const TRAITS = Object.keys(SHOWN);

export function presetSentence({ name, settings: preset }, settings) {
  const [module, kernel] = name.split(", ");
  const moved = TRAITS.filter((key) => settings[key] !== preset[key])
    .map((key) => `${SHOWN[key]} ${n(preset[key])} → ${n(settings[key])}`);
  if (!moved.length) {
    return `This is the ${kernel} of module ${module}, as in the paper.`;
  }
  const [now, before] = [settings, preset].map((s) => macs(s).reduced);
  return `Against the ${kernel} of module ${module}: ${moved.join(", ")}. ` +
    `Multiply-adds ${kit.change(now, before)}.`;
}

// The picture: weights against r. Straight they are a level line, and by
// way of r a slope through zero, of which the 1×1 is the lower part.

const HIGH = 302;
const TOP = 40;
const FLOOR = 236;
const LEFT = 54;

// How far one drags: past the full rank. The axis holds any r, too.
export const most = (settings) =>
  Math.ceil(1.15 * Math.max(fullRank(settings), 4));
export const reach = (settings) => settings.reduced <= most(settings)
  ? most(settings) : Math.ceil(1.04 * settings.reduced);

function scale(settings, width) {
  const far = reach(settings);
  const all = weights({ ...settings, reduced: far });
  const top = Math.max(all.reduced, weights(settings).straight);
  return { far, top, width,
    x: (r) => LEFT + ((width - LEFT - 6) * r) / far,
    y: (count) => FLOOR - ((FLOOR - TOP) * count) / top };
}

function axes({ far, top, width, x, y }) {
  const up = kit.round(top / 4);
  const along = kit.round(far / (width > 500 ? 8 : 4));
  const steps = (most, step) => Array.from(
    { length: Math.floor(most / step) + 1 }, (_, i) => step * i);
  return [
    kit.svg("text", { x: 0, y: 12 }, "weights"),
    ...steps(top, up).map((count) => [
      kit.svg("path", { class: "cv-hair", d: `M${LEFT} ${y(count)}H${width - 6}` }),
      kit.svg("text", { x: LEFT - 6, y: y(count) + 4, "text-anchor": "end" },
        kit.short(count))]).flat(),
    ...steps(far, along).map((r) => kit.svg("text", { x: x(r), y: FLOOR + 17,
      "text-anchor": "middle" }, r ? n(r) : "r = 0")),
  ];
}

function slopes(settings, { far, x, y }) {
  const end = weights({ ...settings, reduced: far });
  const path = (kind, a, b) => kit.svg("path", { class: kind,
    d: `M${x(0)} ${FLOOR}L${x(far)} ${y(a)}V${y(b)}Z` });
  return [path("cv-narrow", 0, end.narrow),
    path("cv-wide", end.narrow, end.reduced)];
}

// Where the wedge is thick enough, its name stands in it.
function names(settings, { far, x, y }) {
  const end = settings.reduced < 0.8 * far;
  const at = end ? 0.95 * far : 0.45 * far;
  const here = weights({ ...settings, reduced: at });
  const parts = [[0, here.narrow, "1×1"], [here.narrow, here.reduced,
    `${settings.kernel}×${settings.kernel}`]];
  return parts.filter(([a, b]) => y(a) - y(b) > 16).map(([a, b, text]) =>
    kit.svg("text", { x: end ? x(far) - 4 : x(at),
      y: (y(a) + y(b)) / 2 + 4, class: "cv-strong",
      "text-anchor": end ? "end" : "middle" }, text));
}

function marks(settings, { far, width, x, y }) {
  const [limit, rank] = [breakEven(settings), fullRank(settings)];
  const { straight } = weights(settings);
  const near = x(rank) - x(limit) < 118;
  const level = y(straight);
  return [
    kit.svg("path", { class: "cv-level", d: `M${x(0)} ${level}H${x(far)}` }),
    kit.svg("path", { class: "cv-even", d: `M${x(limit)} ${TOP - 8}V${FLOOR}` }),
    kit.svg("path", { class: "cv-rank", d: `M${x(rank)} ${TOP - 8}V${FLOOR}` }),
    kit.svg("text", { x: near ? x(limit) - 3 : Math.max(x(limit), LEFT + 40),
      y: TOP - 14, "text-anchor": near ? "end" : "middle",
      class: "cv-even-text cv-halo" }, `r* = ${even(settings)}`),
    kit.svg("text", { x: near ? x(rank) + 3 : Math.min(x(rank), width - 50),
      y: TOP - 14 - (near && width - x(rank) < 90 ? 14 : 0),
      "text-anchor": near && width - x(rank) < 90 ? "end"
        : near ? "start" : "middle",
      class: "cv-rank-text cv-halo" }, `full rank: ${n(rank)}`),
    // Last, so that no line strikes it through.
    kit.svg("text", { x: x(0) + 4, y: level - 6,
      class: "cv-strong cv-halo" }, `straight: ${n(straight)}`),
  ];
}

function present(settings, { x, y, width }) {
  const { reduced } = settings;
  const count = weights(settings);
  const at = x(reduced);
  const left = at > 0.62 * width;
  // Its name keeps off the level line's.
  const high = Math.min(y(count.reduced), FLOOR - 10);
  const close = Math.abs(high - y(count.straight)) < 22;
  const below = close ? Math.max(high, y(count.straight)) + 22
    : Math.max(high - 8, TOP + 10);
  return [
    kit.svg("rect", { class: "cv-now-narrow", x: at - 3, width: 6,
      y: y(count.narrow), height: FLOOR - y(count.narrow) }),
    kit.svg("rect", { class: "cv-now-wide", x: at - 3, width: 6,
      y: y(count.reduced), height: y(count.narrow) - y(count.reduced) }),
    kit.svg("circle", { class: "cv-now", cx: at, cy: y(count.reduced), r: 7 }),
    kit.svg("text", { x: left ? at - 12 : at + 12, y: below,
      "text-anchor": left ? "end" : "start", class: "cv-strong cv-halo" },
    `by way of ${n(reduced)}: ${n(count.reduced)}`),
  ];
}

function table(settings) {
  const { kernel, reduced, outputs, size } = settings;
  const count = weights(settings);
  const all = parameters(settings);
  const line = (name, weight, total) => [name, n(weight), n(total),
    kit.short(weight * size ** 2)];
  return kit.table({
    head: ["part", "weights", "with biases", "multiply-adds"],
    rows: [line("1×1", count.narrow, count.narrow + reduced),
      line(`${kernel}×${kernel}`, count.wide, count.wide + outputs)],
    foot: [line("both", count.reduced, all.reduced),
      line("straight", count.straight, all.straight)],
  });
}

function render({ model, el }) {
  const presets = Object.fromEntries(
    model.get("_presets").map((preset) => [preset.name, preset]));
  const panel = kit.panel(el, model, "Reduction calculator");
  panel.root.classList.add("cv-inception");
  panel.inside(panel.head, () => {
    panel.choice("preset", "module", Object.keys(presets), (preset) =>
      kit.write(model, { preset, ...presets[preset].settings }));
    panel.reset();
  });
  const hero = panel.slider("reduced",
    "reduced channels r: what the 1×1 leaves", { kind: "cv-hero" });
  const figure = panel.figure("");
  panel.box("cv-grid", () => {
    panel.slider("inputs", "reads Cᵢₙ");
    panel.slider("outputs", "makes Cₒᵤₜ");
    panel.slider("kernel", "kernel side k");
    panel.slider("size", "map side");
  });
  const sayVerdict = panel.say("cv-verdict", true);
  const sayStraight = panel.say("cv-formula");
  const sayReduced = panel.say("cv-formula");
  const sayEven = panel.say("cv-formula");
  const sayMacs = panel.say("cv-formula");
  const sayPreset = panel.say("cv-small");
  const costs = panel.box("", () => {});
  let place;

  function draw() {
    const settings = kit.read(model, TRAITS);
    place = scale(settings, panel.width());
    const count = weights(settings);
    const { max } = model.get("_bounds").reduced;
    hero.input.max = Math.min(max, Math.max(most(settings), settings.reduced));
    hero.refresh();
    figure.setAttribute("height", HIGH);
    figure.setAttribute("aria-label", `Weights against r: straight ` +
      `${n(count.straight)}, by way of ${n(settings.reduced)} channels ` +
      `${n(count.reduced)}; they are equal at ` +
      even(settings));
    figure.replaceChildren(...[axes(place), slopes(settings, place),
      names(settings, place), zones(settings, place),
      marks(settings, place), present(settings, place)].flat()
      .filter(Boolean));
    sayVerdict(verdict(settings));
    sayStraight(...straightSentence(settings));
    sayReduced(...reducedSentence(settings));
    sayEven(...breakEvenSentence(settings));
    sayMacs(...macsSentence(settings));
    sayPreset(presetSentence(presets[model.get("preset")], settings));
    costs.replaceChildren(table(settings));
  }

  // The axis stays while it is dragged along, or it would run away.
  let held = null;
  const drag = (event) => {
    const x = event.clientX - figure.getBoundingClientRect().left;
    const { min, max } = model.get("_bounds").reduced;
    const r = Math.round((held.far * (x - LEFT)) / (held.width - LEFT - 6));
    kit.write(model, { reduced: Math.min(max, Math.max(min, r)) });
  };
  figure.onpointerdown = (event) => {
    held = place;
    figure.setPointerCapture?.(event.pointerId);
    drag(event);
  };
  figure.onpointermove = (event) => held && drag(event);
  figure.onpointerup = figure.onpointercancel = () => (held = null);
  return kit.redraw(model, [...TRAITS, "preset"], panel, draw);
}

export default { render };
