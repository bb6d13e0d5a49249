"""Small panels side by side: gradients by depth, triangles by block."""

from matplotlib.patches import Rectangle
from matplotlib.ticker import MultipleLocator

from cvnotes.experiments.figures import HUES
from cvnotes.palette import LIGHT
from cvnotes.plots import Figure, canvas, styled

WIDE = 4.5  # inches: on a phone the texts stay legible


@styled
def flows(
    panels: dict[tuple[str, bool], dict[int, list[float]]], alt: str
) -> Figure:
    """How much of the gradient each layer gets, in powers of ten.

    A panel for each design, with normalisation above and without below; in
    it a line for each depth, from the first layer to the last.
    """
    designs = list(dict.fromkeys(design for design, _ in panels))
    figure = canvas(WIDE, 4.6)[0]
    figure.clear()
    figure.get_layout_engine().set(hspace=0.09)
    places = figure.subplots(
        2, len(designs), sharex=True, sharey=True, squeeze=False
    )
    for (design, norm), lines in panels.items():
        axes = places[int(not norm)][designs.index(design)]
        _fan(axes, lines, HUES[design])
        axes.set_title(design if norm else "", fontsize=10.5, pad=3)
    for axes, norm in zip(places[:, 0], ("normalised", "not normalised")):
        axes.set_ylabel(f"{norm}\npowers of ten", fontsize=10)
    for axes in places[-1]:
        axes.set_xticks([0, 1], ["first", "last"], fontsize=10)
    places[-1][len(designs) // 2].set_xlabel("layer", fontsize=10)
    return Figure(figure, alt)


def _fan(axes, lines, hue):
    """One line a depth, the deepest the strongest; its depth beside it."""
    starts = []
    for i, (depth, powers) in enumerate(sorted(lines.items()), start=1):
        at = [place / (len(powers) - 1) for place in range(len(powers))]
        strength = i / len(lines)
        axes.plot(at, powers, color=hue, alpha=strength, linewidth=1.4)
        starts.append((powers[0], str(depth)))
    look = {"ha": "right", "va": "center", "fontsize": 10}
    for height, text in _apart(starts):
        axes.text(-0.06, height, text, **look)
    axes.hlines(0, 0, 1, color=LIGHT["line"], linewidth=0.8, zorder=0)
    axes.set_xlim(-0.75, 1.02)
    axes.yaxis.set_major_locator(MultipleLocator(5))
    axes.yaxis.set_major_formatter(
        lambda power, _: f"{power:+.0f}".replace("-", "−") if power else "0"
    )
    axes.spines["left"].set_visible(False)
    axes.tick_params(length=0, labelsize=10)


def _apart(starts, room=1.7):
    """Where each line's name stands: beside its start, none on another.

    Lines that all start together need no names of their own.
    """
    heights = [height for height, _ in starts]
    if max(heights) - min(heights) < room:
        return [(sum(heights) / len(heights), "all")]
    placed, below = [], float("-inf")
    for height, text in sorted(starts):
        below = max(height, below + room)
        placed.append((below, text))
    return placed


@styled
def triangles(
    rows: dict[str, list[tuple]], hues: dict[str, str], alt: str
) -> Figure:
    """A row of triangles for each quantity, one triangle for each block.

    ``rows[quantity]`` lists (block, reader, source, shade), and a square
    has as much of ``hues[quantity]`` as its shade says, 0 to 1.
    """
    blocks = sorted({square[0] for square in next(iter(rows.values()))})
    figure = canvas(WIDE, 1.55 * len(rows) + 0.3)[0]
    figure.clear()
    places = figure.subplots(len(rows), len(blocks), squeeze=False)
    for line, (quantity, squares) in zip(places, rows.items()):
        for axes, block in zip(line, blocks):
            its = [s[1:] for s in squares if s[0] == block]
            _triangle(axes, its, hues[quantity])
        line[0].set_ylabel(f"{quantity}\nsource", fontsize=10)
    for axes, block in zip(places[0], blocks):
        axes.set_title(f"block {block}", fontsize=10.5)
    for axes in places[-1]:
        axes.set_xlabel("reader", fontsize=10)
    return Figure(figure, alt)


def _triangle(axes, squares, hue):
    behind = max(reader for reader, _, _ in squares)
    for reader, source, shade in squares:
        square = Rectangle((reader - 0.48, source - 0.48), 0.96, 0.96)
        # Opacity, so that the page's own paper shows through.
        square.set(
            facecolor=(LIGHT[hue], max(0, shade)),
            edgecolor=LIGHT["line"],
            linewidth=0.5,
        )
        axes.add_patch(square)
    axes.set(
        xlim=(0.4, behind + 0.6), ylim=(behind - 0.4, -0.6), aspect="equal"
    )
    axes.set_xticks([1, behind], ["1", "end"], fontsize=10)
    axes.set_yticks([0, behind - 1], ["$x_0$", str(behind - 1)], fontsize=10)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0)
