// One output of a stack of maps, two operations, and what each of them reads.

const TRAITS = ["left", "right", "channel", "row", "column", "maps"];
const SIDES = ["left", "right"];
const LETTERS = "c = 4 channels, n = 25 places, k = 3, d = 2 hidden, " +
  "g = 2 groups, m = 49 finer places.";

// In the built book a chapter has an address; elsewhere it has a name alone.
export function chapterLink([chapter, title]) {
  const { content_root: root } = document.documentElement.dataset;
  if (root === undefined) return kit.html("span", {}, title);
  return kit.html("a", { href: `${root}notebooks/${chapter}.html` }, title);
}

function legend() {
  const swatch = (kind, opacity) => kit.html("i", { class: `cv-who-key ${kind}`,
    style: opacity && `opacity: ${opacity}` });
  const item = (text, ...marks) => kit.html("span", {}, ...marks, text);
  return kit.html("p", { class: "cv-who-legend cv-small" },
    item("slope above 0", swatch("cv-who-plus")),
    item("below", swatch("cv-who-minus")),
    item("a 10th, a 100th of the largest", swatch("cv-who-plus", 0.65),
      swatch("cv-who-plus", 0.36)),
    item("0 with these maps", swatch("cv-who-silent")),
    item("never read", swatch("cv-who-never")));
}

// One of the two: its menu, its drawing, what is said of it.
function half(panel, model, side, move) {
  const own = { one: null, now: null, scene: null };
  panel.box("cv-who-half", () => {
    panel.choice(side, side, model.get("_bounds")[side].values,
      (name) => kit.write(model, { [side]: name }));
    own.figure = panel.figure("");
    own.figure.setAttribute("role", "application");
    own.figure.setAttribute("tabindex", "0");
    own.say = panel.say("cv-who-reads");
    own.most = panel.say("cv-small cv-who-most");
    own.work = panel.say("cv-small cv-who-work");
    own.grows = panel.say("cv-small cv-who-grows");
    own.link = panel.add(kit.html("p", { class: "cv-small cv-who-chapter" }));
  });
  pointable(own.figure, model, () => own, move);
  own.lay = (wide, lines) => {
    own.scene = sceneOf(own.one, wide, lines);
    return own.scene.height;
  };
  own.draw = (wide, height) => {
    const { one, now } = own;
    own.figure.setAttribute("viewBox", `0 0 ${wide} ${height}`);
    own.figure.setAttribute("height", height);
    own.figure.replaceChildren(...pictureOf(one, now, own.scene));
    const reads = readsSentence(one, now);
    own.figure.setAttribute("aria-label", `${one.name}: what it makes, above, and what it reads; arrow keys move the output. ${pointLabel(one, now)}. ` +
      reads.map((part) => part.b ?? part).join(""));
    own.say(...reads);
    own.most(...strongestSentence(one, now), ` ${movesSentence(one, now)}`);
    own.work(...workSentence(one));
    own.grows(...growthSentence(one));
    own.link.replaceChildren(chapterLink(one.chapter));
  };
  return own;
}

function render({ model, el }) {
  const plan = model.get("_plan");
  const view = model.get("_examples");
  const bytes = Array.from({ length: view.byteLength },
    (_, i) => view.getUint8(i));
  const open = opener(bytes, plan);

  const panel = kit.panel(el, model, "Who mixes with whom");
  panel.root.classList.add("cv-who");
  panel.inside(panel.head, () => {
    panel.presets("see", model.get("_presets"), "your own pair");
    panel.reset();
  });
  panel.add(kit.html("p", { class: "cv-small cv-who-how" },
    "Point at a number in the upper maps: that is what comes out. The lower ",
    "maps show what it can depend on, and how strongly."));
  const move = (values) => kit.write(model, values);
  let channels;
  panel.box("cv-grid cv-who-hands", () => {
    channels = panel.slider("channel", "channel");
    panel.slider("row", "row");
    panel.slider("column", "column");
    panel.slider("maps", "input maps", { format: (v) => `${v} of 2` });
  });
  let halves;
  panel.box("cv-who-halves", () => {
    halves = SIDES.map((side) => half(panel, model, side, move));
  });
  panel.add(legend());
  const sayBoth = panel.say("cv-who-both", true);
  panel.add(kit.html("p", { class: "cv-small cv-who-letters" }, LETTERS));

  function draw() {
    const settings = kit.read(model, TRAITS);
    for (const [i, own] of halves.entries()) {
      own.one = open(settings[SIDES[i]]);
      own.now = reading(own.one, settings);
    }
    const box = halves.map(({ figure }) => figure.getBoundingClientRect());
    const beside = Math.abs(box[0].top - box[1].top) < 8;
    const lines = halves.map(({ one }) => linesOf(one));
    const wide = Math.round(box[0].width);
    const heights = halves.map((own, i) =>
      own.lay(wide, beside ? Math.max(...lines) : lines[i]));
    halves.forEach((own, i) =>
      own.draw(wide, beside ? Math.max(...heights) : heights[i]));
    sayBoth(...bothSentence(halves.map(({ one }) => one.name),
      ...halves.map(({ now }) => now)));
    const most = Math.max(...halves.map(({ one }) => one.makes[0]));
    channels.input.max = most;
    if (settings.channel > most) move({ channel: most });
    channels.refresh();
  }
  return kit.redraw(model, TRAITS, panel, draw);
}

export default { render };
