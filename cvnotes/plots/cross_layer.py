"""What places see of a photograph, and who asks whom across layers."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.patches import Arc, Rectangle

from cvnotes.palette import LIGHT
from cvnotes.plots.figure import Figure, canvas, styled

PALE = "#ffffff"


@styled
def receptive_fields(
    picture: np.ndarray, panels: Mapping[str, Sequence[tuple]]
) -> Figure:
    """A photograph for each panel, with the boxes that places see of it.

    A box is a span across and a span down, in the photograph's own pixels.
    The first one, orange, is the query's; the others are asked by it.
    """
    figure = canvas(4.8, 3.4 / len(panels))[0]
    figure.clear()
    for column, (said, boxes) in enumerate(panels.items(), start=1):
        axes = figure.add_subplot(1, len(panels), column)
        # Larger by whole pixels, so that no drawing program softens it.
        h, w = picture.shape[:2]
        axes.imshow(picture, extent=(0, w, h, 0))
        for i, box in reversed(list(enumerate(boxes))):
            _box(axes, box, LIGHT["blue" if i else "orange"])
        axes.set_title(said, fontsize=10, color=LIGHT["ink"])
        axes.axis("off")
    sizes = [f"{said}: {len(boxes)}" for said, boxes in panels.items()]
    return Figure(
        figure,
        "What places see of a photograph, as boxes. " + "; ".join(sizes),
    )


def _box(axes, box, hue):
    (left, right), (top, bottom) = box
    for colour, line in ((PALE, 3.2), (hue, 1.7)):
        edge = Rectangle((left, top), right - left, bottom - top)
        edge.set(fill=False, edgecolor=colour, linewidth=line)
        axes.add_patch(edge)


@styled
def asking(stages: Sequence[tuple[str, int, int]], query: int) -> Figure:
    """A net from left to right, an arc from each layer that is asked.

    A stage is its name, its maps' side, and its layers that are asked; the
    one with the number ``query`` asks. Heights go with the side's root.
    """
    figure, axes = canvas(4.8, 2.5)
    spots = {i: 1.7 * i for i in range(len(stages))}
    tops = {i: 0.16 * side**0.5 for i, (_, side, _) in enumerate(stages)}
    for i, (name, side, asked) in enumerate(stages):
        hue = LIGHT["orange"] if i == query else LIGHT["stone"]
        block = Rectangle((spots[i] - 0.45, 0), 0.9, tops[i])
        block.set(facecolor=hue, edgecolor="none")
        axes.add_patch(block)
        said = f"{name}\n{side}×{side}"
        axes.text(spots[i], -0.08, said, ha="center", va="top")
        for n in range(asked):
            start = spots[i] - 0.25 + 0.5 * n / max(1, asked - 1)
            _arc(axes, (start, tops[i]), (spots[query], tops[query]))
    axes.set(xlim=(-0.7, 1.7 * len(stages) - 0.9), ylim=(-0.75, 3.1))
    axes.axis("off")
    count = sum(asked for *_, asked in stages)
    return Figure(
        figure,
        f"{stages[query][0]} asks {count} earlier layers: "
        + ", ".join(f"{n} of {name}" for name, _, n in stages if n),
    )


def _arc(axes, start, end):
    middle, wide = (start[0] + end[0]) / 2, end[0] - start[0]
    floor = max(start[1], end[1])
    shape = Arc((middle, floor), wide, 1.5 + 0.25 * wide, theta2=180)
    shape.set(color=LIGHT["blue"], linewidth=1.4)
    axes.add_patch(shape)
    look = {"color": LIGHT["blue"], "linewidth": 1.4}
    axes.plot([start[0]] * 2, [start[1], floor], **look)
    axes.plot([end[0]] * 2, [end[1], floor], **look)


@styled
def concentration(lines: Mapping[str, Sequence[int | float]]) -> Figure:
    """How the gradient of a middle place is spread along a row of pixels.

    Each line is drawn to its own highest point, from end to end of the
    theoretical field.
    """
    figure, axes = canvas(4.8, 2.6)
    hues = (LIGHT["orange"], LIGHT["blue"], LIGHT["soft"])
    for (name, values), hue in zip(lines.items(), hues):
        heights = np.asarray(values) / max(values)
        at = np.linspace(-1, 1, len(heights))
        axes.plot(at, heights, color=hue, linewidth=1.6, label=name)
    axes.set_xlim(-1.05, 2.1)  # room for the names
    axes.set_xticks([-1, 0, 1], ["its end", "middle", "its end"])
    axes.set_yticks([0, 1], ["0", "most"])
    axes.legend(frameon=False, labelcolor="linecolor", loc="upper right")
    return Figure(
        figure,
        "How strongly the pixels of its field move a place, highest in the "
        f"middle: {', '.join(lines)}",
    )
