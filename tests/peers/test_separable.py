"""Our separable convolution against timm's, with the same weights."""

import pytest
import torch
from timm.models._efficientnet_blocks import DepthwiseSeparableConv
from torch import nn

from cvnotes.pointwise import DepthwiseSeparable


def pair(reads, makes, kernel_size):
    """timm's block, its own weights in ours, and random maps.

    timm has a normalisation and a ReLU behind the depthwise half, and a
    normalisation behind the other, where it has no activation by itself.
    """
    torch.manual_seed(kernel_size)
    theirs = DepthwiseSeparableConv(
        reads, makes, dw_kernel_size=kernel_size, noskip=True
    )
    ours = DepthwiseSeparable(reads, makes, kernel_size)
    ours.depthwise.load_state_dict(theirs.conv_dw.state_dict())
    ours.pointwise.load_state_dict(theirs.conv_pw.state_dict())
    x = torch.randn(2, reads, 9, 8, dtype=torch.float64)
    return ours.double(), theirs.double().eval(), x


@pytest.mark.parametrize("kernel_size", [3, 5])
@pytest.mark.parametrize("reads, makes", [(8, 16), (16, 8), (12, 12)])
def test_with_nothing_between_the_outputs_are_the_same(
    reads, makes, kernel_size
):
    ours, theirs, x = pair(reads, makes, kernel_size)
    theirs.bn1, theirs.bn2 = nn.Identity(), nn.Identity()
    torch.testing.assert_close(ours(x), theirs(x), rtol=1e-10, atol=1e-12)


def test_with_its_normalisations_between_they_are_the_same_too():
    ours, theirs, x = pair(8, 16, 3)
    random = torch.Generator().manual_seed(1)
    for norm in (theirs.bn1, theirs.bn2):
        norm.running_mean.normal_(0, 0.5, generator=random)
        norm.running_var.uniform_(0.5, 2, generator=random)
    composed = nn.Sequential(
        ours.depthwise, theirs.bn1, ours.pointwise, theirs.bn2
    )
    torch.testing.assert_close(composed(x), theirs(x), rtol=1e-10, atol=1e-12)


def test_it_learns_as_many_numbers_but_for_the_normalisations():
    ours, theirs, _ = pair(8, 16, 3)
    count = sum(p.numel() for p in theirs.parameters())
    norms = 2 * (8 + 16)
    assert sum(p.numel() for p in ours.parameters()) == count - norms
