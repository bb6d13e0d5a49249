"""What the picture of parameters and accuracy says of what was measured."""

import pytest
import traitlets

from cvnotes.widgets import TradeOff


def net(design, k, params, mean, half=1.0, ahead=None):
    found = {"design": design, "k": k, "params": params}
    found["accuracy"] = [mean, mean - half, mean + half]
    found["seeds"] = [mean - half / 2, mean + half / 2]
    return found if ahead is None else {**found, "ahead": ahead}


POINTS = [
    net("dense", 4, 14_242, 90.0),
    net("plain", 4, 13_862, 80.0, ahead=[10.0, 7.5, 12.5]),
    net("residual", 4, 13_862, 84.0, ahead=[6.0, -0.5, 12.5]),
    net("dense", 24, 256_522, 93.0),
    net("plain", 24, 258_242, 88.0, ahead=[5.0, 3.0, 7.0]),
    net("residual", 24, 258_242, 91.0, ahead=[-2.0, -3.0, -1.0]),
]
DENSE, PLAIN, RESIDUAL = POINTS[:3]


def text(parts):
    return "".join(p if isinstance(p, str) else p["b"] for p in parts)


def test_the_growth_rates_are_in_order_and_each_once(script):
    assert script("rates", POINTS[::-1]) == [4, 24]


def test_a_net_is_told_with_its_interval_and_its_seeds(script):
    assert text(script("netSentence", DENSE)) == (
        "k = 4: 14,242 parameters, 90.0 % (89.0 to 91.0) of the test "
        "pictures right, over 2 seeds."
    )


def test_a_gain_whose_interval_leaves_zero_out_is_told_as_one(script):
    assert text(script("rivalSentence", PLAIN)) == (
        "Ahead of the plain net of 13,862 by 10.0 (7.5 to 12.5) points."
    )


def test_a_loss_is_told_as_a_loss(script):
    said = text(script("rivalSentence", POINTS[-1]))
    assert said == (
        "Behind the residual net of 258,242 by 2.0 (1.0 to 3.0) points."
    )


def test_an_interval_that_holds_zero_ranks_nothing(script):
    assert text(script("rivalSentence", RESIDUAL)) == (
        "Undecided against the residual net of 13,862: "
        "6.0 (−0.5 to 12.5) points."
    )


def test_the_smallest_net_as_good_is_found(script):
    assert script("asGood", POINTS, "residual", DENSE)["k"] == 24
    assert script("asGood", POINTS, "plain", DENSE) is None


def test_the_price_of_the_same_accuracy_is_a_ratio_of_parameters(script):
    said = script("reachSentence", POINTS, "residual", DENSE)
    assert said.endswith(
        "as good has 258,242 parameters: 18.1 times as many."
    )
    said = script("reachSentence", POINTS, "plain", DENSE)
    assert "no plain net up to 258,242 parameters is as good" in said


def test_the_marks_of_an_axis_are_round_and_inside(script):
    assert script("marks", 74.2, 95.5) == [75, 80, 85, 90, 95]
    assert script("powers", 12_000, 300_000) == [
        20_000,
        50_000,
        100_000,
        200_000,
    ]


def test_labels_stand_at_their_lines_but_never_on_each_other(script):
    assert script("apart", [100, 60, 105]) == [60, 100, 116]


def test_the_repr_is_short_and_says_what_is_looked_at():
    assert repr(TradeOff(POINTS, at=2)) == "TradeOff(6 nets, at=2)"


def test_a_reset_leaves_what_was_measured():
    assert TradeOff(POINTS, at=2)._start == {
        "at": 2,
        "residual": True,
        "plain": True,
        "seeds": False,
    }


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ([], "points holds no dense net"),
        ([DENSE, {"design": "plain", "k": 4}], "'plain', k=4 has no accurac"),
        ([DENSE, {**PLAIN, "design": "vgg"}], "design='vgg' is unknown"),
        ([DENSE, {**PLAIN, "k": 5}], "k=5, and no dense net has; give .* 4"),
    ],
)
def test_points_that_make_no_picture_are_refused_by_name(points, message):
    with pytest.raises(traitlets.TraitError, match=message):
        TradeOff(points)
