"""Who mixes with whom in a reader's hands: mouse, touch, keys, menus."""

import re

import pytest

from cvnotes.widgets import WhoMixes
from tests.browser import two_frames
from tests.widgets.hands import draw

# Where there is no browser these tests are skipped, and say so.
expect = pytest.importorskip("playwright.sync_api").expect


@pytest.fixture(params=[760, 360])
def page(browser, request):
    """The widget, drawn in a page that no kernel stands behind."""
    context = browser.new_context(
        viewport={"width": request.param, "height": 1700}, has_touch=True
    )
    page = context.new_page()
    draw(page, WhoMixes)
    yield page
    context.close()


def words(text):
    return re.compile(re.escape(text))


def state(page):
    return page.evaluate("[state.channel, state.row, state.column]")


def figure(page, which=0):
    return page.locator(".cv-who-half .cv-figure").nth(which)


def middle(page, plane, which=0):
    """Where on the page the middle of an upper plane is; from 0."""
    return page.evaluate(
        """([plane, which]) => {
          const figure = document.querySelectorAll(".cv-figure")[which];
          const { left, width, top, height } = [...figure
            .querySelectorAll(".cv-who-edge")][plane].getBoundingClientRect();
          return [left + width / 2, top + height / 2];
        }""",
        [plane, which],
    )


def test_the_number_under_the_mouse_is_the_output_in_both(page):
    for which in (0, 1):
        for plane in (3, 0):
            page.mouse.move(*middle(page, plane, which))
            assert state(page) == [plane + 1, 3, 3]
    for which in (0, 1):
        expect(figure(page, which)).to_have_attribute(
            "aria-label", words("channel 1 of 4, row 3, column 3")
        )


def test_a_tap_chooses_too(page):
    page.touchscreen.tap(*middle(page, 2))
    assert state(page) == [3, 3, 3]


def test_arrows_move_the_output_and_go_on_in_the_next_map(page):
    figure(page).focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
        page.wait_for_timeout(60)
    assert state(page) == [3, 2, 1]


def test_a_menu_puts_another_operation_there(page):
    page.locator('[data-setting="left"]').select_option("depthwise 3×3")
    reads = page.locator(".cv-who-reads").first
    expect(reads).to_contain_text("9 of 100")
    expect(page.locator('[data-setting="preset"]')).to_have_value(
        "your own pair"
    )
    expect(page.locator(".cv-who-both")).to_contain_text("91 more")


def test_a_pair_sets_both_and_reset_takes_it_back(page):
    page.locator('[data-setting="preset"]').select_option(
        "a dense layer, and two of them"
    )
    assert page.evaluate("[state.left, state.right]") == [
        "dense layer",
        "dense block",
    ]
    channel = page.locator('[data-setting="channel"]')
    expect(channel).to_have_attribute("max", "8")
    channel.fill("8")
    expect(page.locator(".cv-who-reads").nth(1)).to_contain_text("100 of 100")
    # A dense layer makes 6 maps: its last is shown.
    expect(figure(page)).to_have_attribute(
        "aria-label", words("channel 6 of 6")
    )
    page.locator(".cv-reset").click()
    assert page.evaluate("[state.left, state.channel]") == [
        "3×3 convolution",
        2,
    ]


def test_a_channel_that_is_gone_is_held_to_the_last(page):
    page.locator('[data-setting="right"]').select_option("dense block")
    page.locator('[data-setting="channel"]').fill("8")
    page.locator('[data-setting="right"]').select_option("CBAM")
    page.wait_for_function("state.channel === 4")


def test_as_many_threads_as_slopes_that_are_not_zero(page):
    threads = ".cv-who-thread"
    expect(figure(page).locator(threads)).to_have_count(36)
    expect(figure(page, 1).locator(threads)).to_have_count(100)


def test_other_maps_move_one_picture_and_not_the_other(page):
    before = [figure(page, i).inner_html() for i in (0, 1)]
    page.locator('[data-setting="maps"]').fill("2")
    expect(page.locator(".cv-who-most").nth(1)).not_to_contain_text(
        "row 3, column 3, slope 1.2."
    )
    after = [figure(page, i).inner_html() for i in (0, 1)]
    assert after[0] == before[0] and after[1] != before[1]


def test_without_a_book_around_it_a_chapter_is_a_name_alone(page):
    chapter = page.locator(".cv-who-chapter").first
    expect(chapter).to_contain_text("Mixing channels")
    assert chapter.locator("a").count() == 0


def test_nothing_is_wider_than_the_page(page):
    wide = "document.documentElement.scrollWidth - innerWidth"
    menu = page.locator('[data-setting="preset"]')
    for option in menu.locator("option:enabled").all():
        menu.select_option(option.get_attribute("value"))
        two_frames(page)
        assert page.evaluate(wide) <= 0


def test_leaving_leaves_nothing_behind(page):
    page.evaluate("window.leave()")
    assert page.evaluate("window.heard.length") == 0
