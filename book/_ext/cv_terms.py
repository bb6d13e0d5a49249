"""The first use of a term in a chapter leads to its entry in the glossary.

Notebooks stay plain Markdown: the link is made while the page is written.
It stands in running text alone, and what is folded away is left as it is.
"""

from itertools import groupby

from cv_glossary import GLOSSARY, HAN, Entry, Terms, terms
from cv_notes import noted
from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

CHAPTERS = "notebooks/"
FRONT = "notebooks/index"  # it is no chapter
SOURCES = "Where it comes from"
# Where no link may stand, or where it would be in the way.
ASIDE = (
    nodes.title,
    nodes.reference,
    nodes.literal,
    nodes.literal_block,
    nodes.math,
    nodes.math_block,
    nodes.raw,
    nodes.caption,
    nodes.table,
    nodes.container,  # cells, with what they print
    nodes.Invisible,
)


class LinkTerms(SphinxPostTransform):
    """Make the links of one chapter."""

    default_priority = 900
    formats = ("html",)

    def run(self, **options):
        chapter = self.env.docname
        known = GLOSSARY in self.env.all_docs
        is_chapter = chapter.startswith(CHAPTERS) and chapter != FRONT
        if known and is_chapter:
            page = self.app.builder.get_relative_uri(chapter, GLOSSARY)
            Linker(terms(self.env), page).walk(self.document)


class Linker:
    """Goes through a page as a reader does, and knows what it has met."""

    def __init__(self, known: Terms, page: str):
        self.known, self.page = known, page
        self.met = set()

    def walk(self, node: nodes.Element, aside=ASIDE):
        """Link what is read; what is folded away, and ``aside``, stays."""
        children, folded = joined(node.children), 0
        node.clear()
        for child in children:
            parts = [child]
            if isinstance(child, nodes.raw):
                folded += child.astext().count("<details")
                folded -= child.astext().count("</details")
            elif folded or isinstance(child, aside):
                pass
            elif is_text(child):
                parts = self.linked(child.astext())
            elif is_sources(child):
                # The titles of papers stand in italics there.
                self.walk(child, (*aside, nodes.emphasis))
            else:
                self.walk(child, aside)
            node.extend(parts)

    def linked(self, text: str) -> list[nodes.Node]:
        """The text in parts, with a reference at the first of each term."""
        parts, end = [], 0
        for match, entry in self.known.matches(text):
            if entry in self.met:
                continue
            self.met.add(entry)
            parts.append(nodes.Text(text[end : match.start()]))
            parts.append(reference(match[0], entry, self.page))
            end = match.end()
        return [*parts, nodes.Text(text[end:])]


def joined(children: list[nodes.Node]) -> list[nodes.Node]:
    """Text that lies side by side, as one: MyST cuts it at line ends."""
    found = []
    for text, group in groupby(children, is_text):
        parts = list(group)
        whole = "".join(part.astext() for part in parts) if text else ""
        found += [nodes.Text(whole)] if text else parts
    return found


def is_text(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Text)


def is_sources(node) -> bool:
    is_section = isinstance(node, nodes.section)
    return is_section and node.next_node(nodes.title).astext() == SOURCES


def reference(words: str, entry: Entry, page: str) -> noted:
    chinese = "、".join(entry.chinese())
    node = noted(
        nodes.Text(words),
        address=f"{page}#{entry.anchor}",
        title=f"{chinese}: {entry.says}",
        name=", ".join(entry.english()),
        zh=chinese,
        says=entry.says,
    )
    node["classes"].append("term")
    return node


def mark_chinese(app, doctree):
    """Say in which language a Chinese term is, for voices and fonts."""
    for term in doctree.findall(nodes.term):
        if HAN.search(term.astext()):
            term["classes"].append("language-zh")


def setup(app):
    app.add_post_transform(LinkTerms)
    app.connect("doctree-read", mark_chinese)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
