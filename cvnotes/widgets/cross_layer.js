// Two places of a stack of layers, and how much of a picture both see.

const rectOf = (box, kind) => {
  const [[left, right], [top, bottom]] = box;
  return kit.svg("rect", { class: `cv-cross_layer-${kind}`, x: left, y: top,
    width: right - left, height: bottom - top });
};
// A pale edge below a coloured one, to be seen on any photograph.
const outlined = (box, kind) => [rectOf(box, "casing"), rectOf(box, kind)];

function boxes(scene, show) {
  const { a, b, responses } = scene;
  const asked = show === "two" ? [b] : [...responses].reverse();
  return [
    ...(show === "two" ? [rectOf(shared(a.box, b.box), "both")] : []),
    ...outlined(a.box, "box-a"),
    ...asked.flatMap(({ box }) => outlined(box, "box-b")),
  ];
}

const [TOP, MIDDLE, FOOT] = [16, 96, 156];

function columns(scene, show, width) {
  const { stack, a, b, responses, laps } = scene;
  const slot = width / stack.length;
  const most = Math.log(stack.at(-1).size);
  const asked = new Set(show === "two" ? [b.layer]
    : responses.map(({ layer }) => layer));
  return stack.flatMap(({ size }, i) => {
    const layer = i + 1;
    const kind = layer === a.layer ? "bar-a"
      : asked.has(layer) ? "bar-b" : "bar";
    const high = Math.max(2, ((MIDDLE - TOP - 14) * Math.log(size)) /
      (most || 1));
    const low = ((FOOT - MIDDLE - 22) * laps[i]) / Math.max(...laps);
    const bar = (y, height, name) => kit.svg("rect", { x: slot * i + 1, y,
      class: `cv-cross_layer-${name}`, width: Math.max(1, slot - 2), height });
    const named = [a.layer, ...asked].includes(layer) || layer === 1;
    return [bar(0, FOOT, "hit"), bar(MIDDLE - high, high, kind),
      bar(MIDDLE + 18, Math.max(1, low), `${kind}`),
      named && slot > 12 && kit.svg("text", { x: slot * (i + 0.5),
        y: MIDDLE + 13, "text-anchor": "middle", class: "cv-strong" },
      `${layer}`)].filter(Boolean);
  });
}

function chart(scene, show, width) {
  const { stack, a, laps } = scene;
  return [...columns(scene, show, width),
    kit.svg("text", { x: 0, y: 10 },
      `side of the field, 1 to ${stack.at(-1).size} pixels (log)`),
    kit.svg("text", { x: 0, y: FOOT + 10 },
      `mean overlap with A: ${percent(laps[a.layer - 1])} in its own layer`)];
}

const TRAITS = ["show", "picture", "a", "ax", "ay", "b", "bx", "by",
  "kernels", "strides", "responses", "width"];

const NAMES = {
  two: { b: "B, in layer", kernels: "kernel of B's layer" },
  responses: { b: "layer to change", kernels: "kernel of that layer" },
};
const rename = ({ input }, name) =>
  input.closest("label").firstChild.replaceChildren(name);

// The kernel and stride of B's layer, and the picture.
function editor(panel, model) {
  const index = () => Math.min(model.get("b"), model.get("kernels").length) -
    1;
  const edit = (trait) => ({ id: trait, get: (values) => values[index()] ?? 1,
    set: (value) => model.get(trait).map((v, i) =>
      (i === index() ? value : v)) });
  const sliders = [panel.slider("kernels", "", edit("kernels")),
    panel.slider("strides", "its stride", edit("strides"))];
  panel.follow("b", () => sliders.forEach(({ refresh }) => refresh()));
  panel.follow("show", (show) => rename(sliders[0], NAMES[show].kernels));
  panel.slider("width", "picture width");
}

// How many layers there are.
function sizer(panel, model) {
  const grow = (change) => kit.write(model, Object.fromEntries(
    ["kernels", "strides"].map((trait) => [trait,
      change(model.get(trait), trait === "kernels" ? 3 : 1)])));
  panel.button("Add a 3×3", () => grow((all, one) =>
    (all.length < model.get("_bounds").kernels.most ? [...all, one] : all)));
  panel.button("Remove the last", () => grow((all) =>
    (all.length > 1 ? all.slice(0, -1) : all)));
}

function thanksFor({ file, maker, licence, terms, source, changed }) {
  const link = (href, text) =>
    kit.html("a", { href, target: "_blank", rel: "noopener" }, text);
  return ["Photograph: ", link(source, file), `, ${maker}, `,
    link(terms, licence), `, by way of scikit-learn; ${changed}.`];
}

