"""Equal parameters where nets are compared, and verdicts by the numbers."""

from dataclasses import replace

import pytest
import torch

from cvnotes.attention import CBAM
from cvnotes.experiments import cbam_ablation
from cvnotes.experiments.cbam_ablation import (
    ARMS,
    LARGE,
    PAIRS,
    QUICK,
    judge,
    nets,
)
from cvnotes.experiments.cbam_nets import (
    GatedNet,
    MeanOnly,
    PeakOnly,
    SideBySide,
)
from cvnotes.experiments.lab import Lab
from cvnotes.experiments.nets import parameters

MAPS = torch.randn(2, 16, 5, 4, generator=torch.Generator().manual_seed(0))
SHORT = replace(QUICK, images=20, epochs=1, width=4)


def sizes(width):
    with torch.device("meta"):
        built = nets(width, 1, 10)
        return {arm: parameters(build()) for arm, build in built.items()}


@pytest.mark.parametrize("width", [QUICK.width, cbam_ablation.FULL.width])
def test_nets_that_are_compared_are_as_large_within_three_percent(width):
    found = sizes(width)
    for ours, theirs, _ in PAIRS:
        assert found[theirs] == pytest.approx(found[ours], rel=0.03)


def test_gates_of_one_kind_are_exactly_as_large():
    found = sizes(QUICK.width)
    assert found["average"] == found["maximum"] == found["both"]
    orders = {found[n] for n in ("channels first", "places first")}
    assert orders == {found["side by side"]}


def test_the_average_does_not_hear_a_peak_and_the_maximum_no_ground():
    moved = MAPS.clone()
    moved[:, :, 0, 0] += 9
    moved[:, :, 4, 3] -= 9
    mean, low = MeanOnly(16, 4), PeakOnly(16, 4)
    torch.testing.assert_close(mean.gate(moved), mean.gate(MAPS))
    lower = torch.where(MAPS < 0, MAPS - 1, MAPS)
    torch.testing.assert_close(low.gate(lower), low.gate(MAPS))


def test_side_by_side_both_gates_read_what_came_in():
    torch.manual_seed(0)
    block = SideBySide(16, 4, 3).eval()
    expected = block.channel.gate(MAPS) * block.spatial.gate(MAPS) * MAPS
    torch.testing.assert_close(block(MAPS), expected)


def test_the_gate_stands_before_the_sum():
    block = GatedNet("channels first").blocks[0].eval()
    assert isinstance(block.gate, CBAM)
    expected = torch.relu(MAPS + block.gate(block.body(MAPS)))
    torch.testing.assert_close(block(MAPS), expected)


def test_every_arm_is_trained_once_a_seed():
    lab = Lab(device="cpu", shown=False)
    rows = list(cbam_ablation.measure(SHORT, 0, lab))
    assert tuple(row["arm"] for row in rows) == ARMS
    assert all(0 <= row["accuracy"] <= 1 for row in rows)


def made_up(**accuracy):
    return [
        {
            "arm": arm,
            "seed": seed,
            "params": 1000,
            "accuracy": (accuracy.get(arm.split()[0], 50) + seed) / 100,
        }
        for arm in ARMS
        for seed in (0, 1, 2)
    ]


@pytest.mark.parametrize(
    "accuracy, said",
    [
        ({"both": 60}, "++???"),
        ({"channels": 60}, "??+++"),
        ({"average": 60, "places": 60}, "-?-??"),
        ({"none,": 51}, "????-"),
    ],
)
def test_the_verdicts_follow_the_numbers(accuracy, said):
    mark = {"holds": "+", "does not hold here": "-", "undecided": "?"}
    found = judge(made_up(**accuracy), QUICK)
    assert "".join(mark[finding.verdict] for finding in found) == said


def test_the_table_and_the_figure_have_a_line_for_each():
    rows = made_up(both=60)
    assert len(cbam_ablation.table(rows, QUICK).rows) == len(ARMS)
    alt = cbam_ablation.draw(rows, QUICK).alt
    assert "10.00 (10.00 to 10.00)" in alt and ARMS[-1] == LARGE


def test_a_gate_that_is_not_here_is_refused_by_name():
    with pytest.raises(ValueError, match=r"gate='eca'.*average"):
        GatedNet("eca")
