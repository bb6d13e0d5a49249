"""Small marks, put into pictures at places that chance chooses."""

import torch
from jaxtyping import Float, Int64
from torch import Generator, Tensor

from cvnotes.shapes import Maps

Shapes = Int64[Tensor, "b"]
Colours = Float[Tensor, "b 3"]
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


BLUE_OR_AMBER = torch.tensor([[-60.0, -10.0, 70.0], [60.0, 10.0, -70.0]])


def any_colours(n: int, random: Generator) -> Colours:
    """60 more or less in each channel: eight colours, by chance."""
    return 60.0 * (2 * torch.randint(2, (n, 3), generator=random) - 1)


def stamp(
    pictures: Maps,
    shapes: Shapes,
    colours: Colours,
    columns: range,
    random: Generator,
):
    """Add to each picture a mark, in any row and in some of these columns."""
    n = len(pictures)
    row = torch.randint(SIDE - 4, (n, 1, 1), generator=random)
    column = torch.randint(
        columns.start, columns.stop - 4, (n, 1, 1), generator=random
    )
    five = torch.arange(5)
    layer = torch.zeros(n, SIDE, SIDE)
    where = torch.arange(n).view(n, 1, 1)
    layer[where, row + five[:, None], column + five] = MARKS[shapes]
    pictures += layer[:, None] * colours[..., None, None]
