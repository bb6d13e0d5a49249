"""Pick a place on a picture; see where a net looks from there, by epoch."""

from pathlib import Path

import numpy as np
import traitlets

from cvnotes.widgets.kit import Widget, script, style

# Made by `python -m cvnotes.experiments.shipped_attention`.
FILE = np.load(Path(__file__).with_suffix(".npz"))
LOOKING = ("non-local", "cross-layer")
NETS = (*LOOKING, "cbam", "cgnl")
EPOCHS, PICTURES, PLACES, PARTS = FILE["_asks non-local"].shape
SIDE = int(PLACES**0.5)
FIRST = 3  # of the pictures, from 1: two marks far apart
# Where its left mark stands; a place is as large as two pixels.
LEFT = (
    int(FILE["_corners"][FIRST - 1][0]) // 2,
    int(FILE["_rows"][FIRST - 1]) // 2,
)


def _weights():
    """Who asks and who answers, for both nets; then CBAM's gates.

    A byte each, in the order of epochs, pictures, places, parts.
    """
    looked = (
        FILE[f"_{part} {name}"].tobytes()
        for name in LOOKING
        for part in ("asks", "answers")
    )
    return b"".join([*looked, FILE["_cbam"].tobytes()])


def _plan():
    """What the script must know to find its way in them."""
    names = "labels", "apart", "rows", "corners"
    return {
        **{name: FILE[f"_{name}"].tolist() for name in names},
        "sizes": [EPOCHS, PICTURES, PLACES, PARTS],
        "scales": {n: FILE[f"_scales {n}"].tolist() for n in LOOKING},
        "told": {n: FILE[f"_told {n}"].round(4).tolist() for n in NETS},
        "numbers": FILE["_cgnl"].astype(float).round(2).tolist(),
    }


class TrainedAttention(Widget):
    """Where the nets of the experiment ``long_range`` look as they learn.

    ``net`` is "non-local", "cross-layer", "cbam" or "cgnl". ``picture``
    counts four test pictures from 1, ``epoch`` is 0 before the training,
    and ``x``, ``y`` are the column and the row of the place that asks.

    >>> TrainedAttention(net="cbam", picture=4)
    TrainedAttention(net='cbam', picture=4)
    """

    _esm = script(__file__)
    _css = style(__file__)

    net = traitlets.Enum(NETS, NETS[0]).tag(sync=True)
    picture = traitlets.Int(FIRST, min=1, max=PICTURES).tag(sync=True)
    epoch = traitlets.Int(EPOCHS - 1, min=0, max=EPOCHS - 1).tag(sync=True)
    x = traitlets.Int(LEFT[0], min=0, max=SIDE - 1).tag(sync=True)
    y = traitlets.Int(LEFT[1], min=0, max=SIDE - 1).tag(sync=True)

    _weights = traitlets.Bytes(_weights()).tag(sync=True)
    _examples = traitlets.Bytes(FILE["_pictures"].tobytes()).tag(sync=True)
    _plan = traitlets.Dict(_plan()).tag(sync=True)
