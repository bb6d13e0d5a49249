"""Two real photographs, small, that come along: no download, numpy alone.

They are scikit-learn's sample images, under Creative Commons Attribution
2.0, which asks to name who made them, the licence, and what was changed:
print ``credit(name)`` wherever a reader sees one.
"""

from functools import cache
from numbers import Integral
from pathlib import Path

import numpy as np

from cvnotes.pictures.licence import CREDITS, Credit, credit
from cvnotes.pictures.shrink import shrunk

__all__ = ["CREDITS", "NAMES", "WIDEST", "Credit", "credit", "photograph"]

NAMES = tuple(CREDITS)
WIDEST = 192  # pixels


def photograph(name: str, side: int = WIDEST) -> np.ndarray:
    """A photograph as bytes, h w 3, red, green and blue from 0 to 255.

    ``side`` is its width in pixels; height is two thirds of it. A smaller
    one is averaged over areas, never cut.

    >>> photograph("flower").shape, photograph("china", side=96).shape
    ((128, 192, 3), (64, 96, 3))
    >>> photograph("dog")
    Traceback (most recent call last):
    ValueError: name='dog' is no photograph here; there are flower, china
    """
    credit(name)  # which refuses a name that is not here
    if not isinstance(side, Integral) or not 3 <= side <= WIDEST:
        raise ValueError(
            f"side={side} is no width that a photograph has here; use a "
            f"whole number of pixels from 3 to {WIDEST}"
        )
    kept = _kept(name)
    if side == WIDEST:
        return kept.copy()
    return shrunk(kept, (round(side * 2 / 3), side))


@cache
def _kept(name):
    # Channel by channel it packs smaller than pixel by pixel.
    with np.load(Path(__file__).with_name(f"{name}.npz")) as file:
        return np.ascontiguousarray(file["channels"].transpose(1, 2, 0))
