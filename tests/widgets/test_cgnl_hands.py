"""The picture of all with all in a reader's hands: mouse, keys, presets."""

import pytest

from cvnotes.widgets import CGNLCost
from tests.browser import two_frames
from tests.widgets.hands import draw

# Where there is no browser these tests are skipped, and say so.
expect = pytest.importorskip("playwright.sync_api").expect


def shown(browser, width):
    page = browser.new_page(viewport={"width": width, "height": 1400})
    draw(page, CGNLCost)
    return page


@pytest.fixture(params=[760, 360])
def page(browser, request):
    """The widget, drawn in a page that no kernel stands behind."""
    page = shown(browser, request.param)
    yield page
    page.close()


def pointed(page):
    return page.evaluate("[state.row, state.column]")


def cell(page, row, column):
    """Where on the page an entry of the large matrix is."""
    return page.evaluate(
        """([row, column]) => {
          const { left, width, top } = [...document.querySelectorAll(
            ".cv-cgnl-frame")][2].getBoundingClientRect();
          const unit = width / 24;
          return [left + (column + 0.5) * unit, top + (row + 0.5) * unit];
        }""",
        [row, column],
    )


def test_the_entry_under_the_mouse_is_the_pair(page):
    for pair in ([0, 0], [13, 20], [23, 5]):
        page.mouse.move(*cell(page, *pair))
        assert pointed(page) == pair
    expect(page.locator(".cv-cgnl-pair")).to_contain_text("no entry")


def test_the_arrows_move_the_pair(page):
    row = page.locator('[data-setting="row"]')
    row.focus()
    before = pointed(page)
    row.press("ArrowRight")
    assert pointed(page) == [before[0] + 1, before[1]]


def test_a_preset_sets_all_and_reset_takes_it_back(page):
    page.locator("select").select_option("res4 at 448² (the authors')")
    assert page.evaluate("[state.height, state.channels]") == [28, 1024]
    expect(page.locator(".cv-cgnl-cost")).to_contain_text("50,176 times")
    expect(page.locator(".cv-cgnl-hands")).to_be_hidden()
    page.locator(".cv-reset").click()
    assert page.evaluate("[state.height, state.channels]") == [2, 8]


def test_what_is_in_the_hand_stays_where_it_is(page):
    place = page.locator('[data-setting="row"]').bounding_box
    before = place()
    for name in ("to see: 4×4, 6 channels", "res3 at 448²"):
        page.locator("select").select_option(name)
        two_frames(page)
        assert place() == before


def test_a_finger_that_scrolls_has_chosen_nothing(page):
    before = pointed(page)
    x, y = cell(page, 13, 20)
    told = {"clientX": x, "clientY": y, "isPrimary": True, "pointerId": 1}
    figure = page.locator(".cv-figure")
    # The browser knows no such finger, so it cannot be held.
    figure.evaluate("(node) => { node.setPointerCapture = () => {}; }")
    figure.dispatch_event("pointerdown", told)
    assert pointed(page) == [13, 20]
    figure.dispatch_event("pointercancel", told)
    assert pointed(page) == before


def test_groups_follow_the_channels(page):
    channels = page.locator('[data-setting="channels"]')
    channels.focus()
    channels.press("ArrowRight")  # 5 hidden channels
    page.wait_for_function("state.groups === 1")


def test_nothing_is_wider_than_the_page(page):
    for name in ("to see: 4×4, 6 channels", "res3 at 448²"):
        page.locator("select").select_option(name)
        wide = "document.documentElement.scrollWidth - innerWidth"
        assert page.evaluate(wide) <= 0


def test_leaving_leaves_nothing_behind(page):
    page.evaluate("window.leave()")
    assert page.evaluate("window.heard.length") == 0
