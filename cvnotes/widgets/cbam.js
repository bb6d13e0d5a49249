// Eight maps of a photograph, their gates, and what the gates leave.

const TRAITS = ["picture", "weights", "seed", "pooling", "reduction",
  "kernel_size", "gates", "channel", "x", "y"];

// The bytes that came with the page: maps from 0 to 1, and photographs.
function unpackPlan(data, plan) {
  const [height, width] = plan.size;
  const [tall, wide] = plan.photo;
  const [count, places] = [plan.filters.length, height * width];
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const photos = plan.names.length * count * places;
  return plan.names.map((_, n) => ({
    maps: plan.filters.map((__, c) => Float64Array.from(
      bytes.slice((n * count + c) * places, (n * count + c + 1) * places),
      (v) => v / 255)),
    photo: bytes.slice(photos + n * 3 * tall * wide,
      photos + (n + 1) * 3 * tall * wide),
  }));
}

// A channel: before and after, its two summaries, and its gate to drag.
function channelTile(panel, c, name, size, model, pick) {
  const tile = panel.box("cv-cbam-tile", () => {});
  const shots = [];
  const output = kit.html("output", {});
  const back = kit.html("button", { type: "button", class: "cv-cbam-back",
    title: "computed again", "aria-label": `compute the gate of ${name}`,
    onclick: () => set(-1) }, "↺");
  const set = (value) => {
    const gates = heldGates(model.get("gates"), model.get("_plan")
      .filters.length);
    gates[c] = value;
    kit.write(model, { gates, channel: c });
  };
  const input = kit.html("input", { type: "range", min: 0, max: 1, step: 0.01,
    "aria-label": `gate of ${name}`, "data-setting": `gate-${c}`,
    oninput: () => set(+input.value) });
  const pools = kit.html("div", { class: "cv-cbam-pools",
    "aria-hidden": "true" }, kit.html("i", {}), kit.html("b", {}));
  panel.inside(tile, () => {
    panel.add(kit.html("div", { class: "cv-cbam-name" },
      kit.html("span", {}, name), back, output));
    panel.box("cv-cbam-pair", () => {
      for (let n = 0; n < 2; n += 1) {
        shots.push(pointable(panel, model, size, "", null, (place) =>
          pick({ ...place, channel: c })));
      }
    });
    panel.add(pools);
    panel.add(input);
  });
  tile.setAttribute("role", "group");
  tile.setAttribute("aria-label", name);
  return { shots, show({ before, after, mean, peak, gate, own, chosen }) {
    if (before) {
      shots[0](size, (i) => grey(before[i]), `${name}, before`);
    }
    shots[1](size, (i) => grey(after[i]), `${name}, after both gates`);
    pools.style.setProperty("--mean", `${100 * mean}%`);
    pools.style.setProperty("--peak", `${100 * peak}%`);
    input.value = gate;
    input.style.setProperty("--part", `${100 * gate}%`);
    output.value = gate.toFixed(2);
    input.setAttribute("aria-valuetext", `${gate.toFixed(2)}, ` +
      `${own ? "set by you" : "computed"}`);
    back.hidden = !own;
    tile.classList.toggle("cv-cbam-own", own);
    tile.classList.toggle("cv-cbam-chosen", chosen);
  } };
}

function credited({ file, maker, licence, terms, source, changed }) {
  const link = (href, text) =>
    kit.html("a", { href, target: "_blank", rel: "noopener" }, text);
  return ["Photograph: ", link(source, file), `, ${maker}, `,
    link(terms, licence), `, by way of scikit-learn; ${changed}.`];
}

function steps(panel, model, plan, pick) {
  const parts = {};
  const choose = (trait, label, number) => panel.choice(trait, label,
    model.get("_bounds")[trait].values, (value) =>
      kit.write(model, { [trait]: number ? +value : value }));
  panel.box("cv-cbam-top", () => {
    parts.photo = pointable(panel, model, plan.size, "cv-cbam-photo", null,
      pick);
    panel.box("cv-cbam-said", () => {
      parts.say = panel.say("cv-formula", true);
      parts.formulas = [0, 1, 2].map(() => panel.say());
      panel.box("cv-cbam-origin", () => {
        parts.origin = panel.say("cv-small");
        parts.again = panel.button("New weights", () => kit.write(model,
          { seed: (model.get("seed") + 1) % 1000 }));
      });
    });
  });
  panel.box("cv-cbam-step", () => {
    panel.add(kit.html("p", { class: "cv-cbam-ask" }, kit.html("b", {},
      "1 "), "Which channels?"));
    panel.switch("pooling", "hear", { both: "both", average: "average",
      maximum: "maximum" });
    choose("reduction", "reduction", true);
  });
  panel.box("cv-cbam-tiles", () => {
    parts.tiles = plan.filters.map((name, c) =>
      channelTile(panel, c, name, plan.size, model, pick));
  });
  panel.box("cv-cbam-foot", () => {
    panel.add(kit.html("p", { class: "cv-small cv-cbam-key" }, "Left before, ",
      "right after both gates. Below: ", kit.html("i", {}), "average, ",
      kit.html("b", {}), "maximum. Drag a slider to set a gate yourself."));
    parts.free = panel.button("Compute all again", () => kit.write(model,
      { gates: plan.filters.map(() => -1) }));
  });
  panel.box("cv-cbam-step", () => {
    panel.add(kit.html("p", { class: "cv-cbam-ask" }, kit.html("b", {},
      "2 "), "Which places?"));
    choose("kernel_size", "kernel, k", true);
  });
  panel.box("cv-cbam-places", () => {
    const shot = (text) => pointable(panel, model, plan.size, "", text,
      pick);
    parts.peak = shot("maximum over channels");
    parts.mean = shot("mean over channels");
    parts.gate = shot("k×k, normalised, σ: the gate");
    parts.seen = shot("the photograph through it");
  });
  return parts;
}

