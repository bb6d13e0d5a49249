"""Without scripts, and on paper, every widget is still to be seen."""

import copy
import json
import shutil

import pytest
from cv_widgets import stills
from published import CHAPTER, pages

from book._press.stills import FOLDER, ROOT, stale, wanted

ID, (_, MODEL) = next(iter(wanted().items()))


@pytest.fixture
def plain(browser):
    """A page that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_every_widget_has_a_picture_of_how_it_is_now():
    assert not stale(), f"{stale()}: run `make stills`"


def test_no_picture_is_left_of_a_widget_that_is_gone():
    files = {path.stem for path in FOLDER.glob("*.webp")}
    assert files == set(wanted()) == set(stills.known(ROOT))


def test_other_settings_and_other_scripts_make_a_picture_old(tmp_path):
    shutil.copytree(ROOT / "cvnotes/widgets", tmp_path / "cvnotes/widgets")
    shutil.copy(ROOT / "cvnotes/palette.py", tmp_path / "cvnotes")
    before = stills.digest(tmp_path, MODEL)
    assert before == stills.digest(ROOT, MODEL)
    moved = copy.deepcopy(MODEL)
    moved["state"]["_bounds"] = {}
    assert stills.digest(tmp_path, moved) != before
    with (tmp_path / "cvnotes/widgets/kit.css").open("a") as style:
        style.write(".cv { color: red }")
    assert stills.digest(tmp_path, MODEL) != before


def test_an_old_picture_is_not_shown(tmp_path):
    folder = tmp_path / stills.STILLS
    folder.mkdir(parents=True)
    kept = {ID: stills.known(ROOT)[ID]}
    (folder / "stills.json").write_text(json.dumps(kept), "utf-8")
    shown = stills.in_place(tmp_path, ID, MODEL, "Toy(k=1)", "")
    assert "<img" not in shown and "Toy(k=1)" in shown


def test_a_picture_says_in_words_what_it_shows():
    for still in stills.known(ROOT).values():
        assert len(still["alt"].split()) >= 8, still


def test_without_scripts_each_widget_is_a_picture_or_a_question(plain, built):
    for name in [p for p in pages(built) if p.startswith("notebooks")]:
        plain.goto((built / name).as_uri())
        views = plain.locator(".cv-view")
        assert plain.locator(".cv-view .cv-still").count() == views.count()
        for picture in plain.locator(".cv-still img").all():
            picture.scroll_into_view_if_needed()
            assert picture.bounding_box()["width"] > 300
            assert picture.bounding_box()["height"] > 200


def test_without_scripts_a_question_can_be_answered(plain, built):
    plain.goto((built / f"{CHAPTER}.html").as_uri())
    asked = plain.locator(".cv-still:has(details)").first
    answer = asked.locator("details p")
    assert not answer.is_visible()
    asked.locator("summary").click()
    assert answer.is_visible() and len(answer.inner_text()) > 20


def test_with_scripts_no_still_is_loaded(page, built, served):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served(built)}/{CHAPTER}.html", wait_until="networkidle")
    assert asked and not [url for url in asked if "stills" in url]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_paper_each_widget_stands_still_on_light_paper(page, built, theme):
    page.emulate_media(color_scheme=theme)
    page.goto((built / f"{CHAPTER}.html").as_uri())
    page.wait_for_function("!document.querySelector('[aria-busy]')")
    page.emulate_media(media="print")
    for widget in page.locator(".cv-view > .cv").all():
        assert widget.is_visible()
        assert widget.bounding_box()["height"] > 60
    for slider in page.locator("input[type=range]").all():
        assert not slider.is_visible()
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(253, 252, 249)"
