"""The finder in the page is the one in torch, at every size and place."""

import numpy as np
import pytest
import torch
import traitlets

from cvnotes import data
from cvnotes.experiments.class_maps import trained
from cvnotes.experiments.placed import put
from cvnotes.experiments.shipped_maps import accuracy
from cvnotes.widgets import ClassMaps
from cvnotes.widgets.class_maps import EXAMPLES, FILE

WIDGET = ClassMaps()
PLAN = WIDGET._plan
BITS = np.frombuffer(WIDGET._weights, "<u2").tolist()
TEST = data.digits("test")
NET = trained()
SIZES = (12, 16, 20, 24, 28)


def canvases(side, count, seed=0):
    """Test digits, two on each canvas, at places drawn by the seed."""
    random = torch.Generator().manual_seed(seed)
    made = torch.zeros(count, 1, side, side)
    for _ in range(2):
        which = torch.randperm(len(TEST), generator=random)[:count]
        places = torch.randint(side - 7, (2, count), generator=random)
        put(made, TEST.kept[which] / 16, *places)
    return made


def said(parts):
    text = "".join(p if isinstance(p, str) else p["b"] for p in parts)
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("side", SIZES)
def test_the_page_computes_what_torch_computes(script, side):
    ink = canvases(side, 60)
    in_page = script("scores", BITS, PLAN, ink.flatten(1).tolist(), side)
    with torch.no_grad():
        in_torch = NET(ink)
    torch.testing.assert_close(
        torch.tensor(in_page), in_torch, atol=1e-3, rtol=0
    )


