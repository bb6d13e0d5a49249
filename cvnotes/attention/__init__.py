"""Attention in CNNs: who looks at whom, and how strongly.

``non_local`` lets every place look at every other, ``cbam`` weighs
channels and then places, ``cgnl`` joins all channels and places, and
``cross_layer`` looks into other layers.
"""

from cvnotes.attention.cbam import CBAM, ChannelAttention, SpatialAttention
from cvnotes.attention.cgnl import CGNL
from cvnotes.attention.cross_layer import CrossLayerNonLocal
from cvnotes.attention.non_local import NonLocal

__all__ = [
    "CBAM",
    "CGNL",
    "ChannelAttention",
    "CrossLayerNonLocal",
    "NonLocal",
    "SpatialAttention",
]
