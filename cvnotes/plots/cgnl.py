"""A CGNL block with its shapes, and what a series misses of its kernel."""

from collections.abc import Sequence

from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle
from matplotlib.ticker import LogLocator

from cvnotes.palette import LIGHT
from cvnotes.plots.figure import Figure, canvas, styled

WIDE, HIGH = 320, 318  # points
LEFT, MIDDLE, RIGHT = 62, 158, 254
BOX = 84


@styled
def cgnl(block, x) -> Figure:
    """The way through a block, from the shapes that it makes of ``x``.

    ``block`` has ``tpg``, ``gate``, ``mix``, ``z`` and ``norm``, as
    ``cvnotes.attention.CGNL``; nothing here is written by hand but names.
    """
    parts = block.tpg(x).chunk(3, 1)
    gate, mixed = block.gate(x), block.mix(*parts)
    figure, axes = canvas(WIDE / 72, HIGH / 72)
    figure.set_layout_engine("none")
    axes.set_position((0, 0, 1, 1))
    axes.set(xlim=(0, WIDE), ylim=(-HIGH, 0))
    axes.axis("off")
    _ways(axes)
    _box(axes, MIDDLE, -20, "x", x, "stone")
    for place, name, part in zip(
        (LEFT, MIDDLE, RIGHT), "θφg", parts, strict=True
    ):
        _box(axes, place, -80, f"{name}, 1×1", part, "blue")
    _numbers(axes, (MIDDLE + RIGHT) / 2, -136, gate)
    _box(axes, LEFT, -192, "times θ", mixed, "orange")
    after = f"z, {block.z.groups} groups, norm"
    _box(axes, LEFT, -244, after, block.norm(block.z(mixed)), "blue")
    _box(axes, LEFT, -296, "+ x", block(x), "stone")
    alt = (
        f"A CGNL block reads {_shape(x)}; θ, φ and g are {_shape(parts[0])} "
        f"each; φ·g is {_shape(gate)} numbers, which θ is multiplied with; z "
        f"and the norm lead back to {_shape(x)}, and x is added"
    )
    return Figure(figure, alt)


def _shape(tensor):
    return "×".join(map(str, tensor.shape))


def _box(axes, x, y, name, tensor, hue):
    wide = BOX + (26 if "norm" in name else 0)
    look = {"facecolor": (LIGHT[hue], 0.22), "edgecolor": LIGHT[hue]}
    corner = (x - wide / 2, y - 17)
    style = "round,pad=0,rounding_size=4"
    axes.add_patch(FancyBboxPatch(corner, wide, 34, boxstyle=style, **look))
    axes.text(x, y + 7, name, ha="center", va="center", weight="bold")
    axes.text(x, y - 8, _shape(tensor), ha="center", va="center", size=9)


def _numbers(axes, x, y, gate):
    """One square for each number of the gate of one sample."""
    count = min(gate[0].numel(), 16)
    side, left = 11, x - 5.5 * count
    for i in range(count):
        corner, hue = (left + side * i, y - side / 2), LIGHT["orange"]
        square = Rectangle(corner, side - 2, side - 2)
        square.set(facecolor=hue, linewidth=0)
        axes.add_patch(square)
    text = f"φ·g: {_shape(gate)}"
    axes.text(x, y - 15, text, ha="center", va="center", weight="bold")


def _ways(axes):
    both = (MIDDLE + RIGHT) / 2
    straight = [
        *(((MIDDLE, -37), (x, -62)) for x in (LEFT, MIDDLE, RIGHT)),
        *(((x, -97), (both, -127)) for x in (MIDDLE, RIGHT)),
        ((LEFT, -97), (LEFT, -174)),
        ((both, -160), (LEFT + BOX / 2, -190)),
        ((LEFT, -209), (LEFT, -226)),
        ((LEFT, -261), (LEFT, -278)),
    ]
    for start, end in straight:
        _arrow(axes, start, end)
    # Past everything else: x as it was.
    line = {"color": LIGHT["soft"], "linewidth": 1.2}
    axes.plot([MIDDLE + BOX / 2, 315, 315], [-20, -20, -296], **line)
    _arrow(axes, (315, -296), (LEFT + BOX / 2, -296))


def _arrow(axes, start, end):
    head = "-|>,head_width=2.2,head_length=4"
    arrow = FancyArrowPatch(start, end, arrowstyle=head, shrinkA=0, shrinkB=0)
    arrow.set(color=LIGHT["soft"], linewidth=1.2)
    axes.add_patch(arrow)


@styled
def series_error(lines: dict[str, Sequence[float]]) -> Figure:
    """How far a series of order 1, 2, 3 … is from its kernel."""
    figure, axes = canvas(4.8, 2.9)
    for (name, errors), hue in zip(
        lines.items(), ("blue", "orange"), strict=True
    ):
        orders = range(1, len(errors) + 1)
        look = {"marker": "o", "markersize": 4, "linewidth": 1.6}
        axes.plot(orders, errors, color=LIGHT[hue], **look)
        at, beside = (orders[2], errors[2]), {"textcoords": "offset points"}
        axes.annotate(name, at, (7, 5), color=LIGHT[hue], **beside)
    axes.set(yscale="log", xlabel="order of the series")
    # As they are printed: a raised exponent is too small for a phone.
    axes.yaxis.set_major_locator(LogLocator(base=100))
    axes.yaxis.set_major_formatter(lambda y, _: f"{y:.0e}")
    axes.tick_params(axis="y", labelsize=11)
    axes.set_ylim(top=3 * max(map(max, lines.values())))
    axes.set_ylabel("root mean square error")
    axes.set_xticks(list(orders))
    ends = "; ".join(
        f"{n}: {e[0]:.1g} to {e[-1]:.1g}" for n, e in lines.items()
    )
    return Figure(figure, f"Error of the series by its order, {ends}")
