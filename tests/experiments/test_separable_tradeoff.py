"""Equal widths, equal work, and ratios of times taken in one minute."""

from dataclasses import replace

import pytest
import torch

from cvnotes import cost
from cvnotes.experiments import separable_time, separable_tradeoff
from cvnotes.experiments.lab import Lab
from cvnotes.experiments.separable_nets import GROUPS, SeparableNet
from cvnotes.experiments.separable_tradeoff import (
    ARMS,
    QUICK,
    judge,
    nearest_width,
    nets,
)

DIGIT = (1, 8, 8)
SHORT = replace(QUICK, widths=(4,), images=20, epochs=1, rounds=1)


@pytest.fixture(scope="module")
def built():
    return nets(QUICK, DIGIT, 10)


@pytest.fixture(scope="module")
def rows():
    lab = Lab(device="cpu", shown=False)
    measured = (separable_tradeoff.measure(SHORT, s, lab) for s in (0, 1))
    return [row for seed in measured for row in seed]


def test_the_matched_net_works_as_hard_within_six_percent(built):
    for width in QUICK.widths:
        full, ours = (built[arm, width][1] for arm in ("full", "matched"))
        assert ours == pytest.approx(full, rel=0.06)


def test_the_matched_net_of_the_full_preset_works_as_hard():
    full = separable_tradeoff.FULL
    made = nets(full, (3, 32, 32), 10)
    for width in full.widths:
        assert made["matched", width][1] == pytest.approx(
            made["full", width][1], rel=0.06
        )


def test_the_width_that_is_found_is_the_nearest():
    found = nearest_width(
        lambda width: SeparableNet("separable", width), 151_000, DIGIT
    )
    far = [
        abs(
            separable_tradeoff.work(
                lambda w=width: SeparableNet("separable", w), DIGIT
            )
            - 151_000
        )
        for width in range(1, 40)
    ]
    assert found == 1 + far.index(min(far))


def test_the_work_is_the_closed_forms(built):
    stem = cost.conv2d(1, 4, 3, (8, 8), padding=1)
    plan = ((4, 4, 8, 1), (4, 8, 8, 2), (8, 8, 4, 1), (8, 16, 4, 2))
    plan += ((16, 16, 2, 1),)
    last = cost.linear(16, 10)
    full = sum(
        cost.conv2d(i, o, 3, (side, side), stride, 1)
        for i, o, side, stride in plan
    )
    apart = sum(
        cost.separable(i, o, size=(side, side), stride=stride)
        for i, o, side, stride in plan
    )
    for arm, layers in (("full", full), ("separable", apart)):
        assert built[arm, 4][1] == (stem + layers + last).macs


def test_only_a_relu_a_layer_is_between_the_separable_arms(built):
    with_relu, bare = (
        [type(m).__name__ for m in built[arm, 8][0]().modules()]
        for arm in ("separable", "separable, bare")
    )
    layers = sum(QUICK.stages)
    assert with_relu.count("ReLU") - bare.count("ReLU") == layers
    rest = [[n for n in names if n != "ReLU"] for names in (with_relu, bare)]
    assert rest[0] == rest[1]


