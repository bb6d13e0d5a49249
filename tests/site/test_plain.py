"""A page on paper, and a page without scripts, say all that they should."""

from published import CHAPTER


def test_a_printed_chapter_has_its_title_and_no_lists(page, built):
    page.goto((built / f"{CHAPTER}.html").as_uri())
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    for unprinted in ("#book-contents", "#page-contents", "#theme-button"):
        assert not page.locator(unprinted).is_visible()


def test_without_scripts_the_page_is_complete(browser, built):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built / f"{CHAPTER}.html").as_uri())
    assert page.locator("math").count() >= 2
    assert page.locator("#search-button").is_visible()
    assert not page.locator("#theme-button").is_visible()
    context.close()
