"""Move a digit about; the class maps of a small trained net follow it."""

from pathlib import Path

import numpy as np
import traitlets

from cvnotes.widgets.kit import Widget, script, style

# Made by `python -m cvnotes.experiments.class_maps`; what is not the net's
# own starts with a letter that no layer's name starts with.
FILE = np.load(Path(__file__).with_suffix(".npz"))
EXAMPLES = FILE["_examples"]
NAMES = [name for name in FILE.files if name[0] != "_"]


def _weights():
    """The net's numbers in their order, two bytes each, low byte first."""
    return b"".join(FILE[name].astype("<f2").tobytes() for name in NAMES)


def _plan():
    """What the script must know to find its way in them."""
    return {
        "layers": [list(FILE[name].shape[:3]) for name in NAMES],
        "labels": FILE["_labels"].tolist(),
        "numbers": FILE["_numbers"].tolist(),
        "right": FILE["_right"].tolist(),
        "sides": FILE["_sides"].tolist(),
    }


class ClassMaps(Widget):
    """A net that ends in global average pooling, and what it looks at.

    ``digit`` counts the digits to choose from, from 1. Its upper left
    corner stands in column ``x`` and row ``y`` of an empty canvas, ``side``
    points wide and high, as far as there is room. ``second`` is empty, or
    another digit with its place: (digit, x, y).

    >>> ClassMaps(digit=4, second=(18, 0, 12))
    ClassMaps(digit=4, second=(18, 0, 12))
    """

    _esm = script(__file__)
    _css = style(__file__)

    digit = traitlets.Int(4, min=1, max=len(EXAMPLES)).tag(sync=True)
    x = traitlets.Int(10, min=0, max=20).tag(sync=True)
    y = traitlets.Int(2, min=0, max=20).tag(sync=True)
    side = traitlets.Int(20, min=12, max=28).tag(sync=True, step=2)
    second = traitlets.Tuple(()).tag(sync=True)

    _weights = traitlets.Bytes(_weights()).tag(sync=True)
    _examples = traitlets.Bytes(EXAMPLES.tobytes()).tag(sync=True)
    _plan = traitlets.Dict(_plan()).tag(sync=True)

    @traitlets.validate("side")
    def _check_side(self, proposal):
        if proposal.value % 2:
            raise traitlets.TraitError(
                f"side={proposal.value} has no half; use 12, 14, 16 … 28"
            )
        return proposal.value

    @traitlets.validate("second")
    def _check_second(self, proposal):
        second, last = proposal.value, len(EXAMPLES)
        whole = all(type(n) is int and n >= 0 for n in second)
        fits = len(second) == 3 and 1 <= second[0] <= last
        if second and not (whole and fits and max(second[1:]) <= 20):
            raise traitlets.TraitError(
                f"second={second!r} is no digit at a place; use (), or "
                f"(digit, x, y) with digit 1 to {last}, x and y 0 to 20"
            )
        return second
