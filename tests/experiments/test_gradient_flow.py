"""What is measured of a gradient, and how far from level it is called."""

import math
from dataclasses import replace

import pytest
import torch
from PIL import Image
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
from cvnotes.experiments.lab import Lab

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


def test_a_folder_of_pictures_can_be_asked_too(tmp_path):
    for place in ("train/cat", "train/dog", "test/cat", "test/dog"):
        (tmp_path / place).mkdir(parents=True)
        Image.new("RGB", (9, 9), "red").save(tmp_path / place / "a.png")
    few = {"images": None, "epochs": 1, "batch": 2, "depths": (7, 10)}
    settings = replace(gradient_flow.QUICK, data=str(tmp_path), **few)
    lab = Lab("cpu", shown=False)
    row = next(iter(gradient_flow.measure(settings, 0, lab)))
    assert len(row["start"]) == len(row["end"]) == 4


def made_up(**off):
    """Two seeds of every net; a deep one is off by so much: start, end."""
    usual = {"dense": (0.2, 0.3), "residual": (2, 2), "plain": (5, 6)} | off

    def case(design, norm, depth, seed):
        start, end = usual[design] if depth > 10 else (0, 0)
        more = seed / 10 if depth > 10 else 0
        return {
            **{"design": design, "norm": norm, "depth": depth, "seed": seed},
            "start": [start + more, 0],
            "end": None if end is None else [end + more, 0],
        }

    return [
        case(design, norm, depth, seed)
        for design in usual
        for norm in (True, False)
        for depth in (10, 40)
        for seed in (0, 1, 2)
    ]


def bounds(rows):
    """The findings that have a bound, and their verdicts."""
    settings = replace(gradient_flow.QUICK, depths=(10, 40))
    found = gradient_flow.judge(rows, settings)
    assert [f.claim.startswith("steadier") for f in found[:4]] == [True] * 4
    return {f.claim.split(",")[0]: f.verdict for f in found[4:]}


def test_the_claim_has_a_bound_for_the_dense_and_for_the_plain_net():
    wanted = {
        f"{norm} normalisation a {net} 1 power of ten": "holds"
        for norm in ("with", "without")
        for net in (
            "dense net keeps within",
            "plain net is farther off than",
        )
    }
    assert bounds(made_up()) == wanted


@pytest.mark.parametrize("when", [(3, 0.2), (0.2, 3), (0.2, None)])
def test_a_dense_net_must_keep_to_it_at_the_start_and_at_the_end(when):
    found = bounds(made_up(dense=when))
    ours = {v for claim, v in found.items() if "dense" in claim}
    assert ours == {"does not hold here"}


def test_a_plain_net_that_comes_to_itself_in_training_has_kept_it():
    found = bounds(made_up(plain=(5, 0.2)))
    theirs = {v for claim, v in found.items() if "plain" in claim}
    assert theirs == {"does not hold here"}


def test_a_plain_net_that_burst_has_not_kept_it():
    found = bounds(made_up(plain=(5, None)))
    assert set(found.values()) == {"holds"}
