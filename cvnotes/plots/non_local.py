"""A non-local block drawn from its own parts, from its input downwards."""

from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle

from cvnotes.palette import LIGHT
from cvnotes.plots.figure import Figure, canvas, styled
from cvnotes.plots.sheet import Sheet

LEFT, MIDDLE, RIGHT = 46, 138, 230  # where θ, φ and g stand
BOX, HIGH = 74, 24  # points
EDGE = 306  # where the shortcut runs
CELLS = 7
TICKS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10)
NAMES = {
    "embedded_gaussian": "θ · φ / √d, softmax",
    "gaussian": "x · x / √d, softmax",
    "dot": "θ · φ, / n",
    "concat": "ReLU(w [θ, φ]), / n",
}


@styled
def non_local(block, x) -> Figure:
    """What the block makes of ``x``, step by step, with real shapes.

    ``block`` is a ``cvnotes.attention.NonLocal``, ``x`` is b c h w; both
    are run once, and each shape is read off what came out.
    """
    theta, phi, g = block.project(x)
    weights, out = block.weights(x), block(x)
    sheet = Sheet()
    sheet.down(6)
    top = sheet.y
    _box(sheet, MIDDLE, f"x   {_said(x.shape)}", "stone", 150)
    sheet.down(40)
    _projections(sheet, block, top, (theta, phi, g))
    _weights(sheet, block, weights)
    mean = sheet.y
    _box(sheet, MIDDLE, "weights × g", "orange", 92)
    _arrow(sheet, (RIGHT, mean + 136), (MIDDLE + 50, mean), bent=True)
    _step(sheet, f"z   1×1, to {block.z.out_channels}", "blue", 110)
    _step(sheet, "norm, its weight 0 at the start", "purple", 176)
    _arrow(sheet, (MIDDLE, sheet.y - HIGH / 2), (MIDDLE, sheet.y - 27))
    sheet.down(36)
    _plus(sheet)
    _shortcut(sheet, top)
    sheet.down(30)
    sheet.text(MIDDLE, f"out   {_said(out.shape)}", ha="center")
    sheet.down(10)
    return Figure(sheet.done(), _told(block, x, weights, out))


def _said(shape):
    return " × ".join(f"{n:,}" for n in shape)


def _told(block, x, weights, out):
    return (
        f"A non-local block reads {_said(x.shape)} numbers, makes weights "
        f"of {_said(weights.shape)}, takes with them the mean of g, and "
        f"adds it, projected and normalised, to what it read: "
        f"{_said(out.shape)}. f is {NAMES[block.pairwise]}"
    )


def _projections(sheet, block, top, parts):
    hues = ("blue", "blue", "green")
    for middle, name, hue, part in zip(
        (LEFT, MIDDLE, RIGHT), "θφg", hues, parts
    ):
        bare = block.pairwise == "gaussian" and name != "g"
        pool = ", pool" if block.subsample and name != "θ" else ""
        text = f"x{pool}" if bare else f"{name}   1×1{pool}"
        _arrow(sheet, (MIDDLE, top - HIGH / 2), (middle, sheet.y + HIGH / 2))
        _box(sheet, middle, text, "stone" if bare else hue, BOX)
        sheet.axes.text(
            middle, sheet.y - 22, _said(part.shape[1:]), **_small()
        )
    sheet.down(34)


def _weights(sheet, block, weights):
    """Compared, then weighed: a square whose rows are the places."""
    for middle in (LEFT, MIDDLE):
        to = ((LEFT + MIDDLE) / 2, sheet.y - 15)
        _arrow(sheet, (middle, sheet.y + 4), to)
    sheet.down(26)
    middle = (LEFT + MIDDLE) / 2
    _box(sheet, middle, NAMES[block.pairwise], "orange", 142)
    _arrow(sheet, (middle, sheet.y - 12), (middle, sheet.y - 27))
    sheet.down(28)
    _square(sheet, middle - 21)
    sheet.axes.text(
        middle + 28,
        sheet.y - 21,
        f"weights\n{_said(weights.shape[1:])}",
        **(_small() | {"ha": "left"}),
    )
    _arrow(sheet, (middle, sheet.y - 44), (MIDDLE - 20, sheet.y - 66))
    sheet.down(78)


