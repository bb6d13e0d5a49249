"""Bits of the place and of the picture; one look; and what is said of it."""

import math

import pytest
import torch
from torch import nn

from cvnotes.attention import NonLocal
from cvnotes.experiments.asking_net import (
    AskingNet,
    FlatLook,
    OneLook,
    bits_of_a_map,
    bits_of_the_picture,
    bits_of_the_place,
    flat_net,
    standing_in,
)
from cvnotes.experiments.query_dependence import (
    QUICK,
    draw,
    judge,
    recorded,
    table,
)

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


def test_a_flat_look_is_the_plain_mean_of_what_all_answer():
    torch.manual_seed(0)
    block = NonLocal(6).eval()
    block.norm.weight.data.fill_(1)
    x = torch.randn(2, 6, 4, 4)
    mean = block.project(x).g.mean(1)[..., None, None]
    wanted = x + block.norm(block.z(mean)).expand_as(x)
    torch.testing.assert_close(FlatLook(block)(x), wanted)
    assert not torch.allclose(OneLook(block)(x), wanted)


def test_where_all_maps_are_flat_nothing_changes():
    torch.manual_seed(0)
    block = NonLocal(6).eval()
    block.norm.weight.data.fill_(1)
    block.tpg.weight.data[:3] = 0  # θ: it asks nothing
    x = torch.randn(2, 6, 4, 4)
    torch.testing.assert_close(FlatLook(block)(x), block(x))
    torch.testing.assert_close(OneLook(block)(x), block(x))


@pytest.mark.parametrize("kind", [OneLook, FlatLook, nn.Identity])
def test_what_stands_in_is_there_for_a_while_only(kind):
    torch.manual_seed(0)
    net = AskingNet(1, 10).eval()
    before = net.block
    net.block.norm.weight.data.fill_(1)
    net.block.tpg.weight.data *= 20
    whole = net(PICTURES)
    with standing_in(net, kind):
        assert not torch.allclose(net(PICTURES), whole)
    assert net.block is before and torch.equal(net(PICTURES), whole)


def test_a_net_with_flat_maps_starts_as_the_other_and_learns_all_it_has():
    torch.manual_seed(0)
    own = AskingNet(1, 10, 8, 4)
    torch.manual_seed(0)
    flat = flat_net(1, 10, 8, 4)
    for part in ("before", "after", "classifier"):
        pairs = zip(
            getattr(own, part).parameters(), getattr(flat, part).parameters()
        )
        assert all(torch.equal(a, b) for a, b in pairs)
    flat.block.block.norm.weight.data.fill_(1)
    flat(PICTURES).square().sum().backward()
    assert all(p.grad is not None for p in flat.parameters())


def test_a_flat_map_has_all_bits_and_a_single_place_none():
    assert bits_of_a_map(torch.full((2, 8, 8), 1 / 8)) == pytest.approx(3)
    looks = torch.eye(8).expand(5, 8, 8)
    assert bits_of_a_map(looks) == pytest.approx(0, abs=1e-9)


def test_maps_all_alike_need_not_be_flat():
    looks = torch.eye(8)[:1].expand(2, 8, 8)  # all on the first place
    assert bits_of_the_place(looks) == pytest.approx(0, abs=1e-9)
    assert bits_of_a_map(looks) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("side", [8, 12, 32])
def test_the_block_stands_on_maps_of_no_more_than_eight(side):
    looks = AskingNet(3, 2, side).weights(torch.zeros(1, 3, side, side))
    assert 36 <= looks.shape[1] <= 64


def right(task, lost):
    found = {"accuracy": 0.9, "one look": 0.9 - lost}
    found |= {"flat": 0.6, "no block": 0.1}
    return found | ({"learned flat": 0.8} if task == QUICK.data else {})


def rows(place, lost):
    return [
        {
            **{"task": task, "seed": seed, "state": state},
            **{"place": place + 0.001 * seed, "picture": 1.0},
            "entropy": 5.5,
            **(
                right(task, lost + 0.001 * seed) if state == "trained" else {}
            ),
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
    assert "a dot for each seed" in draw(made, QUICK).alt


def test_the_table_has_a_column_for_each_net_and_a_dash_where_none_was():
    found = table(rows(0.1, 0.0), QUICK)
    assert found.columns[1:] == [
        f"{task}, {when}"
        for task in ("digits", "far")
        for when in ("before", "after")
    ]
    lines = {line[0]: line[1:] for line in found.rows}
    assert lines["entropy of a map"] == ["5.500 (5.500 to 5.500)"] * 4
    assert lines["with a flat map, %"][::2] == ["–", "–"]
    assert lines["with a flat map, %"][1] == "60.0 (60.0 to 60.0)"
    assert lines["learned with a flat map, %"][3] == "–"
    assert lines["learned with a flat map, %"][1] == "80.0 (80.0 to 80.0)"


def test_the_record_has_the_control_for_every_trained_net():
    found = recorded()
    for row in found.rows:
        assert 0 < row["place"] < row["entropy"] <= 6.0001
        trained = row["state"] == "trained"
        assert all((w in row) == trained for w in ("flat", "no block"))
        both = trained and row["task"] == "digits"
        assert ("learned flat" in row) == both
