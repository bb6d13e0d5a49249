"""Non-local block: every place looks at every other, and takes a mean.

Wang, Girshick, Gupta, He, "Non-local Neural Networks", CVPR 2018, arXiv
1711.07971, section 3. Where a softmax makes the weights, the dot products
are divided by the root of the vectors' length. For the embedded Gaussian so
does the authors' code (facebookresearch/video-nonlocal-net), which has no
plain Gaussian; the paper's formulas do not.
"""

from typing import NamedTuple

from torch import nn
from torch.nn.functional import linear, max_pool2d
from torch.nn.functional import scaled_dot_product_attention as attend

from cvnotes.cost import refuse_non_local
from cvnotes.shapes import Heard, Maps, PairWeights, Places


class Asked(NamedTuple):
    """What a place asks with (θ), is compared by (φ), and answers (g)."""

    theta: Places
    phi: Heard
    g: Heard


class NonLocal(nn.Module):
    """Add to each place a weighted mean over all the places of its picture.

    ``pairwise`` is "embedded_gaussian", "gaussian", "dot" or "concat";
    ``hidden`` is half the channels unless it is given. With ``subsample``
    the places that are asked are pooled, four to one.

    >>> import torch
    >>> block = NonLocal(16)
    >>> block(torch.zeros(2, 16, 7, 6)).shape
    torch.Size([2, 16, 7, 6])
    >>> block.weights(torch.zeros(2, 16, 7, 6)).shape
    torch.Size([2, 42, 42])
    >>> NonLocal(16, subsample=True).weights(torch.zeros(2, 16, 8, 6)).shape
    torch.Size([2, 48, 12])
    """

    def __init__(
        self,
        channels: int,
        hidden: int | None = None,
        pairwise: str = "embedded_gaussian",
        subsample: bool = False,
    ):
        hidden = refuse_non_local(channels, hidden, pairwise)
        super().__init__()
        self.hidden, self.pairwise = hidden, pairwise
        self.subsample = subsample
        # θ, φ and g in one: they read the same maps. Gaussian has only g.
        made = 1 if pairwise == "gaussian" else 3
        self.tpg = nn.Conv2d(channels, made * hidden, 1, bias=False)
        if pairwise == "concat":
            self.w = nn.Linear(2 * hidden, 1, bias=False)
        self.z = nn.Conv2d(hidden, channels, 1, bias=False)
        self.norm = nn.BatchNorm2d(channels)
        nn.init.zeros_(self.norm.weight)  # so it starts as the identity

    def project(self, x: Maps) -> Asked:
        """θ, φ and g of every place; with ``subsample`` φ and g of fewer."""
        *compared, g = self.tpg(x).split(self.hidden, dim=1)
        theta, phi = compared or (x, x)
        if self.subsample:
            # Rounded up, so that an odd row or column is asked as well.
            phi, g = (max_pool2d(a, 2, ceil_mode=True) for a in (phi, g))
        return Asked(rows(theta), rows(phi), rows(g))

    def weights(self, x: Maps) -> PairWeights:
        """How much place i takes from place j: b n m."""
        theta, phi, _ = self.project(x)
        if self.pairwise == "concat":
            return self._concat(theta, phi)
        if self.pairwise == "dot":
            return theta @ phi.transpose(1, 2) / phi.shape[1]
        # Scaled first: in float16 the product alone may be too large.
        scaled = theta * theta.shape[-1] ** -0.5
        return (scaled @ phi.transpose(1, 2)).softmax(-1)

    def mean(self, x: Maps) -> Places:
        """What each place takes from all: weights × g, in a cheaper form."""
        theta, phi, g = self.project(x)
        if self.pairwise == "concat":
            return self._concat(theta, phi) @ g
        if self.pairwise == "dot":
            return in_cheaper_order(theta, phi / phi.shape[1], g)
        # Only with a place's numbers side by side is it quick on a CPU.
        heads = (p.contiguous().unsqueeze(1) for p in (theta, phi, g))
        return attend(*heads).squeeze(1)

    def _concat(self, theta, phi):
        # w·[θ, φ] = w₁·θ + w₂·φ: a number for each place, not for a pair.
        first, second = self.w.weight.chunk(2, dim=1)
        pairs = linear(theta, first) + linear(phi, second).transpose(1, 2)
        return pairs.relu() / phi.shape[1]

    def forward(self, x: Maps) -> Maps:
        maps = self.mean(x).transpose(1, 2).unflatten(2, x.shape[2:])
        return x + self.norm(self.z(maps))


def rows(maps: Maps) -> Places:
    """b d h w → b n d: one row of numbers for each place."""
    return maps.flatten(2).transpose(1, 2)


def in_cheaper_order(theta: Places, phi: Heard, g: Heard) -> Places:
    """(θ φᵀ) g, or θ (φᵀ g) where there are more places than channels."""
    if phi.shape[1] > theta.shape[-1]:
        return theta @ (phi.transpose(1, 2) @ g)
    return (theta @ phi.transpose(1, 2)) @ g
