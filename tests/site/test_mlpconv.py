"""The playground runs, stops, and is the same for whoever opens the link."""

import re
from functools import partial

import pytest
from browser import two_frames

CHAPTER = "notebooks/pointwise/mlpconv.html"


@pytest.fixture
def playground(first_widget):
    """A function that opens the chapter, and gives its playground."""
    return partial(first_widget, CHAPTER, ".cv-mlpconv")


def button(widget, name):
    return widget.get_by_role("button", name=name, exact=True)


def steps(widget):
    return int(widget.locator("[data-setting=steps]").input_value())


def said(widget):
    # What is said stands there when the run has caught up.
    widget.locator(".cv-rest:not(:empty)").wait_for()
    return widget.locator(".cv-rest").inner_text().replace("\u00a0", " ")


def rights(widget):
    texts = widget.locator(".cv-side-title b").all_inner_texts()
    return [float(t.split()[0]) for t in texts]


def run_past(widget, page, count):
    button(widget, "Run").click()
    page.wait_for_function(
        "(n) => +document.querySelector('[data-setting=steps]').value > n",
        arg=count,
        timeout=30_000,
    )


@pytest.mark.parametrize("address_of", ["http", "file"], indirect=True)
def test_run_learns_until_it_is_paused(playground, page):
    widget = playground()
    assert said(widget).startswith("Not trained yet")
    run_past(widget, page, 200)
    button(widget, "Pause").click()
    two_frames(page)
    there = steps(widget)
    filter_, mlp = rights(widget)
    assert abs(filter_ - 50) < 5 and mlp == 100
    page.wait_for_timeout(200)
    assert steps(widget) == there
    assert said(widget).startswith(f"After {there} steps")
    assert not page.errors


def test_the_sentence_waits_until_the_run_rests(playground, page):
    widget = playground()
    run_past(widget, page, 30)
    # Read out once, and not at each step.
    assert said(widget).startswith("Both learn")
    button(widget, "Pause").click()
    page.wait_for_function(
        "document.querySelector('.cv-rest').innerText.startsWith('After')"
    )


def test_a_step_is_one_step_and_start_over_none(playground, page):
    widget = playground()
    for _ in range(3):
        button(widget, "Step").click()
    two_frames(page)
    assert steps(widget) == 3
    assert said(widget).startswith("After 3 steps")
    button(widget, "Start over").click()
    two_frames(page)
    assert steps(widget) == 0


def test_a_link_opens_the_very_same_run(playground, page):
    link = "#mlpconv.task=ring&mlpconv.hidden=7&mlpconv.steps=250"
    first = said(playground(link))
    assert first.startswith("After 250 steps")
    page.wait_for_timeout(100)
    assert said(playground(link)) == first


def test_a_reader_who_wants_no_motion_gets_a_hundred_steps_at_once(
    playground, page
):
    page.emulate_media(reduced_motion="reduce")
    widget = playground()
    button(widget, "100 steps").click()
    page.wait_for_function(
        "document.querySelector('.cv-rest').innerText.startsWith("
        "'After 100 steps')"
    )
    assert steps(widget) == 100


def test_nothing_is_learned_where_nobody_looks(playground, page):
    widget = playground()
    run_past(widget, page, 10)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_timeout(300)
    there = steps(widget)
    page.wait_for_timeout(300)
    assert steps(widget) == there
    widget.scroll_into_view_if_needed()
    page.wait_for_function(
        "(n) => +document.querySelector('[data-setting=steps]').value > n",
        arg=there,
    )


def test_a_view_that_is_taken_away_stops(playground, page):
    widget = playground()
    run_past(widget, page, 10)
    page.evaluate("document.querySelector('.cv-mlpconv').remove()")
    page.evaluate(
        "document.querySelector('.cv-view[data-widget=mlpconv]').remove()"
    )
    page.wait_for_timeout(400)
    link = page.evaluate("location.hash")
    page.wait_for_timeout(400)
    assert page.evaluate("location.hash") == link
    assert not page.errors


