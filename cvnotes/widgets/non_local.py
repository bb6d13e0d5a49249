"""Point at a place of a photograph; see where else it looks, and how hard."""

import numpy as np
import traitlets

from cvnotes import pictures
from cvnotes.widgets import photographs
from cvnotes.widgets.kit import Widget, script, style

SIDE = 120  # pixels across
HEIGHT, WIDTH, _ = pictures.photograph("flower", SIDE).shape
PATCHES = (1, 3, 5, 7)
FORMS = ("means", "gaussian", "embedded", "dot")
AXES = 8  # numbers that a place keeps of its patch, at most


def patches(bytes_: np.ndarray, k: int) -> np.ndarray:
    """The k×k pixels around each pixel, from 0 to 1: n × 3k² numbers.

    Beyond the edge stands the edge again. Row by row, colour last.

    >>> patches(pictures.photograph("flower", 24), 5).shape
    (384, 75)
    """
    edge = ((k // 2,) * 2, (k // 2,) * 2, (0, 0))
    padded = np.pad(bytes_ / 255, edge, mode="edge")
    views = np.lib.stride_tricks.sliding_window_view(padded, (k, k), (0, 1))
    return views.transpose(0, 1, 3, 4, 2).reshape(-1, 3 * k * k)


def embedding(bytes_: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """What stands in for a learned θ and φ: nothing here is trained.

    The mean of this photograph's patches, and up to eight rows: the
    directions in which its patches differ most, each divided by their
    deviation along it, so that they count alike.

    >>> mean, rows = embedding(pictures.photograph("flower", 24), 3)
    >>> mean.shape, rows.shape
    ((27,), (8, 27))
    """
    all_ = patches(bytes_, k)
    values, vectors = np.linalg.eigh(np.cov(all_.T))
    rows = vectors.T[::-1][:AXES] / np.sqrt(values[::-1][:AXES, None])
    # Either sign is right; both θ and φ have the same.
    rows = rows * np.where(rows.sum(1) < 0, -1, 1)[:, None]
    return all_.mean(0), rows


def _embeddings():
    """A photograph after the other, a patch size after the other."""
    parts = [
        part.ravel()
        for name in pictures.NAMES
        for k in PATCHES
        for part in embedding(pictures.photograph(name, SIDE), k)
    ]
    return np.concatenate(parts).astype("<f4").tobytes()


def _plan():
    return {
        "size": [HEIGHT, WIDTH],
        "patches": list(PATCHES),
        "axes": AXES,
        **photographs.told(),
    }


class AttentionExplorer(Widget):
    """A place of a photograph, and how much it takes from every other.

    ``form`` says how two places are compared: non-local means' distance
    ("means"), the "gaussian", "embedded" Gaussian or "dot" product of the
    block. A place is its ``patch``, so many pixels on a side; with
    ``equal`` all patches get one length. A low ``temperature`` makes few
    places count. ``x`` and ``y`` are the pixel that asks.

    >>> AttentionExplorer(form="gaussian", x=60)
    AttentionExplorer(form='gaussian', x=60)
    """

    _esm = script(__file__)
    _css = style(__file__)

    picture = traitlets.Enum(pictures.NAMES, "flower").tag(sync=True)
    form = traitlets.Enum(FORMS, "means").tag(sync=True)
    patch = traitlets.Int(3, min=1, max=7).tag(sync=True, step=2)
    temperature = traitlets.Float(0.005, min=0.001, max=1.0).tag(sync=True)
    equal = traitlets.Bool(False).tag(sync=True)
    x = traitlets.Int(45, min=0, max=WIDTH - 1).tag(sync=True)
    y = traitlets.Int(49, min=0, max=HEIGHT - 1).tag(sync=True)

    _examples = traitlets.Bytes(photographs.pixels(SIDE)).tag(sync=True)
    _weights = traitlets.Bytes(_embeddings()).tag(sync=True)
    _plan = traitlets.Dict(_plan()).tag(sync=True)

    @traitlets.validate("patch")
    def _check_patch(self, proposal):
        if proposal.value % 2 == 0:
            raise traitlets.TraitError(
                f"patch={proposal.value} has no middle; use 1, 3, 5 or 7"
            )
        return proposal.value
