"""Eight filters, and what they answer to a photograph: numpy alone.

Each answer is cut below zero, as a ReLU does, and has its own strength:
no map is stretched to reach one.
"""

import numpy as np

from cvnotes import pictures

SIDE = 72  # columns of a map
SIZE = (48, SIDE)
FILTERS = (
    "verticals",
    "horizontals",
    "diagonals",
    "red",
    "green",
    "blue",
    "glints",
    "haze",
)


def answers(picture: str) -> np.ndarray:
    """The eight maps of a photograph as bytes, 8 h w; 255 stands for one.

    >>> answers("flower").shape
    (8, 48, 72)
    """
    colours = pictures.photograph(picture, side=SIDE) / 255
    red, green, blue = np.moveaxis(colours, 2, 0)
    light = colours @ (0.299, 0.587, 0.114)
    across, down = np.gradient(_blur(light, 0.6), axis=(1, 0))
    straight = np.maximum(np.abs(across), np.abs(down))
    slanted = (np.abs(across) + np.abs(down)) / 2
    found = (
        4 * (np.abs(across) - np.abs(down) / 2),
        4 * (np.abs(down) - np.abs(across) / 2),
        6 * (2 * slanted - straight - 0.35 * straight),
        2 * (red - np.maximum(green, blue)),
        2 * (green - np.maximum(red, blue)),
        2 * (blue - np.maximum(red, green)),
        9 * (light - _blur(light, 1.5) - 0.11),
        0.45 * _blur(light, 2.5),
    )
    return (255 * np.clip(found, 0, 1)).round().astype(np.uint8)


def _blur(values, deviation):
    """A Gaussian's mean around each place; the border is continued."""
    reach = int(3 * deviation) + 1
    bell = np.exp(-(np.arange(-reach, reach + 1) ** 2) / 2 / deviation**2)
    for axis in (0, 1):
        wide = [(0, 0), (0, 0)]
        wide[axis] = (reach, reach)
        padded = np.pad(values, wide, mode="edge")
        values = np.apply_along_axis(
            np.convolve, axis, padded, bell / bell.sum(), "valid"
        )
    return values
