// Move a digit about; ten class maps follow, and their means are the scores.

// The real digits, as a row of radio buttons that look like pictures.
function examples(panel, model, plan, pictures) {
  const name = `cv-${Math.random().toString(36).slice(2)}`;
  const all = plan.labels.map((label, i) => {
    const canvas = kit.html("canvas", {});
    const input = kit.html("input", { type: "radio", name, value: i,
      "data-setting": `pick-${i}`,
      "aria-label": `${a(label).b}, number ${kit.number(plan.numbers[i])}`,
      onchange: () => kit.write(model, { digit: i + 1 }) });
    return { input, canvas, node: kit.html("label", {}, input, canvas) };
  });
  panel.add(kit.html("fieldset", { class: "cv-picks" },
    kit.html("legend", {}, rightSentence(plan)),
    all.map(({ node }) => node)));
  return {
    paint: (ink) => all.forEach(({ canvas }, i) => paintPoints(canvas, DIGIT,
      pictures[i], (v) => [...ink, (255 * v) / 16])),
    show: (digit) => all.forEach(({ input }, i) => {
      input.checked = i + 1 === digit;
    }),
  };
}

// A class: its map, its score, and how large a part of the chances it has.
function tile(label, point) {
  const own = { canvas: kit.html("canvas", {}), nodes: frames(),
    score: kit.html("span", {}), bar: kit.html("i", {}) };
  own.node = kit.html("button", { type: "button", class: "cv-tile",
    onpointerenter: () => point(label), onfocus: () => point(label),
    onpointerleave: () => point(null), onblur: () => point(null) },
  kit.html("span", { class: "cv-heat" }, own.canvas, own.nodes),
  kit.html("span", { class: "cv-tell" }, kit.html("b", {}, label), own.score),
  kit.html("span", { class: "cv-part" }, own.bar));
  return own;
}

// Which digit stands second: none, or the last of the examples of a class.
function secondChoice(panel, model, plan) {
  const input = kit.html("select", { "data-setting": "pair",
    onchange: () => {
      const which = 1 + plan.labels.lastIndexOf(+input.value);
      const [, ...before] = model.get("second");
      const far = model.get("side") - DIGIT;
      const place = before.length === 2 ? before
        : [model.get("x") < far / 2 ? far : 0,
          model.get("y") < far / 2 ? far : 0];
      kit.write(model, { second: input.value ? [which, ...place] : [] });
    } },
  kit.html("option", { value: "" }, "none"),
  [..."0123456789"].map((value) => kit.html("option", { value }, value)));
  panel.add(kit.html("label", { class: "cv-choice" },
    kit.html("span", {}, "second digit"), input));
  return (digits) => {
    input.value = digits[1] ? plan.labels[digits[1].which - 1] : "";
  };
}

const TRAITS = ["digit", "x", "y", "side", "second"];

const colour = (root, name) => {
  const text = getComputedStyle(root).getPropertyValue(`--cv-${name}`).trim();
  return [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16));
};

// One scale for all ten maps, so that they can be compared.
function heatOf(maps, { pro, con }) {
  const most = Math.max(1e-9, ...maps.map((made) =>
    Math.max(...made.map(Math.abs))));
  return (v) => [...(v < 0 ? con : pro), 255 * Math.sqrt(Math.abs(v) / most)];
}

