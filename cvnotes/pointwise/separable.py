"""Space first, one channel at a time; then the channels, at one place.

Howard et al., "MobileNets: Efficient Convolutional Neural Networks for
Mobile Vision Applications", 2017, arXiv 1704.04861, section 3.1; Chollet,
"Xception: Deep Learning with Depthwise Separable Convolutions", CVPR 2017,
arXiv 1610.02357, section 4.7.
"""

from collections import OrderedDict
from numbers import Integral

import torch
from torch import nn

from cvnotes.cost import at_least_one, refuse_even
from cvnotes.shapes import Energy, Kernel


class DepthwiseSeparable(nn.Sequential):
    """A k×k convolution in each channel, then a 1×1 across all of them.

    Height and width stay. It is bare, as Xception found it best in between:
    MobileNet puts a normalisation and a ReLU behind each of the two. They
    would take a bias out again, so there is none.

    >>> block = DepthwiseSeparable(16, 32)
    >>> block(torch.zeros(2, 16, 7, 7)).shape
    torch.Size([2, 32, 7, 7])
    """

    def __init__(
        self, in_channels: int, out_channels: int, kernel_size: int = 3
    ):
        at_least_one(in_channels=in_channels, out_channels=out_channels)
        refuse_even(kernel_size)
        depthwise = nn.Conv2d(
            in_channels,
            in_channels,
            kernel_size,
            padding=kernel_size // 2,
            groups=in_channels,
            bias=False,
        )
        pointwise = nn.Conv2d(in_channels, out_channels, 1, bias=False)
        super().__init__(
            OrderedDict(depthwise=depthwise, pointwise=pointwise)
        )

    def kernel(self) -> Kernel:
        """The ordinary convolution that does the same: a product a pair."""
        return self.pointwise.weight * self.depthwise.weight[:, 0]


def split(kernel: Kernel, terms: int) -> nn.ModuleList:
    """So many separable convolutions whose sum is nearest to ``kernel``.

    What one input channel says to all outputs is a matrix, out × k². Its
    first singular vectors are the patterns in space, and how much each
    output wants of each.

    >>> len(split(torch.randn(8, 4, 3, 3), terms=2))
    2
    """
    out, inputs, k, across = kernel.shape
    if k != across:
        raise ValueError(
            f"kernel of {k}×{across} is not square; use one of k×k"
        )
    most = min(out, k * k)
    if not isinstance(terms, Integral) or not 1 <= terms <= most:
        raise ValueError(
            f"terms={terms} is no number of terms; a {k}×{k} kernel with "
            f"{out} outputs is the sum of {most} or fewer, so use 1 to {most}"
        )
    wants, sizes, patterns = torch.linalg.svd(_matrices(kernel), False)
    parts = nn.ModuleList()
    for t in range(terms):
        part = DepthwiseSeparable(inputs, out, k).to(kernel)
        with torch.no_grad():
            part.depthwise.weight.copy_(patterns[:, t].view(-1, 1, k, k))
            mixed = sizes[:, t] * wants[:, :, t].T
            part.pointwise.weight.copy_(mixed[..., None, None])
        parts.append(part)
    return parts


def energy(kernel: Kernel) -> Energy:
    """The share of the sum of squares that 1, 2, 3 … terms keep."""
    sizes = torch.linalg.svdvals(_matrices(kernel))
    kept = sizes.square().sum(0).cumsum(0)
    if not kept[-1]:
        raise ValueError("kernel is all zero, which has no energy to share")
    return kept / kept[-1]


def _matrices(kernel):
    # in, out, k²; the decomposition takes no half numbers.
    exact = torch.promote_types(kernel.dtype, torch.float32)
    return kernel.detach().to(exact).flatten(2).transpose(0, 1)
