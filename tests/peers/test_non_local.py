"""Our non-local block against timm's, with the same weights.

timm's differs by design in two ways. It scales by the *input* channels'
root, where ours takes that of the hidden ones: θ is rescaled here. And its
projections have biases: those of φ, g and z change nothing that is seen
(softmax forgives the first, normalisation the others), and θ's stays at
zero, where it starts.
"""

import pytest
import torch
from timm.layers import NonLocalAttn

from cvnotes.attention import NonLocal


def pair(channels, hidden, train=False, biased=()):
    """timm's block with random weights, ours with its own, and maps."""
    torch.manual_seed(channels + hidden)
    theirs = NonLocalAttn(channels, rd_channels=hidden).double()
    torch.nn.init.normal_(theirs.norm.weight)
    torch.nn.init.normal_(theirs.norm.bias)
    for name in biased:
        torch.nn.init.normal_(getattr(theirs, name).bias)
    ours = NonLocal(channels, hidden).double()
    rescale = (hidden / channels) ** 0.5
    parts = theirs.t.weight * rescale, theirs.p.weight, theirs.g.weight
    ours.tpg.weight.data = torch.cat(parts).detach()
    ours.z.weight.data = theirs.z.weight.detach().clone()
    ours.norm.load_state_dict(theirs.norm.state_dict())
    x = torch.randn(2, channels, 7, 6, dtype=torch.float64)
    return ours.train(train), theirs.train(train), x


def close(ours, theirs):
    torch.testing.assert_close(ours, theirs, rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("train", [False, True])
@pytest.mark.parametrize("channels, hidden", [(16, 8), (24, 8), (8, 16)])
def test_the_outputs_are_the_same(channels, hidden, train):
    ours, theirs, x = pair(channels, hidden, train)
    close(ours(x), theirs(x))


@pytest.mark.parametrize("train", [False, True])
def test_the_gradients_are_the_same(train):
    ours, theirs, x = pair(16, 8, train)
    weigh = torch.randn(2, 16, 7, 6, dtype=torch.float64)
    grads = []
    for net in (ours, theirs):
        own = x.clone().requires_grad_()
        (net(own) * weigh).sum().backward()
        grads.append(own.grad)
    close(*grads)
    rescale = (8 / 16) ** 0.5
    found = ours.tpg.weight.grad.chunk(3)
    close(found[0] * rescale, theirs.t.weight.grad)
    close(found[1], theirs.p.weight.grad)
    close(found[2], theirs.g.weight.grad)
    close(ours.z.weight.grad, theirs.z.weight.grad)
    close(ours.norm.weight.grad, theirs.norm.weight.grad)


def test_biases_of_phi_g_and_z_change_nothing_in_training():
    ours, theirs, x = pair(16, 8, train=True, biased=("p", "g", "z"))
    close(ours(x), theirs(x))


def test_thetas_bias_does():
    ours, theirs, x = pair(16, 8, train=True, biased=("t",))
    assert (ours(x) - theirs(x)).abs().max() > 1e-3


def test_in_single_precision_they_agree_to_five_digits():
    ours, theirs, x = pair(64, 32)
    ours, theirs, x = ours.float(), theirs.float(), x.float()
    torch.testing.assert_close(ours(x), theirs(x), rtol=1e-5, atol=1e-5)
