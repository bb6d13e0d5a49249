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

// Mouse and finger: the entry under it is the pair.
function point(figure, model, plan) {
  kit.pointing(figure, model, ["row", "column"], (event) => {
    const now = plan();
    if (!now.small) return;
    const { left, top } = figure.getBoundingClientRect();
    const at = (from) => Math.floor(from / now.unit);
    const row = at(event.clientY - top - TOP - now.y[2]);
    const column = at(event.clientX - left - now.x[2]);
    const { both } = sizes(kit.read(model, SHAPE));
    const inside = (index) => index >= 0 && index < both;
    if (inside(row) && inside(column)) kit.write(model, { row, column });
  }, true);
}

function render({ model, el }) {
  const panel = kit.panel(el, model, "The matrix that is never built");
  panel.root.classList.add("cv-cgnl");
  panel.inside(panel.head, () => {
    panel.presets("maps", model.get("_presets"), "your own");
    panel.reset();
  });
  panel.box("cv-grid cv-cgnl-shape", () => {
    panel.slider("height", "height h");
    panel.slider("width", "width w");
    panel.slider("channels", "channels", { format: (channels) =>
      `${kit.number(channels)} → ${kit.number(channels >> 1)}` });
    groupSlider(panel, model);
  });
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
  const figure = panel.figure("");
  const sayPair = panel.say("cv-cgnl-pair");
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
    // Out of sight, not out of place: what stands below does not jump.
    hands.style.visibility = plan.small ? "" : "hidden";
    sayCost(...costSentence(settings));
    sayScale(...scaleSentence(settings));
    table.replaceChildren(costTable(settings));
  }
  return kit.redraw(model, TRAITS, panel, draw);
}

export default { render };
