"""Drag nine numbers; see what a 1×1 convolution makes of a photograph."""

import numpy as np
import traitlets

from cvnotes import pictures
from cvnotes.widgets import photographs
from cvnotes.widgets.kit import Widget, script, style

MOST = 2.0  # a number of the matrix, either way
HEIGHT, WIDTH, _ = pictures.photograph("flower").shape

# Row by row: what each output takes of red, green and blue.
IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
SWAP = (0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0)
LUMA = (0.299, 0.587, 0.114)  # ITU-R BT.601, as in JPEG
CHROMA = (-0.168736, -0.331264, 0.5, 0.5, -0.418688, -0.081312)
WARM_OR_COLD = (1.0, 0.0, -1.0, -0.5, 1.0, -0.5, -1.0, 0.0, 1.0)
NO_WAY_BACK = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.5, 0.5, 0.0)


def decorrelating(picture: str) -> tuple[float, ...]:
    """A matrix that leaves the channels of this photograph uncorrelated.

    Its rows are the eigenvectors of the channels' covariance, the one along
    which the colours differ most first; rounded to six digits.
    """
    colours = pictures.photograph(picture).reshape(-1, 3) / 255
    _, vectors = np.linalg.eigh(np.cov(colours.T))
    rows = vectors.T[::-1]
    # Either sign is right: what a row takes most of, it adds.
    most = np.abs(rows).argmax(1)
    rows = rows * np.sign(rows[range(3), most])[:, None]
    return tuple(rows.round(6).ravel().tolist())


def presets(picture: str) -> dict[str, tuple[float, ...]]:
    """The matrices to start from, by name; one is this photograph's own.

    >>> presets("flower")["grey"]
    (0.299, 0.587, 0.114, 0.299, 0.587, 0.114, 0.299, 0.587, 0.114)
    """
    return {
        "identity": IDENTITY,
        "grey": LUMA * 3,
        "swap red and blue": SWAP,
        "warm or cold": WARM_OR_COLD,
        "luma and chroma": LUMA + CHROMA,
        "decorrelate": decorrelating(picture),
        "no way back": NO_WAY_BACK,
    }


def _plan():
    return {
        "size": [HEIGHT, WIDTH],
        "most": MOST,
        **photographs.told(),
    }


class ChannelMixer(Widget):
    """A 3×3 matrix that mixes the channels of every pixel of a photograph.

    ``matrix`` is its nine numbers from −2 to 2, row by row: a row says how
    much of red, green and blue an output takes. With ``relu`` what falls
    below zero becomes zero. ``x`` and ``y`` are the pixel that is followed.

    >>> ChannelMixer(picture="china", relu=True)
    ChannelMixer(picture='china', relu=True)
    >>> ChannelMixer(matrix=presets("china")["identity"]).matrix[:3]
    (1.0, 0.0, 0.0)
    """

    _esm = script(__file__)
    _css = style(__file__)

    picture = traitlets.Enum(pictures.NAMES, "flower").tag(sync=True)
    matrix = traitlets.Tuple(SWAP).tag(sync=True)
    relu = traitlets.Bool(False).tag(sync=True)
    x = traitlets.Int(110, min=0, max=WIDTH - 1).tag(sync=True)
    y = traitlets.Int(50, min=0, max=HEIGHT - 1).tag(sync=True)

    _examples = traitlets.Bytes(photographs.pixels()).tag(sync=True)
    _presets = traitlets.Dict(
        {name: presets(name) for name in pictures.NAMES}
    ).tag(sync=True)
    _plan = traitlets.Dict(_plan()).tag(sync=True)

    @traitlets.validate("matrix")
    def _check_matrix(self, proposal):
        matrix = proposal.value
        fits = all(
            isinstance(v, int | float) and abs(v) <= MOST for v in matrix
        )
        if len(matrix) != 9 or not fits:
            raise traitlets.TraitError(
                f"matrix={matrix!r} is no matrix that can be shown; give 9 "
                "numbers, 3 rows of 3, each from −2 to 2"
            )
        return tuple(map(float, matrix))