function bytesOf(model) {
  const { size, names } = model.get("_plan");
  const data = model.get("_examples");
  const count = 3 * size[0] * size[1];
  return names.map((_, i) => new Uint8Array(data.buffer,
    data.byteOffset + count * i, count));
}

function render({ model, el }) {
  const plan = model.get("_plan");
  const bytes = bytesOf(model);
  const panel = kit.panel(el, model, "What does a place see?");
  panel.root.classList.add("cv-cross_layer-root");
  panel.inside(panel.head, () => {
    panel.switch("show", "", { two: "two places", responses: "who is asked" });
    panel.presets("stack", model.get("_presets"), "your own",
      ["kernels", "strides"]);
    panel.switch("picture", "", Object.fromEntries(
      plan.names.map((name) => [name, name])));
    panel.reset();
  });
  let scene;
  const move = (who, [x, y]) => kit.write(model,
    { [`${who}x`]: x, [`${who}y`]: y });
  // From the settings, not from the drawing: two keys may come in one frame.
  const step = (who, way) => {
    const { pixels, [who]: own } = sceneOf(kit.read(model, TRAITS));
    move(who, own.place.map((p, axis) => centreOf(own.field, Math.min(
      own.counts[axis] - 1, Math.max(0, p + way[axis])), pixels[axis])));
  };
  const stage = stageOf(panel, plan.size, move, step);
  const say = panel.say("cv-cross_layer-main", true);
  panel.box("cv-cross_layer-sides", () => {
    panel.slider("a", "A, in layer", { kind: "cv-cross_layer-slide-a" });
    const b = panel.slider("b", "", { kind: "cv-cross_layer-slide-b" });
    panel.follow("show", (show) => rename(b, NAMES[show].b));
  });
  const figure = panel.figure("");
  figure.classList.add("cv-cross_layer-chart");
  const [saySize, sayMore] = [panel.say("cv-formula"),
    panel.say("cv-small cv-cross_layer-layer")];
  panel.box("cv-cross_layer-edit", () => editor(panel, model));
  panel.box("cv-row", () => sizer(panel, model));
  const sayThanks = panel.add(kit.html("p", { class: "cv-small" }));
  let shownPicture;

  function words(show) {
    if (show === "two") {
      say(...twoSentence(scene));
      saySize(...overlapFormula(scene));
    } else {
      say(...askedSentence(scene));
      saySize(lapsSentence(scene));
    }
    sayMore(...sizeFormula(scene.b.layer, scene.b.field));
  }

  function place(who) {
    const { centre, layer, place: at, field } = scene[who];
    const node = stage.handles[who];
    node.style.setProperty("--across", `${centre[0]}%`);
    node.style.setProperty("--down", `${centre[1]}%`);
    node.setAttribute("aria-label", `Place ${who.toUpperCase()}, layer ` +
      `${layer}, column ${at[0]}, row ${at[1]}, sees ${field.size} pixels ` +
      "to a side; arrow keys move it");
  }

  function draw() {
    const settings = kit.read(model, TRAITS);
    const { show, picture } = settings;
    scene = sceneOf(settings);
    if (picture !== shownPicture) {
      const i = plan.names.indexOf(shownPicture = picture);
      photographOn(stage.canvas, bytes[i], picture);
      sayThanks.replaceChildren(...thanksFor(plan.credits[i]));
    }
    ["a", "b"].forEach(place);
    stage.handles.a.parentNode.classList.toggle("cv-cross_layer-one",
      kit.equal(scene.a.centre, scene.b.centre));
    stage.drawing.setAttribute("viewBox", `0 0 ${scene.pixels.join(" ")}`);
    stage.drawing.replaceChildren(...boxes(scene, show));
    figure.setAttribute("height", FOOT + 16);
    figure.setAttribute("aria-label", scene.stack.map(({ size }, i) =>
      `layer ${i + 1}: ${size} pixels, mean overlap with A ` +
      `${percent(scene.laps[i])}`).join("; "));
    figure.replaceChildren(...chart(scene, show, panel.width()));
    words(show);
  }
  figure.onclick = (event) => {
    const { left, width } = figure.getBoundingClientRect();
    const count = scene.stack.length;
    const layer = 1 + Math.min(count - 1, Math.max(0,
      Math.floor((count * (event.clientX - left)) / width)));
    const asked = model.get("responses");
    if (model.get("show") === "two") kit.write(model, { b: layer });
    else if (!asked.includes(layer)) {
      kit.write(model, { b: layer, responses: [...asked, layer] });
    } else if (asked.length > 1) {
      kit.write(model, { responses: asked.filter((l) => l !== layer) });
    }
  };
  return kit.redraw(model, TRAITS, panel, draw);
}

export default { render };
