"""One small net whose last layer asks itself, earlier layers, or nobody.

After Ye et al., arXiv 2005.09153: the query is a late layer and the
responses are earlier ones. To ask itself, it is its own response, as often.
"""

import torch
from torch import Tensor, nn

from cvnotes.attention import CrossLayerNonLocal
from cvnotes.cost import Field, at_least_one, receptive_field
from cvnotes.shapes import Maps, Scores

# Kernel, stride and padding of each 3×3 layer; a stage keeps its maps' side.
STAGES = (
    ((3, 1, 1), (3, 1, 1)),
    ((3, 2, 1), (3, 1, 1)),
    ((3, 2, 1), (3, 1, 1)),
)
ARMS = {
    "same": "asks its own layer",
    "across": "asks earlier layers",
    "deeper": "deeper, asks nobody",
}


class AskingNet(nn.Module):
    """Three stages of 3×3 layers, then a block, then the mean of all places.

    ``hidden`` is the block's width, whatever the arm.

    >>> net = AskingNet("across", hidden=8)
    >>> net(torch.zeros(2, 3, 32, 32)).shape
    torch.Size([2, 2])
    """

    def __init__(
        self,
        arm: str,
        hidden: int,
        width: int = 8,
        num_classes: int = 2,
        in_channels: int = 3,
    ):
        if arm not in ARMS:
            raise ValueError(
                f"arm={arm!r} is unknown; use {' or '.join(ARMS)}"
            )
        at_least_one(hidden=hidden, width=width)
        super().__init__()
        widths = [width, 2 * width, 4 * width]
        reads = [in_channels, *widths]
        self.stages = nn.ModuleList(
            _stage(a, b, plan) for a, b, plan in zip(reads, widths, STAGES)
        )
        self.arm, last = arm, widths[-1]
        asked = {"same": [last] * 2, "across": widths[:2]}
        if arm == "deeper":
            self.block = nn.Sequential(
                *_layer(last, hidden, (3, 1, 1)),
                *_layer(hidden, last, (3, 1, 1))[:2],
            )
            nn.init.zeros_(self.block[-1].weight)
        else:
            self.block = CrossLayerNonLocal(last, asked[arm], hidden)
        self.classifier = nn.Linear(last, num_classes)

    def layers(self, x: Maps) -> list[Tensor]:
        """The maps of every stage."""
        found = []
        for stage in self.stages:
            x = stage(x)
            found.append(x)
        return found

    def heard(self, x: Maps) -> tuple[Tensor, Tensor]:
        """The last stage's maps, and what the block adds to them."""
        *early, query = self.layers(x)
        if self.arm == "deeper":
            return query, self.block(query)
        asked = early if self.arm == "across" else [query] * 2
        return query, self.block(query, asked) - query

    def forward(self, x: Maps) -> Scores:
        query, heard = self.heard(x)
        return self.classifier((query + heard).relu().mean((2, 3)))


def fields() -> list[Field]:
    """What a place of each stage sees of the picture."""
    plans = [sum(STAGES[: i + 1], ()) for i in range(len(STAGES))]
    return [receptive_field(plan) for plan in plans]


def parameters(arm: str, hidden: int, **settings) -> int:
    """What the net learns; it is built without memory."""
    with torch.device("meta"):
        net = AskingNet(arm, hidden, **settings)
    return sum(p.numel() for p in net.parameters())


def nearest_hidden(arm: str, params: int, **settings) -> int:
    """The block's width at which the net is nearest to so many weights."""
    # Every arm's weights grow by as many with each hidden channel.
    one, two = (parameters(arm, h, **settings) for h in (1, 2))
    return max(1, 1 + round((params - one) / (two - one)))


def alike(one: Tensor, other: Tensor) -> float:
    """Linear CKA of two sets of maps, from 0 to 1: 1 is a turned copy.

    Kornblith et al., arXiv 1905.00414, equation 4, on the places of all
    samples.
    """
    a, b = (maps.double().transpose(0, 1).flatten(1) for maps in (one, other))
    a, b = (rows - rows.mean(1, keepdim=True) for rows in (a, b))
    sizes = (a @ a.T).norm() * (b @ b.T).norm()
    return ((a @ b.T).square().sum() / sizes).item()


def _layer(reads, makes, plan):
    conv = nn.Conv2d(reads, makes, *plan, bias=False)
    nn.init.kaiming_normal_(conv.weight, nonlinearity="relu")
    return [conv, nn.BatchNorm2d(makes), nn.ReLU()]


def _stage(reads, makes, plans):
    first, *rest = plans
    layers = _layer(reads, makes, first)
    for plan in rest:
        layers += _layer(makes, makes, plan)
    return nn.Sequential(*layers)
