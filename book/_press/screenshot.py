"""The README's picture: the growth widget, as the built book shows it."""

from playwright.sync_api import sync_playwright

from book._press.render import ROOT
from tests.browser import FLAGS, chromium_path

PAGE = ROOT / "_build/html/notebooks/densenet/dense_block.html"
PICTURE = ROOT / "book/_static/growth.png"


def main():
    """Open the chapter, set k = 24, and keep what the widget draws."""
    with sync_playwright() as playwright:
        path = chromium_path(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(
            viewport={"width": 1100, "height": 900}, device_scale_factor=1.5
        )
        page.goto(f"{PAGE.as_uri()}#growth.k=24")
        page.wait_for_selector(".cv-growth")
        page.wait_for_timeout(500)
        page.locator(".cv-growth").screenshot(path=PICTURE)
        browser.close()
    print(PICTURE.relative_to(ROOT))


if __name__ == "__main__":
    main()
