"""Figures in the book's palette that follow the page's theme.

``figure`` holds the style that all share. ``blocks`` draws a dense block;
``layer`` one layer and ``network`` a whole net, both on a ``sheet``.
"""

from cvnotes.plots.blocks import reading, widths
from cvnotes.plots.figure import STYLE, Figure, canvas, styled
from cvnotes.plots.layer import bottleneck
from cvnotes.plots.network import network

__all__ = [
    "STYLE",
    "Figure",
    "bottleneck",
    "canvas",
    "network",
    "reading",
    "styled",
    "widths",
]
