"""The first use of a term in a chapter leads to its entry in the glossary.

Notebooks stay plain Markdown: the link is made while the page is written.
It stands in running text alone, and what is folded away is left as it is.
"""

import re
from dataclasses import dataclass
from functools import cache

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

GLOSSARY = "book/glossary"
CHAPTERS = "notebooks/"
# No chapter, and no running text.
FRONT = "notebooks/index"
SOURCES = "Where it comes from"
HAN = re.compile(r"[\u4e00-\u9fff]")
# Phrases in which a word of the glossary means something else.
OTHERWISE = (
    "ranks",
    "rank all",
    "rank them",
    "no loss",
    "large loss",
    "loss of over",
    "loss with the ReLU",
    "our inference",
    "neighbouring widths overlap",
    "their verdicts",
    "two verdicts",
    "such places",
    "different places",
    "falls at two places",
    "bell curve",
)
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
)


@dataclass(frozen=True)
class Entry:
    """Names of one thing in both languages, what it is, and where."""

    names: tuple[str, ...]
    says: str
    anchor: str

    def english(self) -> list[str]:
        return [name for name in self.names if not HAN.search(name)]

    def chinese(self) -> list[str]:
        return [name for name in self.names if HAN.search(name)]


def pattern(name: str) -> str:
    """A regular expression for a term in running text.

    Any white space between its words, its plural, and a capital where a
    sentence begins; but no part of a longer word.

    >>> bool(re.fullmatch(pattern("growth rate"), "Growth\\nrates"))
    True
    >>> bool(re.search(pattern("rank"), "a low-rank matrix"))
    False
    """
    wanted = "|".join(map(as_begun, (plural(name), name)))
    return rf"(?<![\w-])(?:{wanted})(?![\w-])"


def plural(name: str) -> str:
    """How English writes more than one of it.

    >>> plural("identity"), plural("batch"), plural("bias"), plural("epoch")
    ('identities', 'batches', 'biases', 'epochs')
    """
    if re.search(r"[^aeiou]y$", name):
        return name[:-1] + "ies"
    return name + ("es" if re.search(r"(s|x|tch)$", name) else "s")


def as_begun(name: str) -> str:
    words = r"\s+".join(re.escape(word) for word in name.split())
    first = f"[{name[0].upper()}{name[0]}]" if name[0].isalpha() else name[0]
    return first + words[1:]


def entries(doctree: nodes.document) -> list[Entry]:
    """What a page with a glossary defines, in its order."""
    found = []
    for item in doctree.findall(nodes.definition_list_item):
        if not isinstance(item.parent.parent, addnodes.glossary):
            continue
        terms = [part for part in item if isinstance(part, nodes.term)]
        names = tuple(term.astext() for term in terms)
        says = item.next_node(nodes.paragraph).deepcopy()
        # The last word is a link to the chapter.
        says.remove(says.children[-1])
        text = " ".join(says.astext().split())
        found.append(Entry(names, text, terms[0]["ids"][0]))
    return found


class Terms:
    """All names of a glossary, to be looked for in a text at once."""

    def __init__(self, found: list[Entry]):
        names = {name: entry for entry in found for name in entry.english()}
        # The longest first: a dense block is more than a block.
        ordered = sorted(names, key=len, reverse=True)
        self.entries = [names[name] for name in ordered]
        skipped = [pattern(phrase) for phrase in OTHERWISE]
        groups = [f"({pattern(name)})" for name in ordered]
        self.regex = re.compile("|".join(skipped + groups))

    def matches(self, text: str):
        """Each place where a term stands, and its entry."""
        for match in self.regex.finditer(text):
            if match.lastindex:
                yield match, self.entries[match.lastindex - 1]


@cache
def terms(env) -> Terms:
    return Terms(entries(env.get_doctree(GLOSSARY)))


def running(node, aside=ASIDE, folded=0):
    """Elements with text that is read, without what is folded away."""
    for child in node.children:
        if isinstance(child, nodes.raw):
            folded += child.astext().count("<details")
            folded -= child.astext().count("</details")
        elif is_sources(child):
            # The titles of papers stand in italics there.
            yield from running(child, (*aside, nodes.emphasis))
        elif isinstance(child, nodes.Element) and not folded:
            if isinstance(child, aside):
                continue
            if isinstance(child, nodes.TextElement):
                yield child
            yield from running(child, aside)


def is_sources(node) -> bool:
    is_section = isinstance(node, nodes.section)
    return is_section and node.next_node(nodes.title).astext() == SOURCES


def joined(element):
    """Text that lies side by side, as one: MyST cuts it at line ends."""
    children = []
    for child in element.children:
        if children and is_text(child) and is_text(children[-1]):
            children[-1] = nodes.Text(children[-1] + child)
        else:
            children.append(child)
    return children


def is_text(node) -> bool:
    return isinstance(node, nodes.Text)


class LinkTerms(SphinxPostTransform):
    """Make the links of one chapter."""

    default_priority = 900
    formats = ("html",)

    def run(self, **options):
        chapter = self.env.docname
        known = GLOSSARY in self.env.all_docs
        is_chapter = chapter.startswith(CHAPTERS) and chapter != FRONT
        if not known or not is_chapter:
            return
        page = self.app.builder.get_relative_uri(chapter, GLOSSARY)
        met = set()
        for element in list(running(self.document)):
            children = joined(element)
            element.clear()
            for child in children:
                parts = [child]
                if is_text(child):
                    parts = linked(str(child), terms(self.env), met, page)
                element.extend(parts)


def linked(text: str, known: Terms, met: set[Entry], page: str) -> list:
    """The text in parts, with a reference at the first of each term."""
    parts, end = [], 0
    for match, entry in known.matches(text):
        if entry in met:
            continue
        met.add(entry)
        parts.append(nodes.Text(text[end : match.start()]))
        parts.append(reference(match[0], entry, page))
        end = match.end()
    return [*parts, nodes.Text(text[end:])]


def reference(words: str, entry: Entry, page: str) -> nodes.reference:
    node = nodes.reference(
        "", words, refuri=f"{page}#{entry.anchor}", internal=True
    )
    node["classes"].append("term")
    node["reftitle"] = f"{'、'.join(entry.chinese())}: {entry.says}"
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
