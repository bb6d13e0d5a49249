"""Drag the groups; see who still reads whom, and what the layer costs."""

from math import gcd

import traitlets

from cvnotes import papers
from cvnotes.widgets.kit import Widget, script, style


class SeparableCost(Widget):
    """Multiply-adds of a k×k convolution: full, in groups, taken apart.

    ``size`` is the side of the maps. ``groups`` divides ``inputs`` and
    ``outputs``; where these change, it falls to the next that does. Below
    stands MobileNet, thinned by ``alpha``, for pictures of ``picture``
    sides; ``layer`` is the one that is pointed at.

    >>> SeparableCost(kernel=3, inputs=512, outputs=512)
    SeparableCost(kernel=3, inputs=512, outputs=512)
    >>> SeparableCost(inputs=96, outputs=64, groups=32).groups
    32
    """

    _esm = script(__file__)
    _css = style(__file__)

    groups = traitlets.Int(8, min=1, max=1024).tag(sync=True)
    kernel = traitlets.Int(3, min=1, max=11).tag(sync=True, step=2)
    inputs = traitlets.Int(512, min=1, max=1024).tag(sync=True)
    outputs = traitlets.Int(512, min=1, max=1024).tag(sync=True)
    size = traitlets.Int(14, min=1, max=112).tag(sync=True)
    count = traitlets.Enum(["work", "weights"], "work").tag(sync=True)
    alpha = traitlets.Float(1.0, min=0.25, max=1.0).tag(sync=True, step=0.25)
    picture = traitlets.Int(224, min=128, max=224).tag(sync=True, step=32)
    layer = traitlets.Int(15, min=1, max=28).tag(sync=True)

    # Outputs and stride of each separable layer, from the paper's Table 1.
    _plan = traitlets.List(
        [[row.outputs, row.stride] for row in papers.MOBILENET.body]
    ).tag(sync=True)

    @traitlets.observe("inputs", "outputs")
    def _hold_groups(self, change):
        self.groups = _nearest(self.groups, self.inputs, self.outputs)

    @traitlets.validate("groups")
    def _check_groups(self, proposal):
        groups, inputs, outputs = proposal.value, self.inputs, self.outputs
        # What was not set here is not to blame: it follows.
        if "groups" not in self._given and not self._start:
            return _nearest(groups, inputs, outputs)
        if inputs % groups or outputs % groups:
            raise traitlets.TraitError(
                f"groups={groups} does not divide inputs={inputs} and "
                f"outputs={outputs}; use a divisor of {gcd(inputs, outputs)}"
            )
        return groups

    @traitlets.validate("kernel")
    def _check_kernel(self, proposal):
        if proposal.value % 2 == 0:
            raise traitlets.TraitError(
                f"kernel={proposal.value} has no centre; use 1, 3, 5, 7 …"
            )
        return proposal.value


def _nearest(groups, inputs, outputs):
    """The greatest common divisor of both that is no more than ``groups``."""
    both = gcd(inputs, outputs)
    return next(g for g in range(min(groups, both), 0, -1) if both % g == 0)
