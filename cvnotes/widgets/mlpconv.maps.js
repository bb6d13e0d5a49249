// The picture itself: a small map of 20×20 cells for each thing to be seen.

function cells(canvas, size, paintCell) {
  const paint = fresh(canvas, size, size);
  const edge = (i) => Math.round((size * i) / SIDE);
  for (let i = 0; i < SIDE ** 2; i += 1) {
    const [column, row] = [i % SIDE, Math.floor(i / SIDE)];
    const [x, y] = [edge(column), edge(row)];
    paintCell(paint, i, x, y, edge(column + 1) - x, edge(row + 1) - y);
  }
}

const drawChannel = (canvas, size, values, { ink }) =>
  cells(canvas, size, (paint, i, ...box) => {
    paint.fillStyle = ink;
    paint.globalAlpha = 0.04 + 0.44 * (values[i] + 1);
    paint.fillRect(...box);
  });

const drawClasses = (canvas, size, is, { marks }) =>
  cells(canvas, size, (paint, i, ...box) => {
    paint.fillStyle = marks[is[i]];
    paint.fillRect(...box);
  });

// What a model says of each pixel; a dot where it is wrong.
function drawSaid(canvas, size, made, is, { marks, ink }) {
  cells(canvas, size, (paint, i, x, y, wide, high) => {
    const says = made[i] > 0 ? 1 : 0;
    paint.globalAlpha = 0.3 + 0.7 * Math.abs(2 * chance(made[i]) - 1);
    paint.fillStyle = marks[says];
    paint.fillRect(x, y, wide, high);
    if (says === is[i]) return;
    paint.globalAlpha = 1;
    paint.fillStyle = ink;
    paint.fillRect(x + wide / 2 - 1, y + high / 2 - 1, 2, 2);
  });
}

// A map with its name, and a frame for the pixel that is looked at.
function map(panel, name) {
  const canvas = kit.html("canvas", { role: "img", "aria-label": name });
  const frame = kit.html("i", { hidden: true });
  panel.add(kit.html("figure", { class: "cv-map" },
    kit.html("div", {}, canvas, frame), kit.html("figcaption", {}, name)));
  return { canvas, frame: (pixel) => {
    frame.hidden = pixel == null;
    frame.style.left = `${(100 * (pixel % SIDE)) / SIDE}%`;
    frame.style.top = `${(100 * Math.floor(pixel / SIDE)) / SIDE}%`;
  } };
}

// The pixel of a map, or the nearest one of a plot, that is pointed at.
export function pixelAt(across, down) {
  const place = (part) => Math.min(SIDE - 1, Math.max(0,
    Math.floor(SIDE * part)));
  return SIDE * place(down) + place(across);
}

export function nearest({ x, y }, [px, py], within = Infinity) {
  const away = x.map((v, i) => Math.hypot(v - px, y[i] - py));
  const least = Math.min(...away);
  return least <= within ? away.indexOf(least) : null;
}
