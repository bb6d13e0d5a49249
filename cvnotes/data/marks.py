"""Small shapes, stamped into pictures at places and in colours by chance."""

import torch
from jaxtyping import Int64
from torch import Generator, Tensor

from cvnotes.shapes import Maps

Shape = Int64[Tensor, "b"]
SIDE = 32

# Nine of 5×5 pixels each, so that no shape is brighter than another.
SHAPES = {
    "plus": ("..#..", "..#..", "#####", "..#..", "..#.."),
    "cross": ("#...#", ".#.#.", "..#..", ".#.#.", "#...#"),
    "block": (".....", ".###.", ".###.", ".###.", "....."),
    "corner": ("#....", "#....", "#....", "#....", "#####"),
}
MARKS = torch.stack(
    [
        torch.tensor([[dot == "#" for dot in row] for row in rows])
        for rows in SHAPES.values()
    ]
).float()


def _colours(n, random):
    """How a mark differs from its ground: ±60 in each channel."""
    signs = torch.randint(2, (n, 3, 1, 1), generator=random)
    return 60.0 * (2 * signs - 1)


def stamp(pictures: Maps, shape: Shape, columns: range, random: Generator):
    """Add a mark of each number's shape, somewhere in these columns."""
    n = len(pictures)
    row = torch.randint(SIDE - 4, (n, 1, 1), generator=random)
    column = torch.randint(
        columns.start, columns.stop - 4, (n, 1, 1), generator=random
    )
    five = torch.arange(5)
    layer = torch.zeros(n, SIDE, SIDE)
    where = torch.arange(n).view(n, 1, 1)
    layer[where, row + five[:, None], column + five] = MARKS[shape]
    pictures += layer[:, None] * _colours(n, random)