function render({ model, el }) {
  const plan = model.get("_plan");
  const all = unpackPlan(model.get("_examples"), plan);
  const pick = (place) => kit.write(model, place);
  const panel = kit.panel(el, model, "Two gates");
  panel.root.classList.add("cv-cbam");
  panel.inside(panel.head, () => {
    panel.switch("picture", "", Object.fromEntries(
      plan.names.map((name) => [name, name])));
    panel.choice("weights", "weights", model.get("_bounds").weights.values,
      (weights) => kit.write(model, { weights }));
    panel.reset();
  });
  const parts = steps(panel, model, plan, pick);
  panel.box("cv-grid", () => {
    panel.slider("x", "column");
    panel.slider("y", "row");
  });
  let now = null;
  let shown = null;
  const inside = panel.details("The numbers of the channel gate, as a table",
    () => gateTable(plan.filters, now));
  const thanks = panel.add(kit.html("p", { class: "cv-small" }));

  function pictures({ picture }) {
    const n = plan.names.indexOf(picture);
    const { photo } = all[n];
    const dye = (i) => [photo[3 * i], photo[3 * i + 1], photo[3 * i + 2]];
    if (shown !== picture) {
      parts.photo(plan.photo, dye, `The photograph: ${picture}`);
      thanks.replaceChildren(...credited(plan.credits[n]));
    }
    parts.peak(plan.size, (i) => grey(now.told.peak[i]),
      "Maximum over the channels");
    parts.mean(plan.size, (i) => grey(now.told.mean[i]),
      "Mean over the channels");
    parts.gate(plan.size, (i) => glow(now.places[i]), "The gate of each place");
    const scale = plan.size[1] / plan.photo[1];
    parts.seen(plan.photo, (i) => {
      const open = now.places[samePlace(i, plan.photo, plan.size, scale)];
      return dye(i).map((v) => v * open);
    }, "The photograph, dark where the gate of a place is closed");
  }

  function draw() {
    const set = kit.read(model, TRAITS);
    const { maps } = all[plan.names.indexOf(set.picture)];
    const own = heldGates(set.gates, maps.length);
    const k = set.kernel_size;
    const weights = mlpOf(set.weights, maps.length, set.reduction, set.seed);
    now = refine(maps, weights, { pooling: set.pooling, own, k,
      look: lookOf(set.weights, k, set.seed), size: plan.size });
    pictures(set);
    parts.tiles.forEach((tile, c) => tile.show({
      before: shown !== set.picture && maps[c], after: now.after[c],
      mean: now.vectors.mean[c], peak: now.vectors.peak[c],
      gate: now.gates[c], own: own[c] >= 0, chosen: c === set.channel }));
    shown = set.picture;
    parts.free.disabled = own.every((g) => g < 0);
    parts.again.hidden = set.weights !== "random";
    const at = set.y * plan.size[1] + set.x;
    const c = set.channel;
    const [channelSays, placeSays, productSays] = parts.formulas;
    parts.say(...gateSentence(plan.filters, maps, now));
    channelSays(...channelFormula(c, plan.filters[c], now, set.pooling,
      own[c]));
    placeSays(...placeFormula(at, now, k));
    productSays(...productFormula(c, at, maps, now));
    parts.origin(weightsSentence(set.weights, weights.down.length));
    const [height, width] = plan.size;
    const cross = panel.root.style;
    cross.setProperty("--x", `${(100 * (set.x + 0.5)) / width}%`);
    cross.setProperty("--y", `${(100 * (set.y + 0.5)) / height}%`);
    inside.refresh();
  }
  return kit.redraw(model, TRAITS, panel, draw);
}

export default { render };
