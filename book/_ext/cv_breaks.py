"""A long name in a table goes on in the next line, behind an underscore.

A phone is narrow, and a name that may break anywhere breaks within a word.
"""

import re

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform


class LetNamesBreak(SphinxPostTransform):
    """Put a place to break into the code that stands in cells."""

    # After those that read the names.
    default_priority = 950
    formats = ("html",)

    def run(self, **options):
        for cell in self.document.findall(nodes.entry):
            for code in [*cell.findall(nodes.literal)]:
                code[:] = parts(code.astext())


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
    app.add_post_transform(LetNamesBreak)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
