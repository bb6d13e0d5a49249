"""The picture of two places in a reader's hands: mouse, touch and keys."""

import pytest

from cvnotes.widgets import CrossLayerExplorer
from tests.browser import two_frames
from tests.widgets.hands import draw

# Where there is no browser these tests are skipped, and say so.
expect = pytest.importorskip("playwright.sync_api").expect


@pytest.fixture
def shown(browser):
    """The widget, drawn in a page that no kernel stands behind."""
    page = browser.new_page()
    page.evaluate("document.body.style.width = '700px'")
    draw(page, CrossLayerExplorer)
    yield page
    page.close()


def state(page, *names):
    return [page.evaluate(f"window.state.{name}") for name in names]


def handle(page, who):
    return page.locator(f"[data-place={who}]")


def at(page, across, down):
    box = page.locator(".cv-cross_layer-stage").bounding_box()
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def test_a_place_is_dragged_with_the_mouse(shown):
    handle(shown, "b").hover()
    shown.mouse.down()
    shown.mouse.move(*at(shown, 0.2, 0.8), steps=4)
    shown.mouse.up()
    assert state(shown, "bx", "by") == pytest.approx([20, 80], abs=1)
    assert state(shown, "ax", "ay") == [56, 38]
    # It stands on the nearest place of its layer, 32 of 672 pixels apart.
    across = 'node => parseFloat(node.style.getPropertyValue("--across"))'
    assert handle(shown, "b").evaluate(across) == pytest.approx(20, abs=2.5)


def test_a_press_on_the_picture_moves_the_nearer_place(shown):
    shown.mouse.click(*at(shown, 0.1, 0.1))
    assert state(shown, "ax", "ay") == pytest.approx([10, 10], abs=1)
    assert state(shown, "bx") == [66]


def test_an_arrow_key_moves_one_place_of_its_layer(shown):
    handle(shown, "a").focus()
    before = handle(shown, "a").get_attribute("aria-label")
    shown.keyboard.press("ArrowRight")
    expect(handle(shown, "a")).not_to_have_attribute("aria-label", before)
    column = int(before.split("column ")[1].split(",")[0])
    label = handle(shown, "a").get_attribute("aria-label")
    assert f"column {column + 1}," in label


def test_a_bar_puts_b_into_that_layer(shown):
    chart = shown.locator(".cv-cross_layer-chart")
    box = chart.bounding_box()
    chart.click(position={"x": 8.5 / 18 * box["width"], "y": 60})
    assert state(shown, "b") == [9]


def test_who_is_asked_is_drawn_and_can_be_changed(shown):
    shown.get_by_label("who is asked").check()
    blue = shown.locator(".cv-cross_layer-box-b")
    expect(blue).to_have_count(5)
    chart = shown.locator(".cv-cross_layer-chart")
    box = chart.bounding_box()
    chart.click(position={"x": 10.5 / 18 * box["width"], "y": 60})
    expect(blue).to_have_count(4)
    assert 11 not in state(shown, "responses")[0]


def test_a_stack_is_chosen_and_edited(shown):
    shown.get_by_label("stack").select_option("eight 3×3")
    assert state(shown, "width", "a") == [96, 8]
    shown.get_by_role("button", name="Add a 3×3").click()
    assert len(state(shown, "kernels")[0]) == 9
    expect(shown.get_by_label("stack")).to_have_value("your own")


def test_a_stack_is_known_by_its_layers(shown):
    stack = shown.get_by_label("stack")
    for name in ("a", "b", "width"):
        shown.locator(f"[data-setting={name}]").press("ArrowLeft")
        expect(stack).to_have_value("ResNet-50")
    stack.select_option("VGG-16")
    assert state(shown, "a", "b", "width") == [17, 17, 336]


def test_the_slider_says_which_layer_it_chooses(shown):
    layer, kernel = (
        shown.locator(f"label:has([data-setting={name}])")
        for name in ("b", "kernels")
    )
    expect(layer).to_contain_text("B, in layer")
    expect(kernel).to_contain_text("kernel of B's layer")
    shown.get_by_label("who is asked").check()
    expect(layer).to_contain_text("layer to change")
    expect(kernel).to_contain_text("kernel of that layer")


def test_a_place_at_the_edge_is_seen_whole(shown):
    stage = shown.locator(".cv-cross_layer-stage").bounding_box()
    for corner in ((0, 0), (1, 1)):
        shown.mouse.move(*at(shown, 0.5, 0.5))
        handle(shown, "a").hover()
        shown.mouse.down()
        shown.mouse.move(*at(shown, *corner), steps=3)
        shown.mouse.up()
        two_frames(shown)
        box = handle(shown, "a").bounding_box()
        assert box["x"] >= stage["x"] and box["y"] >= stage["y"]
        assert box["x"] + box["width"] <= stage["x"] + stage["width"]
        assert box["y"] + box["height"] <= stage["y"] + stage["height"]


def test_two_places_that_are_one_are_both_seen(shown):
    shown.evaluate("[state.bx, state.by] = [state.ax, state.ay]")
    handle(shown, "b").press("ArrowLeft")
    handle(shown, "b").press("ArrowRight")
    two_frames(shown)
    left, right = (handle(shown, who).bounding_box()["x"] for who in "ab")
    assert right - left > 16


@pytest.mark.parametrize("stack", ["ResNet-50", "eight 3×3"])
def test_no_control_moves_while_it_is_dragged(shown, stack):
    shown.evaluate("document.body.style.width = '358px'")
    shown.get_by_label("stack").select_option(stack)
    top = "(node) => node.getBoundingClientRect().top + scrollY"
    edit = shown.locator(".cv-cross_layer-edit")
    for name in ("b", "kernels", "strides"):
        slider = shown.locator(f"[data-setting={name}]")
        two_frames(shown)
        there = edit.evaluate(top)
        slider.press("Home")
        for _ in range(int(slider.get_attribute("max")) - 1):
            slider.press("ArrowRight")
            two_frames(shown)
            assert edit.evaluate(top) == there


def test_nothing_is_heard_after_it_left(shown):
    shown.evaluate("window.leave()")
    assert shown.evaluate("window.heard.length") == 0
