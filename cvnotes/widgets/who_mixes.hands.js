// How an output is chosen: mouse, finger and keys.

// A finger, a mouse or arrow keys choose an output; from 1, as the traits.
function pointable(figure, model, seen, move) {
  const traits = ["channel", "row", "column"];
  kit.pointing(figure, model, traits, (event) => {
    const { left, top } = figure.getBoundingClientRect();
    const found = cellUnder(seen().scene.made, event.clientX - left,
      event.clientY - top, 0.4);
    if (found) {
      move({ channel: found.channel + 1, row: found.row + 1,
        column: found.column + 1 });
    }
  }, true);
  figure.onkeydown = (event) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0],
      ArrowDown: [1, 0] }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    // From the settings, not from the drawing: two keys may come in one frame.
    const { one } = seen();
    move(stepped(one, pointedAt(one, kit.read(model, traits)), step));
  };
}

// One cell on; over the right edge of a map begins the next one.
export function stepped({ makes: [c, h, w] }, [channel, y, x], [down, on]) {
  const along = Math.min(c * w - 1, Math.max(0, channel * w + x + on));
  const row = Math.min(h - 1, Math.max(0, y + down));
  return { channel: Math.floor(along / w) + 1, row: row + 1,
    column: (along % w) + 1 };
}
