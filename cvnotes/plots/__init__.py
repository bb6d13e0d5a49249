"""Figures in the book's palette that follow the page's theme.

``figure`` holds the style that all share. ``blocks`` draws a dense block;
``layer`` one layer and ``network`` a whole net, both on a ``sheet``.
"""

from cvnotes.plots.blocks import reading, widths
from cvnotes.plots.figure import STYLE, Figure, canvas, styled
from cvnotes.plots.inception import inception
from cvnotes.plots.layer import bottleneck
from cvnotes.plots.mlpconv import filters
from cvnotes.plots.network import network
from cvnotes.plots.photographs import gallery, singular_values
from cvnotes.plots.separable import energies, patterns

__all__ = [
    "STYLE",
    "Figure",
    "bottleneck",
    "canvas",
    "energies",
    "filters",
    "gallery",
    "inception",
    "network",
    "patterns",
    "reading",
    "singular_values",
    "styled",
    "widths",
]
