"""Figures in the book's palette that follow the page's theme.

``figure`` holds the style that all share. ``blocks`` draws a dense block;
``layer`` one layer and ``network`` a whole net, both on a ``sheet``.
"""

from cvnotes.plots.blocks import reading, widths
from cvnotes.plots.cbam import cbam, channel_gate, spatial_gate
from cvnotes.plots.cgnl import cgnl, series_error
from cvnotes.plots.comparison import gains, growth
from cvnotes.plots.cross_layer import (
    asking,
    concentration,
    receptive_fields,
)
from cvnotes.plots.cross_layer_block import cross_layer
from cvnotes.plots.figure import STYLE, Figure, canvas, styled
from cvnotes.plots.inception import inception
from cvnotes.plots.layer import bottleneck
from cvnotes.plots.mlpconv import filters
from cvnotes.plots.network import network
from cvnotes.plots.non_local import non_local, shares
from cvnotes.plots.photographs import gallery, singular_values
from cvnotes.plots.separable import energies, patterns

__all__ = [
    "STYLE",
    "Figure",
    "asking",
    "bottleneck",
    "canvas",
    "cbam",
    "cgnl",
    "channel_gate",
    "concentration",
    "cross_layer",
    "energies",
    "filters",
    "gains",
    "gallery",
    "growth",
    "inception",
    "network",
    "non_local",
    "patterns",
    "reading",
    "receptive_fields",
    "series_error",
    "shares",
    "singular_values",
    "spatial_gate",
    "styled",
    "widths",
]
