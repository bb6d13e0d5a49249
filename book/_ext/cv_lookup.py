"""Search finds the terms of the glossary, in both languages, and symbols.

Each is an entry of Sphinx's own index, which the search page reads as a
script: it works from file:// too. A Chinese name is an entry as a whole, so
that no words need be told apart.
"""

from html import escape

from cv_glossary import GLOSSARY, Entry, entries, plural
from cv_symbols import NOTATION, symbols
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform


def forms(entry: Entry) -> list[str]:
    """What one may look for: a term also in the plural."""
    many = [plural(name) for name in entry.english()]
    return (
        [*entry.names, *many] if entry.anchor[:4] == "term" else entry.names
    )


def index_node(entry: Entry) -> addnodes.index:
    node = addnodes.index()
    node["entries"] = [
        ("single", form, entry.anchor, "main", None) for form in forms(entry)
    ]
    return node


class ListEntries(SphinxPostTransform):
    """Put what can be looked up into the index of the search."""

    default_priority = 900
    formats = ("html",)

    def run(self, **options):
        if self.env.docname == GLOSSARY:
            # Sphinx's own would lead to each name for itself.
            for own in list(self.document.findall(addnodes.index)):
                own.parent.remove(own)
            self.list(entries(self.document))
        elif self.env.docname == NOTATION:
            rows = symbols(self.document)
            for row, entry in rows:
                row["ids"].append(entry.anchor)
            self.list([entry for _, entry in rows])

    def list(self, found: list[Entry]):
        for entry in found:
            self.document.append(index_node(entry))


def told(app) -> dict[str, list[str]]:
    """For the search page: each entry's names, and what it is."""
    env, found = app.env, {}
    if GLOSSARY in env.all_docs:
        for entry in entries(env.get_doctree(GLOSSARY)):
            found[f"{GLOSSARY}#{entry.anchor}"] = entry
    if NOTATION in env.all_docs:
        for _, entry in symbols(env.get_doctree(NOTATION)):
            found[f"{NOTATION}#{entry.anchor}"] = entry
    return {
        place: [escape(" · ".join(entry.names)), escape(entry.says)]
        for place, entry in found.items()
    }


def hand_over(app, pagename, templatename, context, doctree):
    if pagename == "search":
        context["entries"] = told(app)


def setup(app):
    app.add_post_transform(ListEntries)
    app.connect("html-page-context", hand_over)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
