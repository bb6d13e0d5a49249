"""Inception: look with several kernels at once, and narrow before each.

Szegedy, Liu, Jia, Sermanet, Reed, Anguelov, Erhan, Vanhoucke, Rabinovich,
"Going Deeper with Convolutions", CVPR 2015, arXiv 1409.4842, section 4:
Figure 2(a) is the module without the 1×1 in front, Figure 2(b) with it.
The paper has no batch normalisation, so each convolution has a bias.
"""

from collections import OrderedDict
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn

from cvnotes.cost import at_least_one
from cvnotes.shapes import Maps

OneBranch = Float[Tensor, "b _ h w"]  # each has channels of its own
AllBranches = Float[Tensor, "b {self.out_channels} h w"]


class InceptionWidths(NamedTuple):
    """A row of the paper's Table 1: how many channels each part makes.

    ``b3`` and ``b5`` are the 3×3 and the 5×5, ``b3_reduce`` and
    ``b5_reduce`` the 1×1 in front of them, ``pool`` the 1×1 after pooling.

    >>> widths = InceptionWidths(64, 96, 128, 16, 32, pool=32)
    >>> widths.b1 + widths.b3 + widths.b5 + widths.pool
    256
    """

    b1: int
    b3_reduce: int
    b3: int
    b5_reduce: int
    b5: int
    pool: int


def _whole_row(widths):
    names = InceptionWidths._fields
    if not isinstance(widths, tuple | list) or len(widths) != len(names):
        raise ValueError(
            f"widths={widths!r} is no row of six counts; "
            f"use InceptionWidths({', '.join(names)})"
        )
    return InceptionWidths(*widths)


def _conv(name, in_channels, out_channels, kernel_size):
    """A convolution that keeps height and width, and its ReLU."""
    conv = nn.Conv2d(
        in_channels, out_channels, kernel_size, padding=kernel_size // 2
    )
    return {name: conv, f"{name}_relu": nn.ReLU()}


def _branch(*parts):
    return nn.Sequential(
        OrderedDict(pair for p in parts for pair in p.items())
    )


class Inception(nn.Module):
    """Four looks at the same maps, put side by side in the paper's order.

    1×1; 1×1 and 3×3; 1×1 and 5×5; 3×3 max pooling and 1×1. With
    ``reduce=False`` the 3×3 and the 5×5 read all that comes in, and the
    pooled maps go on as they are: the three widths for that are not used.

    >>> widths = InceptionWidths(64, 96, 128, 16, 32, 32)  # the paper's 3a
    >>> x = torch.zeros(1, 192, 28, 28)
    >>> Inception(192, widths)(x).shape
    torch.Size([1, 256, 28, 28])
    >>> Inception(192, widths, reduce=False)(x).shape
    torch.Size([1, 416, 28, 28])
    """

    def __init__(
        self, in_channels: int, widths: InceptionWidths, reduce: bool = True
    ):
        widths = _whole_row(widths)
        used = widths._asdict()
        if not reduce:
            used = {name: used[name] for name in ("b1", "b3", "b5")}
        at_least_one(in_channels=in_channels, **used)
        super().__init__()
        c, own = in_channels, widths
        narrow3 = _conv("reduce", c, own.b3_reduce, 1) if reduce else {}
        narrow5 = _conv("reduce", c, own.b5_reduce, 1) if reduce else {}
        reads3, reads5 = (own.b3_reduce, own.b5_reduce) if reduce else (c, c)
        pool = {"pool": nn.MaxPool2d(3, stride=1, padding=1)}
        project = _conv("project", c, own.pool, 1) if reduce else {}
        self.b1 = _branch(_conv("conv", c, own.b1, 1))
        self.b3 = _branch(narrow3, _conv("conv", reads3, own.b3, 3))
        self.b5 = _branch(narrow5, _conv("conv", reads5, own.b5, 5))
        self.pool = _branch(pool, project)
        self.in_channels = in_channels
        last = own.pool if reduce else c
        self.out_channels = own.b1 + own.b3 + own.b5 + last

    def branches(self, x: Maps) -> list[OneBranch]:
        """What each of the four makes of the same maps."""
        return [way(x) for way in (self.b1, self.b3, self.b5, self.pool)]

    def forward(self, x: Maps) -> AllBranches:
        return torch.cat(self.branches(x), dim=-3)
