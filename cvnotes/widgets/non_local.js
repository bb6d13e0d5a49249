// Point at a place; it looks about in the photograph.

const TRAITS = ["picture", "form", "patch", "temperature", "equal", "x", "y"];
const STEPS = 60;  // of the temperature, which is moved by its logarithm

const STEP_KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1],
  ArrowDown: [0, 1] };

export const toTemperature = (step) =>
  +(10 ** (-3 + (3 * step) / STEPS)).toPrecision(2);
export const toStep = (temperature) =>
  Math.round(((Math.log10(temperature) + 3) * STEPS) / 3);

// A pixel picked by a pointer, or moved to by the arrow keys.
function stage(panel, model, [height, width], kind, label) {
  const canvas = kit.html("canvas", { width, height });
  const box = panel.add(kit.html("div", { class: `cv-non_local-pic ${kind}`,
    tabindex: 0, role: "application", "aria-label": label }, canvas,
  kit.html("b", {}), kit.html("i", {})));
  const paint = canvas.getContext("2d");
  const image = paint.createImageData(width, height);
  const hold = (at, count) => Math.min(count - 1, Math.max(0, at));
  const pick = (x, y) => kit.write(model,
    { x: hold(x, width), y: hold(y, height) });
  const at = ({ clientX, clientY }) => {
    const area = canvas.getBoundingClientRect();
    pick(Math.floor(((clientX - area.left) / area.width) * width),
      Math.floor(((clientY - area.top) / area.height) * height));
  };
  kit.pointing(box, model, ["x", "y"], at);
  box.onkeydown = (event) => {
    const way = STEP_KEYS[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const far = event.shiftKey ? 8 : 1;
    pick(model.get("x") + far * way[0], model.get("y") + far * way[1]);
  };
  return (fill) => {
    fill(image.data);
    paint.putImageData(image, 0, 0);
  };
}

// The places that count most: what they look like, and how much they count.
function list(panel) {
  const lines = Array.from({ length: 4 }, () => {
    const canvas = kit.html("canvas", { "aria-hidden": "true" });
    const bar = kit.html("i", {});
    const text = kit.html("span", {});
    const where = kit.html("small", {});
    const node = kit.html("li", {}, canvas, kit.html("div", {}, text, where,
      bar));
    return { node, canvas, bar, text, where };
  });
  panel.add(kit.html("ol", { class: "cv-non_local-list",
    "aria-label": "The four places that count most" },
  lines.map(({ node }) => node)));
  return (bytes, size, k, now) => lines.forEach((line, n) => {
    const j = now.top[n];
    const { canvas } = line;
    if (canvas.width !== k) [canvas.width, canvas.height] = [k, k];
    const paint = canvas.getContext("2d");
    const image = paint.createImageData(k, k);
    cutOut(bytes, size, k, j, image.data);
    paint.putImageData(image, 0, 0);
    const part = now.weights[j] / now.weights[now.top[0]];
    line.bar.style.setProperty("--part", `${100 * part}%`);
    line.text.textContent = digits(now.weights[j], 2);
    line.where.textContent = j === now.i ? "itself" : place(j, size[1]);
  });
}

function swatches(panel) {
  const made = ["before", "after"].map((name) => {
    const colour = kit.html("i", {});
    return [colour, kit.html("span", {}, colour, name)];
  });
  panel.add(kit.html("div", { class: "cv-non_local-swatches" },
    made.map(([, node]) => node)));
  return (...colours) => made.forEach(([node], n) => {
    const bytes = colours[n].map((value) => Math.round(255 * value));
    node.style.background = `rgb(${bytes.join(" ")})`;
  });
}

function temperatureSlider(panel) {
  const slider = panel.slider("temperature", "temperature τ", { kind: "cv-hero",
    get: toStep, set: toTemperature,
    format: (step) => digits(toTemperature(step)) });
  Object.assign(slider.input, { min: 0, max: STEPS, step: 1 });
  slider.refresh();
  slider.input.addEventListener("input", slider.refresh);
  return slider;
}

function thanks({ file, maker, licence, terms, source, changed }) {
  const link = (href, text) =>
    kit.html("a", { href, target: "_blank", rel: "noopener" }, text);
  return ["Photograph: ", link(source, file), `, ${maker}, `,
    link(terms, licence), `, by way of scikit-learn; ${changed}.`];
}

// What places are compared by, kept until it is another.
function memory(model, plan, bytes) {
  const numbers = model.get("_weights");
  const floats = new Float32Array(numbers.buffer.slice(numbers.byteOffset,
    numbers.byteOffset + numbers.byteLength));
  let [key, kept] = ["", null];
  return ({ picture, patch, form, equal }) => {
    const next = [picture, patch, form === "embedded", equal].join();
    if (next === key) return kept;
    let d = 3 * patch * patch;
    let features = patches(bytes[picture], plan.size, patch);
    if (form === "embedded") {
      const own = embeddingOf(floats, plan, picture, patch);
      [features, d] = [embed(features, own), own.axes];
    }
    if (equal) features = equalised(features, d);
    [key, kept] = [next, { features, d }];
    return kept;
  };
}

function render({ model, el }) {
  const plan = model.get("_plan");
  const [height, width] = plan.size;
  const data = model.get("_examples");
  const count = 3 * height * width;
  const bytes = Object.fromEntries(plan.names.map((name, i) => [name,
    new Uint8Array(data.buffer, data.byteOffset + count * i, count)]));
  const recall = memory(model, plan, bytes);

  const panel = kit.panel(el, model, "Where does this place look?");
  panel.root.classList.add("cv-non_local");
  panel.inside(panel.head, () => {
    panel.switch("picture", "", Object.fromEntries(
      plan.names.map((name) => [name, name])));
    panel.reset();
  });
  panel.box("cv-non_local-forms", () => {
    panel.switch("form", "compare by", FORMS);
    panel.toggle("equal", "give all patches one length");
  });
  let [dark, light, showList, showColours] = [];
  panel.box("cv-non_local-stage", () => {
    dark = stage(panel, model, plan.size, "", "Where it looks. Point at a " +
      "place, or move with the arrow keys");
    panel.box("cv-non_local-side", () => {
      light = stage(panel, model, plan.size, "cv-non_local-small",
        "The photograph. Point at a place, or move with the arrow keys");
      showColours = swatches(panel);
      showList = list(panel);
    });
  });
  const say = panel.say("cv-non_local-say", true);
  const sayFormula = panel.say("cv-formula");
  const sayPixel = panel.say("cv-non_local-pixel");
  temperatureSlider(panel);
  panel.box("cv-grid", () => {
    panel.slider("patch", "patch", { format: (k) => `${k}×${k}` });
    panel.slider("x", "column");
    panel.slider("y", "row");
  });
  const sayAbout = panel.say("cv-small cv-non_local-about");
  let now = null;
  const table = panel.details("The weights as numbers", () =>
    weightTable(now, width));
  const sayThanks = panel.add(kit.html("p", { class: "cv-small" }));
  let shown = "";

  function draw() {
    const settings = kit.read(model, TRAITS);
    const { picture, x, y, patch } = settings;
    const own = bytes[picture];
    const { features, d } = recall(settings);
    now = attend(features, d, settings, width);
    if (picture !== shown) {
      shown = picture;
      light((paint) => plain(own, paint));
      sayThanks.replaceChildren(...thanks(
        plan.credits[plan.names.indexOf(picture)]));
    }
    dark((paint) => heat(now.weights, own, paint));
    showList(own, plan.size, patch, now);
    const before = [0, 1, 2].map((c) => own[3 * now.i + c] / 255);
    const after = filtered(now.weights, own);
    showColours(before, after);
    const { style } = panel.root;
    style.setProperty("--x", `${(100 * (x + 0.5)) / width}%`);
    style.setProperty("--y", `${(100 * (y + 0.5)) / height}%`);
    style.setProperty("--wide", `${(100 * patch) / width}%`);
    const [top] = now.top;
    style.setProperty("--top-x", `${(100 * (top % width + 0.5)) / width}%`);
    style.setProperty("--top-y",
      `${(100 * (Math.floor(top / width) + 0.5)) / height}%`);
    panel.root.classList.toggle("cv-non_local-away", top !== now.i);
    say(...sentence(settings, now));
    sayFormula(...formula({ ...settings, d }, now, width));
    sayPixel(...pixelSentence(x, y, before, after));
    sayAbout(about(settings, d));
    table.refresh();
  }
  return kit.redraw(model, TRAITS, panel, draw);
}

export default { render };
