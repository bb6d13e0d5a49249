"""What the built book has, for the tests that go through its pages."""

from pathlib import Path

BUILT = Path(__file__).parents[2] / "_build" / "html"
CHAPTER = "notebooks/densenet/dense_block"


def pages(html: Path) -> list[str]:
    """Its pages, without the first, which only leads on to the front page."""
    found = (path.relative_to(html) for path in html.rglob("*.html"))
    return sorted(str(path) for path in found if str(path) != "index.html")