def test_a_pixel_is_marked_in_every_map_and_plot(playground, page):
    widget = playground()
    widget.locator(".cv-map canvas").first.hover(position={"x": 20, "y": 30})
    assert widget.locator(".cv-map i:visible").count() == 5
    assert widget.locator(".cv-plane > i:visible").count() == 2
    told = widget.locator(".cv-pixel").inner_text()
    assert told.startswith("Pixel in row")


def test_keys_go_from_pixel_to_pixel(playground, page):
    widget = playground()
    place = widget.locator(".cv-map [role=application]")
    place.press("ArrowRight")
    two_frames(page)
    first = widget.locator(".cv-pixel").inner_text()
    place.press("ArrowDown")
    two_frames(page)
    second = widget.locator(".cv-pixel").inner_text()
    assert "row 11, column 12" in first and "row 12, column 12" in second


def test_lines_and_curves_reach_the_page_as_they_are_drawn(playground, page):
    widget = playground("#mlpconv.steps=50")
    widget.locator(".cv-rest:not(:empty)").wait_for()
    curve = widget.locator("path.cv-way").last.get_attribute("d")
    assert re.fullmatch(r"M[\d.]+ [\d.]+(L[\d.]+ [\d.]+){50}", curve)
    line = widget.locator(".cv-unit").first.get_attribute("d")
    assert re.fullmatch(r"M[-\d.]+ [-\d.]+L[-\d.]+ [-\d.]+", line)


def test_a_unit_shows_where_it_is_on(playground, page):
    widget = playground("#mlpconv.steps=100")
    assert widget.locator(".cv-plane .cv-on").count() == 0
    widget.locator(".cv-chips button").nth(2).focus()
    assert widget.locator(".cv-plane .cv-on").count() == 1
    formula = widget.locator(".cv-of-mlpconv .cv-verdict .cv-say")
    assert formula.inner_text().startswith("unit 3 adds")


def test_two_units_are_stuck_and_say_so(playground):
    told = said(playground("#mlpconv.hidden=2&mlpconv.steps=300"))
    assert "hardly fallen for 100 steps" in told


@pytest.mark.parametrize(
    "link",
    [
        "#mlpconv.task=spiral",
        "#mlpconv.hidden=0",
        "#mlpconv.hidden=99&mlpconv.steps=1e9",
        "#mlpconv.rate=-3",
        "#mlpconv.rate=1e6&mlpconv.steps=600",
        "#mlpconv.seed=foo",
    ],
)
def test_no_link_breaks_it(playground, page, link):
    widget = playground(link)
    page.wait_for_timeout(100)
    assert len(rights(widget)) == 2
    assert page.locator("[role=alert]").count() == 0
    assert not page.errors


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_during_a_run_or_with_other_units(
    playground, page, width
):
    widget = playground("#mlpconv.steps=40", width=width)
    heights = set()
    for hidden in (1, 2, 4, 16):
        widget.locator("[data-setting=hidden]").fill(str(hidden))
        two_frames(page)
        heights.add(round(widget.bounding_box()["height"]))
    assert max(heights) - min(heights) <= 2


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_keeps_its_place(playground, page, width):
    playground(width=width)
    place = page.locator(".cv-view[data-widget=mlpconv]").first
    drawn = place.bounding_box()["height"]
    place.evaluate("(e) => { e.innerHTML = ''; e.ariaBusy = 'true'; }")
    assert abs(place.bounding_box()["height"] - drawn) <= 60


def test_the_plots_follow_the_colours_of_the_page(playground, page):
    canvas = playground().locator(".cv-map canvas").nth(2)
    corner = """(c) => [...c.getContext("2d").getImageData(3, 3, 1, 1).data]
      .slice(0, 3)"""
    light = canvas.evaluate(corner)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_timeout(200)
    assert sum(canvas.evaluate(corner)) > sum(light)
