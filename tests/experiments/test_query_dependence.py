"""Bits of the place and of the picture; one look; and what is said of it."""

import math

import pytest
import torch

from cvnotes.attention import NonLocal
from cvnotes.experiments.asking_net import (
    AskingNet,
    OneLook,
    bits_of_the_picture,
    bits_of_the_place,
    one_look,
)
from cvnotes.experiments.query_dependence import QUICK, draw, judge, table

PICTURES = torch.randn(3, 1, 8, 8, generator=torch.Generator().manual_seed(0))


def test_maps_that_are_all_alike_tell_nothing():
    looks = torch.rand(1, 1, 9).softmax(-1).expand(4, 9, 9)
    assert bits_of_the_place(looks) == pytest.approx(0, abs=1e-9)
    assert bits_of_the_picture(looks) == pytest.approx(0, abs=1e-9)


def test_each_on_a_place_of_its_own_tells_all():
    looks = torch.eye(8).expand(5, 8, 8)
    assert bits_of_the_place(looks) == pytest.approx(3)
    assert bits_of_the_picture(looks) == pytest.approx(0, abs=1e-9)


def test_each_picture_on_a_place_of_its_own_is_the_pictures_bits():
    looks = torch.eye(8)[:, None].expand(8, 8, 8)
    assert bits_of_the_place(looks) == pytest.approx(0, abs=1e-9)
    assert bits_of_the_picture(looks) == pytest.approx(3)


def test_two_maps_have_the_divergence_of_jensen_and_shannon():
    p, q = torch.tensor([[0.9, 0.1], [0.3, 0.7]]).double()
    middle = (p + q) / 2

    def apart(a):
        return (a * (a / middle).log2()).sum()

    wanted = (apart(p) + apart(q)).item() / 2
    assert bits_of_the_place(torch.stack([p, q])[None]) == pytest.approx(
        wanted
    )
    assert wanted == pytest.approx(0.29, abs=0.01) and math.isfinite(wanted)


def test_one_look_gives_all_places_the_mean_of_what_they_take():
    torch.manual_seed(0)
    block = NonLocal(6).eval()
    block.norm.weight.data.fill_(1)
    x = torch.randn(2, 6, 4, 4)
    added = OneLook(block)(x) - x
    same = added[..., :1, :1].expand_as(added)
    torch.testing.assert_close(added, same)
    mean = (block(x) - x).mean((2, 3), keepdim=True)
    torch.testing.assert_close(added[..., :1, :1], mean)


def test_one_look_is_for_a_while_only():
    net = AskingNet(1, 10).eval()
    before = net.block
    net.block.norm.weight.data.fill_(1)
    whole = net(PICTURES)
    with one_look(net):
        assert not torch.equal(net(PICTURES), whole)
    assert net.block is before and torch.equal(net(PICTURES), whole)


@pytest.mark.parametrize("side", [8, 12, 32])
def test_the_block_stands_on_maps_of_no_more_than_eight(side):
    looks = AskingNet(3, 2, side).weights(torch.zeros(1, 3, side, side))
    assert 36 <= looks.shape[1] <= 64


def rows(place, lost):
    return [
        {
            **{"task": task, "seed": seed, "state": state},
            **{"place": place + 0.001 * seed, "picture": 1.0},
            **{"accuracy": 0.9, "one look": 0.9 - lost - 0.001 * seed},
        }
        for task in QUICK.tasks
        for seed in (0, 1, 2)
        for state in ("untrained", "trained")
    ]


@pytest.mark.parametrize(
    "place, lost, verdicts",
    [
        (0.1, 0.0, ["holds", "holds"]),
        (0.9, 0.2, ["does not hold here"] * 2),
        (0.1, 0.2, ["holds", "does not hold here"]),
    ],
)
def test_the_verdicts_are_by_the_thresholds(place, lost, verdicts):
    made = rows(place, lost)
    assert [f.verdict for f in judge(made, QUICK)] == verdicts * 2
    assert len(table(made, QUICK).rows) == 4
    assert "a dot for each seed" in draw(made, QUICK).alt
