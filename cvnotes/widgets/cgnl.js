// The matrix of all places and channels, and what takes its place.

const TRAITS = ["height", "width", "channels", "groups", "row", "column"];
const SHAPE = TRAITS.slice(0, 4);

function groupSlider(panel, model) {
  const now = () => divisors(Math.floor(model.get("channels") / 2));
  const at = (groups) => Math.max(1, now().filter((g) => g <= groups).length);
  // It counts the divisors, so that every step is a number that divides.
  const slider = panel.slider("groups", "groups", { id: "divisor",
    get: at, set: (step) => now()[step - 1],
    format: (step) => `${now()[step - 1]}` });
  panel.follow("channels", () => {
    slider.input.max = now().length;
    slider.refresh();
  });
}

function presetChoice(panel, model) {
  const presets = model.get("_presets");
  const own = "your own";
  const input = panel.choice("height", "maps", [...Object.keys(presets), own],
    (name) => presets[name] && kit.write(model, presets[name]));
  input.dataset.setting = "preset";
  return () => {
    const now = kit.read(model, SHAPE);
    input.value = Object.keys(presets).find((name) =>
      SHAPE.every((key) => presets[name][key] === now[key])) ?? own;
  };
}

// Mouse and finger: the entry under it is the pair.
function point(figure, model, plan) {
  const act = (event) => {
    const now = plan();
    if (!now.small) return;
    const { left, top } = figure.getBoundingClientRect();
    const at = (from) => Math.floor(from / now.unit);
    const row = at(event.clientY - top - TOP - now.y[2]);
    const column = at(event.clientX - left - now.x[2]);
    const { both } = sizes(kit.read(model, SHAPE));
    const inside = (index) => index >= 0 && index < both;
    if (inside(row) && inside(column)) kit.write(model, { row, column });
  };
  figure.onpointerdown = act;
  figure.onpointermove = (event) => {
    if (event.pointerType === "mouse" || event.buttons) act(event);
  };
}

function render({ model, el }) {
  const panel = kit.panel(el, model, "The matrix that is never built");
  panel.root.classList.add("cv-cgnl");
  let choose;
  panel.inside(panel.head, () => {
    choose = presetChoice(panel, model);
    panel.reset();
  });
  panel.box("cv-grid", () => {
    panel.slider("height", "height h");
    panel.slider("width", "width w");
    panel.slider("channels", "channels C");
    groupSlider(panel, model);
  });
  const figure = panel.figure("");
  const sayPair = panel.say("cv-cgnl-pair");
  let sliders;
  const place = (index) => {
    const settings = kit.read(model, SHAPE);
    const { asks } = pair({ ...settings, row: index, column: 0 });
    return `place\u00a0${asks.place + 1}, channel\u00a0${asks.channel + 1}`.replace(", ", ",\u00a0");
  };
  const hands = panel.box("cv-grid cv-cgnl-hands", () => {
    sliders = [panel.slider("row", "row", { format: place }),
      panel.slider("column", "column", { format: place })];
  });
  const sayCost = panel.say("cv-cgnl-cost", true);
  const sayScale = panel.say("cv-cgnl-scale");
  const table = panel.add(kit.html("div", {}));
  let plan = {};
  point(figure, model, () => plan);

  function draw() {
    const settings = kit.read(model, TRAITS);
    const { hidden, both } = sizes(settings);
    const held = nearest(settings.groups, hidden);
    if (held !== settings.groups) kit.write(model, { groups: held });
    settings.groups = held;
    plan = layout(settings, panel.width());
    figure.setAttribute("height", plan.height);
    figure.setAttribute("aria-label", `Three matrices to scale, of ${settings.height * settings.width}, ${hidden} and ${both} rows`);
    figure.classList.toggle("cv-cgnl-small", plan.small);
    figure.replaceChildren(...drawing(settings, plan));
    sayPair(...plan.small ? pairSentence(settings)
      : ["Too many entries to draw: only the groups' blocks are shown. ",
        "Choose maps “to see”, and point at an entry."]);
    sliders.forEach(({ input, refresh }) => {
      input.max = Math.min(both, SMALL) - 1;
      refresh();
    });
    hands.hidden = !plan.small;
    sayCost(...costSentence(settings));
    sayScale(...scaleSentence(settings));
    table.replaceChildren(costTable(settings));
    choose();
  }
  return kit.redraw(model, TRAITS, panel, draw);
}

export default { render };
