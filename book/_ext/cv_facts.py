"""On the front page: what the book holds itself to, counted at each build."""

import sys
from pathlib import Path

from cv_notebook import keep, kept, notebook
from docutils import nodes

sys.path.insert(0, str(Path(__file__).parents[2]))

from book._press.prose import checks, numbers, prose

PLACE = "what-stands-behind-it"  # a heading of the front page


def count(app, doctree):
    """A chapter's numbers and checks."""
    page = notebook(app.env)
    if page is not None:
        said = len(list(numbers(prose(page))))
        keep(app.env, "cv_counted", (said, checks(page)))


def facts(counts) -> list[tuple[str, str]]:
    """In bold, and what follows.

    >>> facts([(3, 2), (1, 1)])[0][0], facts([(3, 2), (1, 1)])[1][0]
    ('4 numbers', '3 checks')
    """
    said, checked = map(sum, zip(*counts, strict=True))
    return [
        (
            f"{said:,} numbers",
            " stand in the chapters' sentences. Each is printed by a cell of "
            "its page or is in a table of a paper, which a test compares.",
        ),
        (
            f"{checked:,} checks",
            " stand in the chapters' cells, behind what is claimed: each "
            "fails if it is false, and all are run again with every change.",
        ),
    ]


def tell(app, doctree, docname):
    if docname != app.config.root_doc:
        return
    sections = doctree.findall(nodes.section)
    place = next((s for s in sections if PLACE in s["ids"]), None)
    if place is None:  # another book under our settings
        return
    for bold, rest in reversed(facts(kept(app.env, "cv_counted").values())):
        fact = nodes.paragraph("", "", nodes.strong("", bold))
        fact.append(nodes.Text(rest))
        place.insert(1, fact)


def setup(app):
    app.connect("doctree-read", count)
    app.connect("doctree-resolved", tell)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
