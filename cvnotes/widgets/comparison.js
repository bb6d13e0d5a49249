// Stand on a picture, and see where a trained net looks from there.

const TRAITS = ["net", "picture", "epoch", "x", "y"];
const NETS = { "non-local": "Non-local", "cross-layer": "Cross-layer",
  cbam: "CBAM", cgnl: "CGNL" };
const PACE = 700;  // milliseconds an epoch

function paintPixels(canvas, side, colourOf) {
  if (canvas.width !== side) canvas.width = canvas.height = side;
  const image = new ImageData(side, side);
  for (let i = 0; i < side * side; i += 1) {
    image.data.set(colourOf(i), 4 * i);
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

const colourOf = (root, name) => {
  const text = getComputedStyle(root).getPropertyValue(`--cv-${name}`).trim();
  return [1, 3, 5].map((i) => parseInt(text.slice(i, i + 2), 16));
};

// A square of places: its canvas, the two marks, and where one stands.
function square(kind, attributes = {}) {
  const own = { canvas: kit.html("canvas", {}),
    marks: [0, 1].map(() => kit.html("i", { class: "cv-comparison-mark" })),
    here: kit.html("i", { class: "cv-comparison-here" }),
    none: kit.html("span", { class: "cv-comparison-none" }) };
  own.root = kit.html("div", { class: `cv-comparison-square ${kind}`,
    ...attributes }, own.canvas, own.marks, own.here, own.none);
  return own;
}

const lay = (node, { top, bottom, left, right }, side) => {
  node.style.left = `${(100 * left) / side}%`;
  node.style.top = `${(100 * top) / side}%`;
  node.style.width = `${(100 * (right + 1 - left)) / side}%`;
  node.style.height = `${(100 * (bottom + 1 - top)) / side}%`;
};

// A finger, a mouse or arrow keys choose a place.
function pickable({ root }, model, side, move) {
  const at = ({ clientX, clientY }) => {
    const box = root.getBoundingClientRect();
    move(...[(clientX - box.left) / box.width,
      (clientY - box.top) / box.height].map((v) => Math.floor(side * v)));
  };
  kit.pointing(root, model, ["x", "y"], at);
  root.onkeydown = (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1],
      ArrowDown: [0, 1] }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const { x, y } = kit.read(model, ["x", "y"]);
    move(x + step[0], y + step[1]);
  };
}

// Four pictures to choose from, as radio buttons.
function choices(panel, model, plan, pixels) {
  const name = `cv-${Math.random().toString(36).slice(2)}`;
  const inputs = plan.labels.map((_, p) => {
    const canvas = kit.html("canvas", {});
    paintPixels(canvas, pixels.side, pixels.of(p));
    const input = kit.html("input", { type: "radio", name, value: p + 1,
      "data-setting": `picture-${p + 1}`,
      onchange: () => {
        // One stands on its left mark, so that there is something to see.
        const { top, bottom, left, right } = touched(plan, p, 0);
        kit.write(model, { picture: p + 1, x: (left + right) >> 1,
          y: (top + bottom) >> 1 });
      } });
    return [input, kit.html("label", {}, input, canvas,
      kit.html("span", {}, pictureName(plan, p)))];
  });
  panel.add(kit.html("fieldset", { class: "cv-comparison-choices" },
    kit.html("legend", {}, "test picture, and by how many columns the marks are apart"),
    inputs.map(([, node]) => node)));
  panel.follow("picture", (value) => inputs.forEach(([input], p) => {
    input.checked = p + 1 === value;
  }));
}

// Play walks through the epochs; where motion is unwelcome, a step a press.
function player(panel, model) {
  const last = model.get("_bounds").epoch.max;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let timer = 0;
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    button.textContent = still ? "Next epoch" : "Play";
  };
  const step = () => {
    const now = model.get("epoch");
    kit.write(model, { epoch: now < last ? now + 1 : 0 });
    if (now + 1 >= last) stop();
  };
  const button = panel.button("Play", () => {
    if (still) return step();
    if (timer) return stop();
    if (model.get("epoch") === last) kit.write(model, { epoch: 0 });
    timer = setInterval(step, PACE);
    button.textContent = "Pause";
    return undefined;
  }, "cv-comparison-play");
  stop();
  return stop;
}

