"""The picture of mixing in a reader's hands: mouse, keys and presets."""

import numpy as np
import pytest

from cvnotes import pictures
from cvnotes.widgets import ChannelMixer
from cvnotes.widgets.channel_mixing import presets
from tests.widgets.hands import draw

# Where there is no browser these tests are skipped, and say so.
expect = pytest.importorskip("playwright.sync_api").expect
DRAWN = """(canvas) => Array.from(canvas.getContext("2d").getImageData(
  0, 0, canvas.width, canvas.height).data)"""


@pytest.fixture
def shown(browser):
    """The widget, drawn in a page that no kernel stands behind."""
    page = browser.new_page()
    page.evaluate("document.body.style.width = '700px'")
    draw(page, ChannelMixer)
    yield page
    page.close()


def state(page, name):
    return page.evaluate("(name) => window.state[name]", name)


def cell(page, i):
    return page.locator(".cv-cell").nth(i)


def middle(box, across=0.5, down=0.5):
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def test_a_number_is_dragged_sideways(shown):
    x, y = middle(cell(shown, 1).bounding_box())
    shown.mouse.move(x, y)
    shown.mouse.down()
    shown.mouse.move(x + 30, y, steps=4)
    shown.mouse.up()
    assert state(shown, "matrix")[1] == 0.6
    expect(cell(shown, 1).locator("input")).to_have_value("0.6")
    shown.mouse.move(x - 300, y)
    assert state(shown, "matrix")[1] == 0.6  # let go is let go


def test_a_number_dragged_far_stops_at_its_bound(shown):
    x, y = middle(cell(shown, 0).bounding_box())
    shown.mouse.move(x, y)
    shown.mouse.down()
    shown.mouse.move(x + 600, y, steps=4)
    shown.mouse.up()
    assert state(shown, "matrix")[0] == 2


def test_a_click_lets_a_number_be_typed(shown):
    cell(shown, 4).click()
    shown.keyboard.type("-0.25")
    assert state(shown, "matrix")[4] == -0.25
    shown.keyboard.press("ArrowUp")
    assert state(shown, "matrix")[4] == -0.2


def test_what_is_typed_beyond_the_bound_is_held(shown):
    cell(shown, 0).click()
    shown.keyboard.type("7")
    assert state(shown, "matrix")[0] == 2
    shown.keyboard.press("Tab")
    expect(cell(shown, 0).locator("input")).to_have_value("2")


def test_a_pixel_is_picked_in_any_of_the_pictures(shown):
    for canvas in shown.locator("canvas").all():
        x, y = middle(canvas.bounding_box(), 0.25, 0.75)
        shown.mouse.click(x, y)
        assert (state(shown, "x"), state(shown, "y")) == (48, 96)
        shown.mouse.click(x + 9, y - 9)


def test_a_pixel_is_picked_by_keys(shown):
    shown.locator("[data-setting=x]").press("ArrowRight")
    shown.locator("[data-setting=y]").press("ArrowLeft")
    assert (state(shown, "x"), state(shown, "y")) == (111, 49)
    expect(shown.get_by_text("Pixel 111, 49")).to_be_visible()


def test_a_preset_is_chosen_and_another_number_makes_it_your_own(shown):
    choice = shown.locator("select")
    choice.select_option("grey")
    assert state(shown, "matrix") == [*presets("flower")["grey"]]
    expect(shown.get_by_text("multiples of one picture")).to_be_visible()
    cell(shown, 0).click()
    shown.keyboard.type("1")
    shown.wait_for_function(
        "document.querySelector('select').value[0] == 'y'"
    )


def test_decorrelate_is_that_of_the_photograph_that_is_shown(shown):
    shown.locator("select").select_option("decorrelate")
    shown.locator("[data-setting=picture-china]").check(force=True)
    assert state(shown, "matrix") == [*presets("china")["decorrelate"]]
    shown.locator("details summary").click()
    cells = shown.locator("tbody td:last-child").all_inner_texts()
    assert cells == ["0"] * 3


def test_relu_is_switched_on_and_off(shown):
    shown.locator("select").select_option("warm or cold")
    expect(shown.get_by_text("Rank 2: ")).to_be_visible()
    shown.get_by_label("ReLU").check()
    expect(shown.get_by_text("and what they were is gone")).to_be_visible()
    shown.get_by_label("ReLU").uncheck()
    expect(shown.get_by_text("Rank 2: ")).to_be_visible()


def test_the_mix_is_drawn_as_the_layer_makes_it(shown):
    shown.locator("select").select_option("luma and chroma")
    expect(shown.get_by_text("determinant 0.2363")).to_be_visible()
    light = np.array(shown.locator("canvas").nth(1).evaluate(DRAWN))
    matrix = np.reshape(presets("flower")["luma and chroma"], (3, 3))
    wanted = (pictures.photograph("flower") @ matrix.T).clip(0, 255)
    drawn = light.reshape(128, 192, 4)[..., :3]
    assert np.abs(drawn - wanted).max() < 0.51


def test_red_less_blue_and_relu_leave_only_the_flower(shown):
    shown.locator("select").select_option("warm or cold")
    shown.get_by_label("ReLU").check()
    expect(shown.get_by_text("what they were is gone")).to_be_visible()
    light = shown.locator(".cv-out canvas").nth(0).evaluate(DRAWN)
    shade = np.reshape(light, (128, 192, 4))[..., 0]
    assert shade[67, 93] > 100 and shade[20, 20] == 0


def test_it_keeps_up_with_a_hand(shown):
    """A change of all nine numbers is drawn in less than a frame."""
    took = shown.evaluate("""async () => {
      const frame = () => new Promise(requestAnimationFrame);
      const field = document.querySelector(".cv-cell input");
      const times = [];
      for (let i = 0; i < 20; i += 1) {
        field.value = i / 20;
        field.dispatchEvent(new Event("input"));
        const start = performance.now();
        await frame();
        times.push(performance.now() - start);
        await frame();
      }
      return times.sort((a, b) => a - b)[5];
    }""")
    assert took < 100  # a frame is 17 ms; a busy machine may need more


def test_who_made_the_photograph_stands_below_it(shown):
    for name in pictures.NAMES:
        shown.locator(f"[data-setting=picture-{name}]").check(force=True)
        shown.get_by_role("link", name=f"{name}.jpg").wait_for()
        assert shown.get_by_role("link", name="CC BY 2.0").is_visible()
        assert shown.get_by_text("danielbuechele").is_visible()


def test_what_it_listened_to_it_leaves(shown):
    shown.evaluate("window.leave()")
    assert shown.evaluate("window.heard.length") == 0
