"""Small pictures put down somewhere on an empty canvas."""

from collections.abc import Callable

import torch
from torch import Tensor

from cvnotes.data import Pictures

# Columns of a canvas twice as wide as the picture, as shares of its width:
# those where one stood in training, and those where none stood.
SEEN, NEW = (0.0, 0.375), (0.625, 1.0)

Where = Callable[[Tensor], Tensor]


def put(canvases: Tensor, pictures: Tensor, rows: Tensor, columns: Tensor):
    """Put each picture on its canvas, its upper left corner there."""
    height, width = pictures.shape[2:]
    for i, (y, x) in enumerate(zip(rows.tolist(), columns.tolist())):
        canvases[i, :, y : y + height, x : x + width] = pictures[i]


def drawn(count: int, low: int, high: int, random) -> Tensor:
    """``count`` whole numbers from ``low`` to ``high``, both among them."""
    return torch.randint(low, high + 1, (count,), generator=random)


def placed(
    pictures: Pictures, columns: tuple[float, float], seed: int
) -> Pictures:
    """Each alone on a canvas of twice its size, at a place of its own.

    Its left edge lies between these shares of its width from the canvas's.
    Paper is 0, and the most ink is 1.

    >>> from cvnotes.data import digits
    >>> placed(digits("test", images=10), SEEN, seed=0).shape
    (1, 16, 16)
    """
    kept, side = pictures.kept, pictures.shape[-1]
    random = torch.Generator().manual_seed(seed)
    low, high = (round(share * side) for share in columns)
    on = kept.new_zeros(len(kept), kept.shape[1], 2 * side, 2 * side)
    rows = drawn(len(kept), 0, side, random)
    put(on, kept, rows, drawn(len(kept), low, high, random))
    return Pictures(on, pictures.labels, pictures.classes, *scale(pictures))


def scale(pictures: Pictures):
    """The mean and the spread that make paper 0 and the most ink 1."""
    return (0.0,), (max(1.0, float(pictures.kept.max())),)


def pairs(pictures: Pictures, seed: int) -> tuple[Tensor, Tensor, Tensor]:
    """Canvases with two pictures each, of different classes, side by side.

    Three times a picture's size. Gives the canvases (b c h w), the classes
    of the left and the right one (b 2), and in which column of the canvas
    each begins (b 2).
    """
    random = torch.Generator().manual_seed(seed)
    kept, labels, side = pictures.kept, pictures.labels, pictures.shape[-1]
    other = torch.randperm(len(kept), generator=random)
    apart = labels != labels[other]
    left, right = kept[apart], kept[other][apart]
    count = len(left)
    on = kept.new_zeros(count, kept.shape[1], 3 * side, 3 * side)
    begins = drawn(count, 0, side // 2, random)
    ends = drawn(count, 3 * side // 2, 2 * side, random)
    for digits, columns in ((left, begins), (right, ends)):
        put(on, digits, drawn(count, 0, 2 * side, random), columns)
    both = torch.stack([labels[apart], labels[other][apart]], 1)
    most = scale(pictures)[1][0]
    return on / most, both, torch.stack([begins, ends], 1)
