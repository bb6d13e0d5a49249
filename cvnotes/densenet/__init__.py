"""DenseNet: put maps side by side instead of adding them.

``dense_block`` holds the connectivity, ``network`` the whole net,
``variants`` the nets of the paper by name, and ``concat_memory`` the way to
train them in less memory.
"""

from cvnotes.densenet.concat_memory import SharedDenseBlock, kept, share
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
    "SharedDenseBlock",
    "Transition",
    "densenet121",
    "densenet161",
    "densenet169",
    "densenet201",
    "densenet264",
    "densenet_cifar",
    "kept",
    "share",
]
