"""A question tells right from wrong, and why."""

import inspect

import pytest

from cvnotes.widgets import Predict, kit

DRAW = """async ([source, traits]) => {
  const url = URL.createObjectURL(
    new Blob([source], { type: "text/javascript" }));
  const model = { get: (name) => traits[name], on() {}, off() {} };
  (await import(url)).default.render(
    { model, el: document.getElementById("here") });
}"""
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


def test_from_the_second_miss_on_a_hint_stands_by_the_slip(script):
    asked = NUMBER | {"hint": "Count the blocks."}
    assert (
        script("judge", asked, "512", 0)["say"] == "That is one block less."
    )
    assert script("judge", asked, "512", 1)["say"] == (
        "That is one block less. Count the blocks."
    )
    bare = NUMBER | {"hint": Predict("?", answer=1).hint}
    assert script("judge", bare, "512", 1)["say"] == "That is one block less."


@pytest.mark.parametrize("count, given", [(0, True), (3, False), (4, True)])
def test_after_the_third_miss_the_answer_is_to_be_had(script, count, given):
    asked = {"choices": [str(i) for i in range(count)]}
    there = [script("gives", asked, missed) for missed in range(5)]
    assert there == [False] * 3 + [given] * 2


@pytest.mark.parametrize(
    "answer, unit, said",
    [
        (79_788_560, "weights", "79,788,560 weights"),
        (-0.5, "", "−0.5"),
        (0.00002, "", "0.00002"),
        (0.1 + 0.2, "", "0.3"),
        ("4 times", "", "4 times"),
    ],
)
def test_the_answer_is_shown_as_a_reader_could_type_it(
    script, answer, unit, said
):
    asked = {"answer": answer, "unit": unit, "because": "So it is."}
    parts = script("shown", asked)
    assert parts == ["The answer is ", {"b": said}, ". So it is."]
    if answer != "4 times":
        number = said.removesuffix(f" {unit}")
        assert script("parse", number) == pytest.approx(answer)


def opened(page, **settings):
    """A question, drawn by its script in a page of its own."""
    asked = Predict("?", **settings)
    traits = {name: getattr(asked, name) for name in asked.settings()}
    source = kit.script(inspect.getfile(Predict))
    page.set_content("<div id=here></div>")
    page.evaluate(DRAW, [source, traits | {"_bounds": {}, "_start": {}}])
    return page.locator(".cv-predict")


def test_a_reader_who_is_stuck_is_shown_the_answer_by_keyboard(page):
    asked = opened(page, answer=1024, because="512 + 16 × 32.")
    way = asked.get_by_role("button", name="Show the answer")
    for wrong in ("7", "x", "8", "9"):
        assert not way.is_visible()
        asked.locator("input").fill(wrong)
        asked.locator("input").press("Enter")
    live = asked.locator("[aria-live=polite]")
    assert live.inner_text().endswith("Or let the answer be shown.")
    way.press("Enter")
    assert live.inner_text().replace("\u00a0", " ") == (
        "The answer is 1,024. 512 + 16 × 32."
    )
    assert not way.is_visible()
    assert page.evaluate("document.activeElement.innerText") == "Check"


def test_the_way_out_is_gone_when_the_answer_is_found(page):
    asked = opened(page, answer="d", choices=list("abcd"))
    for wrong in "abc":
        asked.get_by_role("button", name=wrong, exact=True).click()
    way = asked.get_by_role("button", name="Show the answer")
    assert way.is_visible()
    asked.get_by_role("button", name="d", exact=True).click()
    assert not way.is_visible()
    assert asked.inner_text().rstrip().endswith("✓ Right.")
