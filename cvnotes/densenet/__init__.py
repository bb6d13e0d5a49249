"""DenseNet: put maps side by side instead of adding them.

``dense_block`` holds the connectivity, ``network`` the whole net, and
``variants`` the nets of the paper by name.
"""

from cvnotes.densenet.dense_block import DenseBlock, DenseLayer
from cvnotes.densenet.network import Channels, DenseNet, Transition
from cvnotes.densenet.variants import (
    densenet121,
    densenet161,
    densenet169,
    densenet201,
    densenet264,
    densenet_cifar,
)

__all__ = [
    "Channels",
    "DenseBlock",
    "DenseLayer",
    "DenseNet",
    "Transition",
    "densenet121",
    "densenet161",
    "densenet169",
    "densenet201",
    "densenet264",
    "densenet_cifar",
]
