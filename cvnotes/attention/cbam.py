"""CBAM: ask which channels matter, then which places.

Woo, Park, Lee, Kweon, "CBAM: Convolutional Block Attention Module",
ECCV 2018, arXiv 1807.06521, section 3. Where the paper leaves a choice,
biases and the place of the normalisation are those of the authors' code
(Jongchan/attention-module). That code also averages its statistics more
slowly (momentum 0.01), and its ResNet starts this normalisation at 0, so
that every place is let through by half.
"""

from collections import OrderedDict

import torch
from torch import nn

from cvnotes.cost import refuse_even, refuse_reduction
from cvnotes.shapes import ChannelGate, Maps, SpatialGate


class ChannelAttention(nn.Module):
    """Turn each channel up or down, by its average and its maximum.

    >>> block = ChannelAttention(32, reduction=8)
    >>> block.gate(torch.zeros(2, 32, 7, 7)).shape
    torch.Size([2, 32, 1, 1])
    """

    def __init__(self, channels: int, reduction: int = 16):
        refuse_reduction(channels, reduction)
        super().__init__()
        hidden = channels // reduction
        self.mlp = nn.Sequential(
            nn.Conv2d(channels, hidden, 1),
            nn.ReLU(),
            nn.Conv2d(hidden, channels, 1),
        )

    def gate(self, x: Maps) -> ChannelGate:
        """A number from 0 to 1 for each channel."""
        # One MLP judges both, so they are told on the same scale.
        mean = self.mlp(x.mean((2, 3), keepdim=True))
        peak = self.mlp(x.amax((2, 3), keepdim=True))
        return torch.sigmoid(mean + peak)

    def forward(self, x: Maps) -> Maps:
        return self.gate(x) * x


class SpatialAttention(nn.Module):
    """Turn each place up or down, by the maximum and mean over channels.

    >>> SpatialAttention().gate(torch.zeros(2, 32, 7, 7)).shape
    torch.Size([2, 1, 7, 7])
    """

    def __init__(self, kernel_size: int = 7):
        refuse_even(kernel_size)
        super().__init__()
        padding = kernel_size // 2
        self.conv = nn.Conv2d(2, 1, kernel_size, padding=padding, bias=False)
        self.norm = nn.BatchNorm2d(1)

    def gate(self, x: Maps) -> SpatialGate:
        """A number from 0 to 1 for each place."""
        summary = [x.amax(1, keepdim=True), x.mean(1, keepdim=True)]
        return torch.sigmoid(self.norm(self.conv(torch.cat(summary, 1))))

    def forward(self, x: Maps) -> Maps:
        return self.gate(x) * x


class CBAM(nn.Sequential):
    """First the channels, then the places of what they have left.

    >>> CBAM(32, reduction=8)(torch.zeros(2, 32, 7, 7)).shape
    torch.Size([2, 32, 7, 7])
    """

    def __init__(
        self, channels: int, reduction: int = 16, kernel_size: int = 7
    ):
        super().__init__(
            OrderedDict(
                channel=ChannelAttention(channels, reduction),
                spatial=SpatialAttention(kernel_size),
            )
        )

    def forward(self, x: Maps) -> Maps:
        if torch.is_grad_enabled() or self._is_changed():
            return super().forward(x)
        # Nobody will ask for a slope, so the refined maps may be written
        # over: fresh memory takes longer than the arithmetic.
        refined = self.channel.gate(x) * x
        return refined.mul_(self.spatial.gate(refined))

    def _is_changed(self):
        """Whether a part was replaced or added, or one has hooks."""
        kinds = [type(part) for part in self]
        heard = any(p._forward_hooks or p._forward_pre_hooks for p in self)
        return heard or kinds != [ChannelAttention, SpatialAttention]
