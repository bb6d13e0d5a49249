"""A question in JupyterLab: the page judges, and the answer stays there."""

from lab.asked import variable
from lab.traits import ALL


def answer(panel, text):
    """Type an answer by keys, and hand it in."""
    field = panel.locator("input")
    field.press("Control+a")
    field.press_sequentially(text)
    field.press("Enter")


def test_a_typed_answer_is_judged_and_the_kernel_hears_nothing(
    notebook, view
):
    panel = view("Predict", "page")
    settings = ALL.format(variable("Predict", "page"))
    before = notebook.value(settings)
    answer(panel, "52")
    panel.get_by_text("Its own maps too.").wait_for()
    answer(panel, "40")
    panel.get_by_text("Right.").wait_for()
    assert notebook.value(settings) == before


def test_a_hint_that_is_set_in_the_kernel_is_what_the_page_says(
    notebook, view
):
    panel = view("Predict", "kernel")
    notebook.ask(f"{variable('Predict', 'kernel')}.hint = 'Count again.'")
    answer(panel, "7")
    panel.get_by_text("Count again.").wait_for()
