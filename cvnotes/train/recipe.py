"""What is learned: steps, rates and decay. Nothing here knows a machine.

The presets are those of Huang, Liu, van der Maaten, Weinberger, "Densely
Connected Convolutional Networks", CVPR 2017, arXiv 1608.06993, section 4.2.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from torch.nn import Parameter
from torch.optim import SGD

from cvnotes.cost import a_number, at_least_one, none_or_more


@dataclass(frozen=True)
class Recipe:
    """SGD with a rate that falls in steps, and what happens to a picture.

    ``drops`` are shares of the epochs: at each, the rate is multiplied by
    ``factor``. ``pad`` zeros are put around a training picture before a
    crop of its own size is drawn; ``flip`` mirrors it with chance ½.

    >>> [round(DENSENET_CIFAR.rate_in(e), 3) for e in (0, 149, 150, 225)]
    [0.1, 0.1, 0.01, 0.001]
    """

    epochs: int
    batch: int = 64
    rate: float = 0.1
    momentum: float = 0.9
    nesterov: bool = True
    weight_decay: float = 1e-4
    drops: tuple[float, ...] = (0.5, 0.75)
    factor: float = 0.1
    pad: int = 0
    flip: bool = False

    def __post_init__(self):
        at_least_one(epochs=self.epochs, batch=self.batch)
        none_or_more(pad=self.pad)
        a_number(
            rate=self.rate,
            momentum=self.momentum,
            weight_decay=self.weight_decay,
            factor=self.factor,
        )
        if self.rate <= 0:
            raise ValueError(f"rate={self.rate} learns nothing; use above 0")
        if not 0 <= self.momentum < 1:
            raise ValueError(
                f"momentum={self.momentum} never slows down; use 0 or more "
                f"and less than 1"
            )
        if self.nesterov and not self.momentum:
            raise ValueError(
                "nesterov=True looks ahead along the momentum, and "
                "momentum=0 has none; use nesterov=False"
            )
        if self.weight_decay < 0:
            raise ValueError(
                f"weight_decay={self.weight_decay} pulls no weight towards "
                f"0; use 0 or more"
            )
        if not 0 < self.factor <= 1:
            raise ValueError(
                f"factor={self.factor} does not lower the rate; use a "
                f"number above 0 and up to 1"
            )
        listed = isinstance(self.drops, tuple | list)
        if listed:
            a_number(**{f"drops[{i}]": s for i, s in enumerate(self.drops)})
        if not listed or not all(0 < share < 1 for share in self.drops):
            raise ValueError(
                f"drops={self.drops} are no shares of the epochs; "
                f"use a list of numbers between 0 and 1"
            )

        # A checkpoint holds plain numbers, and these may be numpy's.
        for name, value in vars(self).items():
            if hasattr(value, "item"):
                object.__setattr__(self, name, value.item())
        plain = [float(share) for share in self.drops]
        object.__setattr__(self, "drops", type(self.drops)(plain))

    def rate_in(self, epoch: int) -> float:
        """The learning rate of an epoch; the first is 0."""
        # 0.55 of 100 epochs is a little more than 55, in floating point.
        due = (share * self.epochs - 1e-9 for share in self.drops)
        past = sum(epoch >= first for first in due)
        return self.rate * self.factor**past

    def optimizer(self, weights: Iterable[Parameter]) -> SGD:
        """Stochastic gradient descent over these weights."""
        return SGD(
            weights,
            lr=self.rate,
            momentum=self.momentum,
            nesterov=self.nesterov,
            weight_decay=self.weight_decay,
        )


DENSENET_CIFAR = Recipe(epochs=300, pad=4, flip=True)
DENSENET_IMAGENET = Recipe(epochs=90, batch=256, drops=(1 / 3, 2 / 3))
