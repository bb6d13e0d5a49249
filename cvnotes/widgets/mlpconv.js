// A filter and an mlpconv learn the class of every pixel, side by side.

const TRAITS = ["task", "hidden", "rate", "seed", "steps"];
const [A_FRAME, AT_ONCE] = [2, 100];  // steps, and without animation

// What runs while it can be seen; `go` is called once a frame.
function loop(root, go) {
  let [frame, seen] = [0, true];
  const run = () => {
    frame = 0;
    if (self.on && seen && !document.hidden) {
      go();
      next();
    }
  };
  const next = () => {
    if (self.on) frame ||= requestAnimationFrame(run);
  };
  const watch = new IntersectionObserver(([{ isIntersecting }]) => {
    seen = isIntersecting;
    next();
  });
  watch.observe(root);
  document.addEventListener("visibilitychange", next);
  const self = { on: false,
    turn(on) {
      self.on = on;
      next();
    },
    clear() {
      self.on = false;
      cancelAnimationFrame(frame);
      watch.disconnect();
      document.removeEventListener("visibilitychange", next);
    } };
  return self;
}

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// The picture: its channels, and the classes that are to be learned.
function picture(panel, move) {
  const own = {};
  panel.box("cv-picture", () => {
    own.channels = [map(panel, "channel 1"), map(panel, "channel 2")];
    own.classes = map(panel, "class: ● or ■");
  });
  const { canvas } = own.classes;
  for (const [name, value] of Object.entries({ tabindex: 0,
    role: "application", "aria-label": "The class of each pixel: arrow " +
      "keys go from pixel to pixel" })) canvas.setAttribute(name, value);
  canvas.onkeydown = (event) => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1],
      ArrowDown: [0, 1] }[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(...way);
  };
  return own;
}

