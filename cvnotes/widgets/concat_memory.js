// What a dense block keeps for the backward pass, layer by layer.

const BN_SIZE = 4;
const BYTES = 4;

// Channels that each layer keeps: its input and the normalised copy of it,
// or only the maps that are new to it; a bottleneck adds its own two copies.
export function layers({ layers: count, k, k0, bottleneck }) {
  const narrow = bottleneck ? 2 * BN_SIZE * k : 0;
  return Array.from({ length: count }, (_, i) => ({
    naive: 2 * (k0 + k * i) + narrow,
    shared: (i === 0 ? k0 : k) + narrow,
  }));
}

export function channels(settings) {
  const sum = (way) => layers(settings).reduce((all, l) => all + l[way], 0);
  return { naive: sum("naive"), shared: sum("shared") };
}

export function bytes(settings) {
  const { size, batch } = settings;
  const each = size ** 2 * batch * BYTES;
  const { naive, shared } = channels(settings);
  return { naive: naive * each, shared: shared * each };
}

export function megabytes(value) {
  const [unit, name] = value >= 1e9 ? [1e9, "GB"]
    : value >= 1e6 ? [1e6, "MB"] : [1e3, "kB"];
  return `${kit.number(+(value / unit).toPrecision(3))} ${name}`;
}

const many = (n, one) => `${kit.number(n)} ${n === 1 ? one : `${one}s`}`;

function whole(sum, settings, way) {
  const { size, batch } = settings;
  return [`${sum} = ${many(channels(settings)[way], "channel")} × ` +
    `${size}² places × ${many(batch, "picture")} × ${BYTES} bytes = `,
  { b: megabytes(bytes(settings)[way]) }];
}

export function naiveSentence(settings) {
  const { layers: L, k, k0, bottleneck } = settings;
  const narrow = bottleneck ? ` + 8 · ${k} · ${L}` : "";
  return whole(`2 · (${k0} · ${L} + ${k} · ${L} · ${L - 1} / 2)${narrow}`,
    settings, "naive");
}

export function sharedSentence(settings) {
  const { layers: L, k, k0, bottleneck } = settings;
  const narrow = bottleneck ? ` + 8 · ${k} · ${L}` : "";
  return whole(`${k0} + ${k} · ${L - 1}${narrow}`, settings, "shared");
}

export function comparison(settings) {
  const { naive, shared } = bytes(settings);
  const twice = { ...settings, layers: 2 * settings.layers };
  const more = (way) => (bytes(twice)[way] / bytes(settings)[way]).toFixed(1);
  return `Keeping each input takes ${(naive / shared).toFixed(1)} times as ` +
    `much. With twice as many ` +
    `layers it would be ${more("naive")} times as much when each input is ` +
    `kept, and ${more("shared")} times when each map is kept once.`;
}

const TRAITS = ["layers", "k", "k0", "bottleneck", "size", "batch"];
const HIGH = 234;
const TOP = 44;
const FLOOR = 208;
const LEFT = 46;

// How many layers the axis has room for: few steps, so that the triangle
// is seen to grow between them, and fills the picture.
export const reach = (layers, most) =>
  Math.min(most, [8, 16, 32].find((room) => room >= layers) ?? most);

function scale(settings, most, width) {
  const all = layers({ ...settings, layers: most });
  const top = all.at(-1).naive;
  return { slot: (width - LEFT - 4) / most, top,
    y: (value) => FLOOR - (FLOOR - TOP) * (value / top) };
}

function axes({ top, y, slot }, settings, most) {
  const step = kit.round(top / 4);
  const marks = Array.from({ length: Math.floor(top / step) + 1 },
    (_, i) => step * i);
  return [
    kit.svg("text", { x: 0, y: 12 }, "channels that each layer keeps"),
    ...marks.map((c) => kit.svg("path", { class: "cv-hair",
      d: `M${LEFT} ${y(c)}H${LEFT + slot * settings.layers}` })),
    ...marks.map((c) => kit.svg("text", { x: LEFT - 6, y: y(c) + 4,
      "text-anchor": "end" }, kit.number(c))),
    ...[1, most / 4, most / 2, (3 * most) / 4, most].map((l) =>
      kit.svg("text", { x: LEFT + slot * (l - 0.5), y: HIGH - 8,
        "text-anchor": l === most ? "end" : "middle" },
      l === 1 ? "layer 1" : `${l}`)),
  ];
}

function bars(settings, { slot, y }) {
  return layers(settings).flatMap((layer, i) =>
    ["naive", "shared"].map((way) => kit.svg("rect", {
      class: `cv-${way}`, x: LEFT + slot * i, width: Math.max(1, slot - 1),
      y: y(layer[way]), height: FLOOR - y(layer[way]) })));
}

// On the mark: how much the two areas are.
function labels(settings, { slot, y }, width) {
  const now = bytes(settings);
  const last = layers(settings).at(-1);
  const end = LEFT + slot * settings.layers;
  const room = width - end > 128;
  const label = (way, top) => kit.svg("text", { class: `cv-${way}-text ` +
    "cv-strong cv-halo", x: room ? end + 8 : end - 4, y: top,
  "text-anchor": room ? "start" : "end" },
  `${way === "naive" ? "each input" : "each map once"}: ${megabytes(now[way])}`);
  const low = Math.min(y(last.shared) + (room ? 4 : -6), FLOOR - 4);
  const high = Math.max(30, Math.min(y(last.naive) + (room ? 4 : -6), low - 18));
  return [label("naive", high), label("shared", low)];
}

function render({ model, el }) {
  const panel = kit.panel(el, model, "What a dense block keeps");
  panel.root.classList.add("cv-concat-memory");
  panel.inside(panel.head, () => panel.reset());
  panel.slider("layers", "layers L", { kind: "cv-hero" });
  const figure = panel.figure("");
  const sayNaive = panel.say("cv-formula cv-of-naive");
  const sayShared = panel.say("cv-formula cv-of-shared");
  const sayBoth = panel.say("cv-small", true);
  panel.box("cv-grid", () => {
    panel.slider("k", "growth rate k");
    panel.slider("k0", "k0, given");
    panel.slider("size", "map side");
    panel.slider("batch", "pictures");
    panel.toggle("bottleneck", "1×1 bottleneck");
  });
  const most = model.get("_bounds").layers.max;

  function draw() {
    const settings = kit.read(model, TRAITS);
    const width = panel.width();
    const room = reach(settings.layers, most);
    const place = scale(settings, room, width);
    const now = bytes(settings);
    figure.setAttribute("height", HIGH);
    figure.setAttribute("aria-label", `A block of ${settings.layers} layers ` +
      `keeps ${megabytes(now.naive)} when each input is kept, and ` +
      `${megabytes(now.shared)} when each map is kept once`);
    figure.replaceChildren(...axes(place, settings, room),
      ...bars(settings, place), ...labels(settings, place, width));
    sayNaive("Each input: ", ...naiveSentence(settings));
    sayShared("Each map once: ", ...sharedSentence(settings));
    sayBoth(comparison(settings));
  }
  return kit.redraw(model, TRAITS, panel, draw);
}

export default { render };
