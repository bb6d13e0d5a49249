"""Equal weights, computed overlap, measured likeness, and the verdicts."""

from dataclasses import replace

import pytest
import torch

from cvnotes.cost import Field
from cvnotes.experiments import cross_layer_nets as built
from cvnotes.experiments import cross_layer_or_same as experiment
from cvnotes.experiments.cross_layer_nets import ARMS, AskingNet, alike
from cvnotes.experiments.lab import Lab

SHORT = replace(experiment.QUICK, images=20, epochs=1)


def made_up(right, like, overlap=(1.0, 0.5)):
    """Rows of three seeds, each arm as accurate and as alike as it says."""
    laps = dict(zip(ARMS, (*overlap, None)))
    return [
        {
            **{"data": "digits", "arm": arm, "seed": seed, "macs": 1_000_000},
            "accuracy": right[arm] + 0.001 * seed,
            "alike": like[arm] + 0.001 * seed * (arm == "same"),
            "overlap": laps[arm],
        }
        for arm in ARMS
        for seed in range(3)
    ]


@pytest.mark.parametrize("settings", [experiment.QUICK, experiment.FULL])
@pytest.mark.parametrize("shape", [(1, 8, 8), (3, 32, 32)])
def test_all_arms_have_as_many_weights_within_one_percent(settings, shape):
    sizes = []
    for build in experiment.nets(settings, shape, 10).values():
        with torch.device("meta"):
            sizes.append(sum(p.numel() for p in build().parameters()))
    assert max(sizes) / min(sizes) < 1.01


@pytest.mark.parametrize("arm", ARMS)
def test_the_width_that_is_found_is_the_nearest(arm):
    params = built.parameters("across", 6)
    far = [abs(built.parameters(arm, h) - params) for h in range(1, 13)]
    found = built.nearest_hidden(arm, params)
    assert far[found - 1] == min(far)


@pytest.mark.parametrize("arm", ARMS)
def test_at_the_start_the_block_adds_nothing(arm):
    torch.manual_seed(0)
    net = AskingNet(arm, 4).eval()
    query, heard = net.heard(torch.randn(2, 3, 16, 16))
    assert query.any() and not heard.any()


def test_only_the_net_across_layers_hears_an_earlier_layer_directly():
    reached = {}
    for arm in ("same", "across"):
        torch.manual_seed(0)
        net = AskingNet(arm, 4).eval()
        for norm in net.block.norm:
            torch.nn.init.ones_(norm.weight)
        early, middle, last = net.layers(torch.randn(2, 3, 16, 16))
        net.layers = lambda x, m=middle, q=last: [x, m, q]
        early = early.detach().requires_grad_()
        heard = net.heard(early)[1]
        slope = torch.autograd.grad(heard.sum(), early, allow_unused=True)
        reached[arm] = slope[0] is not None
    assert reached == {"same": False, "across": True}


def test_the_fields_are_those_of_the_net():
    x = torch.randn(1, 3, 48, 48, requires_grad=True)
    torch.manual_seed(0)
    for field, maps in zip(built.fields(), AskingNet("deeper", 2).layers(x)):
        middle = maps.shape[2] // 2
        spot = maps[..., middle, middle].sum()
        slope = torch.autograd.grad(spot, x, retain_graph=True)[0]
        # In training mode the normalisation reaches everywhere, a little.
        low, high = field.span(middle)
        inner = slope[..., low:high, low:high].square().sum()
        assert inner / slope.square().sum() > 0.9


def test_the_mean_overlap_is_that_of_all_pairs():
    whole, pixel = Field(5, 2, 0), Field(1, 1, 0)
    assert experiment.mean_overlap(pixel, pixel, 4) == pytest.approx(1 / 16)
    one = experiment.mean_overlap(whole, pixel, 1)
    assert one == 1.0


def test_a_turned_copy_is_alike_and_noise_is_not():
    draw = torch.Generator().manual_seed(0)
    maps = torch.randn(40, 6, 5, 5, generator=draw)
    turn = torch.linalg.qr(torch.randn(6, 6, generator=draw)).Q
    turned = torch.einsum("oc, bchw -> bohw", turn, maps)
    assert alike(maps, 3 * turned) == pytest.approx(1)
    assert alike(maps, torch.randn(40, 6, 5, 5, generator=draw)) < 0.05


def test_the_verdicts_follow_the_numbers():
    better = made_up(
        {"same": 0.8, "across": 0.9, "deeper": 0.7},
        {"same": 0.6, "across": 0.3, "deeper": 0.4},
    )
    found = experiment.judge(better, experiment.QUICK)
    assert [f.verdict for f in found] == ["holds"] * 4
    worse = made_up(
        {"same": 0.9, "across": 0.8, "deeper": 0.9},
        {"same": 0.3, "across": 0.6, "deeper": 0.4},
        overlap=(0.5, 1.0),
    )
    found = experiment.judge(worse, experiment.QUICK)
    assert {f.verdict for f in found} == {"does not hold here"}


def test_one_seed_measures_every_arm():
    lab = Lab(device="cpu", shown=False)
    rows = list(experiment.measure(SHORT, 0, lab))
    assert [row["arm"] for row in rows] == list(ARMS)
    assert all(0 <= row["alike"] <= 1 for row in rows)
    laps = [row["overlap"] for row in rows]
    assert laps[1] < laps[0] and laps[2] is None


def test_data_that_come_twice_are_refused():
    with pytest.raises(ValueError, match=r"data=.*'digits' twice"):
        replace(experiment.QUICK, also=("digits",))
    with pytest.raises(ValueError, match="hidden=0"):
        replace(experiment.QUICK, hidden=0)


def test_an_arm_that_is_not_here_is_refused():
    with pytest.raises(ValueError, match=r"arm='sideways'.*across"):
        AskingNet("sideways", 4)
