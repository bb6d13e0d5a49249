"""Answers are remembered in this browser, counted, and forgotten at once."""

import pytest

CHAPTER = "notebooks/densenet/dense_block"
FRONT = "notebooks/index"
LIST = "book/exercises"
FORBID = """Object.defineProperty(window, "localStorage",
  { get() { throw new Error("forbidden"); } });"""


@pytest.fixture
def opened(page, built, address_of):
    def show(name):
        page.goto("about:blank")
        page.goto(f"{address_of(built)}/{name}.html")
        page.wait_for_function("!document.querySelector('[aria-busy]')")
        return page

    return show


def question(page, number=0):
    return page.locator(".cv-predict").nth(number)


def answer(page, text, number=0):
    asked = question(page, number)
    asked.locator("input").fill(text)
    asked.locator("input").press("Enter")
    return asked.locator("[aria-live]").inner_text()


def behind(page, chapter=CHAPTER):
    return page.locator(
        f"[data-chapter='{chapter}'].cv-progress"
    ).inner_text()


def test_an_answer_is_there_when_the_reader_comes_back(opened):
    said = answer(opened(CHAPTER), "144")
    page = opened(CHAPTER)
    assert question(page).locator("input").input_value() == "144"
    assert question(page).locator("[aria-live]").inner_text() == said
    assert question(page, 1).locator("input").input_value() == ""


def test_the_front_page_counts_what_was_predicted(opened):
    page = opened(FRONT)
    assert behind(page) == "" and page.locator(".cv-forget").is_hidden()
    assert answer(opened(CHAPTER), "7").startswith("✗")
    assert behind(opened(FRONT)) == ""
    assert answer(opened(CHAPTER), "144").startswith("✓")
    page = opened(FRONT)
    assert behind(page) == "1 of 3 predicted"
    assert page.locator(".cv-progress:not(:empty)").count() == 1


def test_who_was_right_stays_right(opened):
    page = opened(CHAPTER)
    answer(page, "144")
    answer(page, "7")
    assert behind(opened(FRONT)) == "1 of 3 predicted"


def test_the_list_marks_each_answer_and_leads_to_its_exercise(opened):
    answer(opened(CHAPTER), "7")
    page = opened(LIST)
    marks = page.locator(".cv-answered:not(:empty)")
    assert marks.all_inner_texts() == ["✗"] or marks.count() == 1
    row = page.locator("li", has=marks)
    row.locator("a").click()
    assert "#exercise-" in page.url
    page.wait_for_function("!document.querySelector('[aria-busy]')")
    assert page.locator(":target .cv-predict").count() == 1


@pytest.mark.parametrize("name", [FRONT, LIST])
def test_one_button_forgets_all(opened, name):
    answer(opened(CHAPTER), "144")
    page = opened(name)
    page.get_by_role("button", name="Forget all answers").press("Enter")
    assert behind(page) == "" and page.locator(".cv-forget").is_hidden()
    assert page.locator(":focus").inner_text() == "Forgotten."
    assert page.evaluate("localStorage.getItem('cvnotes-answers')") is None
    assert question(opened(CHAPTER)).locator("input").input_value() == ""


@pytest.mark.parametrize("junk", ["{", "5", "null", "[]"])
def test_what_is_not_ours_in_the_storage_does_no_harm(opened, junk):
    page = opened(CHAPTER)
    page.evaluate(
        "junk => localStorage.setItem('cvnotes-answers', junk)", junk
    )
    page = opened(CHAPTER)
    assert answer(page, "144").startswith("✓")


def test_where_storage_is_forbidden_a_question_works_as_before(page, opened):
    faults = []
    page.on("pageerror", lambda fault: faults.append(fault.stack))
    page.add_init_script(FORBID)
    assert answer(opened(CHAPTER), "144").startswith("✓")
    assert behind(opened(FRONT)) == ""
    # Sphinx's own script is less careful.
    assert not [fault for fault in faults if "sphinx_" not in fault]
