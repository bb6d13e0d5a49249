"""CGNL: let every number of the maps answer to every other, at no great cost.

Yue, Sun, Yuan, Zhou, Ding, Xu, "Compact Generalized Non-local Network",
NeurIPS 2018, arXiv 1810.13125. Projections without bias, the constants of
the series, the scale and GroupNorm are those of the authors' code
(KaiyuYue/cgnl-network.pytorch).
"""

from math import exp, factorial, prod

import torch
from torch import nn

from cvnotes.cost import refuse_cgnl
from cvnotes.shapes import GroupGate, Maps

GAMMA = 1e-4


def series(kernel: str, order: int) -> list[tuple[int, float]]:
    """The kernel as a sum over powers p of θφ: (p, its factor), in order.

    exp(−γ(θ − φ)²) = β exp(2γθφ), where β = exp(−γ(θ² + φ²)). As in the
    authors' code β is held at exp(−2γ), which is right where θ² + φ² = 2.

    >>> series("dot", order=3)
    [(1, 1.0)]
    >>> [p for p, factor in series("rbf", order=3)]
    [0, 1, 2, 3]
    """
    if kernel == "dot":
        return [(1, 1.0)]
    beta = exp(-2 * GAMMA)
    return [
        (p, beta * (2 * GAMMA) ** p / factorial(p)) for p in range(order + 1)
    ]


class CGNL(nn.Module):
    """Relate all places and channels of a group, through a few numbers.

    These are sums over all of a group's places and channels, which leave
    the range of float16: with it use ``scale=True``, or better bfloat16.

    >>> block = CGNL(16, groups=4)
    >>> block(torch.zeros(2, 16, 7, 7)).shape
    torch.Size([2, 16, 7, 7])
    >>> block.gate(torch.zeros(2, 16, 7, 7)).shape
    torch.Size([2, 4])
    """

    def __init__(
        self,
        channels: int,
        hidden: int | None = None,
        groups: int = 1,
        kernel: str = "dot",
        order: int = 3,
        scale: bool = False,
    ):
        hidden = refuse_cgnl(channels, hidden, groups, kernel, order)
        super().__init__()
        self.groups, self.scale = groups, scale
        self.series = series(kernel, order)
        # θ, φ and g in one: they read the same maps.
        self.tpg = nn.Conv2d(channels, 3 * hidden, 1, bias=False)
        self.z = nn.Conv2d(hidden, channels, 1, groups=groups, bias=False)
        self.norm = nn.GroupNorm(groups, channels)
        nn.init.zeros_(self.norm.weight)  # so it starts as the identity

    def gate(self, x: Maps) -> GroupGate:
        """φᵖ·g in each group: one number, and for rbf one for each term."""
        _, phi, g = self.tpg(x).chunk(3, dim=1)
        numbers = self._numbers(phi, g)
        return numbers[0] if len(numbers) == 1 else torch.stack(numbers, -1)

    def mix(self, theta: Maps, phi: Maps, g: Maps) -> Maps:
        """(θ φᵀ) g as θ (φᵀ g), summed over the terms of the series."""
        each = theta.shape[1] // self.groups
        terms = (
            number.repeat_interleave(each, 1)[..., None, None] * theta**p
            for (p, _), number in zip(self.series, self._numbers(phi, g))
        )
        return sum(terms)

    def _numbers(self, phi, g):
        size = prod(phi.shape[1:]) // self.groups
        shrink = size**-0.5 if self.scale else 1.0
        # At least as float32: in float16 a sum may pass the largest number,
        # 65,504, and only come back when it is scaled.
        exact = torch.promote_types(phi.dtype, torch.float32)
        numbers = []
        for p, factor in self.series:
            products = (phi**p * g).unflatten(1, (self.groups, -1))
            total = products.sum((2, 3, 4), dtype=exact)
            numbers.append((total * (factor * shrink)).to(phi.dtype))
        return numbers

    def forward(self, x: Maps) -> Maps:
        theta, phi, g = self.tpg(x).chunk(3, dim=1)
        return x + self.norm(self.z(self.mix(theta, phi, g)))
