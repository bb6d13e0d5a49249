// Three matrices beside each other, all to one scale.

const GAP = 18;
const TOP = 46;  // the names, and φ above the large one
const STRIP = 12;
const ASIDE = 4 * STRIP + 18;  // θ before the large one, g and y behind it
const LEAST = 78;  // room for a small matrix's name
const NARROW = 520;

// How large each is drawn; where it is narrow the large one stands below.
export function layout(settings, width) {
  const { n, hidden, both } = sizes(settings);
  const [small, below] = [both <= SMALL, width < NARROW];
  const free = width - (small ? ASIDE : 0);
  const wide = (count, side) => Math.max(LEAST, (side * count) / both) + GAP;
  const fits = (side) => {
    const two = wide(n, side) + wide(hidden, side);
    return below ? side <= free && two <= width : two + side <= free;
  };
  let side = Math.floor(Math.min(330, free));
  while (side > 60 && !fits(side)) side -= 1;
  const unit = side / both;
  const [first, two] = [wide(n, side), wide(n, side) + wide(hidden, side)];
  const down = TOP + Math.max(n, hidden, 12 / unit) * unit + 14;
  return { small, side, unit, y: [0, 0, below ? down : 0],
    x: [0, first, (below ? 0 : two) + (small ? STRIP + 6 : 0)],
    height: (below ? down : 0) + TOP + side + (small ? 20 : 4) };
}

const fill = (value) => (value < 0 ? "cv-cgnl-minus" : "cv-cgnl-plus");

// Cells of one value are one path: few marks, however many entries.
function cells(matrix, x, y, unit) {
  const paths = new Map();
  matrix.forEach((line, i) => line.forEach((value, j) => {
    if (value === null) return;
    const cell = `M${x + j * unit} ${y + i * unit}h${unit}v${unit}h${-unit}z`;
    paths.set(value, (paths.get(value) ?? "") + cell);
  }));
  const most = Math.max(1, ...[...paths.keys()].map(Math.abs));
  return [...paths].map(([value, d]) => kit.svg("path", { d,
    class: value === 0 ? "cv-cgnl-zero" : fill(value),
    "fill-opacity": value === 0 ? 1 : 0.12 + (0.88 * Math.abs(value)) / most,
  }));
}

const frame = (x, y, width, height, kind = "cv-cgnl-frame") =>
  kit.svg("rect", { x, y, width, height, class: kind });
const label = (x, y, text, kind = "", anchor = "start") => kit.svg("text",
  { x, y, class: kind, "text-anchor": anchor }, text);

// Too many to see: the blocks of the groups, or a line where they are thin.
function blocks({ groups }, { side, x: [, , x], y: [, , y] }) {
  const part = side / groups;
  if (part < 1.5) {
    return [kit.svg("path", { class: "cv-cgnl-line",
      d: `M${x} ${TOP + y}l${side} ${side}` })];
  }
  return Array.from({ length: groups }, (_, k) => kit.svg("rect", {
    class: "cv-cgnl-block", x: x + k * part, y: TOP + y + k * part,
    width: part,
    height: part }));
}

function strips(settings, { side, unit, x: [, , x], y: [, , y] }) {
  const top = TOP + y;
  const { theta, phi, g, out } = factorised(settings);
  const column = (values) => values.map((value) => [value]);
  const at = [x - STRIP - 4, x + side + 8, x + side + STRIP + 14];
  const wide = (values, left) => cells(column(values), 0, 0, 1).map((path) => {
    path.setAttribute("transform",
      `translate(${left} ${top}) scale(${STRIP} ${unit})`);
    return path;
  });
  const above = cells([phi], 0, 0, 1).map((path) => {
    path.setAttribute("transform",
      `translate(${x} ${top - STRIP - 4}) scale(${unit} ${STRIP})`);
    return path;
  });
  const names = [["θ", at[0]], ["g", at[1]], ["y", at[2]]];
  return [...wide(theta, at[0]), ...wide(g, at[1]), ...wide(out, at[2]),
    ...above, ...at.map((left) => frame(left, top, STRIP, side)),
    frame(x, top - STRIP - 4, side, STRIP),
    ...names.map(([name, left]) => label(left + STRIP / 2, top + side + 14,
      name, "cv-strong", "middle")),
    label(x + side + 5, top - 8, "φ", "cv-strong")];
}

// The pair that is pointed at, in each matrix that has it.
function marks(settings, { side, unit, x, y }) {
  const { asks, answers } = pair(settings);
  const top = TOP + y[2];
  const lit = (k, row, column) => frame(x[k] + column * unit,
    TOP + y[k] + row * unit, unit, unit, "cv-cgnl-lit");
  const end = x[2] + side;
  return [frame(x[2] - STRIP - 4, top + asks.i * unit, side + 3 * STRIP + 18,
    unit, "cv-cgnl-band"),
  frame(x[2] + answers.i * unit, top - STRIP - 4, unit, side + STRIP + 4,
    "cv-cgnl-band"),
  frame(end + 8, top + answers.i * unit, STRIP, unit, "cv-cgnl-lit"),
  lit(0, asks.place, answers.place), lit(1, asks.channel, answers.channel),
  lit(2, asks.i, answers.i)];
}

export function drawing(settings, plan) {
  const { n, hidden, both } = sizes(settings);
  const { small, unit, x, y } = plan;
  const sides = [n, hidden, both];
  const names = ["places²", "channels²", "all × all"];
  const title = sides.map((count, k) => [
    label(x[k], y[k] + 12, names[k], "cv-strong"),
    label(x[k] + (k === 2 ? 62 : 0), y[k] + (k === 2 ? 12 : 27),
      `${kit.number(count)}²`)]);
  const drawn = small ? Object.values(matrices(settings)) : [];
  const dot = (count) => Math.max(1.6, count * unit);
  const whole = (k) => frame(x[k], TOP + y[k], sides[k] * unit,
    sides[k] * unit);
  const body = sides.flatMap((count, k) => small
    ? [...cells(drawn[k], x[k], TOP + y[k], unit), whole(k)]
    : k === 2 ? [...blocks(settings, plan), whole(2)]
      : [kit.svg("rect", { x: x[k], y: TOP, width: dot(count),
        height: dot(count), class: "cv-cgnl-solid" }),
      dot(count) < 8 && label(x[k] + dot(count) + 5, TOP + 8,
        "← to scale")]);
  const over = small ? [...strips(settings, plan), ...marks(settings, plan)]
    : [];
  return [...title.flat(), ...body.filter(Boolean), ...over];
}
