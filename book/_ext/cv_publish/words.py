"""A page in a few words: its title, its part, and how it begins."""

import re
from pathlib import Path

import yaml
from docutils import nodes

END = re.compile(r"(?<=[.?!:])[”’)]?\s+(?=[“(]?[A-Z0-9])")
# Shorter, and it says too little; longer, and no preview shows it whole.
SHORT, LONG = 60, 200


def beginning(text: str) -> str:
    """The first sentence of a text, and the next while it is short.

    >>> beginning("Drag it. It moves as long as you hold the mouse down on "
    ...           "its edge. Then it stops.")
    'Drag it. It moves as long as you hold the mouse down on its edge.'
    """
    said = ""
    for sentence in END.split(" ".join(text.split())):
        if len(said) >= SHORT:
            break
        said = f"{said} {sentence}".strip()
    if len(said) <= LONG:
        return said
    return said[:LONG].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def description(doctree) -> str:
    """How the prose of a page begins; nothing, where it has none."""
    for paragraph in doctree.findall(nodes.paragraph) if doctree else ():
        if isinstance(paragraph.parent, nodes.section | nodes.document):
            # A letter of a formula is itself; a command has no place here.
            plain = re.sub(r"\\[a-z]+|[\\{}$]", "", paragraph.astext())
            return beginning(plain)
    return ""


def part(root: Path, docname: str) -> str:
    """The caption under which a page stands in _toc.yml, if it has one."""
    contents = yaml.safe_load((root / "_toc.yml").read_text("utf-8"))
    for section in contents.get("parts", []):
        if {"file": docname} in section["chapters"]:
            return section["caption"]
    return ""
