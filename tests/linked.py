"""What a page links to, and whether it is there, read from its Markdown."""

import re
from pathlib import Path

from book._press.chapters import ROOT

CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1\s*$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


def prose(path: Path) -> str:
    """A page without what it runs."""
    return CODE.sub("", path.read_text(encoding="utf-8"))


def slug(heading: str) -> str:
    """The address of a heading within its page.

    >>> slug("Does it hold?"), slug("The `k` of 1×1")
    ('does-it-hold', 'the-k-of-11')
    """
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.replace(" ", "-")


def sections(path: Path) -> dict[str, str]:
    """The text below each heading of a page, by its address."""
    found = HEADING.split(prose(path))
    return dict(zip(map(slug, found[1::2]), found[2::2]))


def links(text: str) -> list[tuple[str, str]]:
    """Words and address of each link within the book."""
    return [
        (words, address)
        for words, address in LINK.findall(text)
        if "://" not in address
    ]


def target(address: str, page: Path) -> tuple[Path, str]:
    """The written file behind an address on this page, and the heading.

    ``page`` says where the page stands for its links: a chapter's stand in
    its notebook, and lead to notebooks.
    """
    name, _, anchor = address.partition("#")
    path = (page.parent / name).resolve() if name else page
    if path.suffix == ".ipynb":
        inside = path.relative_to(ROOT / "notebooks")
        path = ROOT / "book" / inside.with_suffix(".md")
    return path, anchor


def broken(text: str, page: Path) -> list[str]:
    """The addresses in a text that lead nowhere, or to no heading."""
    found = []
    for _, address in links(text):
        path, anchor = target(address, page)
        if not path.exists() or (anchor and anchor not in sections(path)):
            found.append(address)
    return found
