"""How much of the picture a place can see: its receptive field.

A layer with kernel k, stride s and padding p reads k places of the layer
below, which stand ``jump`` pixels apart. So, layer by layer,

    size ← size + (k − 1) · jump
    first ← first + ((k − 1) / 2 − p) · jump
    jump ← jump · s

Along one axis; a square kernel does the same along the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cvnotes.cost.counting import at_least_one


@dataclass(frozen=True)
class Field:
    """What a place sees, in pixels, along one axis.

    ``size`` is how many pixels, ``jump`` how far the field moves from one
    place to the next, ``first`` where that of place 0 has its centre. The
    middle of the first pixel is 0.
    """

    size: int
    jump: int
    first: int | float

    def span(self, place: int, pixels: int | None = None):
        """The first pixel that ``place`` sees, and the one past the last.

        ``pixels`` is the picture's side: what hangs over it is cut off,
        since there is padding and nothing to be seen.

        >>> receptive_field([(3, 1, 1)]).span(0)
        (-1, 2)
        >>> receptive_field([(3, 1, 1)]).span(0, pixels=8)
        (0, 2)
        """
        low = round(self.first + place * self.jump - (self.size - 1) / 2)
        high = low + self.size
        if pixels is None:
            return low, high
        at_least_one(pixels=pixels)
        return min(max(low, 0), pixels), max(0, min(high, pixels))


def receptive_field(layers: Sequence[tuple[int, int, int]]) -> Field:
    """The field of a place behind these layers: (kernel, stride, padding).

    Convolutions and poolings count alike. Where paths of different length
    meet, as behind a shortcut, it is that of the longest.

    >>> receptive_field([(7, 2, 3), (3, 2, 1)])
    Field(size=11, jump=4, first=0.0)
    """
    size, jump, first = 1, 1, 0.0
    for kernel, stride, padding in layers:
        at_least_one(kernel=kernel, stride=stride)
        if padding < 0:
            raise ValueError(f"padding={padding} cuts maps; use 0 or more")
        size += (kernel - 1) * jump
        first += ((kernel - 1) / 2 - padding) * jump
        jump *= stride
    return Field(size, jump, first)


def overlap(one: Sequence[tuple[int, int]], other) -> float:
    """Intersection over union of two boxes: a span along each axis.

    >>> overlap([(0, 4), (0, 4)], [(2, 6), (0, 4)]) == 8 / 24
    True
    """
    shared = _area(_both(one, other))
    return shared / ((_area(one) + _area(other) - shared) or 1)


def inside(one: Sequence[tuple[int, int]], other) -> float:
    """Which part of the smaller box lies in the other: 1 is all of it.

    >>> inside([(0, 9), (0, 9)], [(2, 4), (2, 4)])
    1.0
    """
    return _area(_both(one, other)) / (min(_area(one), _area(other)) or 1)


def _both(one, other):
    return [
        (max(a, c), max(a, c, min(b, d)))
        for (a, b), (c, d) in zip(one, other, strict=True)
    ]


def _area(box):
    (top, bottom), (left, right) = box
    return (bottom - top) * (right - left)
