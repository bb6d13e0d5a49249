"""mlpconv: at every place a small network, where one linear filter stood.

Lin, Chen, Yan, "Network In Network", ICLR 2014, arXiv 1312.4400, sections
3.1 and 3.2. A fully connected layer that is the same at every pixel is a
1×1 convolution, so the small network is a few of them, each with its ReLU.
"""

from collections import OrderedDict
from collections.abc import Sequence

from torch import nn

from cvnotes.cost import refuse_mlpconv
from cvnotes.shapes import Maps, Scores


class MLPConv(nn.Sequential):
    """Ask a multilayer perceptron about every patch, the same everywhere.

    The k×k convolution is its first layer, and ``channels`` has the width
    of that and of each 1×1 layer behind it. Zeros around the maps keep
    their size, so the kernel's side is odd.

    >>> import torch
    >>> layer = MLPConv(3, (192, 160, 96), kernel_size=5)
    >>> layer(torch.zeros(2, 3, 32, 32)).shape
    torch.Size([2, 96, 32, 32])
    """

    def __init__(
        self, in_channels: int, channels: Sequence[int], kernel_size: int
    ):
        refuse_mlpconv(in_channels, channels, kernel_size)
        steps, reads = OrderedDict(), in_channels
        for i, makes in enumerate(channels, start=1):
            side = kernel_size if i == 1 else 1
            steps[f"conv{i}"] = nn.Conv2d(
                reads, makes, side, padding=side // 2
            )
            steps[f"relu{i}"] = nn.ReLU()
            reads = makes
        super().__init__(steps)
        self.in_channels = in_channels
        self.out_channels = reads


class GlobalAveragePool(nn.Module):
    """One number a map: its mean over all places, however many there are.

    There is nothing to learn in it, and so nothing that fits one size only.

    >>> import torch
    >>> GlobalAveragePool()(torch.ones(2, 10, 8, 5)).shape
    torch.Size([2, 10])
    """

    def forward(self, x: Maps) -> Scores:
        return x.mean((2, 3))
