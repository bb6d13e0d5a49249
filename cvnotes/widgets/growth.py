"""Drag the growth rate; watch a DenseNet's channels add up and be halved."""

import traitlets

from cvnotes import papers
from cvnotes.widgets.kit import script, style
from cvnotes.widgets.presets import WithPresets


def _presets():
    """The settings of each net in the tables, by its name there."""
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


def _where(name):
    """Where the net of that name is from, in the words of the page."""
    rows = {row.name: row for row in papers.DENSENET.imagenet}
    paper = name not in rows or "Table" in rows[name].source
    return "in the paper" if paper else "in the authors' repository"


class GrowthExplorer(WithPresets):
    """Every layer's channels, and what they cost, by growth rate and plan.

    Start from a network of the paper's tables, and move what you like.
    ``k0`` is the stem's width, which is what the first block is given.

    >>> GrowthExplorer(k=12, blocks=(6, 12, 24, 16))
    GrowthExplorer(k=12, blocks=(6, 12, 24, 16))
    >>> GrowthExplorer(preset="DenseNet-BC (L = 100, k = 12)").blocks
    (16, 16, 16)
    """

    PRESETS = _presets()
    _esm = script(__file__)
    _css = style(__file__)

    preset = traitlets.Unicode("DenseNet-121").tag(
        sync=True, values=tuple(PRESETS)
    )
    k = traitlets.Int(32, min=1, max=64).tag(sync=True)
    blocks = traitlets.Tuple((6, 12, 24, 16)).tag(
        sync=True, min=1, max=64, most=5
    )
    k0 = traitlets.Int(64, min=1, max=128).tag(sync=True)
    bottleneck = traitlets.Bool(True).tag(sync=True)
    theta = traitlets.Float(0.5, min=0.1, max=1.0).tag(sync=True, step=0.05)
    stem = traitlets.Enum(["imagenet", "cifar"], "imagenet").tag(sync=True)
    layer = traitlets.Int(6, min=1, max=320).tag(sync=True)

    # A list, because a notebook sorts the keys of a dictionary.
    _presets = traitlets.List(
        [
            {"name": name, "where": _where(name), "settings": settings}
            for name, settings in PRESETS.items()
        ]
    ).tag(sync=True)

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
