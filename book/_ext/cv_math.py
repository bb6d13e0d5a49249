"""Mathematics becomes MathML while the book is built.

The page then needs no script for it, only a font with a MATH table
(book/_static/math.css).
"""

import re
from html import escape

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

LOG = logging.getLogger(__name__)
CONVERTER = LatexToMathML(fancy_error=False)
# Sphinx numbers an equation with a label; LaTeX must not number it again.
NUMBERED = re.compile(r"\\(begin|end)\{(align|equation|gather)\}")


def mathml(latex: str, display: bool) -> str:
    """The formula as one <math> element; LatexError says what is wrong."""
    starred = NUMBERED.sub(r"\\\1{\2*}", latex.strip())
    return CONVERTER.convert_with_local_state(starred, displaystyle=display)


def converted(node: nodes.Element, display: bool) -> str:
    """MathML, or the source and a warning that points at its line."""
    latex = node.astext()
    try:
        return mathml(latex, display)
    except LatexError as fault:
        # Only the first line: the rest draws the place with colours.
        reason = str(fault).strip().splitlines()[0]
        LOG.warning("formula %r: %s", latex, reason, location=node)
        return f"<code>{escape(latex)}</code>"


def visit_inline(writer, node: nodes.math):
    writer.body.append(f'<span class="math">{converted(node, False)}</span>')
    raise nodes.SkipNode


def visit_block(writer, node: nodes.math_block):
    # Spans, because MyST may put a display formula inside a paragraph.
    writer.body.append(writer.starttag(node, "span", "", CLASS="math-block"))
    formula = converted(node, True)
    writer.body.append(f'<span class="math-scroll">{formula}</span>')
    if node["number"]:
        number = get_node_equation_number(writer, node)
        here = f'class="eqno" href="#{node["ids"][0]}"'
        writer.body.append(f"<a {here}>({number})</a>")
    writer.body.append("</span>\n")
    raise nodes.SkipNode


def setup(app):
    app.add_html_math_renderer(
        "mathml", (visit_inline, None), (visit_block, None)
    )
    return {"parallel_read_safe": True, "parallel_write_safe": True}
