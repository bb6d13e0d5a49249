"""The notation, read from its page: what each symbol may be called."""

import re
from collections import Counter

from cv_glossary import GREEK, HAN, Entry, readable
from docutils import nodes
from sphinx import addnodes

NOTATION = "book/notation"


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
            says = f"{where(row)}: {readable(meaning)}"
            entry = Entry(tuple(dict.fromkeys(names)), says, anchor)
            found.append((row, entry))
    return found


def where(row: nodes.row) -> str:
    """The chapter that a row links to, or the heading above its table."""
    if chapter := row.next_node(is_link):
        return chapter.astext()
    section = row.parent
    while not isinstance(section, nodes.section):
        section = section.parent
    return section.next_node(nodes.title).astext()


def is_link(node: nodes.Node) -> bool:
    # The second, before Sphinx has looked where it leads.
    return isinstance(node, nodes.reference | addnodes.pending_xref)


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
