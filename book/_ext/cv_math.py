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
# The font's root of one letter would hang below the line, with a gap behind.
ROOT = re.compile(r"<msqrt>(<m[in]>[^<]*</m[in]>)</msqrt>")
SIGN = '<mo form="prefix" lspace="0" rspace="0" stretchy="false">√</mo>'
MARK = re.compile(r"[.,;:!?)\]”]+")


def mathml(latex: str, display: bool) -> str:
    """The formula as one <math> element; LatexError says what is wrong."""
    starred = NUMBERED.sub(r"\\\1{\2*}", latex.strip())
    made = CONVERTER.convert_with_local_state(starred, displaystyle=display)
    return made if display else ROOT.sub(rf"<mrow>{SIGN}\1</mrow>", made)


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


def keep_marks(app, doctree, docname):
    """A mark behind a formula goes with it: no line begins with a comma."""
    for node in list(doctree.findall(nodes.math)):
        behind = node.parent.index(node) + 1
        for text in node.parent.children[behind : behind + 1]:
            if isinstance(text, nodes.Text) and (mark := MARK.match(text)):
                node["mark"] = mark[0]
                node.parent[behind] = nodes.Text(text[mark.end() :])


def visit_inline(writer, node: nodes.math):
    formula = f'<span class="math">{converted(node, False)}</span>'
    if mark := node.get("mark"):
        look = "white-space: nowrap"
        formula = f'<span style="{look}">{formula}{escape(mark)}</span>'
    writer.body.append(formula)
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
    app.connect("doctree-resolved", keep_marks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
