"""Equal multiply-adds, the rank of a kernel, and what the verdict says."""

from functools import partial

import pytest
import torch
from torch import nn

from cvnotes.data import digits
from cvnotes.experiments import inception_reduction
from cvnotes.experiments.inception_nets import (
    averaged_again,
    cut,
    cut_net,
    multiply_adds,
    net,
    squeeze,
    straight,
)
from cvnotes.experiments.inception_reduction import (
    FULL,
    QUICK,
    judge,
    nets,
    numbers,
)
from cvnotes.experiments.lab import settings_of
from cvnotes.pointwise import Inception, InceptionWidths

SHAPES = {"QUICK": (1, 8, 8), "FULL": (3, 32, 32)}


def built(preset="QUICK"):
    settings = getattr(inception_reduction, preset)
    shape = SHAPES[preset]
    found = nets(settings, shape, range(10))
    return {(design, share): build for design, share, build in found}


def kernel(*shape):
    random = torch.Generator().manual_seed(0)
    return torch.randn(shape, generator=random)


@pytest.mark.parametrize("preset", SHAPES)
def test_the_net_without_has_as_many_multiply_adds_within_five_percent(
    preset,
):
    made, share = built(preset), getattr(inception_reduction, preset).share
    ours, theirs = (
        multiply_adds(made[key], SHAPES[preset])
        for key in (("reduced", share), ("equal cost", None))
    )
    assert theirs == pytest.approx(ours, rel=0.05)


def test_the_early_and_the_late_squeeze_cost_the_same_within_five_percent():
    made = built()
    early, late = (
        multiply_adds(made[design, QUICK.share], SHAPES["QUICK"])
        for design in ("early", "late")
    )
    assert early == pytest.approx(late, rel=0.05)


def modules(build):
    return [part for part in build().modules() if isinstance(part, Inception)]


def test_at_equal_widths_all_layers_make_as_many_channels():
    made = built()
    keys = ("reduced", QUICK.share), ("equal widths", None)
    for ours, theirs in zip(*(modules(made[key]) for key in keys)):
        assert ours.out_channels == theirs.out_channels
        for name, part in theirs.named_modules():
            if isinstance(part, nn.Conv2d):
                same = ours.get_submodule(name)
                assert part.out_channels == same.out_channels


def test_at_equal_widths_only_the_two_reductions_are_left_out():
    made = built()
    keys = ("reduced", QUICK.share), ("equal widths", None)
    names = [
        {name for name, _ in made[key]().named_parameters()} for key in keys
    ]
    assert names[1] < names[0]
    left_out = {name.rsplit(".", 1)[0] for name in names[0] - names[1]}
    assert {tuple(name.split(".")[1:]) for name in left_out} == {
        ("b3", "reduce"),
        ("b5", "reduce"),
    }


def test_in_figure_2a_the_pool_has_no_1x1_either():
    for module in modules(built()["Figure 2a", None]):
        assert not hasattr(module.pool, "project")
        assert not hasattr(module.b3, "reduce")


def test_straight_reads_everything_and_puts_out_what_its_widths_say():
    widths = InceptionWidths(5, 4, 6, 2, 3, 7)
    module = straight(12, widths)
    sides = module.b3.conv.in_channels, module.b5.conv.in_channels
    assert sides == (12, 12)
    found = module(torch.zeros(1, 12, 6, 6)).shape[1]
    assert found == module.out_channels == 5 + 6 + 3 + 7


def test_the_maps_are_squeezed_once_and_in_the_stage_that_is_named():
    made = built()
    for design, before in (("early", 0), ("late", 1)):
        parts = [*made[design, QUICK.share]()]
        (at,) = (
            i for i, part in enumerate(parts) if type(part) is nn.Sequential
        )
        ahead = sum(isinstance(part, Inception) for part in parts[:at])
        assert ahead == before


def test_a_squeeze_is_a_mixing_of_its_rank():
    down, up, _ = squeeze(16, rank=3).double()
    mixing = up.weight.flatten(1) @ down.weight.flatten(1)
    assert torch.linalg.matrix_rank(mixing) == 3


def test_a_cut_kernel_has_the_rank_and_the_energy_that_are_said():
    full = kernel(10, 8, 3, 3)
    near, kept = cut(full, rank=3)
    matrix = near.transpose(0, 1).flatten(1).double()
    assert torch.linalg.matrix_rank(matrix, rtol=1e-5) == 3
    left = near.square().sum() / full.square().sum()
    assert kept == pytest.approx(left.item(), rel=1e-5)


