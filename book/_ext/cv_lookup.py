"""Search finds the terms of the glossary, in both languages, and symbols.

Each is an entry of Sphinx's own index, which the search page reads as a
script: it works from file:// too. A Chinese name is an entry as a whole, so
that no words need be told apart.
"""

import re
from html import escape

from cv_glossary import GLOSSARY, Entry, entries, plural
from cv_symbols import NOTATION, symbols
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

# Words of others for what the glossary has under its own.
CALLED = {
    "batch normalisation": ["batchnorm"],
    "regularise": ["regularisation"],
}


def spelt(name: str) -> list[str]:
    """A name as others may type it.

    >>> spelt("layer normalisation"), spelt("non-local block")
    (['layer normalization'], ['non local block'])
    """
    american = re.sub(r"(?<=[lr])is(?=ation|e\b)", "iz", name)
    forms = [american, name.replace("-", " "), american.replace("-", " ")]
    return [form for form in dict.fromkeys(forms) if form != name]


class ListEntries(SphinxPostTransform):
    """Put what can be looked up into the index of the search."""

    default_priority = 900
    formats = ("html",)

    def run(self, **options):
        if self.env.docname == GLOSSARY:
            # Sphinx's own would lead to each name for itself.
            for own in [*self.document.findall(addnodes.index)]:
                own.parent.remove(own)
            for entry in entries(self.document):
                names = [*entry.english(), *map(plural, entry.english())]
                names += CALLED.get(entry.names[0], [])
                others = [form for name in names for form in spelt(name)]
                self.put(entry, [*names, *others, *entry.chinese()])
        elif self.env.docname == NOTATION:
            for row, entry in symbols(self.document):
                row["ids"].append(entry.anchor)
                self.put(entry, entry.names)

    def put(self, entry: Entry, names: list[str]):
        node = addnodes.index()
        node["entries"] = [
            ("single", name, entry.anchor, "main", None) for name in names
        ]
        self.document.append(node)


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
