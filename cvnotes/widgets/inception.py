"""Drag the reduced channels; see when a 1×1 in front saves, and what."""

import traitlets

from cvnotes import papers
from cvnotes.widgets.kit import script, style
from cvnotes.widgets.presets import WithPresets


def _presets():
    """The two reductions of each Inception module, by module and kernel."""
    presets = {}
    for row in papers.GOOGLENET.modules:
        _, r3, b3, r5, b5, _ = row.widths
        for kernel, reduced, outputs in ((3, r3, b3), (5, r5, b5)):
            presets[f"{row.name}, {kernel}×{kernel}"] = {
                "inputs": row.in_channels,
                "reduced": reduced,
                "outputs": outputs,
                "kernel": kernel,
                "size": row.side,
            }
    return presets


class ReductionCalculator(WithPresets):
    """A k×k convolution, straight and by way of ``reduced`` channels.

    Start from one of the 18 reductions in GoogLeNet's nine modules, and
    move what you like. ``kernel`` and ``size`` are the sides of the kernel
    and of the maps.

    >>> ReductionCalculator(reduced=160)
    ReductionCalculator(reduced=160)
    >>> ReductionCalculator(preset="4e, 3×3").outputs
    320
    """

    PRESETS = _presets()
    _esm = script(__file__)
    _css = style(__file__)

    preset = traitlets.Unicode("3a, 5×5").tag(
        sync=True, values=tuple(PRESETS)
    )
    inputs = traitlets.Int(192, min=1, max=1024).tag(sync=True)
    reduced = traitlets.Int(16, min=1, max=1024).tag(sync=True)
    outputs = traitlets.Int(32, min=1, max=1024).tag(sync=True)
    kernel = traitlets.Int(5, min=1, max=11).tag(sync=True, step=2)
    size = traitlets.Int(28, min=1, max=112).tag(sync=True)

    # A list, because a notebook sorts the keys of a dictionary.
    _presets = traitlets.List(
        [{"name": n, "settings": s} for n, s in PRESETS.items()]
    ).tag(sync=True)

    @traitlets.validate("kernel")
    def _check_kernel(self, proposal):
        if proposal.value % 2 == 0:
            raise traitlets.TraitError(
                f"kernel={proposal.value} has no centre; use 1, 3, 5, 7 …"
            )
        return proposal.value
