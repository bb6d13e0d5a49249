// One model: its plot, the lines of its units, and its map of the picture.

const GRAIN = 100;  // what the drawing of the lines counts a 1 of a channel as
const MANY = 8;  // units whose lines and numbers can be told apart

function side(panel, title, kind) {
  const own = {};
  panel.box(`cv-side cv-of-${kind}`, () => {
    own.right = kit.html("b", {});
    panel.add(kit.html("p", { class: "cv-side-title" },
      kit.html("span", {}, title), own.right));
    own.canvas = kit.html("canvas", {});
    own.lines = kit.svg("svg", { role: "img",
      viewBox: [-REACH, -REACH, 2 * REACH, 2 * REACH].map((v) => GRAIN * v)
        .join(" ") });
    own.ring = kit.html("i", { hidden: true });
    panel.add(kit.html("div", { class: "cv-plane" }, own.canvas, own.lines, own.ring, kit.html("span", {}, "channel 1 →"),
      kit.html("span", {}, "channel 2 →")));
    panel.box("cv-verdict", () => {
      own.said = map(panel, `what the ${kind} says; dotted where wrong`);
      own.formula = panel.say("cv-small");
    });
    own.chips = panel.add(kit.html("div", { class: "cv-chips" }));
  });
  // A ring round the pixel that is looked at, where its two channels put it.
  own.frame = (pixel, { x, y }) => {
    own.ring.hidden = pixel == null;
    if (pixel == null) return;
    own.ring.style.left = `${50 * (1 + x[pixel] / REACH)}%`;
    own.ring.style.top = `${50 * (1 - y[pixel] / REACH)}%`;
  };
  return own;
}

const path = (spots) => "M" + spots.map(([x, y]) =>
  [x, -y].map((v) => (GRAIN * v).toFixed(2)).join(" ")).join("L");

// A line for each unit, a barb to the side where it is on, and its number.
function unitLines(net, looked) {
  const all = units(net);
  return all.flatMap((unit, u) => {
    const ends = line(unit, REACH);
    if (!ends) return [];
    const size = Math.hypot(unit[0], unit[1]);
    const middle = [0, 1].map((i) => (ends[0][i] + ends[1][i]) / 2);
    const tip = middle.map((v, i) => v + (0.11 * unit[i]) / size);
    const now = u === looked ? "cv-now" : "";
    const label = [0, 1].map((i) => 0.94 * ends[0][i] + 0.06 * ends[1][i]);
    return [
      kit.svg("path", { class: "cv-hit", d: path(ends), "data-unit": u }),
      kit.svg("path", { class: `cv-unit ${now}`, d: path(ends) }),
      kit.svg("path", { class: `cv-barb ${now}`, d: path([middle, tip]) }),
      // The numbers of many would only hide each other.
      all.length > MANY && !now ? null : kit.svg("text", { class: "cv-halo",
        x: GRAIN * 0.94 * label[0], y: GRAIN * (0.04 - 0.94 * label[1]) },
      u + 1),
    ];
  });
}

function drawUnits(own, net, looked) {
  const all = units(net);
  own.lines.classList.toggle("cv-many", all.length > MANY);
  own.lines.classList.toggle("cv-one", Boolean(all[looked]));
  const on = all[looked] && onSide(all[looked], REACH);
  own.lines.replaceChildren(
    ...(on?.length ? [kit.svg("path", { class: "cv-on", d: `${path(on)}Z` })]
      : []),
    ...unitLines(net, looked).filter((node) => node));
}

// A button a unit, in the hue of the class that it speaks for; a frame of
// dashes if no pixel, or every pixel, turns it on.
function drawChips(own, net, looked, points, follow) {
  const all = units(net);
  while (own.chips.children.length > all.length) own.chips.lastChild.remove();
  while (own.chips.children.length < all.length) {
    const u = own.chips.children.length;
    own.chips.append(kit.html("button", { type: "button", onclick: () =>
      follow(u, true), onpointerenter: () => follow(u),
    onfocus: () => follow(u) }, u + 1));
  }
  all.forEach(([w1, w2, b, v], u) => {
    const chip = own.chips.children[u];
    const on = points.x.filter((x, i) => w1 * x + w2 * points.y[i] + b > 0);
    const bent = on.length > 0 && on.length < points.x.length;
    const kind = `${v > 0 ? "cv-for-b" : "cv-for-a"} ${bent ? "" : "cv-flat"}`;
    chip.className = `${kind} ${u === looked ? "cv-now" : ""}`;
    chip.setAttribute("aria-label", `Unit ${u + 1}, on for ${on.length} of ` +
      `${points.x.length} pixels, speaks for ${className(v > 0)}`);
  });
}
