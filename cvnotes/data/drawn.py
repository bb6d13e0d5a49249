"""Colour pictures that need nothing but a seed, and test one thing each."""

import torch

from cvnotes.cost import at_least_one
from cvnotes.data import cues
from cvnotes.data.cues import GREY
from cvnotes.data.marks import SHAPES
from cvnotes.data.pictures import Pictures
from cvnotes.data.split import refuse_split

CUES = {
    "local": (
        "A small mark somewhere decides, by its shape: it tests whether a "
        "net knows a detail wherever it stands."
    ),
    "far": (
        "Two marks, at least 16 pixels apart, are of one colour or of two: "
        "it tests whether a net brings together what no small window holds."
    ),
    "channels": (
        "Two of the three colours rise and fall together, pixel by pixel: "
        "it tests whether a net compares channels, since each alone says "
        "nothing."
    ),
    "fine": (
        "Stripes one pixel wide run one way or another: it tests whether a "
        "net looks before it pools, since 2×2 averages are blind to them."
    ),
}
CLASSES = {
    "local": tuple(SHAPES),
    "far": ("different", "same"),
    "channels": ("red and green", "green and blue", "blue and red"),
    "fine": ("columns", "rows", "chequers"),
}


def drawn(
    cue: str, split: str = "train", images: int = 1000, seed: int = 0
) -> Pictures:
    """So many pictures of 3×32×32 whose class depends on this cue alone.

    A cue is "local", "far", "channels" or "fine"; ``CUES`` says in a
    sentence what each tests. The classes take turns, so they are equally
    many, to within one; a byte becomes (byte − 128) / 40. The two splits of
    a seed, "train" and "test", are drawn apart. Source: this file; no
    licence is needed beyond the book's.

    >>> data = drawn("far", images=6)
    >>> len(data), data.shape, data.classes
    (6, (3, 32, 32), ('different', 'same'))
    """
    if cue not in CUES:
        raise ValueError(f"cue={cue!r} is unknown; use {' or '.join(CUES)}")
    refuse_split(split)
    at_least_one(images=images)
    # Two sources for each seed, one a split.
    random = torch.Generator().manual_seed(2 * seed + (split == "test"))
    labels = torch.arange(images) % len(CLASSES[cue])
    bytes_ = getattr(cues, cue)(labels, random)
    return Pictures(bytes_, labels, CLASSES[cue], (float(GREY),), (40.0,))
