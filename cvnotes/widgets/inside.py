"""Draw a digit; watch every layer of a small trained DenseNet look at it."""

from pathlib import Path

import numpy as np
import traitlets

from cvnotes.widgets.kit import Widget, script, style

# Made by `python -m cvnotes.experiments.inside`; what is not the net's own
# starts with a letter that no layer's name starts with.
FILE = np.load(Path(__file__).with_suffix(".npz"))
EXAMPLES = FILE["_examples"]


def _weights():
    """The net's numbers in their order, two bytes each, low byte first."""
    names = [name for name in FILE.files if name[0] != "_"]
    return b"".join(FILE[name].astype("<f2").tobytes() for name in names)


def _plan():
    """What the script must know to find its way in them."""
    growth, *blocks = FILE["_plan"].tolist()
    mean, std, unsure = FILE["_scale"].tolist()
    return {
        "growth": growth,
        "blocks": blocks,
        "mean": mean,
        "std": std,
        "unsure": unsure,
        "labels": FILE["_labels"].tolist(),
        "numbers": FILE["_numbers"].tolist(),
    }


class InsideDenseNet(Widget):
    """A DenseNet-BC that looks at what you draw, layer by layer.

    ``drawing`` holds the 8×8 numbers that the net is given, row by row, each
    0 to 16: what the reader drew, or what is to be looked at. The layers
    in ``off``, counted from 1 through both blocks, make zeros. ``look``
    is the map that is followed, counted in the order they are made.

    >>> InsideDenseNet(off=(2,), look=9)
    InsideDenseNet(off=(2,), look=9)
    >>> InsideDenseNet(off=(7,))
    Traceback (most recent call last):
    traitlets.traitlets.TraitError: off=(7,) names no layer; there are 1 to 6
    """

    _esm = script(__file__)
    _css = style(__file__)

    drawing = traitlets.Tuple(tuple(EXAMPLES[0].tolist())).tag(
        sync=True, min=0, max=16, most=64
    )
    off = traitlets.Tuple(()).tag(sync=True)
    look = traitlets.Int(10, min=1, max=42).tag(sync=True)

    _weights = traitlets.Bytes(_weights()).tag(sync=True)
    _examples = traitlets.Bytes(EXAMPLES.tobytes()).tag(sync=True)
    _plan = traitlets.Dict(_plan()).tag(sync=True)

    @traitlets.validate("drawing")
    def _check_drawing(self, proposal):
        drawing = proposal.value
        fits = all(type(n) is int and 0 <= n <= 16 for n in drawing)
        if len(drawing) != 64 or not fits:
            raise traitlets.TraitError(
                f"drawing={drawing!r} is no picture; give 64 whole numbers, "
                "8 rows of 8, each from 0 (paper) to 16 (ink)"
            )
        return drawing

    @traitlets.validate("off")
    def _check_off(self, proposal):
        off, last = proposal.value, sum(self._plan["blocks"])
        if not all(type(n) is int and 1 <= n <= last for n in off):
            raise traitlets.TraitError(
                f"off={off!r} names no layer; there are 1 to {last}"
            )
        return tuple(sorted(set(off)))
