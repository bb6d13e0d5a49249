// Maps and photographs as pictures that a reader can point at.

const DARK = [20, 23, 29];
const GLOW = [255, 190, 100];

// A feature map as light. The root lifts faint answers into sight.
export const grey = (v) => {
  const shade = 255 * Math.sqrt(Math.max(0, Math.min(1, v)));
  return [shade, shade, shade];
};
// A gate from closed to open.
export const glow = (v) => DARK.map((low, i) => low + v * (GLOW[i] - low));

function paintMap(canvas, [height, width], colourAt) {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const image = new ImageData(width, height);
  for (let i = 0; i < width * height; i += 1) {
    const [r, g, b] = colourAt(i);
    image.data.set([r, g, b, 255], 4 * i);
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
}

// Which number of a smaller or larger map lies at the same place.
export function samePlace(i, [, width], [, other], scale) {
  const x = Math.floor(((i % width) + 0.5) * scale);
  const y = Math.floor((Math.floor(i / width) + 0.5) * scale);
  return y * other + Math.min(x, other - 1);
}

// A picture with a cross-hair, that hands on the place pointed at.
function pointable(panel, model, size, kind, caption, pick) {
  const canvas = kit.html("canvas", { role: "img" });
  const box = kit.html("div", { class: "cv-cbam-pic" }, canvas,
    kit.html("i", {}));
  const at = ({ clientX, clientY }) => {
    const area = canvas.getBoundingClientRect();
    const along = (part, count) =>
      Math.min(count - 1, Math.max(0, Math.floor(part * count)));
    pick({ x: along((clientX - area.left) / area.width, size[1]),
      y: along((clientY - area.top) / area.height, size[0]) });
  };
  kit.pointing(box, model, ["x", "y", "channel"], at);
  panel.add(kit.html("figure", { class: `cv-cbam-shot ${kind}` }, box,
    caption && kit.html("figcaption", {}, caption)));
  return (shape, colourAt, label) => {
    paintMap(canvas, shape, colourAt);
    canvas.setAttribute("aria-label", label);
  };
}
