// Who listens to whom in a trained DenseNet, and what is lost when it cannot.

const FAINT = 0.001;  // nats: from here on a loss has a colour
const ALIKE = 1.1;  // weights within a tenth of each other

// Every reader in order, each with its sources: x0 first, then the layers.
export function readers(pairs) {
  const found = new Map();
  for (const pair of pairs) {
    const { block, reader: place } = pair;
    const key = `${block},${place}`;
    if (!found.has(key)) found.set(key, { block, place, sources: [] });
    found.get(key).sources[pair.source] = pair;
  }
  const all = [...found.values()].sort((a, b) =>
    a.block - b.block || a.place - b.place);
  const blocks = all.at(-1).block;
  return all.map((reader, i) => {
    const behind = all[i + 1]?.block !== reader.block;
    const kind = !behind ? "layer"
      : reader.block === blocks ? "classifier" : "transition";
    return { ...reader, kind };
  });
}

export function name({ kind, block, place }) {
  return { layer: `layer ${place} of block ${block}`,
    transition: `the transition behind block ${block}`,
    classifier: "the classifier" }[kind];
}

// The same for a small place, beside the slider.
export function shortName({ kind, block, place }) {
  return { layer: `block ${block}, layer ${place}`,
    transition: `transition ${block}`, classifier: "classifier" }[kind];
}

export const sourceName = ({ block, source }, wide) => source > 0
  ? `layer ${source}` : !wide ? "x0" : block === 1 ? "x0, the stem's maps"
    : `x0, from transition ${block - 1}`;

// The largest of each quantity; weights before and after share a scale.
export function scale(pairs) {
  const most = (key) => Math.max(...pairs.map((pair) => pair[key]));
  const weight = Math.max(most("weight"), most("start"));
  return { weight, start: weight, worth: Math.max(most("worth"), 2 * FAINT) };
}

// How full a square is, 0 to 1: losses by factors, weights as they are.
export function fullness(pair, shade, most) {
  if (shade !== "worth") return pair[shade] / most[shade];
  const decades = (loss) => Math.log10(Math.max(loss, FAINT) / FAINT);
  return decades(pair.worth) / decades(most.worth);
}

const loss = (value) => value.toFixed(Math.abs(value) < 0.1 ? 3 : 2)
  .replace("-", "−").replace(/^−(0\.0+)$/, "$1");

export function legend(shade, most) {
  const to = most.weight.toFixed(2);
  return "A column is a reader, a row one of its sources. " + {
    weight: `Its mean |weight|: empty is 0, full ${to}.`,
    start: `Its mean |weight| before training: full is ${to}.`,
    worth: `Loss, if deaf: ${FAINT} nats or less is empty, ` +
      `${loss(most.worth)} full; each step multiplies.`,
  }[shade];
}

const upper = (text) => text[0].toUpperCase() + text.slice(1);
const largest = (sources, key) =>
  sources.reduce((a, b) => b[key] > a[key] ? b : a);

export function sentence(reader) {
  const { sources } = reader;
  const missed = largest(sources, "worth");
  const risen = ["the loss rises by ", { b: loss(missed.worth) }, " nats."];
  if (sources.length === 1) {
    return [`${upper(name(reader))} reads x0 alone. Deaf to it, `, ...risen];
  }
  const heavy = largest(sources, "weight");
  const least = Math.min(...sources.map((pair) => pair.weight));
  const alike = heavy.weight < ALIKE * least;
  const start = alike
    ? [`${upper(name(reader))} weighs its sources all about alike`]
    : [`${upper(name(reader))} has its largest weights on `,
      { b: sourceName(heavy) }];
  if (missed.worth < FAINT) {
    return [...start, ", and needs none of them by itself."];
  }
  return heavy === missed && !alike
    ? [...start, ", and needs it most: deaf to it, ", ...risen]
    : [...start, ", but needs ", { b: sourceName(missed) },
      " most: deaf to it, ", ...risen];
}

// What has become of the first layer of the block, at this reader.
export function firstLayer({ sources }) {
  if (sources.length < 2) return "No layer of this block stands before it.";
  const { maps, worth } = sources[1];
  const end = worth < FAINT ? "it loses next to nothing"
    : `the loss rises by ${loss(worth)} nats`;
  return `The block's first layer: deaf to its ${maps} ` +
    `map${maps === 1 ? "" : "s"}, ${end}.`;
}

const HUE = { weight: "var(--cv-blue)", start: "var(--cv-blue)",
  worth: "var(--cv-purple)" };
const TOP = 20;

function grid(all, width) {
  const blocks = [...new Set(all.map(({ block }) => block))];
  const sizes = blocks.map((block) =>
    Math.max(...all.map((r) => r.block === block ? r.place : 0)));
  const gap = width > 480 ? 34 : 12;
  const left = 20;
  const columns = sizes.reduce((a, b) => a + b, 0);
  const cell = Math.min(40,
    (width - left - gap * (blocks.length - 1)) / columns);
  let x = left;
  const starts = Object.fromEntries(blocks.map((block, i) => {
    const start = x;
    x += sizes[i] * cell + gap;
    return [block, start];
  }));
  const rows = Math.max(...sizes);
  return { cell, left, starts, rows, height: TOP + rows * cell + 22 };
}

function squares(all, shade, most, { cell, starts }) {
  return all.flatMap(({ block, place, sources }) => sources.map((pair, s) =>
    kit.svg("rect", { class: "cv-square",
      x: starts[block] + (place - 1) * cell + 0.5, y: TOP + s * cell + 0.5,
      width: cell - 1, height: cell - 1, rx: cell / 10,
      style: `fill: ${HUE[shade]}; fill-opacity: ` +
        `${Math.max(0, fullness(pair, shade, most))}` })));
}

