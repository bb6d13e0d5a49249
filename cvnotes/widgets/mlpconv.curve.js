// The losses of both models, step by step, and where the run stands.

const HIGH = 104;  // pixels
const COIN = Math.log(2);  // the loss of one who says 50 % to everything

const WHO = ["filter", "mlpconv"];

function curveScales(width, last, most) {
  const [left, right, top, foot] = [30, 62, 8, HIGH - 6];
  return { left, end: width - right, top, foot, most,
    x: (step) => left + ((width - left - right) * step) / last,
    y: (loss) => foot - ((foot - top) * Math.min(loss, most)) / most };
}

// Two hundred points are as many as can be seen.
const wayOf = (states, to, { x, y }) => {
  const every = Math.max(1, Math.ceil(to / 200));
  const spots = states.slice(0, to + 1).map(({ loss }, i) => [i, loss])
    .filter(([i]) => i % every === 0 || i === to);
  const way = spots.map(([i, loss]) => [x(i), y(loss)]);
  return "M" + way.map((spot) => spot.map((v) => v.toFixed(1)).join(" "))
    .join("L");
};

// Names at the ends of the curves, never on each other.
const namesAt = (heights) => {
  const [a, b] = heights;
  const gap = Math.abs(a - b);
  if (gap >= 14) return heights;
  const push = (14 - gap) / 2;
  return a <= b ? [a - push, b + push] : [a + push, b - push];
};

function drawCurves(figure, past, at, width, last) {
  const all = past.flatMap((states) =>
    states.slice(0, at + 1).map(({ loss }) => loss));
  const most = Math.min(2, Math.max(0.8, ...all));
  const scale = curveScales(width, last, most);
  const { left, end, foot, top, x, y } = scale;
  const heights = namesAt(past.map((states) => y(states[at].loss)));
  figure.setAttribute("height", HIGH);
  figure.replaceChildren(
    kit.svg("path", { class: "cv-axis", d: `M${left} ${top}V${foot}H${end}` }),
    kit.svg("path", { class: "cv-coin", d: `M${left} ${y(COIN)}H${end}` }),
    kit.svg("text", { x: left - 5, y: y(COIN) + 4, "text-anchor": "end" },
      COIN.toFixed(2)),
    kit.svg("text", { x: left - 5, y: foot, "text-anchor": "end" }, "0"),
    kit.svg("text", { x: end, y: y(COIN) - 5, "text-anchor": "end" },
      "a coin's loss"),
    kit.svg("text", { x: left - 5, y: 6, "text-anchor": "end" }, "loss"),
    ...past.map((states, m) => kit.svg("path", { d: wayOf(states, at, scale),
      class: `cv-way cv-of-${WHO[m]}` })),
    ...past.map((states, m) => kit.svg("circle", { cx: x(at), r: 4,
      cy: y(states[at].loss), class: `cv-end cv-of-${WHO[m]}` })),
    ...WHO.map((name, m) => kit.svg("text", { x: x(at) + 9,
      y: heights[m] + 4, class: `cv-halo cv-name cv-of-${name}` }, name)));
  figure.setAttribute("aria-label", `Loss at step ${at}: ` + WHO.map(
    (name, m) => `${name} ${past[m][at].loss.toFixed(3)}`).join(", "));
}
