"""Search finds the terms of the glossary, in both languages, and symbols.

Each is an entry of Sphinx's own index, which the search page reads as a
script: it works from file:// too. A Chinese name is an entry as a whole, so
that no words need be told apart.
"""

import re
from collections import Counter
from html import escape

from cv_terms import GLOSSARY, HAN, Entry, entries, plural
from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

NOTATION = "book/notation"
GREEK = dict(
    alpha="α",
    beta="β",
    gamma="γ",
    theta="θ",
    pi="π",
    rho="ρ",
    sigma="σ",
    phi="φ",
)


def spoken(formula: str) -> list[str]:
    """A symbol as one may type it.

    >>> spoken(r"\\theta"), spoken("k_0"), spoken(r"C_\\text{in}")
    (['θ', 'theta'], ['k0'], ['Cin'])
    """
    name = formula.strip("\\")
    if name in GREEK:
        return [GREEK[name], name]
    plain = re.sub(r"\\(?:text|mathcal)\{(\w+)\}|[_^]", r"\1", formula)
    return [plain] if re.fullmatch(r"[\w*]+", plain) else []


def symbols(doctree: nodes.document) -> list[tuple[nodes.row, Entry]]:
    """The rows of the tables, each with its names and what it says."""
    found, taken = [], Counter()
    for body in doctree.findall(nodes.tbody):
        for row in body:
            first, meaning, *more = row.children
            names = names_of(first)
            for cell in more:
                names += code_and_chinese(cell)
            anchor = f"symbol-{place(names)}"
            taken[anchor] += 1
            if taken[anchor] > 1:
                anchor += f"-{taken[anchor]}"
            says = f"{where(row)}: {meaning.astext()}"
            entry = Entry(tuple(dict.fromkeys(names)), says, anchor)
            found.append((row, entry))
    return found


def where(row: nodes.row) -> str:
    """The chapter that a row links to, or the heading above its table."""
    if chapter := row.next_node(nodes.reference):
        return chapter.astext()
    section = row.parent
    while not isinstance(section, nodes.section):
        section = section.parent
    return section.next_node(nodes.title).astext()


def place(names: list[str]) -> str:
    typed = [name for name in names if re.fullmatch(r"\w+", name, re.ASCII)]
    return (typed or ["other"])[0]


def names_of(cell: nodes.entry) -> list[str]:
    formulas = [math.astext() for math in cell.findall(nodes.math)]
    typed = [name for formula in formulas for name in spoken(formula)]
    return typed + [code.astext() for code in cell.findall(nodes.literal)]


def code_and_chinese(cell: nodes.entry) -> list[str]:
    code = [code.astext() for code in cell.findall(nodes.literal)]
    chinese = cell.astext() if HAN.search(cell.astext()) else ""
    return code + [name for name in chinese.split("、") if name]


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