function labels(all, { cell, left, starts, rows }) {
  const texts = (x, y, text, anchor = "middle", kind = "") => kit.svg("text",
    { x, y, "text-anchor": anchor, class: kind }, text);
  return [
    ...Object.entries(starts).map(([block, x]) =>
      texts(x, 12, `block ${block}`, "start", "cv-strong")),
    ...Array.from({ length: rows }, (_, s) =>
      texts(left - 5, TOP + (s + 0.5) * cell + 4, s ? `${s}` : "x0", "end")),
    ...all.map(({ block, place, kind }) =>
      texts(starts[block] + (place - 0.5) * cell, TOP + rows * cell + 15,
        kind === "layer" ? `${place}` : "end")),
  ];
}

function column({ block, place, sources }, { cell, starts }) {
  return kit.svg("rect", { class: "cv-column",
    x: starts[block] + (place - 1) * cell - 1, y: TOP - 1,
    width: cell + 2, height: sources.length * cell + 2, rx: 4 });
}

const ROW = 23;

function bars({ block, sources }, count, width) {
  const wide = width > 480;
  const left = wide ? 158 : 52;
  const room = (width - left - (wide ? 24 : 12)) / 2;
  const starts = [left, left + room + (wide ? 24 : 12)];
  const head = [["weight", wide ? "mean |weight|, and a line where it began"
    : "|weight|, line: before"], ["worth", "loss, if deaf"]];
  const part = (pair, key) => Math.max(0, pair[key]) *
    (room - 50) / Math.max(...sources.map((s) => s[key]),
      key === "worth" ? FAINT : Math.max(...sources.map((s) => s.start)));
  return [
    ...head.map(([, text], i) =>
      kit.svg("text", { x: starts[i], y: 12 }, text)),
    ...Array.from({ length: count }, (_, s) => kit.svg("text", {
      x: 0, y: 22 + ROW * s + 14,
      class: s < sources.length ? "cv-strong" : "cv-later" },
    sourceName({ block, source: s }, wide))),
    ...sources.flatMap((pair, s) => head.flatMap(([key], i) => {
      const y = 22 + ROW * s;
      const long = part(pair, key);
      return [
        kit.svg("rect", { x: starts[i], y: y + 3, height: ROW - 9, rx: 2,
          width: Math.max(1, long), style: `fill: ${HUE[key]}` }),
        key === "weight" && kit.svg("path", { class: "cv-began",
          d: `M${starts[i] + part({ weight: pair.start }, key)} ${y}` +
            `v${ROW - 3}` }),
        kit.svg("text", { x: starts[i] + Math.max(long,
          key === "weight" ? part({ weight: pair.start }, key) : 0) + 6,
        y: y + 14 },
        key === "weight" ? pair.weight.toFixed(3) : loss(pair.worth)),
      ];
    })),
  ].filter(Boolean);
}

function render({ model, el }) {
  const pairs = model.get("pairs");
  const all = readers(pairs);
  const most = scale(pairs);
  const panel = kit.panel(el, model, "Who listens to whom");
  panel.root.classList.add("cv-feature-reuse");
  panel.inside(panel.head, () => panel.reset());
  panel.switch("shade", "a square shows", { weight: "weight",
    start: "before training", worth: "loss, if deaf" });
  const sayLegend = panel.say("cv-small");
  const map = panel.figure("");
  const count = Math.max(...all.map(({ place }) => place));
  const chosen = () => Math.min(model.get("reader"), all.length) - 1;
  panel.slider("reader", "reader", { kind: "cv-hero",
    format: () => shortName(all[chosen()]) });
  const say = panel.say("cv-formula", true);
  const sayFirst = panel.say("cv-small");
  const list = panel.figure("");
  let pointed = null;
  let place;

  function draw() {
    const shade = model.get("shade");
    const reader = all[pointed ?? chosen()];
    place = grid(all, panel.width());
    sayLegend(legend(shade, most));
    map.setAttribute("height", place.height);
    map.setAttribute("aria-label", `${legend(shade, most)} The column of ` +
      `${name(reader)} is marked.`);
    map.replaceChildren(...squares(all, shade, most, place),
      ...labels(all, place), column(reader, place));
    say(...sentence(reader));
    sayFirst(firstLayer(reader));
    list.setAttribute("height", 26 + ROW * count);
    list.setAttribute("aria-label", reader.sources.map((pair) =>
      `${sourceName(pair)}: mean |weight| ${pair.weight.toFixed(3)}, ` +
      `loss if deaf ${loss(pair.worth)}`).join("; "));
    list.replaceChildren(...bars(reader, count, panel.width()));
  }

  function at({ clientX, clientY }) {
    const { left, top } = map.getBoundingClientRect();
    const [x, y] = [clientX - left, clientY - top - TOP];
    const found = all.findIndex(({ block, place: p }) => {
      const start = place.starts[block] + (p - 1) * place.cell;
      return x >= start && x < start + place.cell;
    });
    return found < 0 || y < 0 || y > place.rows * place.cell ? null : found;
  }
  map.onpointermove = (event) => {
    pointed = event.pointerType === "mouse" ? at(event) : null;
    draw();
  };
  map.onpointerleave = () => {
    pointed = null;
    if (panel.root.isConnected) draw();
  };
  map.onclick = (event) => {
    const found = at(event);
    if (found !== null) kit.write(model, { reader: found + 1 });
  };
  return kit.redraw(model, ["shade", "reader"], panel, draw);
}

export default { render };
