"""What is measured of a gradient, and how far from level it is called."""

import math

import torch
from torch import nn
from torch.nn.functional import cross_entropy

from cvnotes.baselines import PlainNet, ResNet
from cvnotes.densenet import densenet_cifar
from cvnotes.experiments import gradient_flow
from cvnotes.experiments.gradient_flow import (
    ALL,
    NOTHING,
    drift,
    flow,
    without_norm,
)

IMAGES = torch.randn(8, 3, 8, 8, generator=torch.Generator().manual_seed(0))
LABELS = torch.arange(8) % 2


def by_hand():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(3, 4, 3, padding=1),
        nn.ReLU(),
        nn.Conv2d(4, 4, 1),  # no 3×3: it is not asked
        nn.Conv2d(4, 2, 3, padding=1),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
    )


def test_the_flow_of_a_net_made_by_hand_is_autograds():
    net = by_hand()
    loss = cross_entropy(net(IMAGES), LABELS)
    weights = [net[0].weight, net[3].weight]
    slopes = torch.autograd.grad(loss, weights)
    wanted = [
        round(math.log10((s.norm() / w.norm()).item()), 2)
        for s, w in zip(slopes, weights)
    ]
    assert flow(net, IMAGES, LABELS) == wanted


def test_asking_leaves_the_net_alone():
    net = PlainNet(2)
    before = {name: v.clone() for name, v in net.state_dict().items()}
    flow(net.eval(), IMAGES, LABELS)
    assert not net.training
    assert all(p.grad is None for p in net.parameters())
    for name, value in net.state_dict().items():
        assert torch.equal(value, before[name])


@torch.no_grad()
def test_what_float32_cannot_hold_is_put_at_its_ends():
    net = by_hand()
    net[3].weight.zero_()
    with torch.enable_grad():
        # No gradient comes through a weight of zero; and its own gradient
        # is infinitely more than it.
        assert flow(net, IMAGES, LABELS) == [NOTHING, ALL]


def test_every_design_is_asked_at_as_many_layers():
    layers = (2, 2, 2)
    plain = {"bottleneck": False, "compression": 1.0}
    nets = (
        PlainNet(4, layers),
        ResNet(4, layers),
        densenet_cifar(10, 4, **plain),
    )
    counts = [len(flow(net, IMAGES, LABELS)) for net in nets]
    assert counts == [7, 7, 7]


@torch.no_grad()
def test_without_norm_keeps_every_earlier_map_as_it_was():
    plain = {"bottleneck": False, "compression": 1.0}
    block = without_norm(densenet_cifar(13, 4, **plain)).features.denseblock1
    x0 = torch.randn(2, 16, 8, 8)
    kept = x0.clone()
    x = x0
    for layer in block:
        wider = layer(x)
        assert torch.equal(wider[:, : layer.in_channels], x)
        x = wider
    assert torch.equal(x0, kept)


def test_without_norm_leaves_no_normalisation_and_all_other_weights():
    net = ResNet(4)
    weights = [m.weight for m in net.modules() if isinstance(m, nn.Conv2d)]
    found = without_norm(net)
    kinds = {type(m) for m in found.modules()}
    assert nn.BatchNorm2d not in kinds and nn.Identity in kinds
    left = [m.weight for m in found.modules() if isinstance(m, nn.Conv2d)]
    assert all(a is b for a, b in zip(left, weights, strict=True))


def table(deep, end=(0.0, 0.0)):
    case = {"design": "plain", "norm": True}
    return [
        {**case, "depth": 10, "seed": 0, "start": [-2, 0], "end": [1, 3]},
        {**case, "depth": 40, "seed": 0, "start": deep, "end": end},
    ]


def test_drift_is_the_farthest_layer_from_the_shallow_nets_mean():
    assert drift(table([0.0, -4.0, 1.0]), "plain", True, 40) == [3]
    assert drift(table([-1.0, -1.0]), "plain", True, 40) == [0]


def test_drift_after_training_is_from_the_shallow_net_after_training():
    rows = table([0.0, 0.0], end=[2.0, 7.0])
    assert drift(rows, "plain", True, 40, "end") == [5]


def test_a_net_that_burst_has_drifted_without_end():
    rows = table([0.0, 0.0], end=None)
    assert drift(rows, "plain", True, 40, "end") == [math.inf]


def test_a_net_that_burst_is_called_so_in_the_table():
    found = gradient_flow.recorded()
    text = str(found.table)
    assert text.count("burst") == 1
    assert "inf" not in text


def test_the_gradient_of_a_normalised_chain_explodes_towards_the_start():
    torch.manual_seed(0)
    chain = flow(PlainNet(4, (12, 12, 12)), IMAGES, LABELS)
    plain = {"bottleneck": False, "compression": 1.0}
    dense = flow(densenet_cifar(40, 4, **plain), IMAGES, LABELS)
    assert chain[1] - chain[-1] > 1 > abs(dense[1] - dense[-1])
