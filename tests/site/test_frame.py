"""What stands around a page: the chapters beside it, the ways on below."""

import pytest
from published import pages

DESK, PHONE = {"width": 1280, "height": 844}, {"width": 390, "height": 844}
LATE = ["book/references.html", "book/api/attention.html"]


@pytest.mark.parametrize("name", LATE)
def test_a_late_page_is_in_sight_among_the_chapters(page, built, name):
    page.set_viewport_size(DESK)
    page.goto((built / name).as_uri())
    listed = page.locator("#book-contents")
    own = listed.locator(".active > a").last
    box, around = own.bounding_box(), listed.bounding_box()
    assert around["y"] <= box["y"]
    assert box["y"] + box["height"] <= around["y"] + around["height"]


def test_the_ways_on_fit_a_phone_with_all_their_letters(page, built):
    page.set_viewport_size(PHONE)
    for name in pages(built):
        page.goto((built / name).as_uri())
        cut = page.evaluate("""() =>
          Array.from(document.querySelectorAll(".prev-next-area a"))
            .filter((way) => way.scrollWidth > way.clientWidth ||
              way.getBoundingClientRect().right > innerWidth)
            .map((way) => way.innerText)""")
        assert not cut, name
