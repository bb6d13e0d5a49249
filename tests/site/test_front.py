"""The front page: a picture to move, three ideas, three ways in, facts."""

import re

import nbformat
import pytest
from published import BUILT

from book._press import chapters
from book._press.prose import checks, numbers, prose

FRONT = BUILT / "notebooks" / "index.html"
MOVING = """document.getAnimations().filter((one) =>
  one.effect.target.closest(".cvi") && one.playState === "running").length"""


@pytest.fixture
def front(browser):
    """A function that opens the front page for a reader of some wishes."""

    mine = []

    def opened(**wishes):
        mine.append(browser.new_context(**wishes))
        page = mine[-1].new_page()
        page.goto(FRONT.as_uri())
        page.wait_for_function("!document.querySelector('[aria-busy]')")
        return page

    yield opened
    for context in mine:
        context.close()


def test_the_first_thing_below_the_title_is_the_growth_rate(front):
    page = front()
    first = page.locator("article input, article p:not(.notebook-links)")
    inside = first.first.evaluate("node => !!node.closest('.cv')")
    assert inside
    assert page.locator("article .cv").first.locator("input").count()


def test_three_ideas_move(front):
    page = front()
    assert page.locator(".cvi svg").count() == 3
    assert page.evaluate(MOVING) > 3
    page.get_by_label("hold the pictures still").check()
    assert page.evaluate(MOVING) == 0


def test_who_asked_for_less_motion_sees_them_still(front):
    page = front(reduced_motion="reduce")
    assert page.locator(".cvi svg").count() == 3
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.get_by_label("hold the pictures still").is_hidden()


def test_on_paper_they_are_still(front):
    page = front()
    page.emulate_media(media="print")
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.get_by_label("hold the pictures still").is_hidden()


def test_each_idea_leads_to_its_part(front):
    page = front()
    for link in page.locator(".cvi a").all():
        link.click()
        assert page.locator(":target h2").inner_text().rstrip("#") == (
            link.inner_text()
        )


def test_each_way_in_has_two_commands_that_exist(front):
    page = front()
    ways = page.locator("#three-ways-in pre").all_inner_texts()
    commands = [way.strip().splitlines() for way in ways]
    assert [len(way) for way in commands] == [2, 2, 2]
    makefile = (chapters.ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"make (\w+)", "\n".join(ways)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    python = re.search(r'python -c "(.+)"', ways[-1])[1]
    exec(compile(python.replace("print(", "str("), "<front page>", "exec"))


def test_the_facts_are_counted_in_the_notebooks(front):
    texts = front().locator("#what-stands-behind-it").inner_text()
    notebooks = [
        nbformat.read(chapters.notebook_path(chapter), as_version=4)
        for chapter in chapters.chapters()
    ]
    said = sum(len(list(numbers(prose(one)))) for one in notebooks)
    checked = sum(checks(one) for one in notebooks)
    assert f"{said:,} numbers" in texts and said > 100
    assert f"{checked:,} checks" in texts and checked > 300