// Two curves over the epochs: the right answer, and what is looked at.
function curves(figure, points, epoch, look, wide) {
  const [left, right, top, bottom] = [34, 12, 10, 92];
  const end = points.length - 1;
  const x = (i) => left + ((wide - left - right) * i) / end;
  const y = (v) => bottom - (bottom - top) * v;
  const line = (key, kind) => kit.svg("polyline", { class: kind,
    points: points.map((p, i) => `${x(i)},${y(p[key])}`).join(" ") });
  const dot = (key, kind) => kit.svg("circle", { class: kind, r: 4.5,
    cx: x(epoch), cy: y(points[epoch][key]) });
  const rule = (v, text) => [kit.svg("line", { class: "cv-comparison-rule",
    x1: left, x2: wide - right, y1: y(v), y2: y(v) }),
  kit.svg("text", { x: left - 6, y: y(v) + 4, "text-anchor": "end" }, text)];
  figure.setAttribute("viewBox", `0 0 ${wide} 112`);
  figure.replaceChildren(...rule(0, "0 %"), ...rule(0.5, "50"),
    ...rule(1, "100"),
    kit.svg("line", { class: "cv-comparison-now", x1: x(epoch), x2: x(epoch),
      y1: top, y2: bottom }),
    ...(look ? [line("look", "cv-comparison-look"),
      dot("look", "cv-comparison-look")] : []),
    line("right", "cv-comparison-right"), dot("right", "cv-comparison-right"),
    ...points.map((_, i) => kit.svg("text", { x: x(i), y: 108,
      "text-anchor": "middle" }, i)));
}

function render({ model, el }) {
  const plan = model.get("_plan");
  const side = Math.sqrt(plan.sizes[2]);
  const bytesOf = (view) => Array.from({ length: view.byteLength },
    (_, i) => view.getUint8(i));
  const unpacked = unpackLooks(bytesOf(model.get("_weights")), plan);
  const raw = bytesOf(model.get("_examples"));
  const points = 2 * side;
  const pixels = { side: points, of: (p) => (i) => [0, 1, 2].map((c) =>
    raw[(3 * p + c) * points * points + i]).concat(255) };

  const panel = kit.panel(el, model, "Where a trained net looks");
  panel.root.classList.add("cv-comparison");
  panel.inside(panel.head, () => panel.reset());
  panel.switch("net", "net", NETS);
  const held = (v) => Math.min(side - 1, Math.max(0, v));
  const move = (x, y) => kit.write(model, { x: held(x), y: held(y) });
  const stage = square("cv-comparison-stage", { tabindex: 0,
    role: "application" });
  const heat = square("cv-comparison-heat");
  const caption = kit.html("figcaption", {});
  let [figure, key, stop] = [];
  panel.box("cv-comparison-parts", () => {
    panel.add(kit.html("figure", {}, stage.root,
      kit.html("figcaption", {}, "the picture: stand anywhere")));
    panel.add(kit.html("figure", {}, heat.root, caption));
    panel.box("cv-comparison-course", () => {
      key = panel.add(kit.html("p", { class: "cv-small" }));
      figure = panel.figure("");
      panel.slider("epoch", "epoch");
      stop = player(panel, model);
    });
  });
  for (const one of [stage, heat]) pickable(one, model, side, move);
  const sayLook = panel.say("cv-comparison-told", true);
  const sayFormula = panel.say("cv-formula cv-small");
  choices(panel, model, plan, pixels);

  function drawSquares(now, p) {
    const ink = colourOf(panel.root, "orange");
    paintPixels(stage.canvas, points, pixels.of(p));
    const most = now.net === "cbam" ? 1 : Math.max(...now.map ?? [1]);
    paintPixels(heat.canvas, side, (i) =>
      [...ink, now.map ? 255 * (now.map[i] / most) ** 0.7 : 0]);
    for (const one of [stage, heat]) {
      one.marks.forEach((node, m) => lay(node, touched(plan, p, m), side));
      lay(one.here, { top: now.y, bottom: now.y, left: now.x, right: now.x },
        side);
    }
    heat.none.textContent = now.map ? "" : kit.number(Math.round(now.number));
    caption.textContent = mapCaption(now);
    const on = ["on the left mark", "on the right mark"][now.on]
      ?? "on the ground";
    stage.root.setAttribute("aria-label", `Picture of ${side} by ${side} ` +
      `places; arrow keys move you. You stand in column ${now.x + 1}, row ` +
      `${now.y + 1}, ${on}`);
  }
  function drawCourse(settings, now) {
    const all = course(unpacked, plan, settings);
    const look = now.net !== "cgnl";
    const what = now.net === "cbam" ? "the gate here" : now.on < 0
      ? "weight on both marks" : "weight on the other mark";
    key.replaceChildren(kit.html("b", { class: "cv-comparison-right" },
      "chance that it is right"), ...(look ? [", ",
      kit.html("b", { class: "cv-comparison-look" }, what)] : []));
    const box = figure.getBoundingClientRect().width || 300;
    curves(figure, all, now.epoch, look, Math.round(box));
    figure.setAttribute("aria-label", "Curves over the epochs: chance of " +
      `the right answer ${all.map(({ right }) => percent(right)).join(", ")}`);
  }
  function draw() {
    const settings = kit.read(model, TRAITS);
    const now = seen(unpacked, plan, settings);
    drawSquares(now, settings.picture - 1);
    drawCourse(settings, now);
    sayLook(...lookSentence(now), ...answerSentence(now));
    sayFormula(...lookFormula(now));
  }
  // Colours change with the page's theme: a canvas must be told.
  stage.canvas.ontransitionend = draw;
  const clear = kit.redraw(model, TRAITS, panel, draw);
  return () => {
    stop();
    clear();
  };
}

export default { render };
