"""What one channel says to others, and how few patterns that takes."""

from collections.abc import Sequence

import numpy as np
from matplotlib.patches import Rectangle

from cvnotes.palette import LIGHT
from cvnotes.plots.figure import Figure, canvas, styled

HUES = ("soft", "blue", "orange")


@styled
def patterns(rows: dict[str, Sequence]) -> Figure:
    """The k×k kernels from one input channel to some outputs, row by row.

    Orange adds and blue subtracts, the stronger the more; each row is
    drawn to its own strongest weight.
    """
    figure, axes = canvas(4.8, 0.54 * len(rows) + 0.1)
    for row, (name, kernels) in enumerate(rows.items()):
        kernels = np.asarray(kernels)
        strongest = np.abs(kernels).max()
        for column, kernel in enumerate(kernels):
            _kernel(axes, kernel / strongest, column, row)
        axes.text(-0.15, row + 0.42, name, ha="right", va="center")
    most = max(map(len, rows.values()))
    axes.set(xlim=(-1.6, most), ylim=(len(rows), -0.1), aspect="equal")
    axes.axis("off")
    names = " and ".join(rows)
    return Figure(
        figure,
        f"Kernels from one input channel to {most} outputs, {names}: in the "
        "last row all are one pattern, stronger or weaker or turned round",
    )


def _kernel(axes, kernel, left, top):
    side = 0.84 / len(kernel)
    for y, x in np.ndindex(kernel.shape):
        weight = kernel[y, x]
        hue = LIGHT["orange" if weight > 0 else "blue"]
        place = (left + side * x, top + side * y)
        square = Rectangle(place, side, side)
        # Opacity, so that the page's own paper shows through.
        square.set(
            facecolor=(hue, abs(float(weight))),
            edgecolor=LIGHT["line"],
            linewidth=0.5,
        )
        axes.add_patch(square)


@styled
def energies(lines: dict[str, Sequence], wanted: float = 0.99) -> Figure:
    """The share of a kernel that 1, 2, 3 … separable terms keep."""
    figure, axes = canvas(4.8, 3.0)
    for (name, shares), hue in zip(lines.items(), HUES):
        terms = range(1, len(shares) + 1)
        look = {"marker": "o", "markersize": 4, "linewidth": 1.6}
        axes.plot(
            terms, np.asarray(shares), label=name, color=LIGHT[hue], **look
        )
    axes.axhline(wanted, color=LIGHT["line"], linewidth=1, zorder=0)
    axes.text(1, wanted, f"{100 * wanted:.0f} %", va="bottom")
    axes.set(xlabel="terms", ylabel="energy kept", ylim=(0, 1.08))
    axes.set_yticks([0, 0.5, 1], ["0", "50 %", "100 %"])
    axes.legend(frameon=False, labelcolor="linecolor", loc="lower right")
    first = ", ".join(f"{n}: {float(s[0]):.0%}" for n, s in lines.items())
    return Figure(figure, f"Energy kept by the number of terms. One: {first}")
