// A pad, a net that looks at what is drawn there, and all that it makes.

// The real digits, as a row of radio buttons that look like pictures.
function examples(panel, model, plan, pictures) {
  const name = `cv-${Math.random().toString(36).slice(2)}`;
  const all = plan.labels.map((label, i) => {
    const canvas = kit.html("canvas", {});
    const input = kit.html("input", { type: "radio", name, value: i,
      "data-setting": `example-${i}`,
      "aria-label": `${a(label).b}, number ${kit.number(plan.numbers[i])}`,
      onchange: () => kit.write(model, { drawing: pictures[i] }) });
    return { input, canvas, node: kit.html("label", {}, input, canvas) };
  });
  panel.add(kit.html("fieldset", { class: "cv-digits" },
    kit.html("legend", {}, "or pick a real one: first of each an easy " +
      "digit, then the one it finds hardest"), all.map(({ node }) => node)));
  return {
    paint: (ink) => all.forEach(({ canvas }, i) =>
      cells(canvas, pictures[i], canvas.clientWidth, ink)),
    show: (known) => all.forEach(({ input }, i) => {
      input.checked = i === known;
    }),
  };
}

// Ten bars, and above the highest how high it is.
function bars(panel) {
  const all = Array.from({ length: 10 }, (_, digit) => {
    const bar = kit.html("i", {});
    return { bar, node: kit.html("span", {}, bar, kit.html("b", {}, digit)) };
  });
  const root = panel.add(kit.html("div", { class: "cv-chances", role: "img" },
    all.map(({ node }) => node)));
  return (parts, drawn) => {
    const best = drawn ? top(parts) : -1;
    root.setAttribute("aria-label", "Chances: " + parts.map((part, digit) =>
      `${digit} ${percent(drawn ? part : 0.1)}`).join(", "));
    all.forEach(({ bar, node }, digit) => {
      bar.style.height = `${100 * (drawn ? parts[digit] : 0)}%`;
      node.classList.toggle("cv-now", digit === best);
    });
  };
}

// What stands beside a row; a layer can be switched off there.
function labels(panel, model, net, plan) {
  const flip = (number) => () => {
    const off = model.get("off");
    kit.write(model, { off: off.includes(number)
      ? off.filter((n) => n !== number)
      : [...off, number].sort((one, other) => one - other) });
  };
  const count = total(plan.blocks);
  const { rows } = forward(net, plan, new Array(64).fill(0));
  let width = 1;
  const made = [...rows, { kind: "classifier" }].map((row) => {
    const { kind, number, reads } = row;
    const hue = number ? kit.shade(number - 1, count) : "var(--cv-stone)";
    const swatch = number ? kit.html("input", { type: "checkbox",
      "data-setting": `layer-${number}`, onchange: flip(number) })
      : kit.html("i", {});
    swatch.style.color = hue;
    const kept = kind === "layer" ? reads.length : 0;
    const told = row.made ? `${width} → ${kept + row.made.length}`
      : `${width} → 10`;
    width = kept + row.made?.length;
    const node = panel.add(kit.html(number ? "label" : "div",
      { class: "cv-layer" }, swatch,
      kit.html("span", {}, number ? `layer ${number}` : kind),
      kit.html("small", {}, told)));
    return { node, number, swatch };
  });
  return {
    hues: () => made.filter(({ number }, r) => number || r === 0)
      .map(({ swatch }) => getComputedStyle(swatch).color),
    place: ({ y, above, box }) => made.forEach(({ node }, r) => {
      node.style.top = `${y(r) - (above || 12 - box / 2)}px`;
    }),
    show: (off) => made.forEach(({ swatch, number }) => {
      if (number) swatch.checked = !off.includes(number);
    }),
  };
}

const TRAITS = ["drawing", "off", "look"];

