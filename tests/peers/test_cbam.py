"""Our CBAM against timm's, with the same weights.

By design ours has biases in the MLP, as the authors' code; timm has them
where it is asked to. timm puts the mean before the maximum.
"""

import pytest
import torch
from timm.layers.cbam import CbamModule

from cvnotes.attention import CBAM


def pair(channels, reduction, kernel_size, biases=True):
    """timm's block, its weights in ours, and random maps."""
    torch.manual_seed(channels)
    theirs = CbamModule(
        channels,
        rd_channels=channels // reduction,
        spatial_kernel_size=kernel_size,
        mlp_bias=biases,
    )
    norm = theirs.spatial.conv.bn
    torch.nn.init.uniform_(norm.weight, 0.5, 2)
    torch.nn.init.normal_(norm.bias)
    ours = CBAM(channels, reduction, kernel_size)
    for mine, other in (
        (ours.channel.mlp[0], theirs.channel.fc1),
        (ours.channel.mlp[2], theirs.channel.fc2),
    ):
        mine.weight.data.copy_(other.weight.data)
        if biases:
            mine.bias.data.copy_(other.bias.data)
        else:
            mine.bias.data.zero_()
    kernel = theirs.spatial.conv.conv.weight.data
    ours.spatial.conv.weight.data.copy_(kernel.flip(1))
    ours.spatial.norm.load_state_dict(norm.state_dict())
    x = torch.randn(2, channels, 9, 8, requires_grad=True)
    return ours, theirs, x


@pytest.mark.parametrize("biases", [True, False])
@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("plan", [(16, 4, 3), (64, 16, 7), (30, 7, 5)])
def test_the_outputs_are_the_same(plan, training, biases):
    ours, theirs, x = pair(*plan, biases)
    ours.train(training)
    theirs.train(training)
    torch.testing.assert_close(ours(x), theirs(x), rtol=1e-5, atol=1e-5)
    with torch.no_grad():
        torch.testing.assert_close(ours(x), theirs(x), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("training", [True, False])
def test_the_slopes_are_the_same(training):
    ours, theirs, x = pair(64, 16, 7)
    found = []
    for block in (ours.train(training), theirs.train(training)):
        out = block(x)
        scales = torch.linspace(-1, 1, out.numel()).view_as(out)
        (slope,) = torch.autograd.grad(
            (out * scales).sum(), x, retain_graph=True
        )
        (out * scales).sum().backward()
        found.append(slope)
    torch.testing.assert_close(*found, rtol=1e-5, atol=1e-5)
    for mine, other in zip(
        ours.channel.parameters(), theirs.channel.parameters(), strict=True
    ):
        torch.testing.assert_close(
            mine.grad, other.grad, rtol=1e-5, atol=1e-5
        )
    kernel = theirs.spatial.conv.conv.weight.grad.flip(1)
    torch.testing.assert_close(
        ours.spatial.conv.weight.grad, kernel, rtol=1e-4, atol=1e-4
    )


def test_both_learn_as_many_numbers():
    ours, theirs, _ = pair(64, 16, 7)
    mine, other = (
        sum(p.numel() for p in block.parameters()) for block in (ours, theirs)
    )
    assert mine == other