def _square(sheet, left, side=6):
    for row in range(CELLS):
        for column in range(CELLS):
            # Not of a net: it only shows that a row is a place's own look.
            shade = 0.15 + 0.8 * ((3 * row + 5 * column) % 7 == 0)
            cell = Rectangle(
                (left + side * column, sheet.y - side * (row + 1)),
                *(side - 0.8, side - 0.8),
                facecolor=LIGHT["orange"],
                alpha=shade,
                linewidth=0,
            )
            sheet.axes.add_patch(cell)


def _step(sheet, text, hue, wide):
    _arrow(sheet, (MIDDLE, sheet.y - 12), (MIDDLE, sheet.y - 27))
    sheet.down(39)
    _box(sheet, MIDDLE, text, hue, wide)


def _plus(sheet):
    sheet.axes.text(
        MIDDLE, sheet.y, "+", ha="center", va="center", fontsize=17
    )
    _arrow(sheet, (MIDDLE, sheet.y - 9), (MIDDLE, sheet.y - 23))


def _shortcut(sheet, top):
    look = {"color": LIGHT["soft"], "linewidth": 1.3}
    sheet.axes.plot([MIDDLE + 76, EDGE, EDGE], [top, top, sheet.y], **look)
    _arrow(sheet, (EDGE, sheet.y), (MIDDLE + 9, sheet.y))


def _box(sheet, middle, text, hue, wide):
    corner = (middle - wide / 2 + 3, sheet.y - HIGH / 2 + 3)
    box = FancyBboxPatch(
        corner,
        wide - 6,
        HIGH - 6,
        boxstyle="round,pad=3,rounding_size=5",
        facecolor=LIGHT[hue],
        alpha=0.28,
        linewidth=0,
    )
    sheet.axes.add_patch(box)
    sheet.axes.text(middle, sheet.y, text, ha="center", va="center")


def _small():
    soft = {"color": LIGHT["soft"], "fontsize": 9.5}
    return soft | {"ha": "center", "va": "center"}


def _arrow(sheet, start, end, bent=False):
    way = "angle,angleA=-90,angleB=0,rad=8" if bent else "arc3"
    arrow = FancyArrowPatch(
        start,
        end,
        connectionstyle=way,
        arrowstyle="-|>,head_width=2.2,head_length=4",
        shrinkA=0,
        shrinkB=0,
    )
    arrow.set(color=LIGHT["soft"], linewidth=1.1, clip_on=False)
    sheet.axes.add_patch(arrow)


@styled
def shares(values: dict[str, list[float]], alt: str, x: str, mark) -> Figure:
    """A row for each name, a dot for each seed, on a logarithmic axis.

    ``mark`` is a place on it with its name. Names that end in "untrained"
    are drawn pale.
    """
    figure, axes = canvas(4.6, 0.34 * len(values) + 1.1)
    at, words = mark
    axes.vlines(at, -0.75, len(values), LIGHT["line"], zorder=0)
    axes.text(at, -0.95, words, color=LIGHT["soft"], ha="center")
    for row, (name, seeds) in enumerate(values.items()):
        hue = LIGHT["soft" if name.endswith("untrained") else "orange"]
        axes.plot(seeds, [row] * len(seeds), "o", color=hue, alpha=0.75)
    axes.set(xlabel=x, ylim=(len(values) - 0.4, -1.3), xscale="log")
    axes.set_yticks(range(len(values)), values, color=LIGHT["ink"])
    ends = [v for seeds in values.values() for v in (*seeds, at)]
    ticks = [t for t in TICKS if min(ends) / 2 < t < max(ends) * 2]
    axes.set_xticks(ticks, [f"{t:g}" for t in ticks])
    axes.minorticks_off()
    axes.spines["left"].set_visible(False)
    axes.tick_params(length=0)
    return Figure(figure, alt)