def test_a_cut_to_the_full_rank_changes_nothing():
    full = kernel(10, 8, 3, 3)
    near, kept = cut(full, rank=8)
    torch.testing.assert_close(near, full)
    assert kept == pytest.approx(1)


def test_no_kernel_of_that_rank_is_nearer():
    full = kernel(10, 8, 3, 3)
    near, _ = cut(full, rank=3)
    # Any three mixtures of the channels keep at most as much.
    basis = torch.linalg.qr(kernel(8, 3)).Q
    other = torch.einsum("ocij,cr,dr->odij", full, basis, basis)
    assert (full - near).norm() < (full - other).norm()


def test_cutting_leaves_the_net_itself_as_it_was():
    found = net((1, 8, 8), 10, stem=8, stages=1, unit=1, module=straight)
    before = found[3].b3.conv.weight.clone()
    less, kept = cut_net(found, 0.25)
    assert torch.equal(found[3].b3.conv.weight, before)
    assert not torch.equal(less[3].b3.conv.weight, before)
    assert len(kept) == 2  # a 3×3 and a 5×5


@pytest.mark.parametrize("settings", [QUICK, FULL])
def test_the_sweep_has_the_share_that_is_compared(settings):
    assert settings.share in settings.shares


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"unit": 0}, "unit=0"),
        ({"rank": 0}, "rank=0"),
        ({"stages": 1}, "stages=1 .*2 or more"),
        ({"share": 0.0}, "share=0.0 .*above 0"),
        ({"shares": (0.25, 1.5)}, "share=1.5 .*up to 1"),
        ({"shares": ()}, "shares=.* 1 or more"),
        ({"shares": (0.25, 0.25)}, "shares=.* twice"),
    ],
)
def test_what_cannot_be_judged_is_refused_by_name(changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        settings_of(inception_reduction, "quick", changes)


def made_up(**accuracy):
    """Two seeds of each net, with these accuracies in percent."""
    shares = {"equal_cost": None, "equal_widths": None, "least": 1 / 24}
    return [
        {
            "design": "reduced"
            if name == "least"
            else name.replace("_", " "),
            "share": shares.get(name, QUICK.share),
            "seed": seed,
            "macs": 100,
            "accuracy": (percent + seed) / 100,
        }
        for name, percent in accuracy.items()
        for seed in (0, 1)
    ]


SAME = dict.fromkeys(
    ("reduced", "equal_cost", "equal_widths", "least", "early", "late"), 80
)


@pytest.mark.parametrize(
    "changed, place, verdict",
    [
        ({"equal_cost": 70}, 0, "holds"),
        ({"equal_cost": 90}, 0, "does not hold here"),
        ({"equal_widths": 81}, 1, "holds"),
        ({"equal_widths": 83}, 1, "does not hold here"),
        ({"least": 70}, 2, "holds"),
        ({"late": 85}, 3, "holds"),
        ({"late": 75}, 3, "does not hold here"),
    ],
)
def test_a_verdict_follows_the_numbers(changed, place, verdict):
    findings = judge(made_up(**SAME | changed), QUICK)
    assert findings[place].verdict == verdict


def test_a_number_a_seed_is_that_of_one_net():
    rows = made_up(**SAME | {"least": 60})
    assert numbers(rows, "reduced", 1 / 24) == pytest.approx([0.60, 0.61])


def test_multiply_adds_are_those_of_one_picture():
    bare = partial(Inception, reduce=False)
    build = partial(net, (1, 4, 4), 2, stem=3, stages=1, unit=1, module=bare)
    # The stem; 1×1 to 2, 3×3 to 4 and 5×5 to 1 channels; the classifier.
    weights = 9 * 3 + 3 * 2 + 9 * 3 * 4 + 25 * 3
    assert multiply_adds(build, (1, 4, 4)) == weights * 16 + (7 + 3) * 2


def test_new_means_are_those_of_the_pictures_and_no_weight_moves():
    pictures = digits("train", 50)
    found = net((1, 8, 8), 10, stem=8, stages=1, unit=1, share=0.5)
    weights = [p.clone() for p in found.parameters()]
    again = averaged_again(found, pictures)
    norm = next(m for m in again.modules() if isinstance(m, nn.BatchNorm2d))
    read = []
    norm.register_forward_pre_hook(lambda _, x: read.append(x[0]))
    images, _ = pictures.all()
    again(images)
    torch.testing.assert_close(norm.running_mean, read[0].mean((0, 2, 3)))
    assert all(map(torch.equal, again.parameters(), weights))
