"""The net in the page answers to a hand: mouse, finger, keys, and links."""

from functools import partial

import pytest
from browser import two_frames

CHAPTER = "notebooks/densenet/inside.html"
SEVEN = [
    [(0.28, 0.18), (0.72, 0.18), (0.45, 0.85)],
    [(0.36, 0.5), (0.64, 0.5)],
]
SQUARE = [[(0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7), (0.3, 0.3)]]
ZERO = ["ArrowLeft", "ArrowDown", "ArrowRight", "ArrowUp"]


@pytest.fixture
def inside(first_widget):
    """A function that opens the chapter, and gives its first widget."""
    return partial(first_widget, CHAPTER, ".cv-inside")


def draw(page, pad, strokes):
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    for stroke in strokes:
        for i, (x, y) in enumerate(stroke):
            page.mouse.move(
                box["x"] + x * box["width"],
                box["y"] + y * box["height"],
                steps=8,
            )
            if i == 0:
                page.mouse.down()
        page.mouse.up()


def said(widget):
    return widget.locator(".cv-answer .cv-say").inner_text()


@pytest.mark.parametrize("address_of", ["http", "file"], indirect=True)
def test_a_drawn_seven_is_read(inside, page):
    widget = inside()
    draw(page, widget.locator(".cv-pad"), SEVEN)
    two_frames(page)
    assert "a 7" in said(widget)
    assert not page.errors


def test_the_answer_stands_two_frames_after_a_touch_of_the_pad(inside, page):
    widget = inside()
    before = widget.locator(".cv-net > canvas").screenshot()
    pad = widget.locator(".cv-pad")
    frames = pad.evaluate("""async (pad) => {
      const told = () => document.querySelector(".cv-answer").innerText;
      const { left, top, width, height } = pad.getBoundingClientRect();
      const press = (kind, x, y) => pad.dispatchEvent(
        new PointerEvent(kind, { isPrimary: true, pointerId: 1, button: 0,
          clientX: left + x * width, clientY: top + y * height }));
      pad.setPointerCapture = () => {};
      const was = told();
      press("pointerdown", 0.5, 0.1);
      press("pointermove", 0.5, 0.9);
      for (let frames = 1; frames < 99; frames += 1) {
        await new Promise(requestAnimationFrame);
        if (told() !== was) return frames;
      }
    }""")
    assert frames <= 2
    assert widget.locator(".cv-net > canvas").screenshot() != before


def test_a_finger_draws_and_does_not_scroll(browser, built):
    context = browser.new_context(
        has_touch=True, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto((built / CHAPTER).as_uri())
    pad = page.locator(".cv-pad").first
    pad.wait_for()
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    before = said(page.locator(".cv-inside").first)
    touch = context.new_cdp_session(page)
    for kind, part in (
        ("touchStart", 0.2),
        ("touchMove", 0.5),
        ("touchMove", 0.8),
        ("touchEnd", None),
    ):
        y = box["y"] + (part or 0) * box["height"]
        spot = {"x": box["x"] + box["width"] / 2, "y": y}
        touch.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [spot] if part else []},
        )
    two_frames(page)
    assert pad.bounding_box()["y"] == box["y"]
    assert said(page.locator(".cv-inside").first) != before
    context.close()


def test_keys_draw_too(inside, page):
    widget = inside()
    pad = widget.locator(".cv-pad")
    pad.press("Delete")
    two_frames(page)
    assert said(widget).startswith("Nothing is drawn")
    at_first = page.evaluate("scrollY")
    pad.press("Space")
    for key in ZERO:
        for _ in range(15 if key in ("ArrowUp", "ArrowDown") else 8):
            pad.press(key)
    pad.press("Space")
    two_frames(page)
    assert "a 0" in said(widget)
    assert page.evaluate("scrollY") == at_first
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Clear"


def test_a_real_digit_is_picked_by_keys_and_named(inside, page):
    widget = inside()
    first = widget.locator("[data-setting=example-0]")
    first.focus()
    page.keyboard.press("ArrowRight")
    two_frames(page)
    assert said(widget).startswith("It reads a 1")
    name = widget.locator("[data-setting=example-1]:checked")
    assert name.get_attribute("aria-label").startswith("a 1, number 1,")


def test_a_layer_can_be_switched_off_and_on(inside, page):
    widget = inside()
    before = said(widget)
    for number in (1, 2, 3):
        widget.locator(f"[data-setting=layer-{number}]").uncheck()
    page.wait_for_function("location.hash.includes('inside.off=1,2,3')")
    assert "With layers 1, 2 and 3 off" in widget.inner_text()
    widget.get_by_role("button", name="Reset").click()
    page.wait_for_function("location.hash === ''")
    assert said(widget) == before
    assert widget.locator("[data-setting=layer-2]").is_checked()


