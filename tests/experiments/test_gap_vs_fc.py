"""One trunk, four heads, an equal number of steps, and two differences."""

from dataclasses import replace

import pytest
import torch
from torch import nn

from cvnotes import cost
from cvnotes.experiments import gap_vs_fc
from cvnotes.experiments.gap_vs_fc import FULL, QUICK, gaps, judge
from cvnotes.experiments.heads import DROPPED, FC, FEWER, HEADS, OURS, nets
from cvnotes.experiments.nets import parameters

SHAPES = {"QUICK": (1, 8, 8), "FULL": (3, 32, 32)}
every_preset = pytest.mark.parametrize("preset", SHAPES)


def built(preset):
    settings, shape = getattr(gap_vs_fc, preset), SHAPES[preset]
    with torch.device("meta"):
        made = nets(settings, shape, 10)
        return {head: build() for head, build in made.items()}


def kinds(net, kind):
    return [part for part in net.modules() if isinstance(part, kind)]


@every_preset
def test_one_fully_connected_net_has_as_few_parameters_within_3_percent(
    preset,
):
    sizes = {head: parameters(net) for head, net in built(preset).items()}
    assert sizes[FEWER] == pytest.approx(sizes[OURS], rel=0.03)
    assert sizes[FC] == sizes[DROPPED] > sizes[OURS]


@every_preset
def test_but_for_the_head_three_nets_are_one(preset):
    made = built(preset)
    trunks = [
        [tuple(conv.weight.shape) for conv in kinds(made[head], nn.Conv2d)]
        for head in (OURS, FC, DROPPED)
    ]
    assert trunks[0] == trunks[1] == trunks[2]
    assert not kinds(made[OURS], nn.Linear)
    assert all(len(kinds(made[h], nn.Linear)) == 1 for h in HEADS[1:])


@every_preset
def test_dropout_stands_in_front_of_one_head_and_nowhere_else(preset):
    drops = {h: kinds(net, nn.Dropout) for h, net in built(preset).items()}
    assert [h for h in HEADS if drops[h]] == [DROPPED]


def test_the_full_trunk_has_the_convolutions_of_nin():
    net = built("FULL")[OURS]
    assert sum(map(parameters, kinds(net, nn.Conv2d))) == cost.nin().params


def test_the_full_heads_linear_layer_is_that_of_nin():
    (linear,) = kinds(built("FULL")[FC], nn.Linear)
    assert parameters(linear) == cost.nin_layers(head="fc")[-1].cost.params


@every_preset
def test_every_head_answers_with_a_score_for_each_class(preset):
    for net in built(preset).values():
        x = torch.zeros(2, *SHAPES[preset], device="meta")
        assert net(x).shape == (2, 10)


@pytest.mark.parametrize("preset", [QUICK, FULL])
def test_every_number_of_pictures_gets_as_many_steps(preset):
    for size in preset.sizes:
        there = preset.at(size)
        steps = there.epochs * (size // there.batch)
        assert there.images == size
        assert steps == pytest.approx(preset.steps, rel=0.01)


def test_the_comparison_has_no_other_regulariser():
    for preset in (QUICK, FULL):
        assert (preset.pad, preset.flip) == (0, False)


def made_up(test_of):
    """Two seeds at every size, of heads with these test percents."""
    return [
        {
            "head": head,
            "images": size,
            "seed": seed,
            "train_accuracy": 1.0,
            "test_accuracy": (percent - seed) / 100,
        }
        for head, percent in test_of.items()
        for size in QUICK.sizes
        for seed in (0, 1)
    ]


def test_a_gap_is_training_less_test_in_points():
    rows = made_up({OURS: 95})
    assert gaps(rows, OURS, QUICK.sizes) == pytest.approx([5, 6])


@pytest.mark.parametrize(
    "ours, verdict", [(95, "holds"), (85, "does not hold here")]
)
def test_the_smaller_gap_and_the_better_test_are_what_is_asked(ours, verdict):
    rows = made_up(dict.fromkeys(HEADS, 90) | {OURS: ours})
    assert {finding.verdict for finding in judge(rows, QUICK)} == {verdict}


def test_each_other_head_is_compared_with_twice():
    rows = made_up(dict.fromkeys(HEADS, 90))
    claims = [finding.claim for finding in judge(rows, QUICK)]
    for head in (FC, FEWER, DROPPED):
        assert sum(f"“{head}”" in claim for claim in claims) == 2


@pytest.mark.parametrize(
    "settings, sentence",
    [
        ({"sizes": (10, 200)}, "sizes=10 does not fill batch=20"),
        ({"sizes": (50, 50)}, "names 50 twice"),
        ({"steps": 0}, "steps=0"),
        ({"kernels": (3,)}, r"kernels=\(3,\) is one mlpconv"),
    ],
)
def test_settings_that_cannot_be_judged_are_refused(settings, sentence):
    with pytest.raises(ValueError, match=sentence):
        replace(QUICK, **settings)


def test_the_table_has_a_line_for_each_size_and_head():
    rows = made_up(dict.fromkeys(HEADS, 90))
    lines = gap_vs_fc.table(rows, QUICK).rows
    assert [line[:2] for line in lines] == [
        [str(size), head] for size in QUICK.sizes for head in HEADS
    ]
