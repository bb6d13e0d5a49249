"""A small net whose places ask each other, and how alike their maps are.

Between two of its 3×3 layers stands a non-local block, on maps of 8×8.
"""

from collections.abc import Callable
from contextlib import contextmanager

import torch
from jaxtyping import Float
from torch import Tensor, nn

from cvnotes.attention import NonLocal

SIDE = 8
Looks = Float[Tensor, "b n m"]


class AskingNet(nn.Module):
    """3×3 layers, pooled to 8×8; a non-local block; one more; the mean.

    >>> net = AskingNet(3, 10, side=32)
    >>> net(torch.zeros(2, 3, 32, 32)).shape
    torch.Size([2, 10])
    >>> net.weights(torch.zeros(2, 3, 32, 32)).shape
    torch.Size([2, 64, 64])
    """

    def __init__(
        self, in_channels: int, classes: int, side: int = 8, width: int = 16
    ):
        super().__init__()
        before = [_layer(in_channels, width)]
        while side > SIDE:
            before += [nn.MaxPool2d(2), _layer(width, width)]
            side //= 2
        self.before = nn.Sequential(*before, _layer(width, 2 * width))
        self.block = NonLocal(2 * width)
        self.after = _layer(2 * width, 2 * width)
        self.classifier = nn.Linear(2 * width, classes)

    def weights(self, x):
        """Who looks where, in the block: b n n."""
        return self.block.weights(self.before(x))

    def forward(self, x):
        maps = self.after(self.block(self.before(x)))
        return self.classifier(maps.mean((2, 3)))


def _layer(reads, makes):
    conv = nn.Conv2d(reads, makes, 3, padding=1, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(makes), nn.ReLU())


class OneLook(nn.Module):
    """Stands for a block whose places all look where they do on average."""

    def __init__(self, block: NonLocal):
        super().__init__()
        self.block = block

    def heard(self, x):
        """What any place of a picture takes: b 1 d."""
        look = self.block.weights(x).mean(1, keepdim=True)
        return look @ self.block.project(x).g

    def forward(self, x):
        heard = self.heard(x).transpose(1, 2)[..., None]
        return x + self.block.norm(self.block.z(heard))


class FlatLook(OneLook):
    """Stands for a block whose places take from all places alike."""

    def heard(self, x):
        """The plain mean of what all places answer: b 1 d."""
        return self.block.project(x).g.mean(1, keepdim=True)


def flat_net(*plan: int) -> AskingNet:
    """The same net, learned with flat maps; it has no θ and no φ.

    >>> flat_net(3, 10, 32)(torch.zeros(2, 3, 32, 32)).shape
    torch.Size([2, 10])
    """
    net = AskingNet(*plan)
    channels = net.block.norm.num_features
    net.block = FlatLook(NonLocal(channels, pairwise="gaussian"))
    return net


@contextmanager
def standing_in(net: AskingNet, kind: Callable[[NonLocal], nn.Module]):
    """In here, ``kind`` of the block stands where the block does."""
    block, net.block = net.block, kind(net.block)
    try:
        yield net
    finally:
        net.block = block


@torch.no_grad()
def settled(net: AskingNet, images: Tensor) -> AskingNet:
    """An untrained net whose normalisations know these pictures."""
    for part in net.modules():
        if isinstance(part, nn.BatchNorm2d):
            part.momentum = None
    net.train()(images)
    return net.eval()


def bits_of_the_place(looks: Looks) -> float:
    """How much the place that asks says of the place that it looks at.

    In bits: the Jensen–Shannon divergence of a picture's maps, which is the
    entropy of their mean less the mean of their entropies; averaged over
    the pictures. All maps alike: 0. Each on a place of its own: log2 n.
    """
    return _apart(looks.double(), 1)


def bits_of_the_picture(looks: Looks) -> float:
    """The same of one place's maps in all the pictures."""
    return _apart(looks.double(), 0)


def bits_of_a_map(looks: Looks) -> float:
    """How widely a place looks: the entropy of its map, in bits; the mean.

    On one place alone: 0. On all places alike, a flat map: log2 n.
    """
    return _bits(looks.double()).mean().item()


def _apart(looks, dim):
    return (_bits(looks.mean(dim)).mean() - _bits(looks).mean()).item()


def _bits(p):
    return torch.special.entr(p).sum(-1) / torch.log(p.new_tensor(2.0))
