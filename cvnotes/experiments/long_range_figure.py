"""Who can tell two far marks: a small panel for each net."""

from cvnotes.palette import LIGHT
from cvnotes.plots import Figure, canvas, styled

ACROSS = 2  # panels beside each other: on a phone the texts stay legible


@styled
def panels(lines: dict, blind: int, most: int, alt: str) -> Figure:
    """Percent right against distance, with the most that a sum reaches.

    ``lines[net]`` lists (distance, Interval). From ``blind`` on, where the
    shade begins, the plain net sees no more than one of the marks.
    """
    down = -(-len(lines) // ACROSS)
    figure = canvas(4.5, 1.35 * down + 0.4)[0]
    figure.clear()
    places = figure.subplots(
        down, ACROSS, sharex=True, sharey=True, squeeze=False
    )
    for axes, (name, points) in zip(places.flat, lines.items()):
        _panel(axes, name, points, blind, most)
    for axes in places.flat[len(lines) :]:
        axes.set_axis_off()
    for axes in places[-1]:
        axes.set_xlabel("columns apart", fontsize=10)
    for axes in places[:, 0]:
        axes.set_ylabel("right, %", fontsize=10)
    return Figure(figure, alt)


def _panel(axes, name, points, blind, most):
    at = [distance for distance, _ in points]
    means = [found.mean for _, found in points]
    sides = [
        [found.mean - found.low for _, found in points],
        [found.high - found.mean for _, found in points],
    ]
    hue = LIGHT["soft" if name in ("plain", "deeper") else "blue"]
    axes.axvspan(blind, max(at) + 2, color=LIGHT["line"], alpha=0.35, lw=0)
    axes.axhline(most, color=LIGHT["orange"], linewidth=1, linestyle="--")
    look = {"marker": "o", "markersize": 4, "capsize": 2, "linewidth": 1.6}
    axes.errorbar(at, means, sides, color=hue, **look)
    axes.set(xlim=(min(at) - 2, max(at) + 2), ylim=(40, 104))
    axes.set_xticks(at)
    axes.set_yticks([50, most, 100])
    axes.set_title(name, fontsize=10.5, pad=3)
