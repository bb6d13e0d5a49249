"""Nets by the names that a command line takes, and what each costs.

They are the rows of the papers' tables: ``densenet121``, and for pictures
of 32×32 by depth and growth rate ``densenet-bc-100-12``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from cvnotes import cost
from cvnotes.papers import DENSENET


@dataclass(frozen=True)
class Named:
    """A net's side of a picture, and its cost at a size (h, w)."""

    side: int
    cost: Callable[..., cost.Cost]


def nets() -> dict[str, Named]:
    """Every net that has a name here.

    >>> nets()["densenet121"].cost(size=(224, 224)).params
    7978856
    """
    found = {}
    for row in DENSENET.imagenet:
        plan = row.growth_rate, row.block_config, 2 * row.growth_rate
        name = row.name.lower().replace("-", "")
        found[name] = Named(224, partial(cost.densenet, *plan))
    for row in DENSENET.cifar:
        name = f"{row.name}-{row.depth}-{row.growth_rate}".lower()
        found[name] = Named(32, partial(cost.densenet, **_cifar(row)))
    return found


def _cifar(row):
    layers = (row.depth - 4) // (6 if row.bottleneck else 3)
    compressed = row.bottleneck and row.compression < 1
    return {
        "growth_rate": row.growth_rate,
        "block_config": (layers,) * 3,
        "num_init_features": 2 * row.growth_rate if compressed else 16,
        "bn_size": 4 if row.bottleneck else None,
        "compression": row.compression,
        "num_classes": 10,
        "stem": "cifar",
    }