function render({ model, el }) {
  const plan = model.get("_plan");
  const data = model.get("_weights");
  const net = unpack(Array.from({ length: data.byteLength / 2 }, (_, i) =>
    data.getUint16(2 * i, true)), plan);
  const kept = model.get("_examples");
  const pictures = plan.labels.map((_, i) => Array.from({ length: 64 },
    (_, j) => kept.getUint8(64 * i + j)));

  const panel = kit.panel(el, model, "Class maps, and their means");
  panel.root.classList.add("cv-class-maps");
  panel.inside(panel.head, () => panel.reset());
  let [now, pointed, dyes, picks] = [null, null, null, null];
  const far = () => model.get("side") - DIGIT;
  const placed = () => {
    const settings = kit.read(model, TRAITS);
    return { side: settings.side,
      digits: digitsOf(settings, pictures.length) };
  };
  const move = (n, x, y) => {
    const [left, high] = [x, y].map((v) => held(v, model.get("side")));
    kit.write(model, n ? { second: [model.get("second")[0], left, high] }
      : { x: left, y: high });
    if (now) showActive();
  };
  const point = (label) => {
    pointed = label;
    if (now && panel.root.isConnected) explain();
  };

  let [scene, tiles, sayScore, sayChance] = [];
  const places = [];
  let showSecond;
  panel.box("cv-two-parts", () => {
    panel.box("cv-scene", () => {
      scene = stage(panel, placed, move);
      panel.box("cv-places", () => {
        for (const trait of ["x", "y"]) {
          places.push(panel.slider(trait, trait,
            { get: (v) => Math.min(v, far()) }));
        }
      });
    });
    panel.box("cv-found", () => {
      tiles = Array.from({ length: 10 }, (_, label) => tile(label, point));
      panel.add(kit.html("div", { class: "cv-tiles" },
        tiles.map(({ node }) => node)));
      panel.add(kit.html("p", { class: "cv-small cv-key" },
        kit.html("i", { class: "cv-pro" }), "speaks for the class ",
        kit.html("i", { class: "cv-con" }), "against it; below, the mean " +
          "and its part after softmax"));
      sayScore = panel.say("cv-formula");
      sayChance = panel.say("cv-small");
    });
  });
  const sayAnswer = panel.say("cv-answer-is", true);
  picks = examples(panel, model, plan, pictures);
  panel.box("cv-row cv-more", () => {
    panel.slider("side", "canvas, points a side", { kind: "cv-size" });
    showSecond = secondChoice(panel, model, plan);
  });

  // What only the page's colours change is done when they do.
  function dress() {
    dyes = { ink: colour(panel.root, "ink"), pro: colour(panel.root, "orange"),
      con: colour(panel.root, "blue") };
    picks.paint(dyes.ink);
  }
  function showActive() {
    const active = scene.active(now.digits.length);
    scene.nodes.forEach((node, n) =>
      node.classList.toggle("cv-active", n === active));
  }
  function explain() {
    const label = pointed ?? now.best;
    sayScore(...scoreFormula(label, now.maps[label], now.scores));
    sayChance(...softmaxFormula(label, now.scores));
    tiles.forEach(({ node }, i) =>
      node.classList.toggle("cv-looked", i === label));
    paintPoints(scene.heat, now.side >> 1, now.maps[label], now.heat);
  }
  function drawTiles() {
    const { maps, scores, digits, side, heat } = now;
    const parts = chances(scores);
    const there = digits.map(({ which }) => plan.labels[which - 1]);
    tiles.forEach((own, label) => {
      paintPoints(own.canvas, side >> 1, maps[label], heat);
      showFrames(own.nodes, digits, side);
      own.score.textContent = plain(scores[label], 1);
      own.bar.style.width = `${100 * parts[label]}%`;
      own.node.classList.toggle("cv-now", label === now.best);
      own.node.classList.toggle("cv-there", there.includes(label));
      own.node.setAttribute("aria-label", `Map of ${label}: mean ` +
        `${plain(scores[label], 1)}, ${percent(parts[label])}`);
    });
  }
  function drawStage() {
    const { ink, digits, side } = now;
    paintPoints(scene.canvas, side, ink, (v) => [...dyes.ink, 255 * v]);
    showFrames(scene.nodes, digits, side);
    showActive();
    const told = digits.map(({ which, x, y }) =>
      `${a(plan.labels[which - 1]).b} at x ${x}, y ${y}`);
    scene.root.setAttribute("aria-label", `Canvas of ${side} by ${side} ` +
      "points; arrow keys move the digit" +
      (digits[1] ? ", space goes to the other one" : "") +
      `. ${told.join("; ")}`);
  }

  function draw() {
    const { side, digits } = placed();
    const ink = compose(pictures, digits, side);
    const maps = classMaps(net, ink, side);
    const scores = scoresOf(maps);
    now = { side, digits, ink, maps, scores, best: ranked(scores)[0] };
    if (!dyes) dress();
    now.heat = heatOf(maps, dyes);
    for (const { input, refresh } of places) {
      input.max = far();
      refresh();
    }
    drawStage();
    drawTiles();
    explain();
    sayAnswer(...answer(scores, maps, digits, plan.labels));
    picks.show(model.get("digit"));
    showSecond(digits);
  }
  // Colours change with the page's theme: a canvas must be told.
  scene.canvas.ontransitionend = () => {
    dyes = null;
    draw();
  };
  return kit.redraw(model, TRAITS, panel, draw);
}

export default { render };
