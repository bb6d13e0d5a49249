// A photograph, nine numbers to drag, and what they make of it.

const OWN = "your own";

// The matrix as a table is multiplied: what goes in stands above its column,
// what comes out behind its row.
function grid(panel, model, size, most, pick) {
  const parts = { inputs: [], cells: [], outputs: [] };
  const set = (i) => (value) => kit.write(model,
    { matrix: model.get("matrix").map((v, j) => (j === i ? value : v)) });
  panel.box("cv-mix", () => {
    parts.inputs = INPUTS.map((name) => view(panel, model, size, `cv-${name}`,
      name, pick));
    panel.box("cv-corner", () => panel.toggle("relu", "ReLU"));
    INPUTS.forEach((out, r) => {
      INPUTS.forEach((name, c) => parts.cells.push(cell(panel,
        `how much of ${name} output ${r + 1} takes`, most, set(3 * r + c))));
      parts.outputs.push(view(panel, model, size, `cv-out cv-${out}`, "", pick));
    });
  });
  return parts;
}

// The presets, and what stands there when the matrix is none of them.
function chooser(panel, model, presets) {
  const pick = () => {
    const own = presets(model.get("picture"));
    kit.write(model, { matrix: [...own[input.value]] });
  };
  const input = kit.html("select", { "aria-label": "matrix", onchange: pick },
    kit.html("option", { value: OWN, disabled: true, hidden: true }, OWN),
    Object.keys(presets(model.get("picture"))).map((name) =>
      kit.html("option", { value: name }, name)));
  panel.add(kit.html("label", { class: "cv-choice" },
    kit.html("span", {}, "matrix"), input));
  return (name) => (input.value = name);
}

function thanks({ file, maker, licence, terms, source, changed }) {
  const link = (href, text) =>
    kit.html("a", { href, target: "_blank", rel: "noopener" }, text);
  return ["Photograph: ", link(source, file), `, ${maker}, `,
    link(terms, licence), `, by way of scikit-learn; ${changed}.`];
}

const TRAITS = ["picture", "matrix", "relu", "x", "y"];

function render({ model, el }) {
  const plan = model.get("_plan");
  const [height, width] = plan.size;
  const data = model.get("_examples");
  const count = 3 * height * width;
  const bytes = plan.names.map((_, i) => new Uint8Array(data.buffer,
    data.byteOffset + count * i, count));
  const presets = (picture) => model.get("_presets")[picture];
  const pick = (place) => kit.write(model, place);

  const panel = kit.panel(el, model, "Mix the channels");
  panel.root.classList.add("cv-mixer");
  let choose;
  panel.inside(panel.head, () => {
    panel.switch("picture", "", Object.fromEntries(
      plan.names.map((name) => [name, name])));
    choose = chooser(panel, model, presets);
    panel.reset();
  });
  let [before, after, parts] = [];
  panel.box("cv-mixing", () => {
    panel.box("cv-pair", () => {
      before = view(panel, model, plan.size, "", "the photograph", pick);
      after = view(panel, model, plan.size, "", "the mix, as colour", pick);
    });
    parts = grid(panel, model, plan.size, plan.most, pick);
  });
  panel.add(kit.html("p", { class: "cv-small cv-howto" }, "Drag a number " +
    `sideways, or type one. Black is 0, white the picture's largest (${DIM} ` +
    "or more), ", kit.html("b", {}, "blue below 0"), "."));
  const sayRank = panel.say("cv-rank", true);
  panel.box("cv-grid", () => {
    panel.slider("x", "column");
    panel.slider("y", "row");
  });
  let [sayPixel, saySums] = [];
  panel.box("cv-dots", () => {
    sayPixel = panel.say();
    saySums = INPUTS.map(() => panel.say());
  });
  const table = panel.details("How alike the channels are, as a table", () =>
    channelTable(mix(now.bytes, IDENTITY, false), now.outputs));
  const sayThanks = panel.add(kit.html("p", { class: "cv-small" }));
  let now = {};

  // A photograph's own preset stays its own when the photograph changes.
  const old = { picture: model.get("picture") };
  function follow() {
    const { picture, matrix } = kit.read(model, TRAITS);
    const own = presetOf(matrix, presets(old.picture));
    const moved = picture !== old.picture && own !== OWN;
    old.picture = picture;
    if (moved) kit.write(model, { matrix: [...presets(picture)[own]] });
  }
  model.on("change:picture", follow);

  function picture(name) {
    const own = bytes[plan.names.indexOf(name)];
    const channels = mix(own, IDENTITY, false);
    before((paint) => colour(channels, paint), null, `The photograph: ${name}`);
    channels.forEach((values, i) => parts.inputs[i]((paint) =>
      light(values, [0, 1], paint), null, `Its ${INPUTS[i]} channel`));
    sayThanks.replaceChildren(...thanks(
      plan.credits[plan.names.indexOf(name)]));
    return own;
  }

  function outputs(channels) {
    after((paint) => colour(channels, paint), null, "The mix, as colour");
    channels.forEach((values, i) => {
      const ends = range(values);
      parts.outputs[i]((paint) => light(values, ends, paint),
        [`out ${i + 1}`, kit.html("span", {}, rangeWords(ends))],
        `Output ${i + 1}, from ${rangeWords(ends)}`);
    });
  }

  function draw() {
    const settings = kit.read(model, TRAITS);
    const { relu, x, y } = settings;
    const matrix = held(settings.matrix, IDENTITY, plan.most);
    if (now.picture !== settings.picture) {
      now = { picture: settings.picture, bytes: picture(settings.picture) };
    }
    const key = JSON.stringify([matrix, relu]);
    if (now.key !== key) {
      const linear = mix(now.bytes, matrix, false);
      now.outputs = relu ? mix(now.bytes, matrix, true) : linear;
      outputs(now.outputs);
      sayRank(...rankSentence(matrix, relu, belowZero(linear)));
      now.key = key;
    }
    choose(presetOf(matrix, presets(settings.picture)));
    parts.cells.forEach((show, i) => show(matrix[i]));
    panel.root.style.setProperty("--x", `${(100 * (x + 0.5)) / width}%`);
    panel.root.style.setProperty("--y", `${(100 * (y + 0.5)) / height}%`);
    const at = 3 * (y * width + x);
    const pixel = [...now.bytes.slice(at, at + 3)].map((v) => v / 255);
    sayPixel(pixelSentence(x, y, pixel));
    rows(matrix).forEach((row, i) =>
      saySums[i](`out ${i + 1}: `, ...product(row, pixel, relu)));
    table.refresh();
  }
  const clear = kit.redraw(model, TRAITS, panel, draw);
  return () => {
    model.off("change:picture", follow);
    clear();
  };
}

export default { render };
