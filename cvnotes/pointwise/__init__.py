"""1×1 convolution: the channels of a pixel, mixed.

``channel_mixing`` is the mixing itself, ``mlpconv`` makes a small network
of it at every pixel, ``inception`` puts it before costly convolutions, and
``separable`` leaves it all the work across channels.
"""

__all__ = []
