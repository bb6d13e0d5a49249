"""A few designs side by side: each seed a dot, the mean with its interval."""

from cvnotes.experiments.interval import interval
from cvnotes.palette import LIGHT
from cvnotes.plots import Figure, canvas, styled

HUES = ("orange", "blue", "soft")


@styled
def bars(panels: dict[str, dict[str, list[float]]], alt: str) -> Figure:
    """A panel for each quantity, a line for each design, its name once."""
    figure = canvas(4.8, 2.4)[0]
    figure.clear()
    places = figure.subplots(1, len(panels), sharey=True)
    for axes, (label, designs) in zip(places, panels.items()):
        for row, (values, hue) in enumerate(zip(designs.values(), HUES)):
            _row(axes, row, values, LIGHT[hue])
        axes.set_xlabel(label)
        axes.set_yticks(range(len(designs)), designs)
        axes.tick_params(axis="y", length=0)
        axes.margins(x=0.08, y=0.3)
    places[0].invert_yaxis()
    return Figure(figure, alt)


def _row(axes, row, values, hue):
    found = interval(values)
    axes.plot([found.low, found.high], [row, row], color=hue, linewidth=2)
    axes.plot(found.mean, row, "o", color=hue, markersize=7)
    axes.plot(values, [row + 0.22] * len(values), "|", color=hue, alpha=0.7)