def test_groups_stay_apart_until_the_classifier(built):
    net = built["grouped", 8][0]().eval()
    # The stem mixes, so the first maps that are in groups are behind it.
    x = torch.randn(1, 8, 8, 8)
    changed = x.clone()
    changed[:, :2] += 1  # the first of four groups
    body = net.features[3:]
    moved = (body(changed) != body(x)).any(3).any(2)[0]
    assert not moved[len(moved) // GROUPS :].any()


def test_every_net_reads_the_same_pictures_and_has_its_numbers(rows):
    found = [row for row in rows if "arm" in row]
    assert [row["arm"] for row in found] == 2 * [*ARMS]
    for row in found:
        assert 0 <= row["accuracy"] <= 1
        assert row["microseconds"] > 0


def test_the_layers_are_counted_in_closed_form(rows):
    for row in (row for row in rows if "layer" in row):
        c, side = row["channels"], (row["side"],) * 2
        if row["layer"] == "separable":
            assert row["macs"] == cost.separable(c, c, size=side).macs
            continue
        groups = c if row["layer"] == "depthwise" else 1
        k = 1 if row["layer"] == "pointwise" else 3
        intensity = cost.intensity(c, c, k, side, groups)
        assert row["macs"] / row["bytes"] == pytest.approx(intensity)


def made_up(accuracy, seconds):
    """Two seeds with these accuracies and seconds for each multiply-add."""
    nets = [
        {
            "arm": arm,
            "width": width,
            "seed": seed,
            "accuracy": (accuracy.get(arm, 50) + seed) / 100,
        }
        for arm in ARMS
        for width in QUICK.widths
        for seed in (0, 1)
    ]
    layers = [
        {
            "layer": kind,
            "channels": c,
            "seed": seed,
            "macs": macs,
            "seconds": macs * seconds.get(kind, 1) * (1 + seed / 1000),
        }
        for c, _ in separable_time.LAYERS
        for kind, macs in zip(separable_time.KINDS, (90, 10, 1, 11))
        for seed in (0, 1)
    ]
    return nets + layers


@pytest.mark.parametrize(
    "accuracy, seconds, said",
    [
        ({"matched": 60}, {}, "+-+"),
        ({"full": 60}, {"separable": 2}, "-+-"),
        ({"full": 51}, {"depthwise": 9}, "--+"),
    ],
)
def test_the_verdicts_follow_the_numbers(accuracy, seconds, said):
    found = judge(made_up(accuracy, seconds), QUICK)[:3]
    mark = {"holds": "+", "does not hold here": "-"}
    assert "".join(mark[finding.verdict] for finding in found) == said


def test_the_relu_is_judged_seed_by_seed():
    rows = made_up({"separable, bare": 55}, {})
    last = judge(rows, QUICK)[-1]
    assert last.verdict == "holds"
    assert last.reason.startswith("ahead by 5.0 (5.0 to 5.0)")


def test_the_part_that_is_seen_is_of_the_factor_that_is_saved():
    rows = made_up({}, {"separable": 4, "depthwise": 8})
    assert separable_time.seen(rows) == pytest.approx([0.25, 0.25])
    quick = [r for r in rows if r.get("channels") == 256]
    for row in quick:
        row["seconds"] /= 2 if row["layer"] == "separable" else 1
    assert separable_time.seen(quick) == pytest.approx([0.5, 0.5])
    assert separable_time.seen(rows) == pytest.approx([0.25, 0.25])
    assert separable_time.dearer(rows) == pytest.approx([8, 8])


def test_the_orders_agree_where_fewer_for_a_byte_take_longer():
    rows = [row | {"bytes": row["macs"] / 9} for row in made_up({}, {})[-32:]]
    for place, row in enumerate(rows):
        row["bytes"] *= 1 + place
        row["seconds"] *= 1 + place
    assert separable_time.agreement(rows) == pytest.approx([1, 1])
    for row in rows:
        row["bytes"] = 1 / row["bytes"]
    assert all(found < 0 for found in separable_time.agreement(rows))


def test_a_slow_moment_meets_every_call():
    order = []
    calls = {name: lambda n=name: order.append(n) for name in "ab"}
    separable_time.in_turns(calls, 3, torch.device("cpu"))
    assert order == ["a", "b"] * 4


def test_the_tables_have_a_line_for_each(rows):
    assert len(separable_tradeoff.table(rows, SHORT).rows) == len(ARMS)
    assert len(separable_time.table(rows).rows) == 16


@pytest.mark.parametrize(
    "design, width, sentence",
    [
        ("dense", 4, "design='dense'.*full or grouped"),
        ("grouped", 6, "width=6.*multiple of 4"),
        ("full", 0, "width=0"),
    ],
)
def test_a_net_that_cannot_be_is_refused_by_name(design, width, sentence):
    with pytest.raises(ValueError, match=sentence):
        SeparableNet(design, width)
