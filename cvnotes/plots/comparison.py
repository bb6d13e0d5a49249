"""Blocks beside each other: how far ahead, and how fast their price grows."""

from collections.abc import Sequence

from matplotlib.ticker import MaxNLocator, NullLocator

from cvnotes.palette import LIGHT
from cvnotes.plots.figure import Figure, canvas, styled

WIDE = 4.8  # inches: on a phone the texts stay legible
RIVAL_HUES = ("blue", "orange")
HUES = ("soft", "green", "orange", "purple", "ochre", "blue")
MARKS = ("o", "s", "^", "v", "D", "P")


@styled
def gains(panels: dict[str, dict[str, dict[str, tuple]]]) -> Figure:
    """Points ahead: a panel a task, a hue a rival, a row a block.

    ``panels[task][rival][block]`` is a pair of intervals with ``mean``,
    ``low`` and ``high``: the usual one, thick, and the corrected one, thin.
    """
    figure = canvas(WIDE, 3.6)[0]
    figure.clear()
    places = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0]
    for axes, (task, rivals) in zip(places, panels.items()):
        for turn, ((rival, blocks), hue) in enumerate(
            zip(rivals.items(), RIVAL_HUES)
        ):
            for row, pair in enumerate(blocks.values()):
                label = f"against “{rival}”" if row == 0 else None
                _bar(axes, row + 0.3 * turn - 0.15, pair, LIGHT[hue], label)
        axes.axvline(0, color=LIGHT["stone"], linewidth=1, zorder=0)
        axes.set_title(task, fontsize=10)
        axes.xaxis.set_major_locator(MaxNLocator(4))
    rows = list(next(iter(next(iter(panels.values())).values())))
    places[0].set_yticks(range(len(rows)), rows)
    places[0].set_ylim(len(rows) - 0.5, -0.5)
    places[len(places) // 2].set_xlabel("percentage points ahead")
    _names_below(figure, places[0])
    return Figure(
        figure,
        "How far each block is ahead of the net without it and of a deeper "
        f"net, on {', '.join(panels)}, with intervals",
    )


def _bar(axes, height, pair, hue, label):
    usual, wide = pair
    line = {"color": hue, "solid_capstyle": "round"}
    axes.plot([wide.low, wide.high], [height] * 2, linewidth=1, **line)
    axes.plot([usual.low, usual.high], [height] * 2, linewidth=3.2, **line)
    axes.plot(
        [usual.mean],
        [height],
        "o",
        color=hue,
        markersize=5,
        markeredgecolor=LIGHT["paper"],
        label=label,
    )


def _names_below(figure, axes):
    figure.legend(
        *axes.get_legend_handles_labels(),
        loc="outside lower center",
        ncols=2,
        frameon=False,
        fontsize=10.5,
        labelcolor="linecolor",
    )


@styled
def growth(
    sides: Sequence[int], lines: dict[str, Sequence[float]], what: str
) -> Figure:
    """A price against the side of the maps; both axes count in factors."""
    figure, axes = canvas(WIDE, 3.4)
    for (name, prices), hue, mark in zip(lines.items(), HUES, MARKS):
        look = {"marker": mark, "markersize": 4.5, "linewidth": 1.6}
        axes.plot(sides, prices, color=LIGHT[hue], label=name, **look)
    axes.set(xscale="log", yscale="log", ylabel=what)
    axes.set_xlabel("side of the maps")
    axes.set_xticks(sides, [f"{side}" for side in sides])
    axes.xaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(lambda y, _: f"{y:,.10g}")
    _names_below(figure, axes)
    return Figure(
        figure, f"{what} against the side of the maps: {', '.join(lines)}"
    )
