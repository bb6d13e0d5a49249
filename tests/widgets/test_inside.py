"""The net in the page is the net in torch; a drawing becomes its food."""

import math

import numpy as np
import pytest
import torch
import traitlets

from cvnotes import data
from cvnotes.experiments.inside import trained
from cvnotes.widgets import InsideDenseNet
from cvnotes.widgets.inside import FILE

WIDGET = InsideDenseNet()
PLAN = WIDGET._plan
BITS = np.frombuffer(WIDGET._weights, "<u2").tolist()
DIGITS = data.digits("all")
UPRIGHT = [[[0.5, 0.1], [0.5, 0.9]]]
RING = [
    [
        [0.5 + 0.2 * math.sin(t / 4), 0.5 - 0.3 * math.cos(t / 4)]
        for t in range(26)
    ]
]
SEVEN = [[[0.3, 0.15], [0.7, 0.15], [0.45, 0.85]], [[0.35, 0.5], [0.65, 0.5]]]


def rows(picture):
    return np.array(picture).reshape(8, 8)


def said(parts):
    return "".join(p if isinstance(p, str) else p["b"] for p in parts)


@pytest.mark.parametrize("off", [[], [2, 5]])
def test_the_page_computes_what_torch_computes_on_every_digit(script, off):
    ink = DIGITS.kept.flatten(1).tolist()
    in_page = torch.tensor(script("scores", BITS, PLAN, ink, off))
    net = trained()
    switch_off(net, off)
    with torch.no_grad():
        in_torch = net(DIGITS.all()[0])
    assert len(ink) == 1797
    torch.testing.assert_close(in_page, in_torch, atol=1e-3, rtol=0)


def switch_off(net, off):
    layers = [m for m in net.modules() if hasattr(m, "new_maps")]
    for number in off:
        torch.nn.init.zeros_(layers[number - 1].conv2.weight)


def test_a_number_of_16_bits_is_read_exactly(script):
    values = np.array([0, 1, -2.5, 6e-8, 6.1e-5, 65504], np.float16)
    read = [script("float16", b) for b in values.view("<u2").tolist()]
    assert read == values.astype(float).tolist()


def test_the_weights_are_those_of_the_state_dict_in_its_order():
    net = trained()
    numbers = [v for v in net.state_dict().values() if v.is_floating_point()]
    flat = torch.cat([v.flatten() for v in numbers]).half().numpy()
    assert flat.astype("<f2").tobytes() == WIDGET._weights


def test_the_weights_take_less_than_a_hundred_kilobytes():
    assert len(WIDGET._weights) < 100_000


def test_the_net_reads_97_in_100_digits_of_unseen_forms():
    images, labels = data.digits("test").all()
    with torch.no_grad():
        right = trained()(images).argmax(1) == labels
    assert right.float().mean() >= 0.975


def test_no_example_was_trained_on():
    kept = DIGITS.kept.flatten(1).numpy()
    for numbers, label, picture in zip(
        FILE["_numbers"], FILE["_labels"], FILE["_examples"]
    ):
        assert numbers > len(data.digits("train"))
        assert (kept[numbers - 1] == picture).all()
        assert DIGITS.labels[numbers - 1] == label


@pytest.mark.parametrize("strokes", [UPRIGHT, RING, SEVEN])
def test_a_drawing_fills_the_height_as_the_digits_do(script, strokes):
    picture = rows(script("toDigit", strokes))
    assert (picture.max(1) > 0).all()
    assert picture.min() >= 0 and picture.max() <= 16


def test_size_and_place_of_a_drawing_do_not_matter(script):
    small = [[[0.3 + x / 2, y / 2] for x, y in RING[0]]]
    assert script("toDigit", small) == script("toDigit", RING)


@pytest.mark.parametrize("strokes", [RING, SEVEN])
def test_a_drawing_has_as_much_ink_as_a_digit(script, strokes):
    ink = DIGITS.kept.flatten(1).float().sum(1)
    mine = sum(script("toDigit", strokes))
    assert abs(mine - ink.mean()) < 2 * ink.std()


def test_a_one_stays_narrow_and_in_the_middle(script):
    picture = rows(script("toDigit", UPRIGHT))
    assert (picture[:, :2] == 0).all() and (picture[:, 6:] == 0).all()
    assert (picture == picture[:, ::-1]).all()


def test_a_dot_stays_a_dot(script):
    picture = rows(script("toDigit", [[[0.3, 0.3]]]))
    assert 0 < picture.sum() < 100
    assert picture[0].sum() == picture[-1].sum() == 0


def test_nothing_drawn_is_an_empty_picture_and_is_told(script):
    assert script("toDigit", []) == [0] * 64
    told = said(script("answerSentence", [0.1] * 10, PLAN, False, None))
    assert told.startswith("Nothing is drawn")


def test_it_says_when_it_is_unsure(script):
    parts = [0.01] * 10
    parts[8], parts[3] = 0.55, 0.37
    told = said(script("answerSentence", parts, PLAN, True, None))
    assert told == "It is unsure: an 8 (55 %), or a 3 (37 %)?"
    told = said(script("answerSentence", [1] + [0] * 9, PLAN, True, 6))
    assert told == "It reads a 0 (over 99 %). No: it is a 6."


def test_what_the_answer_needs_is_told(script):
    told = said(script("offSentence", [], 7, 7, [7, 1, 7, 7, 9, 7]))
    assert told.startswith("It needs layers 2 and 5: without any one")
    told = said(script("offSentence", [4], 1, 7, []))
    assert told == "With layer 4 off it reads a 1; with all of them, a 7."


def test_a_map_is_read_by_the_later_layers_of_its_block_alone(script):
    spot = script("placeOf", PLAN, 10)
    net = script("unpack", BITS, PLAN)
    read = script("readers", net, PLAN, spot)
    assert [reader["name"] for reader in read] == [
        "layer 2",
        "layer 3",
        "the transition",
    ]
    layer = trained().features.denseblock1.denselayer2
    mean = layer.conv1.weight[:, 9].abs().mean().item()
    assert read[0]["weight"] == pytest.approx(mean, abs=1e-6)


def test_every_map_has_its_place(script):
    last = InsideDenseNet.look.max
    assert script("placeOf", PLAN, last)["source"]["to"] == 22
    assert script("placeOf", PLAN, last)["nth"] == 4
    assert script("placeOf", PLAN, 21)["source"]["name"] == "transition"


@pytest.mark.parametrize(
    "drawing", [(), (0,) * 63, (17, *(0,) * 63), (0.5, *(0,) * 63)]
)
def test_what_is_no_picture_is_refused_by_name(drawing):
    with pytest.raises(traitlets.TraitError, match=r"drawing=.*8 rows of 8"):
        InsideDenseNet(drawing=drawing)


@pytest.mark.parametrize("off", [(0,), (7,), ("2",)])
def test_a_layer_that_does_not_exist_is_refused_by_name(off):
    with pytest.raises(traitlets.TraitError, match=r"off=.*1 to 6"):
        InsideDenseNet(off=off)


def test_what_the_page_sends_is_kept_as_tuples():
    inside = InsideDenseNet()
    inside.set_state({"drawing": [1] * 64, "off": [5, 2]})
    assert inside.drawing == (1,) * 64
    assert inside.off == (2, 5)
