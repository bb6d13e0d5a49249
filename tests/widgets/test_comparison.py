"""The weights in the page are those of the nets in torch."""

import numpy as np
import pytest
import torch
import traitlets

from cvnotes.experiments import shipped_attention
from cvnotes.experiments.long_range import QUICK, nets
from cvnotes.experiments.placed_attention import maps_of
from cvnotes.experiments.shipped_attention import (
    LOOKING,
    parts_of,
    scores,
    shown,
)
from cvnotes.experiments.sources import code
from cvnotes.train.order import seed_all
from cvnotes.widgets import TrainedAttention
from cvnotes.widgets.comparison import (
    EPOCHS,
    FILE,
    LEFT,
    PICTURES,
    PLACES,
    SIDE,
)

WIDGET = TrainedAttention()
PLAN = WIDGET._plan
BYTES = list(WIDGET._weights)
LAST = EPOCHS - 1
SETTINGS = {
    "net": "non-local",
    "picture": 3,
    "epoch": LAST,
    "x": LEFT[0],
    "y": LEFT[1],
}


def said(parts):
    text = "".join(p if isinstance(p, str) else p["b"] for p in parts)
    return text.replace("\u00a0", " ")


def seen(script, **changes):
    return script("seenFrom", BYTES, PLAN, SETTINGS | changes)


def from_bytes(name, epoch, picture):
    """The same in torch: a softmax over what the bytes say."""
    asks, answers = (
        torch.from_numpy(FILE[f"_{part} {name}"][epoch, picture]).double()
        for part in ("asks", "answers")
    )
    scale = torch.from_numpy(FILE[f"_scales {name}"][epoch, picture])
    return (asks * scale @ answers.T).softmax(1)


@pytest.mark.parametrize("name", LOOKING)
def test_the_page_computes_the_softmax_of_torch(script, name):
    for epoch, picture in ((0, 0), (3, 1), (5, 2), (LAST, 3)):
        got = script("lookedFrom", BYTES, PLAN, name, epoch, picture)
        torch.testing.assert_close(
            torch.tensor(got, dtype=torch.float64),
            from_bytes(name, epoch, picture),
            atol=1e-9,
            rtol=1e-6,
        )


@pytest.mark.parametrize("name", LOOKING)
def test_bytes_and_four_parts_are_near_to_the_nets_own_weights(name):
    torch.manual_seed(0)
    net = nets(QUICK)[name]().eval()
    for weight in net.block.parameters():
        # Sharper than at the start, as a trained one is.
        weight.data *= 2
    pictures, _ = shown().all()
    true = maps_of(net, pictures).double()
    for own, score in zip(true, scores(net, pictures)):
        asks, answers, scales = parts_of(score)
        product = asks * np.array(scales) @ answers.T.astype(float)
        near = torch.from_numpy(product).softmax(1)
        # Half the distance is how much weight lies in the wrong place.
        moved = (near - own).abs().sum(1) / 2
        assert moved.mean() < 0.02 and moved.max() < 0.1


@pytest.mark.parametrize("name", LOOKING)
def test_before_training_they_are_those_of_the_net_of_the_seed(name):
    seed_all(shipped_attention.SEED)
    net = nets(QUICK)[name]().eval()
    own = maps_of(net, shown().all()[0]).double()
    for picture in range(PICTURES):
        moved = (from_bytes(name, 0, picture) - own[picture]).abs().sum(1)
        assert moved.max() / 2 < 0.05


def test_the_maps_are_of_this_code():
    assert str(FILE["_code"]) == code(shipped_attention.SOURCES), (
        "run `python -m cvnotes.experiments.shipped_attention`"
    )


def test_the_pictures_are_the_test_pictures_of_the_experiment():
    data = shown()
    assert (FILE["_pictures"] == data.kept.numpy()).all()
    assert PLAN["labels"] == data.labels.tolist() == [0, 1, 0, 1]
    assert PLAN["apart"] == data.apart.tolist() == [5, 5, 20, 20]


