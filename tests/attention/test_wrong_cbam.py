"""The wrong versions that circulate; each turns a check red.

Two MLPs, no sigmoid, the average twice: Peachypie98/CBAM#2 and #3, and
Awesome-Vision-Attentions#32, on GitHub. Others are of the notes.
"""

import pytest
import torch

from cvnotes.attention import ChannelAttention, SpatialAttention
from tests.attention import test_cbam as right


class TwoMLPs(ChannelAttention):
    def __init__(self, channels, reduction):
        super().__init__(channels, reduction)
        self.other = ChannelAttention(channels, reduction).mlp

    def gate(self, x):
        mean = self.mlp(x.mean((2, 3), keepdim=True))
        peak = self.other(x.amax((2, 3), keepdim=True))
        return torch.sigmoid(mean + peak)


class NoSigmoid(ChannelAttention):
    def gate(self, x):
        return torch.logit(super().gate(x))


class AverageTwice(ChannelAttention):
    def gate(self, x):
        mean = self.mlp(x.mean((2, 3), keepdim=True))
        return torch.sigmoid(mean + mean)


class TwoSigmoids(ChannelAttention):
    def gate(self, x):
        mean = torch.sigmoid(self.mlp(x.mean((2, 3), keepdim=True)))
        peak = torch.sigmoid(self.mlp(x.amax((2, 3), keepdim=True)))
        return mean + peak


class OnlyTheGate(ChannelAttention):
    def forward(self, x):
        return self.gate(x)


class OnlyTheSpatialGate(SpatialAttention):
    def forward(self, x):
        return self.gate(x)


class SpatialNoSigmoid(SpatialAttention):
    def gate(self, x):
        return torch.logit(super().gate(x))


class SpatialAverageTwice(SpatialAttention):
    def gate(self, x):
        mean = x.mean(1, keepdim=True)
        return torch.sigmoid(self.norm(self.conv(torch.cat([mean, mean], 1))))


class NoNormalisation(SpatialAttention):
    def gate(self, x):
        summary = [x.amax(1, keepdim=True), x.mean(1, keepdim=True)]
        return torch.sigmoid(self.conv(torch.cat(summary, 1)))


@pytest.mark.parametrize(
    "wrong, check",
    [
        (TwoMLPs, right.check_one_mlp_judges_both),
        (TwoMLPs, right.check_the_channel_formula),
        (NoSigmoid, right.check_a_gate_lies_between_0_and_1),
        (AverageTwice, right.check_a_peak_is_heard),
        (AverageTwice, right.check_the_channel_formula),
        (TwoSigmoids, right.check_a_gate_lies_between_0_and_1),
        (OnlyTheGate, right.check_the_maps_are_multiplied),
    ],
)
def test_a_wrong_channel_gate_turns_a_check_red(wrong, check):
    with pytest.raises(AssertionError):
        check(right.made(wrong, 32, 8))


@pytest.mark.parametrize(
    "wrong, check",
    [
        (OnlyTheSpatialGate, right.check_the_maps_are_multiplied),
        (SpatialNoSigmoid, right.check_a_gate_lies_between_0_and_1),
        (SpatialAverageTwice, right.check_the_spatial_formula),
        (NoNormalisation, right.check_the_spatial_formula),
    ],
)
def test_a_wrong_spatial_gate_turns_a_check_red(wrong, check):
    with pytest.raises(AssertionError):
        check(right.made(wrong))
