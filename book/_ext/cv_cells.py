"""What stands in the cells of tables: names that break, numbers in columns.

A long name goes on in the next line behind an underscore: a phone is narrow,
and a name that may break anywhere breaks within a word. A cell of numbers
has the class ``cv-number``, for figures that are all as wide as each other;
they would stretch the hyphens of words.
"""

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform


class TidyCells(SphinxPostTransform):
    """Give names places to break, and name the cells of numbers alone."""

    # After those that read the names.
    default_priority = 950
    formats = ("html",)

    def run(self, **options):
        for cell in self.document.findall(nodes.entry):
            if is_of_numbers(cell.astext()):
                cell["classes"].append("cv-number")
                for text in [*cell.findall(nodes.Text)]:
                    text.parent.replace(text, nodes.Text(joined(text)))
            for code in [*cell.findall(nodes.literal)]:
                code[:] = parts(code.astext())


def joined(text: str) -> str:
    """The same, with an interval in one piece.

    >>> joined("91.8 (89.4 to 94.2)")
    '91.8 (89.4\\xa0to\\xa094.2)'
    """
    return text.replace(" to ", "\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}")


def is_of_numbers(text: str) -> bool:
    """Whether there are numbers, and beside them signs and units alone.

    >>> [is_of_numbers(t) for t in ("91.8 (89.4 to 94.2)", "2.83 G", "3×3")]
    [True, True, True]
    >>> is_of_numbers("top-1"), is_of_numbers("")
    (False, False)
    """
    words = re.sub(r"\b(to|[kMG]?B?|ms|s)\b|[^\w\s]|[²³]", " ", text).split()
    return bool(words) and all(word.isdecimal() for word in words)


def parts(name: str) -> list[nodes.Node]:
    """The words of a name, with a place to break between them.

    >>> [part.astext() for part in parts("bn_size")]
    ['bn_', '<wbr>', 'size']
    """
    first, *others = re.split(r"(?<=\w_)(?=\w)", name)
    found = [nodes.Text(first)]
    for word in others:
        found += [nodes.raw("", "<wbr>", format="html"), nodes.Text(word)]
    return found


def setup(app):
    app.add_post_transform(TidyCells)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
