"""What a sum over places can say of two marks, and what it cannot."""

from dataclasses import replace
from itertools import product

import pytest
import torch

from cvnotes.data.far_marks import COLOURS, MARK
from cvnotes.experiments import long_range
from cvnotes.experiments.lab import Lab
from cvnotes.experiments.long_range import (
    DESIGNS,
    FULL,
    HIDDEN,
    MOST,
    QUICK,
    blind,
    judge,
    nets,
)
from cvnotes.experiments.nets import parameters
from cvnotes.experiments.placed_attention import AttentionNet

SHORT = replace(QUICK, images=32, tests=32, epochs=1, width=4)
SAME = torch.tensor([True, False, False, True])  # bb, ba, ab, aa


@pytest.fixture(scope="module")
def rows():
    lab = Lab(device="cpu", shown=False)
    measured = (long_range.measure(SHORT, seed, lab) for seed in (0, 1))
    return [row for seed in measured for row in seed]


def four(distance, random):
    """One ground, one pair of places, and all four pairs of colours."""
    ground = torch.randn(3, 24, 24, generator=random)
    pictures = ground.repeat(4, 1, 1, 1)
    for i, pair in enumerate(product((0, 1), repeat=2)):
        for mark, colour in enumerate(pair):
            left = mark * distance  # where a unit begins, too
            square = pictures[i, :, 9 : 9 + MARK, left : left + MARK]
            square += COLOURS[colour].view(3, 1, 1) / 40
    return pictures.double()


def plain(seed):
    """Weights by chance, and large, so that nothing is nearly linear."""
    torch.manual_seed(seed)
    net = AttentionNet("none", (3, 24, 24), 2, 8).double().eval()
    for weight in net.parameters():
        torch.nn.init.normal_(weight)
    return net


@torch.no_grad()
def odds(net, distance, seed):
    """How much more each of the four is said to be "same"."""
    random = torch.Generator().manual_seed(seed)
    scores = net(four(distance, random))
    return scores[:, 1] - scores[:, 0]


@pytest.mark.parametrize("seed", range(5))
def test_out_of_sight_the_scores_of_both_classes_have_one_sum(seed):
    found = odds(plain(seed), blind(24), seed)
    torch.testing.assert_close(found[SAME].sum(), found[~SAME].sum())


@pytest.mark.parametrize("seed", range(5))
def test_in_sight_they_have_not(seed):
    found = odds(plain(seed), blind(24) - 5, seed)
    apart = found[SAME].sum() - found[~SAME].sum()
    assert apart.abs() > 1e-3 * found.abs().max()


def test_one_column_nearer_and_a_unit_sees_both():
    apart = []
    for distance in (blind(24) - 1, blind(24)):
        found = [odds(plain(seed), distance, seed) for seed in range(20)]
        sums = [f[SAME].sum() - f[~SAME].sum() for f in found]
        apart.append(max(float(s.abs()) for s in sums))
    assert apart[0] > 1e-6 > apart[1]


def test_a_sum_answers_three_of_four_at_most_and_three_at_best():
    a, b = (torch.linspace(-2, 2, 41, dtype=torch.float64) for _ in "ab")
    best = 0
    for x, y in product(a.tolist(), b.tolist()):
        # a(blue) = b(blue) = 0 costs nothing: a threshold takes it up.
        score = torch.tensor([0.0, y, x, x + y])
        for t in (score - 1e-6).tolist() + (score + 1e-6).tolist():
            for said in (score > t, score < t):
                best = max(best, int((said == SAME).sum()))
    assert best == 3 and MOST == 100 * 3 / 4


def test_one_hidden_layer_behind_the_mean_matches_without_attention():
    # The mean counts the marks: 2 amber, 1 or 0 (times a positive number).
    amber = torch.tensor([0.0, 1.0, 1.0, 2.0])
    hidden = torch.relu(torch.stack([amber - 1, 1 - amber], 1))
    assert torch.equal(hidden.sum(1) > 0.5, SAME)


def test_the_plain_net_is_blind_at_the_far_distances_and_not_at_the_near():
    assert [d >= blind(24) for d in QUICK.distances] == [
        False,
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("settings", [QUICK, FULL])
def test_all_nets_have_about_the_same_parameters(settings):
    with torch.device("meta"):
        sizes = [parameters(build()) for build in nets(settings).values()]
    assert max(sizes) < 1.06 * min(sizes)
    assert list(nets(settings)) == [*DESIGNS]


def test_every_design_is_measured_at_every_distance(rows):
    assert len(rows) == 2 * len(DESIGNS) * len(QUICK.distances)
    assert {row["design"] for row in rows} == {*DESIGNS}
    assert len(long_range.table(rows, SHORT).rows) == len(DESIGNS)
    assert long_range.draw(rows, SHORT).alt


def test_the_full_preset_has_far_marks_too():
    assert FULL.side == 48 and max(FULL.distances) == 48 - MARK
    train, _ = replace(FULL, images=12, tests=12).pictures(0)
    assert train.shape == (3, 48, 48)


@pytest.mark.parametrize(
    "right, plain_, other",
    [
        (0.5, "holds", "does not hold here"),
        (0.99, "does not hold here", "holds"),
        (0.75, "undecided", "undecided"),
    ],
)
def test_the_verdict_is_on_which_side_of_three_quarters(right, plain_, other):
    made = [
        {
            "design": design,
            "distance": distance,
            "seed": seed,
            "params": 1,
            "accuracy": right + 0.005 * (seed - 1),
        }
        for design in DESIGNS
        for distance in QUICK.distances
        for seed in range(3)
    ]
    first, *rest = judge(made, QUICK)
    assert first.verdict == plain_
    assert [found.verdict for found in rest] == [other] * len(DESIGNS[1:])


def test_settings_without_a_far_distance_are_refused_by_name():
    with pytest.raises(ValueError, match=r"distances=.*14"):
        replace(QUICK, distances=(5, 10))


def test_the_control_has_plain_convolutions():
    net = nets(QUICK)[HIDDEN]()
    assert net.name == "none" and len(net.classifier) == 3
