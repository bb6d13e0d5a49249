"""The glossary, read from its page: what its words look like in a text."""

import re
from dataclasses import dataclass
from functools import cache

from docutils import nodes
from sphinx import addnodes

GLOSSARY = "book/glossary"
HAN = re.compile(r"[\u4e00-\u9fff]")
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
        found.append(Entry(names, readable(says), terms[0]["ids"][0]))
    return found


def readable(node: nodes.Element) -> str:
    """What it says, with the formulas as one would type them."""
    copy = node.deepcopy()
    for formula in list(copy.findall(nodes.math)):
        formula.replace_self(nodes.Text(typed(formula.astext())))
    return " ".join(copy.astext().split())


def typed(formula: str) -> str:
    """A short formula without mark-up.

    >>> typed(r"b\\,c\\,h\\,w"), typed(r"h \\times w"), typed(r"\\theta")
    ('b c h w', 'h × w', 'θ')
    """
    words = {**GREEK, "times": "×", ",": " "}
    found = re.sub(r"\\(\w+|,)", lambda m: words[m[1]], formula)
    return found.replace("_", "")


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
