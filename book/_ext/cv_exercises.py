"""The list of all exercises, by part, and marks for what was answered.

What an exercise is, its notebook says (book/_press/exercises.py). The marks
are empty in the page as it is built; page/answers.js fills them in from what
this browser remembers.
"""

import re
import sys
from html import escape
from pathlib import Path

from cv_notebook import keep, kept, notebook
from docutils import nodes
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

sys.path.insert(0, str(Path(__file__).parents[2]))

from book._press.exercises import LEVELS, PREDICT, exercises

# The page with the list.
HERE = "book/exercises"
LOG = logging.getLogger(__name__)
FORGET = """\
<p class="cv-forget" hidden><button type="button">Forget all answers</button>
They are kept in this browser, and nowhere else.</p>"""


class listed(nodes.General, nodes.Element):
    """A place for the exercises of one part."""


class Exercises(SphinxDirective):
    """``{exercises} DenseNet``: those of the part with that caption."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self):
        place = listed(part=self.arguments[0])
        self.set_source_info(place)
        return [place]


def note(app, doctree):
    """Read a chapter's exercises, and give each an anchor and its level."""
    page = notebook(app.env)
    if page is None:
        return
    found = exercises(page)
    cells = {
        node["cell_index"]: node
        for node in doctree.findall(nodes.container)
        if node.get("nb_element") == "cell_code"
    }
    for exercise in found:
        cell = cells[exercise.cell]
        cell["ids"].append(exercise.anchor)
        words = LEVELS[exercise.level]
        cell.insert(0, nodes.inline("", words, classes=["cv-level"]))
    keep(app.env, "cv_exercises", found)


def of_chapters(env) -> dict:
    return kept(env, "cv_exercises")


def parts(env) -> dict[str, list[str]]:
    """The chapters of each part, by its caption in _toc.yml."""
    root = env.get_doctree(env.config.root_doc)
    return {
        tree["caption"]: [docname for _, docname in tree["entries"]]
        for tree in root.findall(addnodes.toctree)
    }


def fill(app, doctree, docname):
    places = list(doctree.findall(listed))
    for place in places:
        chapters = parts(app.env).get(place["part"])
        if chapters is None:
            LOG.warning("_toc.yml has no part %r", place["part"])
        lists = (of(app, chapter) for chapter in chapters or ())
        place.replace_self([node for nodes in lists for node in nodes])
    if docname == app.config.root_doc:
        mark(app, doctree)
    if places or docname == app.config.root_doc:
        doctree[0].append(raw(FORGET))


def of(app, chapter):
    """One chapter's exercises, each a link to where it stands."""
    title = app.env.titles[chapter].astext()
    head = nodes.paragraph(
        "", "", link(app, chapter, title), classes=["cv-chapter"]
    )
    found = of_chapters(app.env)[chapter]
    head.append(progress(chapter, found))
    items = [item(app, chapter, exercise) for exercise in found]
    return head, nodes.bullet_list("", *items, classes=["cv-exercises"])


def item(app, chapter, exercise):
    line = nodes.paragraph("", "")
    if exercise.kind == PREDICT:
        line.append(answered(chapter, exercise.title))
    line.append(link(app, chapter, exercise.title, exercise.anchor))
    words = f"{exercise.kind} · {LEVELS[exercise.level]}"
    line.append(nodes.inline("", words, classes=["cv-kind"]))
    return nodes.list_item("", line)


def link(app, chapter, text, anchor=""):
    address = app.builder.get_relative_uri(HERE, chapter)
    made = nodes.reference("", "", refuri=f"{address}#{anchor}".rstrip("#"))
    for number, piece in enumerate(re.split("`", text)):
        made.append(
            nodes.literal("", piece) if number % 2 else nodes.Text(piece)
        )
    return made


def progress(chapter, found):
    asked = sum(exercise.kind == PREDICT for exercise in found)
    return raw(
        f'<span class="cv-progress" data-chapter="{escape(chapter)}" '
        f'data-questions="{asked}"></span>'
    )


def answered(chapter, question):
    return raw(
        f'<span class="cv-answered" data-chapter="{escape(chapter)}" '
        f'data-question="{escape(question)}"></span>'
    )


def raw(html):
    return nodes.raw("", html, format="html")


def mark(app, doctree):
    """On the front page: behind each chapter's link, how far one is."""
    address = app.builder.get_relative_uri
    known = {
        address(app.config.root_doc, chapter): (chapter, found)
        for chapter, found in of_chapters(app.env).items()
    }
    for reference in list(doctree.findall(nodes.reference)):
        # Each chapter once: where it is named first.
        if chapter := known.pop(reference.get("refuri"), None):
            spot = outermost(reference)
            spot.parent.insert(
                spot.parent.index(spot) + 1, progress(*chapter)
            )


def outermost(node):
    """What stands in the paragraph: the link, or the bold face around it."""
    while not isinstance(node.parent, nodes.paragraph):
        node = node.parent
    return node


def setup(app):
    app.add_node(listed)
    app.add_directive("exercises", Exercises)
    app.connect("doctree-read", note)
    app.connect("doctree-resolved", fill)
    # Before the host of the widgets, whose questions it hears.
    app.add_js_file("page/answers.js", priority=200, loading_method="defer")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
