"""Three ideas of computer vision that you can run, move and check.

The parts are imported when they are first named, so ``import cvnotes`` is
light: neither torch nor matplotlib is loaded until something needs it.

>>> import cvnotes
>>> cvnotes.cost.input_channels(k0=64, k=32, layer=6)
224
"""

from importlib import import_module

__version__ = "0.1.0"

_PARTS = (
    "attention",
    "baselines",
    "cost",
    "data",
    "densenet",
    "experiments",
    "page",
    "papers",
    "pictures",
    "plots",
    "pointwise",
    "train",
    "widgets",
)


def __getattr__(name):
    if name in _PARTS:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(
        f"cvnotes has no part {name!r}; it has {', '.join(_PARTS)}"
    )


def __dir__():
    return sorted([*globals(), *_PARTS])
