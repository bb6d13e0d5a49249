"""A filter and an mlpconv on one patch, drawn from the layers themselves.

After Figure 1 of Lin, Chen, Yan, "Network In Network", ICLR 2014, arXiv
1312.4400: on top a linear filter, below it a small network.
"""

from itertools import pairwise

from matplotlib.patches import Circle, Rectangle

from cvnotes.palette import LIGHT
from cvnotes.plots.figure import Figure, canvas, styled

GRID, GAP, STEP = 5, 1.6, 4.2  # a map's cells, between units, columns
MOST = 5  # units drawn of a layer; the number below counts them all


@styled
def filters(linear, mlpconv) -> Figure:
    """What each makes of one patch, a column of units for each layer.

    ``linear`` is a convolution (``in_channels``, ``out_channels``,
    ``kernel_size``) and ``mlpconv`` an iterable of such, each with its
    ReLU behind it, as ``cvnotes.pointwise.MLPConv``. A unit shows what it
    does with its sum: pass it on, or what of it is above 0.
    """
    convs = [part for part in mlpconv if hasattr(part, "kernel_size")]
    figure = canvas(4.4, 4.3)[0]
    figure.clear()
    above, below = figure.subplots(2, 1)
    said = [
        _panel(above, "A linear filter", [linear], bent=False),
        _panel(below, "An mlpconv", convs, bent=True),
    ]
    return Figure(figure, "; ".join(said))


def _panel(axes, title, convs, bent):
    """One way from a patch to its numbers; says the widths in words."""
    widths = [conv.out_channels for conv in convs]
    kernel = convs[0].kernel_size[0]
    corners = _patch(axes, convs[0].in_channels, kernel)
    columns = [
        _units(GRID + 3 + STEP * i, width) for i, width in enumerate(widths)
    ]
    for left, right in pairwise([corners, *columns]):
        _lines(axes, left, right)
    for i, (units, width) in enumerate(zip(columns, widths)):
        for unit in units:
            _unit(axes, *unit, bent, "blue" if i < len(widths) - 1 else "ink")
        side = f"{kernel}×{kernel}" if i == 0 else "1×1"
        x = units[0][0]
        axes.text(x, 4.4, side, ha="center", weight="bold")
        axes.text(x, -4.4, f"{width:,}", ha="center", va="center")
    axes.text(-0.2, 4.4, title, weight="bold")
    axes.set(xlim=(-0.4, GRID + 12.6), ylim=(-5.2, 5.4), aspect="equal")
    axes.axis("off")
    steps = " → ".join(f"{w:,}" for w in (convs[0].in_channels, *widths))
    relu = "a ReLU behind each layer" if bent else "and no ReLU"
    return f"{title} on a {kernel}×{kernel} patch: {steps}, {relu}"


def _patch(axes, channels, kernel):
    """A few maps behind each other; the corners of what is looked at."""
    for depth in (2, 1, 0):
        step = 0.35 * depth
        sheet = Rectangle((step, step - GRID / 2), GRID, GRID)
        sheet.set(facecolor=LIGHT["panel"], edgecolor=LIGHT["stone"])
        axes.add_patch(sheet)
    edge = (GRID - kernel) / 2
    window = Rectangle((edge, -kernel / 2), kernel, kernel)
    window.set(facecolor=LIGHT["bright"], edgecolor=LIGHT["blue"])
    axes.add_patch(window)
    text = f"{channels:,} channels"
    axes.text(GRID / 2, -4.4, text, ha="center", va="center")
    return [(edge + kernel, y) for y in (-kernel / 2, kernel / 2)]


def _units(x, width):
    count = min(width, MOST)
    return [(x, GAP * (i - (count - 1) / 2)) for i in range(count)]


def _unit(axes, x, y, bent, hue):
    """A circle, and in it how its output depends on its sum."""
    ring = Circle((x, y), 0.62, zorder=3)
    ring.set(facecolor=LIGHT["paper"], edgecolor=LIGHT[hue], linewidth=1.3)
    axes.add_patch(ring)
    way = [(-0.38, 0), (0, 0), (0.32, 0.38)]
    if not bent:
        way = [(-0.34, -0.34), (0.34, 0.34)]
    axes.plot(
        *zip(*((x + u, y + v - 0.1 * bent) for u, v in way)),
        color=LIGHT[hue],
        linewidth=1.6,
        zorder=4,
    )


def _lines(axes, left, right):
    """Everything on the left reaches everything on the right."""
    look = {"color": LIGHT["stone"], "linewidth": 0.8, "zorder": 2}
    for x, y in left:
        for u, v in right:
            axes.plot((x, u), (y, v), **look)
