"""Equal means, an equal number of steps, and the gap between two numbers."""

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from cvnotes.experiments import regularisation
from cvnotes.experiments.nets import parameters
from cvnotes.experiments.regularisation import QUICK, gaps, judge, nets


@pytest.mark.parametrize("preset", ["QUICK", "FULL"])
def test_both_nets_have_as_many_parameters_within_five_percent(preset):
    settings = getattr(regularisation, preset)
    shape = (1, 8, 8) if preset == "QUICK" else (3, 32, 32)
    with torch.device("meta"):
        made = nets(settings, shape, range(10))
        sizes = {name: parameters(build()) for name, build in made}
    assert sizes["residual"] == pytest.approx(sizes["dense"], rel=0.05)


def test_both_nets_are_as_deep():
    made = dict(nets(QUICK, (1, 8, 8), range(10)))
    deep = {
        name: sum(
            getattr(m, "kernel_size", None) is not None and m.weight.ndim == 4
            for m in build().modules()
            if isinstance(m, torch.nn.Conv2d)
        )
        for name, build in made.items()
    }
    # DenseNet's two transitions have a convolution each.
    assert deep["dense"] - 2 == deep["residual"]


@pytest.mark.parametrize("preset", [QUICK, regularisation.FULL])
def test_every_number_of_pictures_gets_as_many_steps(preset):
    for size in preset.sizes:
        there = preset.at(size)
        assert there.images == size
        steps = there.epochs * (size // there.batch)
        assert steps == pytest.approx(preset.steps, rel=0.01)
        drops = {there.recipe().rate_in(e) for e in range(there.epochs)}
        assert len(drops) == 3


def multiply_adds(build, shape):
    with torch.device("meta"), FlopCounterMode(display=False) as counted:
        build()(torch.zeros(1, *shape))
    return counted.get_total_flops() / 2


def test_the_dense_net_multiplies_about_three_times_as_much():
    shape = (1, 8, 8)
    dense, residual = (
        multiply_adds(build, shape)
        for _, build in nets(QUICK, shape, range(10))
    )
    assert 2.5 < dense / residual < 3.5


def test_the_comparison_has_no_other_regulariser():
    for preset in (QUICK, regularisation.FULL):
        assert (preset.pad, preset.flip) == (0, False)
    for _, build in nets(QUICK, (1, 8, 8), range(10)):
        drops = [
            m.p for m in build().modules() if isinstance(m, torch.nn.Dropout)
        ]
        assert not any(drops)


def made_up(gap_of):
    """Two seeds at every size, of nets with these gaps in percent."""
    return [
        {
            "design": design,
            "images": size,
            "seed": seed,
            "train_accuracy": 1.0,
            "test_accuracy": 1 - (gap + seed) / 100,
        }
        for design, gap in gap_of.items()
        for size in QUICK.sizes
        for seed in (0, 1)
    ]


def test_a_gap_is_training_less_test_in_points():
    rows = made_up({"dense": 5})
    assert gaps(rows, "dense", QUICK.sizes) == pytest.approx([5, 6])


@pytest.mark.parametrize(
    "dense, verdict", [(5, "holds"), (15, "does not hold here")]
)
def test_the_smaller_gap_is_the_one_that_regularises(dense, verdict):
    rows = made_up({"dense": dense, "residual": 10})
    assert {finding.verdict for finding in judge(rows, QUICK)} == {verdict}
