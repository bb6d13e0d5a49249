"""Train a net: one loop for a laptop, a GPU, and many of them.

``recipe`` says what is learned, ``machine`` on what it runs; ``fit`` is the
loop. A stopped run goes on from its last ``checkpoint``.
"""

from cvnotes.train.fit import Run, evaluate, fit
from cvnotes.train.machine import Machine
from cvnotes.train.recipe import DENSENET_CIFAR, DENSENET_IMAGENET, Recipe
from cvnotes.train.stopping import NotFinite, Stopped

__all__ = [
    "DENSENET_CIFAR",
    "DENSENET_IMAGENET",
    "Machine",
    "NotFinite",
    "Recipe",
    "Run",
    "Stopped",
    "evaluate",
    "fit",
]