def test_what_is_shipped_takes_less_than_150_kilobytes_as_text():
    raw = len(WIDGET._weights) + len(WIDGET._examples)
    assert 4 / 3 * raw + len(str(PLAN)) < 150_000


def test_a_mark_covers_the_places_that_its_pixels_touch(script):
    for picture in range(PICTURES):
        for mark in (0, 1):
            box = script("touched", PLAN, picture, mark)
            down = range(PLAN["rows"][picture], PLAN["rows"][picture] + 4)
            left = PLAN["corners"][picture][mark]
            assert {y // 2 for y in down} == {
                *range(box["top"], box["bottom"] + 1)
            }
            assert {x // 2 for x in range(left, left + 4)} == {
                *range(box["left"], box["right"] + 1)
            }


def test_the_share_is_what_the_weights_on_the_other_mark_sum_to(script):
    now = seen(script)
    weights = from_bytes("non-local", LAST, 2)[LEFT[1] * SIDE].reshape(
        SIDE, SIDE
    )
    box = script("touched", PLAN, 2, 1)
    part = weights[
        box["top"] : box["bottom"] + 1, box["left"] : box["right"] + 1
    ]
    assert now["on"] == 0
    assert now["falls"][1]["share"] == pytest.approx(float(part.sum()))
    assert now["falls"][1]["even"] == part.numel() / PLACES


def test_the_sentence_says_the_share_and_the_answer(script):
    now = seen(script)
    share = round(100 * now["falls"][1]["share"])
    told = said(script("lookSentence", now))
    assert told.startswith(
        f"From the left mark, {share} % of the weight falls on the other "
        f"mark, 20 columns away; spread evenly, "
    )
    assert said(script("answerSentence", now)).endswith(": right.")


def test_on_the_ground_it_says_both_shares(script):
    told = said(script("lookSentence", seen(script, x=6, y=0)))
    assert "on the left mark and" in told and "on the right;" in told


def test_for_cgnl_it_says_that_there_is_no_map(script):
    now = seen(script, net="cgnl")
    assert "map" not in now
    number = PLAN["numbers"][LAST][2]
    assert now["number"] == number
    told = said(script("lookSentence", now))
    assert told.startswith("There is no map to draw")
    assert f"{number:.0f}".replace("-", "−") in told
    assert f"{number:.1f}" in said(script("lookFormula", now))


def test_for_cbam_the_map_does_not_ask_who_looks(script):
    here, there = (seen(script, net="cbam", x=x) for x in (0, 9))
    assert here["map"] == there["map"]
    assert here["map"] == (FILE["_cbam"][LAST, 2] / 255).tolist()
    assert here["here"] == here["map"][LEFT[1] * SIDE]
    assert "whoever asks" in said(script("lookSentence", here))


@pytest.mark.parametrize(
    "epoch, same, truth, told",
    [
        (0, 0.51, 1, "(51 %): hardly more than a guess, and right."),
        (7, 0.47, 1, "(53 %): hardly more than a guess, and wrong."),
        (0, 0.7, 1, "Before training it says same (70 %): right."),
        (1, 0.3, 0, "After 1 epoch it says different (70 %): right."),
        (8, 0.999, 0, "(over 99 %): wrong, they are different."),
    ],
)
def test_the_answer_is_judged(script, epoch, same, truth, told):
    right = same if truth else 1 - same
    now = {"epoch": epoch, "same": same, "truth": truth, "right": right}
    assert told in said(script("answerSentence", now))


@pytest.mark.parametrize(
    "wrong", [{"net": "none"}, {"picture": 5}, {"x": 12}]
)
def test_a_setting_out_of_bounds_is_refused(wrong):
    with pytest.raises(traitlets.TraitError):
        TrainedAttention(**wrong)


def test_every_net_is_told_at_every_epoch():
    assert QUICK.epochs + 1 == EPOCHS
    for told in PLAN["told"].values():
        assert np.array(told).shape == (EPOCHS, PICTURES + 1)
