"""A question tells right from wrong, and why."""

import pytest

from cvnotes.widgets import Predict

NUMBER = {
    "answer": 1024,
    "choices": [],
    "slips": {"512": "That is one block less."},
    "hint": "Not yet.",
    "because": "512 + 16 × 32.",
}
CHOICE = {
    **NUMBER,
    "answer": "4 times",
    "choices": ["2 times", "4 times"],
    "slips": {"2 times": "Inputs double too."},
}


@pytest.mark.parametrize(
    "typed", ["1024", "1,024", " 1 024 ", "1024.0", "１０２４"]
)
def test_a_number_may_be_typed_as_people_type(script, typed):
    assert script("judge", NUMBER, typed) == {
        "right": True,
        "say": "Right. 512 + 16 × 32.",
    }


def test_a_likely_slip_is_explained(script):
    said = script("judge", NUMBER, "512")
    assert said == {"right": False, "say": "That is one block less."}


def test_another_wrong_answer_meets_the_hint(script):
    assert script("judge", NUMBER, "7")["say"] == "Not yet."


@pytest.mark.parametrize("typed", ["", "many", "12k", "2,24"])
def test_what_is_no_number_is_neither_right_nor_wrong(script, typed):
    assert script("judge", NUMBER, typed)["right"] is None


def test_a_choice_is_judged_by_its_words(script):
    assert script("judge", CHOICE, "4 times")["right"] is True
    assert script("judge", CHOICE, "2 times")["say"] == "Inputs double too."


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"answer": "many"}, "answer='many' is no number"),
        ({"answer": "a", "choices": ["b"]}, "answer='a' is not one"),
        ({"answer": 3, "slips": {3: "no"}}, "holds the answer 3 itself"),
        (
            {"answer": "a", "choices": ["a"], "slips": {"b": "no"}},
            "slips explain 'b'",
        ),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        Predict("?", **settings)


def test_a_slip_of_seven_digits_is_told_too():
    asked = Predict("?", answer=7978856, slips={7978857: "One too many."})
    assert asked.slips == {"7978857": "One too many."}
