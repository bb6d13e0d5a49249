"""One style for every figure: the book's palette, light and dark.

matplotlib draws in the light palette; the SVG then names the palette's
variables, so one figure serves a light page and a dark one.
"""

import re
from html import escape
from io import StringIO
from os import PathLike

import matplotlib as mpl
from matplotlib.figure import Figure as Canvas

from cvnotes.palette import LIGHT, themed

STYLE = {
    "axes.edgecolor": LIGHT["line"],
    "axes.facecolor": "none",
    "axes.labelcolor": LIGHT["soft"],
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": LIGHT["ink"],
    "font.family": "sans-serif",
    "font.size": 10,
    "lines.solid_capstyle": "round",
    "svg.fonttype": "none",
    "svg.hashsalt": "cvnotes",
    "text.color": LIGHT["ink"],
    "xtick.color": LIGHT["soft"],
    "ytick.color": LIGHT["soft"],
}
styled = mpl.rc_context(STYLE)
_FONT = "var(--cv-sans, system-ui, sans-serif)"


class Figure:
    """A drawn figure and, for those who cannot see it, what it shows."""

    def __init__(self, canvas: Canvas, alt: str):
        self.alt = alt
        self.svg = _svg(canvas, alt)
        self._canvas = canvas

    def _repr_html_(self):
        return f'<figure class="cv-plot">{self.svg}</figure>'

    def __repr__(self):
        return f"Figure: {self.alt}"

    @styled
    def save(self, path: str | PathLike):
        """Leave it as a PNG, on the light paper: for where no page is."""
        nothing = {"Software": None}
        self._canvas.savefig(
            path,
            format="png",
            dpi=200,
            facecolor=LIGHT["paper"],
            metadata=nothing,
        )


def canvas(width: float = 5.4, height: float = 2.6):
    """An empty drawing, in inches, and its one pair of axes.

    Draw inside ``styled``, or the texts come out in matplotlib's own black.
    """
    figure = Canvas(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


@styled
def _svg(figure, alt):
    out = StringIO()
    nothing = dict.fromkeys(["Date", "Creator", "Format", "Type"])
    figure.savefig(out, format="svg", transparent=True, metadata=nothing)
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :]
    # Inside a page, a style sheet and a fixed size would reach too far.
    svg = re.sub(r"<(metadata|style)\b.*?</\1>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*" height="[^"]*"', r"\1", svg)
    svg = re.sub(r"'DejaVu Sans'[^;\"]*", _FONT, svg)
    used = set(re.findall(r"#([\w-]+)", svg))
    svg = re.sub(
        r' id="([\w.-]+)"', lambda m: m[0] if m[1] in used else "", svg
    )
    # As large as its letters want, and smaller where the page is.
    most = f"max-width: {figure.get_size_inches()[0] / 0.15:.3g}rem"
    label = f'<svg role="img" aria-label="{escape(alt)}" style="{most}"'
    return themed(svg.replace("<svg", label, 1))