@pytest.mark.parametrize("side", SIZES)
def test_every_point_of_every_map_is_that_of_torch(script, side):
    ink = canvases(side, 1, seed=side)
    in_page = script("mapsOf", BITS, PLAN, ink.flatten().tolist(), side)
    with torch.no_grad():
        in_torch = NET.class_maps(ink)[0].flatten(1)
    assert in_torch.shape == (10, (side // 2) ** 2)
    torch.testing.assert_close(
        torch.tensor(in_page), in_torch, atol=1e-3, rtol=1e-5
    )


def test_a_score_is_the_mean_of_its_map(script):
    ink = canvases(20, 1).flatten().tolist()
    maps = np.array(script("mapsOf", BITS, PLAN, ink, 20))
    scores = script("scores", BITS, PLAN, [ink], 20)[0]
    assert scores == pytest.approx(maps.mean(1).tolist())


def test_empty_paper_speaks_for_no_class(script):
    maps = script("mapsOf", BITS, PLAN, [0] * 400, 20)
    assert not np.any(maps)


def test_the_maps_move_with_the_digit():
    def at(x, y):
        ink = torch.zeros(1, 1, 28, 28)
        put(ink, TEST.kept[:1] / 16, torch.tensor([y]), torch.tensor([x]))
        with torch.no_grad():
            return NET.class_maps(ink)

    moved = at(8, 8).roll((2, 1), (2, 3))
    torch.testing.assert_close(at(10, 12), moved)


def test_a_larger_canvas_makes_scores_smaller_and_keeps_their_order():
    small, large = torch.zeros(8, 1, 20, 20), torch.zeros(8, 1, 28, 28)
    inner = torch.full((2, 8), 6)
    put(small, TEST.kept[:8] / 16, *inner)
    put(large, TEST.kept[:8] / 16, *inner)
    with torch.no_grad():
        less = (20 / 28) ** 2 * NET(small)
        torch.testing.assert_close(NET(large), less)


@pytest.mark.parametrize("side", [16, 20, 24])
def test_it_reads_97_in_100_test_digits_wherever_they_stand(side):
    assert accuracy(NET, side) >= 0.97
    told = dict(zip(PLAN["sides"], PLAN["right"]))
    assert told[side] == pytest.approx(accuracy(NET, side), abs=0.002)


def test_the_weights_are_those_of_the_state_dict_in_its_order():
    flat = torch.cat([v.flatten() for v in NET.state_dict().values()])
    assert flat.half().numpy().astype("<f2").tobytes() == WIDGET._weights


def test_the_weights_take_less_than_forty_kilobytes():
    assert len(WIDGET._weights) < 40_000


def test_a_number_of_16_bits_is_read_exactly(script):
    values = np.array([0, 1, -2.5, 6e-8, 6.1e-5, 65504], np.float16)
    read = [script("float16", b) for b in values.view("<u2").tolist()]
    assert read == values.astype(float).tolist()


def test_no_digit_to_choose_from_was_trained_on():
    file = data.digits("all")
    for number, label, picture in zip(
        FILE["_numbers"], FILE["_labels"], EXAMPLES
    ):
        assert number > len(data.digits("train"))
        assert (file.kept[number - 1].flatten().numpy() == picture).all()
        assert file.labels[number - 1] == label


def test_a_canvas_holds_the_digits_where_they_stand(script):
    pictures = EXAMPLES.tolist()
    digits = [{"which": 3, "x": 2, "y": 5}, {"which": 9, "x": 8, "y": 0}]
    ink = np.array(script("compose", pictures, digits, 16)).reshape(16, 16)
    assert (16 * ink[5:13, 2:8] == EXAMPLES[2].reshape(8, 8)[:, :6]).all()
    assert ink[8:, 10:].sum() == 0


def test_a_digit_cannot_leave_the_canvas(script):
    settings = {"digit": 1, "x": 20, "y": 20, "side": 16}
    settings |= {"second": [5, -3, 99]}
    assert script("digitsOf", settings, 20) == [
        {"which": 1, "x": 8, "y": 8},
        {"which": 5, "x": 0, "y": 8},
    ]


@pytest.mark.parametrize("second", [[], [0, 1, 1], [21, 1, 1], [3], [1, 2]])
def test_a_second_digit_that_there_is_not_is_left_out(script, second):
    settings = {"digit": 1, "x": 0, "y": 0, "side": 16, "second": second}
    assert len(script("digitsOf", settings, 20)) == 1


def test_the_digit_that_is_taken_is_the_nearest(script):
    digits = [{"x": 0, "y": 0}, {"x": 8, "y": 8}]
    assert script("nearest", digits, [5, 6]) == 0
    assert script("nearest", digits, [9, 9]) == 1


def test_the_formula_has_the_numbers_put_in(script):
    made, scores = [1, 2, 3, -1], [0, 1.25, 1]
    assert said(script("scoreFormula", 1, made, scores)) == (
        "score of 1 = mean of its map = 5.0 / (2 · 2) = 1.25"
    )
    assert said(script("softmaxFormula", 1, scores)) == (
        "chance of 1 = e^1.25 / Σ e^score = 3.49 / 7.21 = 48 %"
    )


def test_the_page_says_how_well_it_reads(script):
    told = script("rightSentence", {"right": [0.971, 0.9], "sides": [16, 20]})
    assert told.endswith("reads 97.1, 90.0 % on canvases of 16, 20")


def test_a_wrong_answer_is_owned_up_to(script):
    scores, maps = [5, 0, 1], [[1, 0, 0, 0]] * 3
    digits = [{"which": 1, "x": 0, "y": 0}]
    told = said(script("answer", scores, maps, digits, [2]))
    assert told.startswith("It reads a 0 (98 %). No: it is a 2.")


def test_two_digits_are_both_named(script):
    maps = [[0, 0, 0, 0]] * 3
    digits = [{"which": 1, "x": 0, "y": 0}, {"which": 2, "x": 0, "y": 0}]
    told = said(script("answer", [5, 0, 1], maps, digits, [0, 2]))
    assert told == "The two highest scores are of a 0 and a 2: both digits."
    told = said(script("answer", [5, 0, 1], maps, digits, [0, 1]))
    assert told.endswith("and a 2; there are a 0 and a 1.")


@pytest.mark.parametrize(
    "second", [(1, 2), (0, 0, 0), (21, 0, 0), (1, 0, 21)]
)
def test_a_second_digit_without_a_place_is_refused_by_name(second):
    with pytest.raises(traitlets.TraitError, match=r"second=.*digit, x, y"):
        ClassMaps(second=second)


def test_an_odd_canvas_is_refused_by_name():
    with pytest.raises(traitlets.TraitError, match=r"side=17.*16"):
        ClassMaps(side=17)


def test_what_the_page_sends_is_kept_as_a_tuple():
    maps = ClassMaps()
    maps.set_state({"second": [12, 0, 8]})
    assert maps.second == (12, 0, 8)
