"""Drag the growth rate; watch a DenseNet's channels add up and be halved."""

import traitlets

from cvnotes import papers
from cvnotes.widgets.kit import Widget, script, style


def _presets():
    """The paper's networks, by the names of its tables."""
    presets = {
        row.name: {
            "k": row.growth_rate,
            "blocks": list(row.block_config),
            "k0": 2 * row.growth_rate,
            "bottleneck": True,
            "theta": 0.5,
            "stem": "imagenet",
        }
        for row in papers.DENSENET.imagenet
    }
    for row in papers.DENSENET.cifar:
        layers = (row.depth - 4) // (6 if row.bottleneck else 3)
        name = f"{row.name} (L = {row.depth}, k = {row.growth_rate})"
        presets[name] = {
            "k": row.growth_rate,
            "blocks": [layers] * 3,
            "k0": 2 * row.growth_rate if row.bottleneck else 16,
            "bottleneck": row.bottleneck,
            "theta": row.compression,
            "stem": "cifar",
        }
    return presets


class GrowthExplorer(Widget):
    """Every layer's channels, and what they cost, by growth rate and plan.

    Start from one of the paper's networks and override what you like:

    >>> GrowthExplorer(k=12, blocks=(6, 12, 24, 16))
    GrowthExplorer(k=12, blocks=(6, 12, 24, 16))
    >>> GrowthExplorer(preset="DenseNet-BC (L = 100, k = 12)").blocks
    (16, 16, 16)
    """

    _esm = script(__file__)
    _css = style(__file__)

    preset = traitlets.Unicode("DenseNet-121").tag(sync=True)
    k = traitlets.Int(32, min=1, max=64).tag(sync=True)
    blocks = traitlets.Tuple((6, 12, 24, 16)).tag(sync=True, min=1, max=64)
    k0 = traitlets.Int(64, min=1, max=128).tag(sync=True)
    bottleneck = traitlets.Bool(True).tag(sync=True)
    theta = traitlets.Float(0.5, min=0.1, max=1.0).tag(sync=True, step=0.05)
    stem = traitlets.Enum(["imagenet", "cifar"], "imagenet").tag(sync=True)
    layer = traitlets.Int(6, min=1, max=320).tag(sync=True)

    _presets = traitlets.Dict(_presets()).tag(sync=True)

    def __init__(self, **settings):
        start = _known_preset(settings.get("preset", "DenseNet-121"))
        super().__init__(**{**start, **settings})
        self._given = set(settings)

    @traitlets.validate("preset")
    def _check_preset(self, proposal):
        _known_preset(proposal.value)
        return proposal.value

    @traitlets.validate("blocks")
    def _check_blocks(self, proposal):
        blocks = proposal.value
        fits = all(type(n) is int and 1 <= n <= 64 for n in blocks)
        if not 1 <= len(blocks) <= 5 or not fits:
            raise traitlets.TraitError(
                f"blocks={blocks!r} is no plan; give one to five numbers of "
                "layers, each from 1 to 64, as in blocks=(6, 12, 24, 16)"
            )
        return blocks


def _known_preset(name):
    presets = _presets()
    if name not in presets:
        raise traitlets.TraitError(
            f"preset={name!r} is not in the paper; "
            f"choose one of {', '.join(map(repr, presets))}"
        )
    return presets[name]
