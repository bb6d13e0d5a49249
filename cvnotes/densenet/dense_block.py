"""A dense block: every layer reads all the maps made before it.

Huang, Liu, van der Maaten, Weinberger, "Densely Connected Convolutional
Networks", CVPR 2017, arXiv 1608.06993, section 3: x_l = H_l([x_0, x_1, …,
x_{l−1}]), where […] puts maps side by side, and H_l makes k new ones.
"""

from collections import OrderedDict

import torch
from jaxtyping import Float
from torch import Tensor, nn

from cvnotes.cost import a_number, at_least_one, input_channels
from cvnotes.shapes import Maps

NewMaps = Float[Tensor, "b {self.growth_rate} h w"]
AllMaps = Float[Tensor, "b c+{self.growth_rate} h w"]


def _bn_relu_conv(i, in_channels, out_channels, kernel_size, drop_rate):
    """The paper's order: normalise and rectify *before* the convolution.

    The i-th of a layer, under the names that trained weights go by.
    """
    return {
        f"norm{i}": nn.BatchNorm2d(in_channels),
        f"relu{i}": nn.ReLU(inplace=True),
        f"conv{i}": nn.Conv2d(
            in_channels,
            out_channels,
            kernel_size,
            padding=kernel_size // 2,
            bias=False,
        ),
        f"drop{i}": nn.Dropout(drop_rate),
    }


def refuse_drop_rate(drop_rate: float):
    """Refuse a share of dropped maps that leaves none of them."""
    a_number(drop_rate=drop_rate)
    if not 0 <= drop_rate < 1:
        raise ValueError(
            f"drop_rate={drop_rate} is no share of the maps that leaves "
            f"some; use 0 or more and less than 1"
        )


class DenseLayer(nn.Sequential):
    """Read everything, add k new maps, throw nothing away.

    A 1×1 bottleneck first narrows what is read to ``bn_size``·k channels
    (DenseNet-B); ``bn_size=None`` leaves it out. Dropout follows each of
    the two convolutions, as in the paper; torchvision has it after the
    3×3 alone.

    >>> layer, x = DenseLayer(64, growth_rate=32), torch.zeros(2, 64, 8, 8)
    >>> layer.new_maps(x).shape, layer(x).shape
    (torch.Size([2, 32, 8, 8]), torch.Size([2, 96, 8, 8]))
    """

    def __init__(
        self,
        in_channels: int,
        growth_rate: int,
        bn_size: int | None = 4,
        drop_rate: float = 0.0,
    ):
        at_least_one(in_channels=in_channels, growth_rate=growth_rate)
        refuse_drop_rate(drop_rate)
        narrow, steps = in_channels, {}
        if bn_size is not None:
            at_least_one(bn_size=bn_size)
            narrow = bn_size * growth_rate
            steps |= _bn_relu_conv(1, in_channels, narrow, 1, drop_rate)
        last = 1 if bn_size is None else 2
        steps |= _bn_relu_conv(last, narrow, growth_rate, 3, drop_rate)
        super().__init__(OrderedDict(steps))
        self.in_channels = in_channels
        self.growth_rate = growth_rate
        self.out_channels = in_channels + growth_rate

    def new_maps(self, x: Maps) -> NewMaps:
        """H_l(x): what this layer alone contributes."""
        return super().forward(x)

    def forward(self, x: Maps) -> AllMaps:
        return torch.cat([x, self.new_maps(x)], dim=1)


class DenseBlock(nn.Sequential):
    """L dense layers; layer l reads in_channels + k(l−1) channels.

    A layer's output is the next one's input, and it begins with all that
    the layer has read: so everything reaches everyone without a list.

    >>> block = DenseBlock(6, in_channels=64, growth_rate=32)
    >>> [layer.in_channels for layer in block], block.out_channels
    ([64, 96, 128, 160, 192, 224], 256)
    >>> block(torch.zeros(2, 64, 8, 8)).shape
    torch.Size([2, 256, 8, 8])
    """

    def __init__(
        self,
        layers: int,
        in_channels: int,
        growth_rate: int,
        bn_size: int | None = 4,
        drop_rate: float = 0.0,
    ):
        at_least_one(
            layers=layers, in_channels=in_channels, growth_rate=growth_rate
        )
        super().__init__()
        for i in range(1, layers + 1):
            width = input_channels(in_channels, growth_rate, layer=i)
            layer = DenseLayer(width, growth_rate, bn_size, drop_rate)
            self.add_module(f"denselayer{i}", layer)
        self.in_channels = in_channels
        self.growth_rate = growth_rate
        self.out_channels = layer.out_channels
