"""One style for every figure: the book's palette, light and dark.

matplotlib draws in the light palette; the SVG then names the palette's
variables, so one figure serves a light page and a dark one.
"""

import re
from collections.abc import Iterable
from html import escape
from io import StringIO
from os import PathLike

import matplotlib as mpl
from matplotlib.figure import Figure as Canvas
from matplotlib.text import Text

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
_ANCHORS = {"center": "middle", "right": "end"}


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
    several = list(_named(figure))
    out = StringIO()
    nothing = dict.fromkeys(["Date", "Creator", "Format", "Type"])
    figure.savefig(out, format="svg", transparent=True, metadata=nothing)
    svg = out.getvalue()
    svg = svg[svg.index("<svg") :]
    # Inside a page, a style sheet and a fixed size would reach too far.
    svg = re.sub(r"<(metadata|style)\b.*?</\1>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*" height="[^"]*"', r"\1", svg)
    svg = re.sub(r"'DejaVu Sans'[^;\"]*", _FONT, svg)
    svg = _anchored(svg, several)
    used = set(re.findall(r"#([\w-]+)", svg))
    svg = re.sub(
        r' id="([\w.-]+)"', lambda m: m[0] if m[1] in used else "", svg
    )
    # As large as its letters want, and smaller where the page is.
    most = f"max-width: {figure.get_size_inches()[0] / 0.15:.3g}rem"
    label = f'<svg role="img" aria-label="{escape(alt)}" style="{most}"'
    return themed(svg.replace("<svg", label, 1))


def _named(figure) -> Iterable[Text]:
    """The texts of several lines, each with a name to find it by."""
    figure.draw_without_rendering()  # ticks have no texts before
    for number, text in enumerate(figure.findobj(Text)):
        aligned = text.get_ha() in _ANCHORS and not text.get_rotation()
        if aligned and "\n" in text.get_text():
            text.set_gid(f"lines-{number}")
            yield text


def _anchored(svg, texts):
    """Each line is centred, or ends, where the letters of the page say.

    matplotlib anchors a text of one line; of several it writes where each
    would begin in its own font.
    """
    for text in texts:
        at, _ = text.get_transform().transform(text.get_unitless_position())
        at *= 72 / text.figure.dpi
        line = (
            rf'; text-anchor: {_ANCHORS[text.get_ha()]}" '
            rf'transform="translate({at:.6g} '
        )
        group = rf'<g id="{text.get_gid()}">.*?</g>'
        found = re.search(group, svg, flags=re.DOTALL)
        lines = re.sub(r'" transform="translate\(\S+ ', line, found[0])
        svg = svg[: found.start()] + lines + svg[found.end() :]
    return svg
