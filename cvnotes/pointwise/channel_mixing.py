"""A 1×1 convolution: one small fully connected layer, at every pixel.

Lin, Chen, Yan, "Network In Network", ICLR 2014, arXiv 1312.4400, section
3.1: a few of them, each with a ReLU, behind a convolution.
"""

from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import conv2d

from cvnotes.cost import at_least_one

Given = Float[Tensor, "b {self.in_channels} h w"]
Mixed = Float[Tensor, "b {self.out_channels} h w"]


class Pointwise(nn.Linear):
    """Mix the channels of each pixel; every pixel gets the same mix.

    ``weight`` is (out, in): row o says how much of each channel output o
    takes. Parameters and their start are those of a fully connected layer,
    because it is one; only what it is applied to differs.

    >>> import torch
    >>> mix = Pointwise(3, 64)
    >>> mix.weight.shape, mix(torch.zeros(2, 3, 8, 8)).shape
    (torch.Size([64, 3]), torch.Size([2, 64, 8, 8]))
    """

    def __init__(
        self, in_channels: int, out_channels: int, bias: bool = True
    ):
        at_least_one(in_channels=in_channels, out_channels=out_channels)
        super().__init__(in_channels, out_channels, bias)
        self.in_channels = in_channels
        self.out_channels = out_channels

    def forward(self, x: Given) -> Mixed:
        # Of the equal forms this one leaves maps in the order in which they
        # come: the linear layer would turn any into channels_last, einsum
        # any into neither, and a later layer would have to turn them back.
        return conv2d(x, self.weight[:, :, None, None], self.bias)
