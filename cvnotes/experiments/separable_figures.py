"""Accuracy beside its two prices: multiply-adds and time."""

from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from cvnotes.palette import LIGHT
from cvnotes.plots import Figure, canvas, styled

HUES = ("soft", "green", "orange", "purple", "ochre", "blue")
MARKS = ("o", "s", "^", "v", "D", "P")
SIZE = (4.4, 6.2)  # inches: on a phone the texts stay legible
APART = 1.035  # nets of as many multiply-adds stand so far beside each other


@styled
def trade(lines: dict[str, list[tuple]], alt: str) -> Figure:
    """For each name, (multiply-adds, µs, interval in percent) by width.

    Accuracy over each price; a wider net has a larger mark, and the names
    stand once, below. Only multiply-adds grow with the width, so only
    there a line joins the marks.
    """
    figure = canvas(*SIZE)[0]
    figure.clear()
    places = figure.subplots(2, 1, sharey=True)
    for i, (name, spots) in enumerate(lines.items()):
        shift = APART ** (i - (len(lines) - 1) / 2)
        look = {"color": LIGHT[HUES[i]], "marker": MARKS[i]}
        work, time, heights = zip(*spots)
        work = [shift * macs for macs in work]
        for axes, at in zip(places, (work, time)):
            _marks(axes, at, heights, look, name)
        means = [found.mean for found in heights]
        places[0].plot(work, means, color=LIGHT[HUES[i]], linewidth=1.2)
    for axes, label in zip(places, ("multiply-adds", "µs for a picture")):
        _priced(axes, label)
    figure.legend(
        *places[0].get_legend_handles_labels(),
        loc="outside lower center",
        ncols=2,
        frameon=False,
        labelcolor="linecolor",
    )
    return Figure(figure, alt)


def _marks(axes, at, heights, look, name):
    """A mark for each net, larger the wider, over a light whisker."""
    hue = {"color": look["color"], "zorder": 1}
    low, high = zip(*((found.low, found.high) for found in heights))
    axes.vlines(at, low, high, linewidth=1.2, alpha=0.45, **hue)
    for i, (x, found) in enumerate(zip(at, heights)):
        label = name if i == len(at) - 1 else None
        look |= {"markersize": 4 + 1.5 * i, "linestyle": "", "label": label}
        axes.plot(x, found.mean, **look)


def _priced(axes, label):
    """Numbers that are read as they stand, in factors of 2 to 2.5."""
    axes.set(xscale="log", xlabel=f"{label} (larger marks: wider nets)")
    axes.set_ylabel("test accuracy, %")
    axes.margins(x=0.06)
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.xaxis.set_major_formatter(FuncFormatter(_plain))
    axes.xaxis.set_minor_locator(NullLocator())


def _plain(number, _):
    for size, unit in ((1e9, " G"), (1e6, " M"), (1e3, " k")):
        if number >= size:
            return f"{number / size:g}{unit}"
    return f"{number:g}"
