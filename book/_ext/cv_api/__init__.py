"""The API reference: read from the source, written while the book is built.

A page below ``book/api`` says in its own words what a part is for, in which
units it counts, and holds ``{api} PART``; all else is read from the package,
which is not imported. Chapters end with the names that they use, linked.
"""

from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from cv_api import chapters
from cv_api.draw import Drawer, source_code, visit_source
from cv_api.entries import entry
from cv_api.modules import Module, experiments, module, public
from cv_api.words import parsed

FOLDER = "book/api/"
ALSO = {  # what the experiments share, and no __all__ names
    "experiments": [
        ("lab", "conduct"),
        ("result", "Result"),
        ("result", "Finding"),
        ("result", "Table"),
    ]
}


def parts(root: Path) -> list[str]:
    """The parts that have a page, in the order of the book's contents."""
    found = (page for page in chapters.files(root) if FOLDER in page)
    stems = (page.removeprefix(FOLDER) for page in found)
    return [stem for stem in stems if stem != "index"]


class Api(SphinxDirective):
    """All public names of a part, a section for each of its modules."""

    required_arguments = 1

    def run(self):
        self.part = self.arguments[0]
        self.drawer = Drawer(self.part, self.address, self.chapters)
        if self.part == "experiments":
            return [*self.shared(), *map(self.experiment, experiments())]
        homes = public(self.part)
        groups = {
            where: [(name, *homes[name]) for name in names]
            for where, names in self.env.cv_api.modules(self.part).items()
        }
        if len(groups) == 1:
            ((_, only),) = groups.items()
            return [self.note(*one) for one in only]
        return [self.section(module(n), each) for n, each in groups.items()]

    def section(self, where: Module, entries):
        """One module: what it is about, and its public names."""
        stem = where.name.rpartition(".")[2]
        found = nodes.section(ids=[f"{self.part}-{stem}"], names=[])
        found += nodes.title("", stem)
        found += parsed(where.doc)
        found += [self.note(*one) for one in entries]
        return found

    def note(self, name, where, own):
        drawn = self.drawer.entry(entry(name, where, own))
        return self.known(drawn, name)

    def known(self, drawn, name):
        """So that the search finds it by its name."""
        kind, anchor = drawn["objtype"], drawn[0]["ids"][0]
        self.env.get_domain("py").note_object(
            f"cvnotes.{self.part}.{name}", kind, anchor
        )
        self.state.document.note_explicit_target(drawn[0])
        return drawn

    def shared(self):
        for stem, name in ALSO[self.part]:
            where = module(f"cvnotes.experiments.{stem}")
            drawn = self.drawer.entry(entry(name, where, name))
            yield self.known(drawn, name)

    def experiment(self, name):
        where = module(f"cvnotes.experiments.{name}")
        settings = entry("Settings", where, "Settings")
        drawn = self.drawer.experiment(name, where, settings)
        return self.known(drawn, name)

    def address(self, full: str) -> str | None:
        """Where the entry of a name of the package stands, by its home."""
        found = self.env.cv_api_homes.get(full)
        if not found:
            return None
        part, name = found
        page = "" if part == self.part else f"{part}.html"
        return f"{page}#{part}.{name}"

    def chapters(self, name: str) -> tuple[str, list[nodes.reference]]:
        if (self.part, name) not in self.env.cv_api_names:
            return "", []
        pages = self.env.cv_api.chapters(self.part, name)
        many = "s" * (len(pages) > 1)
        own = self.env.cv_api.own(self.part, name)
        what = f"Chapter{many}" if own else f"In the chapter{many} nearby"
        return what, [chapter_link(page, self.env) for page in pages]


class ApiIndex(SphinxDirective):
    """Every part with its sentence, and all its names."""

    def run(self):
        found = nodes.definition_list(classes=["api-index"])
        for part in self.env.cv_api.parts:
            doc = module(f"cvnotes.{part}").doc.split("\n\n")[0]
            term = nodes.term()
            term += nodes.reference(
                "", f"cvnotes.{part}", refuri=f"{part}.html"
            )
            names = nodes.paragraph(classes=["api-names"])
            inside = self.env.cv_api.modules(part).values()
            for place, name in enumerate(chain(*inside)):
                names += nodes.Text(", " if place else "")
                names += api_link(part, name, f"{part}.html")
            body = nodes.definition("", nodes.paragraph("", doc), names)
            found += nodes.definition_list_item("", term, body)
        return [found]


def chapter_link(page, env) -> nodes.reference:
    """A link whose text, the chapter's title, is filled in later."""
    up = "../../"
    return nodes.reference(
        "", page, refuri=f"{up}{page}.html", internal=True, cv_page=page
    )


def api_link(part, name, page) -> nodes.reference:
    return nodes.reference(
        "", "", nodes.literal("", name), refuri=f"{page}#{part}.{name}"
    )


def begin(app, env, docnames):
    root = Path(app.srcdir)
    env.cv_api = chapters.Belonging(parts(root), root)
    env.cv_api_names = {
        (part, name)
        for part in env.cv_api.parts
        for name in chapters.homes(part)
    }
    env.cv_api_homes = {
        f"{chapters.homes(part)[name]}.{name}": (part, name)
        for part, name in sorted(env.cv_api_names)
        if part != "experiments"
    } | {
        f"cvnotes.{part}.{stem}.{name}": (part, name)
        for part, also in ALSO.items()
        for stem, name in also
    }


def finish(app, doctree, docname):
    """Titles for the links to chapters; and a chapter's last line."""
    for link in doctree.findall(nodes.reference):
        if page := link.get("cv_page"):
            title = app.env.titles.get(page)
            link.children = [nodes.Text(title.astext() if title else page)]
    if docname in app.env.cv_api.pages:
        line = last_line(app, docname)
        if len(line):
            doctree[0] += line


def last_line(app, docname) -> nodes.paragraph:
    """The names that a chapter uses, part by part."""
    found = nodes.paragraph(classes=["in-the-api"])
    for part, names in groupby(app.env.cv_api.names(docname), itemgetter(0)):
        page = app.builder.get_relative_uri(docname, f"{FOLDER}{part}")
        found += nodes.Text("; " if len(found) else " ")
        found += [nodes.emphasis("", part), nodes.Text(" ")]
        for place, (_, name) in enumerate(names):
            found += nodes.Text(", " if place else "")
            found += api_link(part, name, page)
    if len(found):
        found.insert(0, nodes.strong("", "In the API:"))
        found += nodes.Text(".")
    return found


def setup(app):
    app.add_node(source_code, html=(visit_source, None))
    app.add_directive("api", Api)
    app.add_directive("api-index", ApiIndex)
    app.connect("env-before-read-docs", begin)
    app.connect("doctree-resolved", finish)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
