"""Accuracy beside its two prices: multiply-adds and time."""

from matplotlib.ticker import NullLocator

from cvnotes.palette import LIGHT
from cvnotes.plots import Figure, canvas, styled

HUES = ("soft", "green", "orange", "purple", "ochre", "blue")
MARKS = ("o", "s", "^", "v", "D", "P")
WIDE = 4.8  # inches: on a phone the texts stay legible


@styled
def trade(lines: dict[str, list[tuple]], alt: str) -> Figure:
    """A line for each name of (multiply-adds, µs, interval in percent).

    The same height in both panels; the names stand once, below.
    """
    figure = canvas(WIDE, 4.2)[0]
    figure.clear()
    places = figure.subplots(1, 2, sharey=True)
    for (name, spots), hue, mark in zip(lines.items(), HUES, MARKS):
        heights = [found for *_, found in spots]
        for axes, price in zip(places, zip(*(spot[:2] for spot in spots))):
            _line(axes, price, heights, LIGHT[hue], mark, name)
    for axes, label in zip(places, ("multiply-adds", "µs for a picture")):
        axes.set(xscale="log", xlabel=label)
        axes.xaxis.set_minor_locator(NullLocator())
        axes.margins(x=0.12)
    places[0].set_ylabel("test accuracy, %")
    figure.legend(
        *places[0].get_legend_handles_labels(),
        loc="outside lower center",
        ncols=2,
        frameon=False,
        fontsize=9,
        labelcolor="linecolor",
    )
    return Figure(figure, alt)


def _line(axes, price, heights, hue, mark, name):
    means = [found.mean for found in heights]
    bars = [
        [found.mean - found.low for found in heights],
        [found.high - found.mean for found in heights],
    ]
    look = {"marker": mark, "markersize": 4.5, "capsize": 2}
    axes.errorbar(
        price, means, bars, color=hue, linewidth=1.4, label=name, **look
    )
