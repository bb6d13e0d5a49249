// Maps as planes beside each other, and threads to what an output reads.

const SLANT = 0.2;  // how far a plane rises from its left edge to its right
const NARROW = 0.86;  // a plane is turned away a little
const LABEL = 16, GAP = 64, ROOM = 10;

// Where the planes of some maps stand: `per` in a line, in a box `wide`.
function planesOf(shapes, wide, per, top) {
  const all = shapes.flatMap(([c, h, w], group) =>
    Array.from({ length: c }, (_, channel) => ({ group, channel, h, w })));
  const pitch = Math.min(92, wide / Math.max(4, Math.min(per, all.length)));
  const side = (pitch - ROOM) / NARROW;
  const line = side * (1 + SLANT) + LABEL;
  const planes = all.map((plane, i) => {
    const single = plane.h * plane.w === 1;
    // One number has the size that a number has in the other maps.
    const unit = single ? side / 5 : side / plane.h;
    const inset = single ? (side - unit) / 2 : 0;
    return { ...plane, unit, side,
      x: (i % per) * pitch + ROOM / 2 + inset * NARROW,
      y: top + Math.floor(i / per) * line + side * SLANT + inset };
  });
  const lines = Math.ceil(all.length / per);
  const used = Math.min(per, all.length) * pitch;
  for (const plane of planes) plane.x += (wide - used) / 2;
  return { planes, height: lines * line, line, side };
}

// All planes of one operation; `lines` keeps two drawings of one height.
export function sceneOf(one, wide, lines) {
  const made = planesOf([one.makes], wide, 4, 0);
  const spare = lines * made.line - made.height;
  for (const plane of made.planes) plane.y += spare;
  const top = lines * made.line + GAP;
  const read = planesOf(one.reads, wide, 5, top);
  return { made: made.planes, read: read.planes, top,
    height: top + read.height };
}

export const linesOf = ({ makes }) => Math.ceil(makes[0] / 4);

// The corner of a cell, or with halves its middle, in pixels.
const at = ({ x, y, unit }, row, column) =>
  [x + column * unit * NARROW, y + row * unit - column * unit * SLANT];

// Which cell of which plane is under a pointer, if any.
export function cellUnder(planes, px, py, near = 0) {
  for (const plane of planes) {
    const column = (px - plane.x) / (plane.unit * NARROW);
    const row = (py - plane.y) / plane.unit + column * SLANT;
    const slack = plane.h === 1 ? 3 : near;
    const inside = (v, most) => v >= -slack && v < most + slack;
    if (inside(row, plane.h) && inside(column, plane.w)) {
      const held = (v, most) => Math.min(most - 1, Math.max(0, Math.floor(v)));
      return { channel: plane.channel, row: held(row, plane.h),
        column: held(column, plane.w) };
    }
  }
  return null;
}

const points = (...corners) =>
  corners.map((corner) => corner.map((v) => v.toFixed(1)).join()).join(" ");

function cell(plane, row, column, kind, style) {
  return kit.svg("polygon", { class: kind, style, points: points(
    at(plane, row, column), at(plane, row, column + 1),
    at(plane, row + 1, column + 1), at(plane, row + 1, column)) });
}

function grid(plane) {
  const { h, w } = plane;
  const line = (a, b) => `M${points(a)}L${points(b)}`;
  const inner = [];
  for (let i = 1; i < h; i += 1) {
    inner.push(line(at(plane, i, 0), at(plane, i, w)));
  }
  for (let j = 1; j < w; j += 1) {
    inner.push(line(at(plane, 0, j), at(plane, h, j)));
  }
  return [kit.svg("path", { class: "cv-who-grid", d: inner.join("") }),
    kit.svg("polygon", { class: "cv-who-edge", points: points(
      at(plane, 0, 0), at(plane, 0, w), at(plane, h, w), at(plane, h, 0)) })];
}

const ground = (plane) => kit.svg("polygon", { class: "cv-who-ground",
  points: points(at(plane, 0, 0), at(plane, 0, plane.w),
    at(plane, plane.h, plane.w), at(plane, plane.h, 0)) });

function name(plane, text) {
  const [x, y] = at(plane, plane.h, 0);
  const wide = plane.w * plane.unit * NARROW;
  return kit.svg("text", { x: x + wide / 2, y: y + 12,
    "text-anchor": "middle" }, text);
}

function thread([x1, y1], [x2, y2], kind, strong) {
  const bend = 0.45 * (y2 - y1);
  return kit.svg("path", { class: `cv-who-thread ${kind}`,
    style: `opacity: ${(0.1 + 0.75 * strong ** 1.5).toFixed(3)}; ` +
      `stroke-width: ${(0.6 + 1.6 * strong ** 2).toFixed(2)}`,
    d: `M${points([x1, y1])}C${points([x1, y1 + bend])} ` +
      `${points([x2, y2 - bend])} ${points([x2, y2])}` });
}

const signOf = (slope) => (slope < 0 ? "cv-who-minus" : "cv-who-plus");

// What one input looks like to the output that is pointed at.
function inputCell(plane, row, column, slope, top) {
  if (slope === 0) {
    const [cx, cy] = at(plane, row + 0.5, column + 0.5);
    return kit.svg("circle", { class: "cv-who-silent", cx, cy, r: 1.8 });
  }
  const strong = strength(slope, top);
  return cell(plane, row, column, `cv-who-cell ${signOf(slope)}`,
    `fill-opacity: ${(0.16 + 0.84 * strong ** 1.3).toFixed(3)}`);
}

// The whole drawing of one operation, as the children of an SVG.
export function pictureOf(one, now, scene) {
  const [c, y, x] = now.point;
  const source = at(scene.made[c], y + 0.5, x + 0.5);
  const cells = [], threads = [];
  now.slopes.forEach((slope, i) => {
    if (Number.isNaN(slope)) return;
    const { group, channel, row, column } = placeOf(one, i);
    const plane = scene.read.find((p) =>
      p.group === group && p.channel === channel);
    cells.push(inputCell(plane, row, column, slope, now.top));
    if (slope) {
      threads.push([strength(slope, now.top),
        at(plane, row + 0.5, column + 0.5), signOf(slope)]);
    }
  });
  threads.sort((a, b) => a[0] - b[0]);
  const lettered = (planes) => planes.map((plane) =>
    name(plane, plane.group ? "finer" : plane.channel + 1));
  return [...scene.made.map(ground), ...scene.made.flatMap(grid),
    ...lettered(scene.made),
    ...threads.map(([strong, end, kind]) => thread(source, end, kind, strong)),
    ...scene.read.map(ground), ...cells, ...scene.read.flatMap(grid),
    ...lettered(scene.read),
    cell(scene.made[c], y, x, "cv-who-point")];
}
