"""A digit is moved by mouse, finger and keys, and the maps follow it."""

from functools import partial

import pytest
from browser import two_frames

CHAPTER = "notebooks/pointwise/mlpconv.html"


@pytest.fixture
def maps(in_sight):
    """A function that opens the chapter, and gives its class maps."""
    return partial(in_sight, CHAPTER, ".cv-class-maps")


def said(widget):
    told = widget.locator(".cv-answer-is").inner_text()
    return told.replace("\u00a0", " ")


def place(widget):
    return tuple(
        int(widget.locator(f"[data-setting={axis}]").input_value())
        for axis in "xy"
    )


def spot(widget, across, down):
    box = widget.locator(".cv-stage").bounding_box()
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def drag(page, widget, start, end):
    page.mouse.move(*spot(widget, *start))
    page.mouse.down()
    page.mouse.move(*spot(widget, *end), steps=6)
    page.mouse.up()
    two_frames(page)


def hottest(widget, label):
    """Where the map of a class is strongest: shares of its width, height."""
    return (
        widget.locator(".cv-heat canvas")
        .nth(label)
        .evaluate("""(canvas) => {
          const { width: n } = canvas;
          const { data } = canvas.getContext("2d").getImageData(0, 0, n, n);
          const most = (i) => data[4 * i] > data[4 * i + 2]
            ? data[4 * i + 3] : 0;
          let best = 0;
          for (let i = 0; i < n * n; i += 1) {
            if (most(i) > most(best)) best = i;
          }
          return [(best % n) / n, Math.floor(best / n) / n];
        }""")
    )


@pytest.mark.parametrize("address_of", ["http", "file"], indirect=True)
def test_the_map_follows_the_digit_that_is_dragged(maps, page):
    widget = maps()
    assert said(widget).startswith("It reads a 3")
    right, high = hottest(widget, 3)
    assert right > 0.45 and high < 0.5
    drag(page, widget, (0.7, 0.3), (0.2, 0.8))
    assert place(widget) == (0, 12)
    left, low = hottest(widget, 3)
    assert left < 0.4 and low > 0.5
    assert said(widget).startswith("It reads a 3")
    assert not page.errors


def test_keys_move_it_too_and_not_the_page(maps, page):
    widget = maps("#class_maps.x=4&class_maps.y=4")
    at_first = page.evaluate("scrollY")
    stage = widget.locator(".cv-stage")
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp"):
        stage.press(key)
    stage.press("ArrowDown")
    two_frames(page)
    assert place(widget) == (6, 5)
    assert page.evaluate("scrollY") == at_first


def test_a_finger_moves_it_and_does_not_scroll(browser, built):
    context = browser.new_context(
        has_touch=True, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto((built / CHAPTER).as_uri())
    widget = page.locator(".cv-class-maps").first
    widget.wait_for()
    widget.locator(".cv-stage").scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    top = page.evaluate("scrollY")
    touch = context.new_cdp_session(page)
    for kind, at in (
        ("touchStart", (0.7, 0.3)),
        ("touchMove", (0.5, 0.5)),
        ("touchMove", (0.2, 0.8)),
        ("touchEnd", None),
    ):
        x, y = spot(widget, *at) if at else (0, 0)
        touch.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y}] if at else []},
        )
    two_frames(page)
    assert place(widget) == (0, 12)
    assert page.evaluate("scrollY") == top
    context.close()


def test_two_digits_are_both_found_and_both_move(maps, page):
    widget = maps()
    widget.locator("[data-setting=pair]").select_option("7")
    two_frames(page)
    assert "of a 7 and a 3: both digits" in said(widget) or (
        "of a 3 and a 7: both digits" in said(widget)
    )
    assert widget.locator(".cv-stage i:visible").count() == 2
    stage = widget.locator(".cv-stage")
    stage.press("Space")
    before = place(widget)
    stage.press("ArrowUp")
    page.wait_for_function("location.hash.includes('second=18,0,11')")
    assert place(widget) == before
    widget.locator("[data-setting=pair]").select_option("none")
    two_frames(page)
    assert widget.locator(".cv-stage i:visible").count() == 1


def test_any_size_will_do(maps, page):
    widget = maps("#class_maps.x=12&class_maps.y=12")
    for side in (12, 16, 28):
        widget.locator("[data-setting=side]").fill(str(side))
        two_frames(page)
        assert said(widget).startswith("It reads a 3")
        half = side // 2
        formula = widget.locator(".cv-found .cv-formula").inner_text()
        assert f"({half} · {half})" in formula.replace("\u00a0", " ")
        assert max(place(widget)) <= side - 8


def test_a_digit_is_picked_by_keys(maps, page):
    widget = maps()
    widget.locator("[data-setting=pick-6]").focus()
    page.keyboard.press("ArrowRight")
    two_frames(page)
    assert said(widget).startswith("It reads a 7")


def test_pointing_at_a_map_shows_how_its_score_is_made(maps, page):
    widget = maps()
    formula = widget.locator(".cv-found .cv-formula")
    assert formula.inner_text().startswith("score of 3")
    widget.locator(".cv-tile").nth(5).hover()
    assert formula.inner_text().startswith("score of 5")


def test_a_link_holds_both_digits(maps, page):
    link = "#class_maps.digit=8&class_maps.second=12,9,10&class_maps.side=24"
    widget = maps(link)
    assert widget.locator("[data-setting=pair]").input_value() == "1"
    assert widget.locator("[data-setting=pick-7]").is_checked()
    widget.get_by_role("button", name="Reset").click()
    page.wait_for_function("location.hash === ''")
    assert said(widget).startswith("It reads a 3")


@pytest.mark.parametrize(
    "link",
    [
        "#class_maps.side=17",
        "#class_maps.side=999",
        "#class_maps.digit=0",
        "#class_maps.second=1",
        "#class_maps.second=99,1,1",
        "#class_maps.second=4,-7,2.5",
        "#class_maps.x=99&class_maps.y=-1",
    ],
)
def test_no_link_breaks_it(maps, page, link):
    widget = maps(link)
    assert "of a" in said(widget) or "reads a" in said(widget)
    assert page.locator("[role=alert]").count() == 0
    assert not page.errors


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_another_digit_is_put_down(maps, page, width):
    widget = maps(width=width)
    heights = set()
    for number in range(20):
        widget.locator(f"[data-setting=pick-{number}]").check()
        two_frames(page)
        heights.add(round(widget.bounding_box()["height"]))
    widget.locator("[data-setting=pair]").select_option("8")
    two_frames(page)
    assert heights == {round(widget.bounding_box()["height"])}


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_keeps_its_place(maps, page, width):
    maps(width=width)
    view = page.locator(".cv-view[data-widget=class_maps]").first
    drawn = view.bounding_box()["height"]
    view.evaluate("(e) => { e.innerHTML = ''; e.ariaBusy = 'true'; }")
    assert abs(view.bounding_box()["height"] - drawn) <= 60
