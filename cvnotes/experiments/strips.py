"""Figures of a few designs side by side: dots by seed, lines by size."""

from cvnotes.experiments.interval import Interval, interval
from cvnotes.palette import LIGHT
from cvnotes.plots import Figure, canvas, styled

# For lines that cross: ours first, then those that it is compared with.
HUES = ("blue", "orange", "green", "purple")
MARKERS = ("o", "s", "^", "D")


@styled
def strips(
    values: dict[str, list[float]],
    alt: str,
    x: str,
    marks: dict[int, str],
    ours: str,
) -> Figure:
    """A row for each name, and in it a dot for each seed.

    ``marks`` are places on the axis with what they mean; the dots of
    ``ours`` are blue, the others' orange.
    """
    figure, axes = canvas(4.6, 0.3 * len(values) + 1.1)
    for place, words in marks.items():
        axes.vlines(place, -0.75, len(values), LIGHT["line"], zorder=0)
        axes.text(place, -0.95, words, color=LIGHT["soft"], ha="center")
    for row, (name, seeds) in enumerate(values.items()):
        hue = LIGHT["blue" if name == ours else "orange"]
        axes.plot(seeds, [row] * len(seeds), "o", color=hue, alpha=0.7)
        mean = interval(seeds).mean
        look = {"color": hue, "ha": "left", "va": "center"}
        axes.text(max(seeds) + 1.6, row, f"{mean:.1f}", **look)
    axes.set(xlabel=x, ylim=(len(values) - 0.4, -1.3), xlim=(42, 112))
    axes.set_xticks(range(50, 101, 10))
    axes.set_yticks(range(len(values)), values, color=LIGHT["ink"])
    axes.spines["left"].set_visible(False)
    axes.tick_params(length=0)
    return Figure(figure, alt)


@styled
def lines(
    curves: dict[str, list[tuple[int, Interval]]], alt: str, x: str, y: str
) -> Figure:
    """A line for each name over the same numbers, which grow in factors.

    The points of one number stand a little apart, so that no interval
    hides another.
    """
    figure, axes = canvas(4.8, 3.2)
    axes.set_xscale("log")
    for i, (name, points) in enumerate(curves.items()):
        shift = 1.05 ** (i - (len(curves) - 1) / 2)
        at = [p * shift for p, _ in points]
        means = [v.mean for _, v in points]
        ends = [[v.mean - v.low for _, v in points]]
        ends.append([v.high - v.mean for _, v in points])
        look = {"capsize": 2, "linewidth": 1.4, "markersize": 4.5}
        look |= {"marker": MARKERS[i], "color": LIGHT[HUES[i]]}
        axes.errorbar(at, means, ends, label=name, **look)
    sizes = [p for p, _ in points]
    axes.set_xticks(sizes, [f"{p:,}" for p in sizes])
    axes.set_xticks([], minor=True)
    axes.set(xlabel=x, ylabel=y)
    axes.legend(frameon=False, labelcolor="linecolor")
    return Figure(figure, alt)
