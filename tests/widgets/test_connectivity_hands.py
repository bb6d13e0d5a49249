"""The connectivity picture, in hand: the three answers, one by one."""

import pytest

from cvnotes.widgets import Connectivity
from tests.widgets.hands import draw


@pytest.mark.parametrize("width", [760, 360])
def test_nothing_moves_under_the_three_answers(browser, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    draw(page, Connectivity)
    places = set()
    for keep in ("replace", "sum", "concatenate"):
        page.locator(f"input[value={keep}]").check()
        page.wait_for_timeout(100)
        button = page.get_by_role("button", name="Next layer")
        places.add(button.bounding_box()["y"])
    page.close()
    assert len(places) == 1
