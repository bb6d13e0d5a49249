"""Our DenseNets against torchvision's: same names, counts and outputs."""

from copy import deepcopy

import pytest
import torch
import torchvision
from torch import nn

from cvnotes import densenet

NETS = ["densenet121", "densenet161", "densenet169", "densenet201"]


def peer(name, **settings):
    return getattr(torchvision.models, name)(weights=None, **settings)


@pytest.fixture(scope="module")
def pair():
    """torchvision's net as if it had been trained, and ours with its state.

    A fresh net's running averages are 0 and 1, which would hide a
    normalisation at the wrong place.
    """
    random = torch.Generator().manual_seed(0)
    theirs = peer("densenet121").double().eval()
    for module in theirs.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.normal_(0, 0.5, generator=random)
            module.running_var.uniform_(0.5, 2, generator=random)
            module.weight.data.uniform_(0.5, 1.5, generator=random)
            module.bias.data.normal_(0, 0.5, generator=random)
    ours = densenet.densenet121().double().eval()
    ours.load_state_dict(theirs.state_dict())
    return ours, theirs


@pytest.mark.parametrize("side", [224, 192, 256, 288])
def test_the_same_state_gives_the_same_scores_at_any_size(pair, side):
    ours, theirs = pair
    random = torch.Generator().manual_seed(side)
    picture = torch.randn(
        1, 3, side, side, generator=random, dtype=torch.float64
    )
    with torch.inference_mode():
        expected = theirs(picture)
        torch.testing.assert_close(
            ours(picture), expected, rtol=1e-10, atol=1e-10 * expected.std()
        )


def test_the_same_state_gives_the_same_gradients(pair):
    nets = [deepcopy(net).train() for net in pair]
    random = torch.Generator().manual_seed(1)
    pictures = torch.randn(
        2, 3, 64, 64, generator=random, dtype=torch.float64
    )
    gradients = [
        torch.autograd.grad(
            net(pictures).square().sum(), list(net.parameters())
        )
        for net in nets
    ]
    for mine, expected in zip(*gradients, strict=True):
        torch.testing.assert_close(
            mine, expected, rtol=1e-7, atol=1e-9 * expected.abs().max()
        )


@pytest.mark.parametrize("name", NETS)
def test_every_net_has_the_names_and_the_shapes_of_its_peer(name):
    with torch.device("meta"):
        ours, theirs = getattr(densenet, name)(), peer(name)
    shapes = [
        {key: value.shape for key, value in net.state_dict().items()}
        for net in (ours, theirs)
    ]
    assert shapes[0] == shapes[1]
    assert list(shapes[0]) == list(shapes[1])
