"""Photographs side by side, and how many directions their channels have."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.ticker import FixedLocator

from cvnotes.palette import LIGHT
from cvnotes.plots.figure import Canvas, Figure, canvas, styled

NOTHING = 1e-12  # of the longest: what a computer leaves of a zero
FLOOR = -5.0  # the power of ten that stands for 0
LOWS = FLOOR, FLOOR - 0.15  # one below the other where both have zeros


@styled
def gallery(
    pictures: Mapping[str, np.ndarray],
    kind: str = "Photographs",
    stacked: bool = False,
) -> Figure:
    """Pictures in a row, each with what is said of it.

    They are h w 3, bytes or numbers from 0 to 1; what is beyond is cut. A
    fourth number says how far one hides the page.
    ``kind`` says what they are to those who do not see them. Wide ones are
    ``stacked``, one below the other.
    """
    count, high = len(pictures), 4.4 / len(pictures)
    if stacked:
        sides = (picture.shape for picture in pictures.values())
        high = sum(5.4 * h / w + 0.4 for h, w, _ in sides)
    grid = (count, 1) if stacked else (1, count)
    figure = Canvas(figsize=(5.4, high), layout="constrained")
    for place, (said, picture) in enumerate(pictures.items(), start=1):
        axes = figure.add_subplot(*grid, place)
        light = picture if picture.dtype == np.uint8 else 255 * picture
        axes.imshow(np.rint(light).clip(0, 255).astype(np.uint8))
        axes.set_title(said, fontsize=11.5, color=LIGHT["ink"])
        axes.axis("off")
    return Figure(figure, f"{kind}: {', '.join(pictures)}")


@styled
def singular_values(series: Mapping[str, Sequence[int | float]]) -> Figure:
    """How far maps reach in each of their directions, longest first.

    What is nothing beside the longest is drawn at the bottom, as 0: the
    others are the rank.
    """
    figure, axes = canvas(4.5, 2.8)
    hues = LIGHT["orange"], LIGHT["blue"]
    said = [
        f"{name}: {_dots(axes, hue, low, name, values)} of {len(values)} "
        "above 0"
        for hue, low, (name, values) in zip(hues, LOWS, series.items())
    ]
    axes.yaxis.set_major_locator(FixedLocator([FLOOR, -3, -2, -1, 0]))
    axes.set_yticklabels(["0", "0.001", "0.01", "0.1", "1"])
    axes.set(xlabel="direction", ylim=(FLOOR - 0.4, 0.2))
    axes.set_title("length, the longest as 1", loc="left", fontsize=10)
    return Figure(figure, f"Singular values. {'; '.join(said)}")


def _dots(axes, hue, low, name, values):
    """Draw one of the series, and count what is there."""
    scaled = np.asarray(values) / max(values)
    there = scaled > NOTHING
    rank, last = there.sum(), len(scaled)
    heights = np.where(there, np.log10(scaled.clip(NOTHING)), low)
    axes.scatter(range(1, last + 1), heights, 14, color=hue, clip_on=False)
    # On the mark: where the dots that count come to an end.
    place, height = rank + 1, heights[rank - 1]
    axes.text(place, height, f"{name}: rank {rank}", color=hue, va="bottom")
    return rank
