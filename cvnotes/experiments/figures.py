"""The figures that several experiments draw: means with their intervals."""

from collections.abc import Sequence

from cvnotes.experiments.interval import Interval
from cvnotes.palette import LIGHT
from cvnotes.plots import Figure, canvas, styled

# Dense is the book's own colour everywhere; its rivals stand back.
HUES = {
    "dense": LIGHT["blue"],
    "residual": LIGHT["orange"],
    "plain": LIGHT["soft"],
}


@styled
def curves(
    lines: dict[str, Sequence[tuple[int | float, Interval]]],
    alt: str,
    x: str,
    y: str,
    log: str = "",
) -> Figure:
    """A line for each name, its interval as a bar, its name at its end.

    ``log`` names the axes that count in factors: "x", "y" or "xy".
    """
    figure, axes = canvas(4.8, 3.0)
    for axis in log:
        getattr(axes, f"set_{axis}scale")("log")
    ends = [_curve(axes, *line) for line in lines.items()]
    axes.set(xlabel=x, ylabel=y)
    axes.margins(x=0.14)
    shared = {tuple(p for p, _ in points) for points in lines.values()}
    if len(shared) == 1:
        (at,) = shared
        axes.set_xticks(at, [f"{p:,}" for p in at])
        axes.set_xticks([], minor=True)
    _named(figure, axes, ends)
    return Figure(figure, alt)


def _curve(axes, name, points):
    """Draw it, and say where it ends: name, x, y, hue."""
    at = [p for p, _ in points]
    means = [i.mean for _, i in points]
    below = [i.mean - i.low for _, i in points]
    above = [i.high - i.mean for _, i in points]
    hue = HUES.get(name, LIGHT["deep"])
    look = {"marker": "o", "markersize": 4, "capsize": 2, "linewidth": 1.6}
    axes.errorbar(at, means, [below, above], color=hue, **look)
    return name, at[-1], means[-1], hue


def _named(figure, axes, ends):
    """Each line's name at its end, none of them on another."""
    figure.draw_without_rendering()  # now it is known where things stand
    points = 72 / figure.dpi
    ends.sort(key=lambda end: end[2])
    below = -float("inf")
    for name, x, y, hue in ends:
        height = axes.transData.transform((x, y))[1] * points
        placed = max(height, below + 11)
        axes.annotate(
            name,
            (x, y),
            xytext=(6, placed - height),
            textcoords="offset points",
            va="center",
            color=hue,
        )
        below = placed
