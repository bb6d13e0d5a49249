"""What the built book has, for the tests that go through its pages."""

from pathlib import Path

BUILT = Path(__file__).parents[2] / "_build" / "html"
CHAPTER = "notebooks/densenet/dense_block"


# The first only leads on to the front page; the other is made to be shown at
# addresses that it does not have, and test_lost.py shows it there.
ASIDE = {"index.html", "404.html"}


def pages(html: Path) -> list[str]:
    """Its pages, by their addresses inside the book."""
    found = (str(path.relative_to(html)) for path in html.rglob("*.html"))
    return sorted(set(found) - ASIDE)