def test_a_link_holds_the_drawing(inside, page):
    widget = inside()
    draw(page, widget.locator(".cv-pad"), SEVEN)
    page.wait_for_timeout(500)  # the address follows a moment later
    answer, link = said(widget), page.evaluate("location.hash")
    assert said(inside(anchor=link)) == answer


def test_pointing_at_a_map_says_where_it_goes(inside, page):
    widget = inside()
    canvas = widget.locator(".cv-net > canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.move(box["x"] + 160, box["y"] + 12)
    said_of = widget.locator(".cv-say").last
    assert said_of.inner_text().startswith("Map 1 of the stem is read by")
    page.mouse.move(box["x"], box["y"] - 50)
    assert said_of.inner_text().startswith("Map 2 of layer 1")


@pytest.mark.parametrize(
    "link",
    [
        "#inside.off=99",
        "#inside.off=foo",
        "#inside.drawing=",
        "#inside.drawing=1,2,3",
        "#inside.drawing=99,-1,2.5",
        "#inside.look=99",
    ],
)
def test_no_link_breaks_it(inside, page, link):
    widget = inside(anchor=link)
    assert "reads" in widget.inner_text()
    assert page.locator("[role=alert]").count() == 0
    assert not page.errors


def test_a_square_is_read_surely_though_it_is_no_digit(inside, page):
    widget = inside()
    draw(page, widget.locator(".cv-pad"), SQUARE)
    two_frames(page)
    assert said(widget).startswith("It reads a 0")


def test_an_empty_pad_has_no_score_to_account_for(inside, page):
    widget = inside()
    widget.get_by_role("button", name="Clear").click()
    two_frames(page)
    told = widget.inner_text()
    assert "Nothing is drawn" in told
    assert "Its score" not in told and "It needs" not in told
    assert "the answer stays" not in told


@pytest.mark.parametrize("way", ["Clear", "Delete"])
def test_what_clears_the_pad_lifts_the_pen_and_says_so(inside, page, way):
    widget = inside()
    pad, hint = widget.locator(".cv-pad"), widget.locator(".cv-hint")
    pad.press("Space")
    pad.press("ArrowDown")
    assert hint.inner_text() == "The pen is down."
    if way == "Delete":
        pad.press(way)
    else:
        widget.get_by_role("button", name=way).click()
    two_frames(page)
    assert hint.inner_text() == "Cleared; the pen is up."
    assert said(widget).startswith("Nothing is drawn")


def test_a_picked_digit_lifts_the_pen_of_the_keys_and_says_so(inside, page):
    widget = inside()
    widget.locator(".cv-pad").press("Space")
    widget.locator("[data-setting=example-3]").check()
    two_frames(page)
    assert widget.locator(".cv-hint").inner_text() == "The pen is up."


def test_a_dot_is_drawn_as_well_as_read(inside, page):
    widget = inside()
    widget.get_by_role("button", name="Clear").click()
    pad = widget.locator(".cv-pad")
    inked = """pad => pad.getContext("2d")
        .getImageData(0, 0, pad.width, pad.height).data
        .some((value, i) => i % 4 === 3 && value > 200)"""
    two_frames(page)
    assert not pad.evaluate(inked)
    pad.click()
    two_frames(page)
    assert pad.evaluate(inked)


def test_what_the_mouse_draws_takes_the_keys_pen_away(inside, page):
    widget = inside()
    pad, hint = widget.locator(".cv-pad"), widget.locator(".cv-hint")
    pad.press("Space")
    pad.click()
    two_frames(page)
    assert hint.inner_text().startswith("Draw here")


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_another_digit_is_looked_at(inside, page, width):
    widget = inside(width=width)
    heights = set()
    for number in range(20):
        widget.locator(f"[data-setting=example-{number}]").check()
        two_frames(page)
        heights.add(round(widget.bounding_box()["height"]))
    widget.get_by_role("button", name="Clear").click()
    two_frames(page)
    assert heights == {round(widget.bounding_box()["height"])}


def test_a_narrow_page_also_says_how_many_maps_a_layer_reads(inside):
    numbers = inside(width=390).locator(".cv-layer small")
    assert numbers.nth(1).inner_text() == "8 → 12"
    assert numbers.nth(1).is_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_keeps_its_place(inside, page, width):
    inside(width=width)
    place = page.locator(".cv-view[data-widget=inside]")
    drawn = place.bounding_box()["height"]
    place.evaluate("(e) => { e.innerHTML = ''; e.ariaBusy = 'true'; }")
    assert abs(place.bounding_box()["height"] - drawn) <= 60


def test_the_maps_follow_the_colours_of_the_page(inside, page):
    canvas = inside().locator(".cv-net > canvas")
    middle = """(c) => [...c.getContext("2d").getImageData(
      c.width * 0.25, 20, 1, 1).data].slice(0, 3)"""
    light = canvas.evaluate(middle)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_timeout(200)
    assert sum(canvas.evaluate(middle)) > sum(light)
