"""A residual net: every two layers add to what they read.

He, Zhang, Ren, Sun, "Identity Mappings in Deep Residual Networks", ECCV
2016, arXiv 1603.05027: normalisation and ReLU stand before a convolution,
so that nothing stands in the way of what a shortcut carries.
"""

from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import pad

from cvnotes.baselines.plain import PlainNet
from cvnotes.shapes import Maps

Changed = Float[Tensor, "b d h w"]  # d channels from c: as many, or more


class Residual(nn.Sequential):
    """Layers that add to what they read: x + F(x).

    >>> import torch
    >>> from cvnotes.baselines import Layer
    >>> block = Residual(Layer(16, 32), Layer(32, 32))
    >>> block(torch.zeros(2, 16, 8, 8)).shape
    torch.Size([2, 32, 8, 8])
    """

    def change(self, x: Maps) -> Changed:
        """F(x): what the layers add."""
        return super().forward(x)

    def forward(self, x: Maps) -> Changed:
        change = self.change(x)
        # Where the channels become more, the new ones start from zero: the
        # shortcut has no weights (option A of arXiv 1512.03385, 3.3).
        more = change.shape[1] - x.shape[1]
        return pad(x, (0, 0, 0, 0, 0, more)) + change


class ResNet(PlainNet):
    """The plain net with a shortcut around every two layers.

    It has the same convolutions, and as many parameters. A stage of an odd
    number of layers ends in a shortcut around one.

    >>> net = ResNet(8, (2, 2, 3))
    >>> [len(block) for block in net.features.stage3]
    [2, 1]
    """

    def _joined(self, stage):
        return [Residual(*stage[i : i + 2]) for i in range(0, len(stage), 2)]
