"""Accuracy against the share of channels that a reduction leaves."""

from cvnotes.experiments.interval import Interval
from cvnotes.palette import LIGHT
from cvnotes.plots import Figure, canvas, styled

# Each line: its hue, its name on the page, and where that stands: beside
# which of its points, and how many points off.
LINES = {
    "reduced": ("blue", "learned by way\nof the 1×1", 0, (4, -12)),
    "cut": ("orange", "learned without,\nthen cut to the rank", 1, (12, -22)),
}
# Each level: its hue, and on which side of the line its name stands.
LEVELS = {"equal widths": ("soft", "bottom"), "equal cost": ("green", "top")}
# The points of one share stand so far beside each other.
APART = {"reduced": 0.96, "cut": 1.04}


@styled
def shares_figure(
    sweep: dict[str, list[tuple[float, Interval]]],
    levels: dict[str, Interval],
) -> Figure:
    """A line for each way to come to a rank; a level for each net without.

    The band around a level is its interval.
    """
    figure, axes = canvas(4.6, 3.3)
    axes.set_xscale("log", base=2)
    for name, points in sweep.items():
        beside = [(share * APART[name], found) for share, found in points]
        _line(axes, beside, *LINES[name])
    for name, found in levels.items():
        _level(axes, f"without,\n{name}", found, *LEVELS[name])
    shares = [share for share, _ in sweep["reduced"]]
    axes.set_xticks(shares, [f"1/{round(1 / share)}" for share in shares])
    axes.set_xticks([], minor=True)
    axes.set(xlabel="share of the channels left", ylabel="test accuracy, %")
    return Figure(
        figure,
        "Test accuracy against the share of channels that a reduction "
        "leaves, learned with it and cut afterwards, beside nets without",
    )


def _line(axes, points, hue, said, beside, off):
    """Means with their intervals, and a name."""
    at = [share for share, _ in points]
    means = [found.mean for _, found in points]
    below = [found.mean - found.low for _, found in points]
    above = [found.high - found.mean for _, found in points]
    look = {"marker": "o", "markersize": 4, "capsize": 2, "linewidth": 1.6}
    axes.errorbar(at, means, [below, above], color=LIGHT[hue], **look)
    beside = min(beside, len(points) - 1)
    _named(axes, said, (at[beside], means[beside]), off, hue, va="top")


def _level(axes, said, found, hue, side):
    band = {"facecolor": LIGHT[hue], "alpha": 0.14, "linewidth": 0}
    axes.axhspan(found.low, found.high, zorder=0, **band)
    look = {"color": LIGHT[hue], "linewidth": 1.3, "linestyle": "--"}
    axes.axhline(found.mean, **look)
    place = {"xycoords": ("axes fraction", "data"), "va": side}
    _named(axes, said, (1, found.mean), (5, 0), hue, **place)


def _named(axes, said, at, off, hue, **look):
    axes.annotate(
        said,
        at,
        xytext=off,
        textcoords="offset points",
        color=LIGHT[hue],
        **look,
    )
