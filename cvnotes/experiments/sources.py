"""Whether what a page is given is still what its sources give."""

import hashlib
from collections.abc import Iterable

from cvnotes.digest import file_of, tree


def code(names: Iterable[str]) -> str:
    """A digest of these modules and of no others, by their syntax trees.

    What is trained or measured for a page names the modules that it follows
    from, so that a change of the progress bar makes nothing old.

    >>> code(["train.epoch"]) == code(["train.epoch"]) != code(["cost"])
    True
    """
    total = hashlib.sha256()
    for name in names:
        text = file_of(f"cvnotes.{name}").read_text(encoding="utf-8")
        total.update(f"{name}{tree(text)}".encode())
    return total.hexdigest()[:16]
