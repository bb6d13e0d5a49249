"""Figures in the book's palette that follow the page's theme.

matplotlib draws in the light palette; the SVG then names the palette's
variables, so one figure serves a light page and a dark one.
"""

import re
from html import escape
from io import StringIO

import matplotlib as mpl
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Arc

from cvnotes.palette import LIGHT, themed

STYLE = {
    "axes.edgecolor": LIGHT["line"],
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

    def _repr_html_(self):
        return f'<figure class="cv-plot">{self.svg}</figure>'

    def __repr__(self):
        return f"Figure: {self.alt}"


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
    label = f'<svg role="img" aria-label="{escape(alt)}"'
    return themed(svg.replace("<svg", label, 1))


@styled
def reading(reads: list[list[bool]]) -> Figure:
    """Who reads whom in a block: an arc from s to l where ``reads[l−1][s]``.

    ``reads`` has a row for each layer and a column for each source, x0
    first; it is meant to be measured, not typed.
    """
    figure, axes = canvas(5.4, 2.2)
    layers = len(reads)
    for to, row in enumerate(reads, start=1):
        for start in (s for s, read in enumerate(row) if read):
            middle, half = (start + to) / 2, (to - start) / 2
            shape = Arc(
                (middle, 0.3), 2 * half, 1.3 * half, theta1=0, theta2=180
            )
            shape.set(color=LIGHT["blue"], linewidth=1.3)
            axes.add_patch(shape)
    for i in range(layers + 1):
        name = "$x_0$" if i == 0 else f"$H_{i}$"
        axes.text(i, 0, name, ha="center", va="center", fontsize=13)
    axes.set(xlim=(-0.5, layers + 0.5), ylim=(-0.3, 0.5 + 0.33 * layers))
    axes.axis("off")
    count = sum(map(sum, reads))
    return Figure(figure, f"{layers} layers and {count} arcs between them")


@styled
def widths(block) -> Figure:
    """A dense block to scale: each layer's input, by where it came from.

    ``block`` has ``in_channels``, ``growth_rate`` and layers with an
    ``in_channels`` of their own, as ``cvnotes.densenet.DenseBlock``.
    """
    figure, axes = canvas(5.4, 2.8)
    k0, k = block.in_channels, block.growth_rate
    columns = [layer.in_channels for layer in block] + [block.out_channels]
    axes.bar(range(len(columns)), k0, 0.8, color=LIGHT["stone"])
    for i, height in enumerate(columns):
        for source in range((height - k0) // k):
            shade = LIGHT["deep"] if source % 2 else LIGHT["blue"]
            axes.bar(i, k, 0.8, k0 + k * source, color=shade)
        axes.text(i, height, f" {height}", ha="center", va="bottom")
    names = [f"layer {i + 1}" for i in range(len(block))] + ["output"]
    axes.set_xticks(range(len(names)), names)
    axes.set_ylabel("channels")
    axes.text(0, k0 / 2, f"$k_0$={k0}", ha="center", va="center")
    axes.text(
        1,
        k0 + k / 2,
        f"$k$={k}",
        ha="center",
        va="center",
        c=LIGHT["paper"],
    )
    axes.tick_params(length=0)
    return Figure(
        figure,
        f"A dense block of {len(block)} layers: inputs of "
        f"{', '.join(map(str, columns[:-1]))} channels, output {columns[-1]}",
    )
