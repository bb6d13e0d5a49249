"""The layer of both nets; a DenseNet without bottleneck has it too.

Huang, Liu, van der Maaten, Weinberger, "Densely Connected Convolutional
Networks", CVPR 2017, arXiv 1608.06993, section 3, after He et al., arXiv
1603.05027. So the nets differ in nothing but how the layers are joined.
"""

from collections import OrderedDict

from torch import nn


def normalised(channels: int, norm: bool) -> nn.Module:
    """Batch normalisation, or its empty place."""
    return nn.BatchNorm2d(channels) if norm else nn.Identity()


class Layer(nn.Sequential):
    """Normalise, rectify, convolve: the order of He et al. and of DenseNet.

    >>> import torch
    >>> Layer(16, 32)(torch.zeros(2, 16, 8, 8)).shape
    torch.Size([2, 32, 8, 8])
    """

    def __init__(
        self, in_channels: int, out_channels: int, norm: bool = True
    ):
        # A normalisation takes a bias out again; without one it is needed.
        conv = nn.Conv2d(in_channels, out_channels, 3, 1, 1, bias=not norm)
        # Not in place: the shortcut needs what the layer reads.
        parts = {"norm": normalised(in_channels, norm), "relu": nn.ReLU()}
        super().__init__(OrderedDict(parts, conv=conv))