function render({ model, el }) {
  const plan = model.get("_plan");
  const data = model.get("_weights");
  const net = unpack(Array.from({ length: data.byteLength / 2 }, (_, i) =>
    data.getUint16(2 * i, true)), plan);
  const kept = model.get("_examples");
  const pictures = plan.labels.map((_, i) => Array.from({ length: 64 },
    (_, j) => kept.getUint8(64 * i + j)));
  const last = plan.blocks.length - 1;

  const panel = kit.panel(el, model, "Inside a DenseNet-BC");
  panel.root.classList.add("cv-inside");
  panel.inside(panel.head, () => panel.reset());
  let written = null;
  let pad;
  let seen;
  let own;
  let [sayAnswer, show] = [];
  panel.box("cv-inside-top", () => {
    panel.box("", () => {
      pad = panel.add(kit.html("canvas", { class: "cv-pad", tabindex: 0,
        role: "application", "aria-label": "Drawing pad: arrow keys move the "
          + "pen, space puts it down or lifts it, Delete clears" }));
      const hint = panel.say("cv-small cv-hint", true);
      own = pen(pad, (strokes) => {
        written = toDigit(strokes);
        kit.write(model, { drawing: written });
        paintPad();
      }, hint);
      hint(HINT);
    });
    panel.box("cv-seen", () => {
      seen = panel.add(kit.html("canvas", { role: "img",
        "aria-label": "The drawing as 8 by 8 numbers" }));
      panel.add(kit.html("p", { class: "cv-small" }, "what the net is given"));
      panel.button("Clear", () => own.clear());
    });
    panel.box("cv-answer", () => {
      sayAnswer = panel.say("cv-formula", true);
      show = bars(panel);
    });
  });
  const picks = examples(panel, model, plan, pictures);
  let canvas;
  let rowLabels;
  const stage = panel.box("cv-net", () => {
    canvas = panel.add(kit.html("canvas", { role: "img" }));
    rowLabels = labels(panel, model, net, plan);
  });
  const sayWhy = panel.say("cv-small");
  const sayOff = panel.say("cv-needs");
  let [pointed, now, place, dyes] = [null, null, null, null];
  const followed = () => placeOf(plan, pointed ?? model.get("look"));
  const names = () => `${followed().source.name}, map ${followed().nth}`;
  const slider = panel.slider("look", "follow a map", { format: names });
  const sayLook = panel.say("cv-formula");
  const list = panel.details("What the classifier reads, as a table", () =>
    readTable(now));

  // What only the page's width and colours change is done when they do.
  function dress(width) {
    const orange = getComputedStyle(panel.root)
      .getPropertyValue("--cv-orange").trim();
    const ink = getComputedStyle(canvas).color;
    place = places(width, plan);
    rowLabels.place(place);
    dyes = { ink, orange, hues: rowLabels.hues(), width,
      pad: pad.clientWidth, seen: seen.clientWidth };
    picks.paint(ink);
  }
  function paintPad() {
    if (dyes) drawPad(pad, dyes.pad, own, model.get("drawing"), dyes);
  }

  function follow() {
    const look = followed();
    slider.refresh();
    const { rows } = now.made;
    const { hues, ink, orange, width } = dyes;
    const height = place.y(rows.length) + UP + DOWN + 20;
    stage.style.height = `${height}px`;
    const paint = fresh(canvas, width, height);
    drawMaps(paint, printed(net, now.made, ink), now.made, place, hues,
      model.get("off"));
    if (now.drawn) drawParts(paint, now, place, hues, ink);
    drawTrail(paint, rows, place, look, orange);
    sayLook(...lookSentence(look, readers(net, plan, look)));
  }

  function draw() {
    const given = Array.from({ length: 64 }, (_, i) =>
      model.get("drawing")[i] ?? 0);
    const off = model.get("off");
    if (!kit.equal(given, written)) own.forget();
    const drawn = given.some((v) => v > 0);
    const answer = (without) => top(forward(net, plan, given, without).scores);
    const made = forward(net, plan, given, off);
    const best = top(made.scores);
    const parts = made.pooled.map((v, i) => v * net.weight[best][i]);
    const groups = sources(plan, last).map((source) => ({ ...source,
      sum: total(parts.slice(source.from, source.to)),
      weight: mean(net.weight.flatMap((weights) =>
        [...weights.slice(source.from, source.to)].map(Math.abs))) }));
    now = { made, parts, groups, best, drawn };
    if (dyes?.width !== panel.width()) dress(panel.width());
    const known = pictures.findIndex((picture) => kit.equal(picture, given));
    const alone = off.length ? [] : Array.from(
      { length: total(plan.blocks) }, (_, i) => answer([i + 1]));
    const odds = chances(made.scores);
    show(odds, drawn);
    sayAnswer(...answerSentence(odds, plan, drawn, plan.labels[known]));
    // Of an empty pad there is no answer to account for.
    sayWhy(...drawn ? whySentence(best, net.bias[best], made.scores[best],
      groups) : []);
    sayOff(...drawn ? offSentence(off, best, off.length ? answer([]) : best,
      alone) : []);
    rowLabels.show(off);
    paintPad();
    cells(seen, given, dyes.seen, dyes.ink);
    picks.show(known);
    canvas.setAttribute("aria-label", "The maps of every layer; dense layers " +
      `read ${made.rows.flatMap(({ reads }) => reads.length || []).join(", ")}`);
    follow();
    list.refresh();
  }

  const at = ({ clientX, clientY }) => {
    const box = canvas.getBoundingClientRect();
    const row = now.made.rows.findIndex((_, r) =>
      clientY - box.top < place.y(r) + place.box + 4);
    const r = row < 0 ? now.made.rows.length - 1 : row;
    const { block, reads, made } = now.made.rows[r];
    const count = reads.length + made.length;
    const x = clientX - box.left;
    const column = Array.from({ length: count }, (_, c) => c).findLast((c) =>
      place.x(block, c) <= x);
    // Beside a row, left or right of it, no map is pointed at.
    if (column == null || x > place.x(block, count - 1) + place.box) {
      return null;
    }
    return 1 + column + total(Array.from({ length: block }, (_, b) =>
      sources(plan, b).at(-1).to));
  };
  canvas.onpointermove = (event) => {
    pointed = at(event);
    follow();
  };
  canvas.onpointerleave = () => {
    pointed = null;
    if (panel.root.isConnected) follow();
  };
  canvas.onclick = (event) => {
    const look = at(event);
    if (look) kit.write(model, { look });
  };
  // Colours change with the page's theme: a canvas must be told.
  canvas.ontransitionend = () => {
    dyes = null;
    draw();
  };
  return kit.redraw(model, TRAITS, panel, draw);
}

function readTable({ groups, best, drawn }) {
  return kit.table({
    caption: drawn ? `What the classifier adds up for the ${best}`
      : "What the classifier reads; nothing is drawn",
    head: ["from", "maps", "adds to the score", "mean |weight|, all digits"],
    rows: groups.map(({ name, from, to, sum, weight }) =>
      [name, to - from, drawn ? signed(sum) : "–", weight.toFixed(3)]),
  });
}

export default { render };
