// The picture: a column for each map, a row for each that reads or makes.

function places(width, plan) {
  const blocks = plan.blocks.map((_, b) => sources(plan, b));
  const left = width > 560 ? 154 : 0;
  const most = Math.max(...blocks.map((given) => given.at(-1).to));
  const gap = left ? 8 : 4;
  const room = width - left - gap * Math.max(...plan.blocks) - 2;
  const pitch = Math.min(30, room / most);
  const x = (block, column) => left + 1 + pitch * column +
    gap * blocks[block].findIndex(({ to }) => column < to);
  // Names stand left of the rows, on a narrow screen above them.
  const above = left ? 0 : 25;
  const high = pitch + (left ? 11 : 34);
  return { left, above, box: pitch - (left ? 3 : 1.5), x, blocks,
    y: (row) => high * row + above + 4 };
}

// Each map once, as ink of its own spread, to be copied wherever it is read.
function printed(net, { rows }, ink) {
  const sheet = new OffscreenCanvas(8 * 64, 8);
  const paint = sheet.getContext("2d");
  const [r, g, b] = ink.match(/[\d.]+/g).map(Number);
  const pages = new Map();
  const learned = net.blocks.map((_, block) =>
    net.blocks[block + 1]?.halve.norm ?? net.norm);
  const column = net.blocks.map(() => 0);
  for (const { made, block, side } of rows) {
    for (const map of made) {
      const { mean: middle, spread } = learned[block];
      const c = column[block]++;
      const image = new ImageData(side, side);
      map.forEach((v, i) => {
        const dark = 0.45 + (0.22 * (v - middle[c])) / spread[c];
        image.data.set([r, g, b, 255 * Math.min(1, Math.max(0.03, dark))],
          4 * i);
      });
      pages.set(map, 8 * pages.size);
      paint.putImageData(image, pages.get(map), 0);
    }
  }
  return (to, map, side, x, y, box) =>
    to.drawImage(sheet, pages.get(map), 0, side, side, x, y, box, box);
}

// A canvas's pen, cleared, that counts in the page's pixels.
function fresh(canvas, width, height) {
  const dense = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * dense);
  canvas.height = Math.round(height * dense);
  const paint = canvas.getContext("2d");
  paint.scale(dense, dense);
  paint.imageSmoothingEnabled = false;
  return paint;
}

function cells(canvas, drawing, size, ink) {
  const paint = fresh(canvas, size, size);
  paint.fillStyle = ink;
  const edge = (i) => Math.round((size * i) / 8);
  drawing.forEach((v, i) => {
    const [x, y] = [i % 8, Math.floor(i / 8)];
    paint.globalAlpha = v / 16;
    paint.fillRect(edge(x), edge(y), edge(x + 1) - edge(x),
      edge(y + 1) - edge(y));
  });
}

// A map where a row reads it, or in a frame where a row makes it.
function drawMaps(paint, print, { rows }, place, hues, off) {
  const { box, x, y, blocks } = place;
  rows.forEach(({ reads, made, block, side, number }, r) => {
    [...reads, ...made].forEach((map, c) => {
      const source = blocks[block].find(({ to }) => c < to);
      const [left, up] = [x(block, c), y(r)];
      const own = c >= reads.length;
      paint.strokeStyle = paint.fillStyle = hues[source.number ?? 0];
      if (off.includes(source.number)) {
        paint.setLineDash([2, 2]);
        paint.strokeRect(left + 0.5, up + 0.5, box - 1, box - 1);
        paint.setLineDash([]);
        return;
      }
      paint.globalAlpha = own ? 1 : 0.6;
      print(paint, map, side, left, up, box);
      paint.globalAlpha = 1;
      paint.fillRect(left, up + box, box, own ? 0 : 1.5);
      paint.lineWidth = 2;
      if (own) paint.strokeRect(left - 0.5, up - 0.5, box + 1, box + 1);
      paint.lineWidth = 1;
    });
  });
}

const [UP, DOWN] = [46, 18];  // pixels for what speaks for it, and against

// What each map adds to the score of the answer, below its column.
function drawParts(paint, { parts, groups, made }, place, hues, ink) {
  const rows = made.rows.length;
  const { box, x, y, blocks } = place;
  const block = blocks.length - 1;
  const zero = y(rows) + UP;
  const scale = Math.max(1 / UP, ...parts.map((part) =>
    (part > 0 ? part / UP : -part / DOWN)));
  parts.forEach((part, c) => {
    const tall = part / scale;
    const source = blocks[block].find(({ to }) => c < to);
    paint.fillStyle = hues[source.number ?? 0];
    paint.fillRect(x(block, c), zero - Math.max(0, tall), box,
      Math.max(1, Math.abs(tall)));
  });
  paint.fillStyle = ink;
  paint.font = "600 12px Inter, system-ui, sans-serif";
  paint.textAlign = "center";
  groups.forEach(({ from, to, sum }) => paint.fillText(signed(sum),
    (x(block, from) + x(block, to - 1) + box) / 2, zero + DOWN + 14));
}

// From where a map is made, down its column, to the last that reads it.
function drawTrail(paint, rows, place, { block, column }, colour) {
  const { box, x, y } = place;
  const left = x(block, column);
  const within = rows.map((row, r) => (row.block === block ? r : -1))
    .filter((r) => r >= 0 &&
      column < rows[r].reads.length + rows[r].made.length);
  const end = Math.max(...within) + 1;
  paint.strokeStyle = paint.fillStyle = colour;
  paint.lineWidth = 2;
  for (const r of within) {
    paint.strokeRect(left - 1, y(r) - 1, box + 2, box + 2);
    paint.fillRect(left + box / 2 - 1, y(r) + box + 1, 2,
      y(r + 1) - y(r) - box - (r + 1 === end ? 5 : 2));
  }
  paint.beginPath();
  paint.arc(left + box / 2, y(end) - 5, 3, 0, 7);
  paint.fill();
}
