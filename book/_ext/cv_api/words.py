"""A docstring as nodes: paragraphs, lists, code in ``this`` and examples."""

import re

from docutils import nodes

CODE = re.compile(r"``(.+?)``", re.DOTALL)


def parsed(doc: str) -> list[nodes.Node]:
    """The nodes of a docstring, which need no reader of markup.

    >>> [type(n).__name__ for n in parsed("A.\\n\\n>>> 1\\n1\\n\\n- a\\n- b")]
    ['paragraph', 'literal_block', 'bullet_list']
    """
    blocks = re.split(r"\n\s*\n", doc.strip("\n"))
    return [_block(block) for block in blocks if block.strip()]


def _block(text):
    if text.startswith(">>>"):
        return code(text, "pycon")
    if text.startswith("    "):
        lines = (line[4:] for line in text.splitlines())
        return code("\n".join(lines), "text")
    if text.startswith("- "):
        found = nodes.bullet_list()
        for item in re.split(r"^- ", text, flags=re.MULTILINE)[1:]:
            found += nodes.list_item("", paragraph(item))
        return found
    return paragraph(text)


def code(text: str, language: str) -> nodes.literal_block:
    return nodes.literal_block(text, text, language=language)


def paragraph(text: str) -> nodes.paragraph:
    """Words, with what stands between double backticks as code."""
    found = nodes.paragraph()
    for place, part in enumerate(CODE.split(re.sub("::$", ":", text))):
        if place % 2:
            found += nodes.literal("", part)
        elif part:
            found += nodes.Text(part)
    return found
