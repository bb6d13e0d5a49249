"""What a DenseNet is measured against: the same layers, with other links.

``plain`` hands maps from layer to layer, ``residual`` adds shortcuts, and
``budget`` finds the width at which a net has as many parameters as another.
"""

from cvnotes.baselines.budget import matched
from cvnotes.baselines.layer import Layer
from cvnotes.baselines.plain import PlainNet
from cvnotes.baselines.residual import Residual, ResNet

__all__ = ["Layer", "PlainNet", "ResNet", "Residual", "matched"]
