"""1×1 convolution: the channels of a pixel, mixed.

``channel_mixing`` is the mixing itself, ``mlpconv`` makes a small network
of it at every pixel, ``inception`` puts it before costly convolutions, and
``separable`` leaves it all the work across channels.
"""

from cvnotes.pointwise.channel_mixing import Pointwise
from cvnotes.pointwise.inception import Inception, InceptionWidths
from cvnotes.pointwise.mlpconv import GlobalAveragePool, MLPConv
from cvnotes.pointwise.nin import NIN
from cvnotes.pointwise.separable import DepthwiseSeparable, energy, split

__all__ = [
    "NIN",
    "DepthwiseSeparable",
    "GlobalAveragePool",
    "Inception",
    "InceptionWidths",
    "MLPConv",
    "Pointwise",
    "energy",
    "split",
]
