"""A slope for each design: what becomes of it from one case to another."""

from cvnotes.experiments.interval import Interval
from cvnotes.palette import LIGHT
from cvnotes.plots import Figure, canvas, styled

HUES = ("blue", "orange")
MARKERS = ("o", "s")
APART = 0.05  # of the way between two cases, so that no mark hides another


@styled
def slopes(
    ends: dict[str, dict[str, Interval]],
    alt: str,
    y: str,
    level: tuple[float, str],
) -> Figure:
    """A line for each name over named cases, each with its interval.

    ``level`` is a height and what it means, as chance.
    """
    figure, axes = canvas(4.5, 3.1)
    _level(axes, *level)
    for i, (name, cases) in enumerate(ends.items()):
        shift = APART * (i - (len(ends) - 1) / 2)
        at = [place + shift for place in range(len(cases))]
        look = {"color": LIGHT[HUES[i]], "marker": MARKERS[i]}
        _slope(axes, at, list(cases.values()), name, look)
    axes.set_xticks(range(len(cases)), cases, color=LIGHT["ink"])
    axes.tick_params(axis="x", length=0)
    axes.set(ylabel=y, ylim=(0, 100), xlim=(-0.3, len(cases) - 0.85))
    return Figure(figure, alt)


def _level(axes, height, words):
    look = {"linewidth": 1.2, "linestyle": "--", "zorder": 0}
    axes.axhline(height, color=LIGHT["soft"], **look)
    axes.text(0, height - 1.5, words, color=LIGHT["soft"], va="top")


def _slope(axes, at, found, name, look):
    """Means with their intervals, and the name where they end."""
    means = [v.mean for v in found]
    below = [v.mean - v.low for v in found]
    above = [v.high - v.mean for v in found]
    axes.errorbar(at, means, [below, above], capsize=3, linewidth=1.8, **look)
    axes.annotate(
        name,
        (at[-1], means[-1]),
        xytext=(8, 0),
        textcoords="offset points",
        va="center",
        color=look["color"],
    )