function render({ model, el }) {
  const panel = kit.panel(el, model, "The class of a pixel, from its channels");
  panel.root.classList.add("cv-mlpconv");
  const { max: last } = model.get("_bounds").steps;
  let [run, known, at, dyes] = [null, "", 0, null];
  let [pixel, unit, pinned, more] = [null, null, null, 0];
  panel.inside(panel.head, () => {
    panel.switch("task", "class",
      { xor: "XOR", ring: "ring", stripes: "stripes" });
    panel.reset();
  });

  const point = (to) => {
    [pixel, unit] = [to.pixel ?? null, to.unit ?? pinned];
    if (run && panel.root.isConnected) paint();
  };
  let [seen, sides] = [];
  panel.box("cv-bench", () => {
    seen = picture(panel, (right, down) => {
      const from = pixel ?? (SIDE * SIDE + SIDE) / 2;
      point({ pixel: pixelAt((from % SIDE + right + 0.5) / SIDE,
        (Math.floor(from / SIDE) + down + 0.5) / SIDE) });
    });
    sides = [side(panel, "1×1 filter", "filter"),
      side(panel, "mlpconv", "mlpconv")];
  });
  const sayPixel = panel.say("cv-small cv-pixel", true);
  const pixelNode = panel.root.querySelector(".cv-pixel");
  const curves = panel.figure("");
  let [button, tally] = [];
  panel.box("cv-drive", () => {
    button = panel.button("Run", () => press());
    panel.button("Step", () => {
      turn(false);
      kit.write(model, { steps: Math.min(last, model.get("steps") + 1) });
    });
    panel.button("Start over", () => {
      turn(false);
      kit.write(model, { steps: 0 });
    });
    tally = WHO.map((name) => kit.html("b", { class: `cv-of-${name}` }));
    panel.add(kit.html("span", { class: "cv-tally", "aria-hidden": "true" },
      WHO.map((name, m) => [kit.html("span", { class: `cv-of-${name}` }, name),
        tally[m]]).flat()));
    const { input } = panel.slider("steps", "step of gradient descent");
    input.parentElement.querySelector("output").ariaLive = "off";
    input.addEventListener("pointerdown", () => turn(false));
  });
  panel.box("cv-grid", () => {
    panel.slider("hidden", "hidden units", { kind: "cv-units" });
    panel.slider("rate", "learning rate");
    panel.slider("seed", "seed of the start");
  });
  const sayRest = panel.say("cv-formula cv-rest", true);

  const go = (count) => kit.write(model,
    { steps: Math.min(last, model.get("steps") + count) });
  const running = loop(panel.root, () => {
    // While it still catches up, it does not hurry on.
    if (at === model.get("steps")) go(A_FRAME);
    if (model.get("steps") === last) turn(false);
  });
  function turn(on) {
    running.turn(on);
    button.textContent = on ? "Pause" : still() ? `${AT_ONCE} steps` : "Run";
    pixelNode.ariaLive = on ? "off" : "polite";
    if (on) sayRest("Both learn: watch the lines move, and the loss fall.");
    else if (run) draw();
  }
  function press() {
    if (running.on) return turn(false);
    if (model.get("steps") === last) kit.write(model, { steps: 0 });
    return still() ? go(AT_ONCE) : turn(true);
  }
  const followUnit = (u, click) => {
    if (click) pinned = pinned === u ? null : u;
    point({ unit: u });
  };

  // What only the page's width and colours change is done when they do.
  function dress(width) {
    const look = getComputedStyle(panel.root);
    const hue = (name) => look.getPropertyValue(`--cv-${name}`).trim();
    const marks = [hue("blue"), hue("orange")];
    dyes = { width, ink: hue("ink"), marks, hues: marks.map(parts),
      small: seen.classes.canvas.clientWidth,
      said: sides[0].said.canvas.clientWidth,
      plot: sides[0].canvas.clientWidth };
  }
  function drawPicture() {
    const { points } = run;
    dyes.sheet = pointSheet(dyes.plot, points, dyes);
    [points.x, points.y].forEach((values, c) =>
      drawChannel(seen.channels[c].canvas, dyes.small, values, dyes));
    drawClasses(seen.classes.canvas, dyes.small, points.is, dyes);
  }
  function paint() {
    const { points, past } = run;
    const states = past.map((all) => all[at]);
    const made = states.map(({ net }) => logits(net, points));
    states.forEach((state, m) => {
      const own = sides[m];
      own.right.textContent = `${percent(state.right)} right`;
      tally[m].textContent = percent(state.right);
      drawPlot(own.canvas, state, dyes);
      drawSaid(own.said.canvas, dyes.said, made[m], points.is, dyes);
      own.frame(pixel, points);
      own.lines.setAttribute("aria-label", `Both channels of 400 pixels, and ` +
        `where the ${WHO[m]} says ■: ${percent(state.right)} right`);
    });
    for (const { frame } of [...seen.channels, seen.classes,
      ...sides.map(({ said }) => said)]) frame(pixel);
    drawUnits(sides[1], states[1].net, unit);
    drawChips(sides[1], states[1].net, unit, points, followUnit);
    sides[0].formula(...filterFormula(states[0].net));
    sides[1].formula(...unitFormula(states[1].net, unit));
    sayPixel(...pixel == null ? ["Point at a pixel, in a map or in a plot."]
      : pixelSentence(pixel, points, made));
    drawCurves(curves, past, at, dyes.width, last);
  }

  function draw() {
    const { steps, ...settings } = kit.read(model, TRAITS);
    const wanted = JSON.stringify(settings);
    const fresher = wanted !== known;
    if (fresher) [run, known] = [begin(settings), wanted];
    at = goOn(run, steps, 10);
    const width = panel.width();
    const worn = dyes?.width !== width;
    if (worn) dress(width);
    if (worn || fresher) drawPicture();
    paint();
    if (at < steps) more ||= requestAnimationFrame(() => {
      more = 0;
      draw();
    });
    else if (!running.on) sayRest(...restSentence(settings, at,
      run.past.map((all) => all[at]), stalls(run.past[1], at)));
  }

  const part = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width,
      (event.clientY - box.top) / box.height];
  };
  const leave = (event) => {
    if (event.pointerType === "mouse") point({});
  };
  for (const { canvas } of [...seen.channels, seen.classes,
    ...sides.map(({ said }) => said)]) {
    canvas.onpointermove = canvas.onpointerdown = (event) =>
      point({ pixel: pixelAt(...part(event)) });
    canvas.onpointerleave = leave;
  }
  for (const { lines } of sides) {
    lines.onpointermove = lines.onpointerdown = (event) => {
      const over = event.target.dataset.unit;
      if (over !== undefined) return point({ unit: +over });
      const [across, down] = part(event);
      return point({ pixel: nearest(run.points, [REACH * (2 * across - 1),
        REACH * (1 - 2 * down)], 0.07) });
    };
    lines.onpointerleave = leave;
  }
  sides[1].chips.onpointerleave = leave;
  // Colours change with the page's theme: a canvas must be told.
  seen.classes.canvas.ontransitionend = () => {
    dyes = null;
    draw();
  };
  const clear = kit.redraw(model, TRAITS, panel, draw);
  turn(false);
  return () => {
    running.clear();
    cancelAnimationFrame(more);
    clear();
  };
}

export default { render };
