"""Change the maps' size; see the matrix that CGNL never builds."""

import traitlets

from cvnotes.widgets.kit import Widget, script, style

SMALL = 48  # numbers of θ, and so rows, that can be drawn one by one

# Side of the maps, channels and groups; ResNet-50 at two picture sizes.
PRESETS = {
    "to see: 2×2, 4 channels": (2, 2, 4, 1),
    "to see: 2×3, 8 channels": (2, 3, 8, 2),
    "to see: 4×4, 6 channels": (4, 4, 6, 3),
    "res3 at 224²": (28, 28, 512, 8),
    "res4 at 224²": (14, 14, 1024, 8),
    "res5 at 224²": (7, 7, 2048, 8),
    "res3 at 448²": (56, 56, 512, 8),
    "res4 at 448² (the authors')": (28, 28, 1024, 8),
    "res5 at 448²": (14, 14, 2048, 8),
}
NAMES = ("height", "width", "channels", "groups")


class CGNLCost(Widget):
    """Every place and channel with every other: as a matrix, and without.

    The maps are ``height`` × ``width``; half of ``channels`` are hidden, and
    ``groups`` divides these; where they change, it falls to the next that
    does. ``row`` and ``column`` are the pair that is pointed at.

    >>> CGNLCost(height=28, width=28, channels=1024, groups=8)
    CGNLCost(height=28, width=28, channels=1024, groups=8)
    >>> CGNLCost(channels=12, groups=4)
    Traceback (most recent call last):
    traitlets.traitlets.TraitError: groups=4 does not divide the 6 hidden \
channels; use a divisor of 6
    """

    _esm = script(__file__)
    _css = style(__file__)

    height = traitlets.Int(2, min=1, max=64).tag(sync=True)
    width = traitlets.Int(3, min=1, max=64).tag(sync=True)
    channels = traitlets.Int(8, min=2, max=2048).tag(sync=True, step=2)
    groups = traitlets.Int(2, min=1, max=1024).tag(sync=True)
    row = traitlets.Int(7, min=0, max=SMALL - 1).tag(sync=True)
    column = traitlets.Int(4, min=0, max=SMALL - 1).tag(sync=True)

    # A list, because a notebook sorts the keys of a dictionary.
    _presets = traitlets.List(
        [
            {"name": name, "settings": dict(zip(NAMES, values, strict=True))}
            for name, values in PRESETS.items()
        ]
    ).tag(sync=True)

    @traitlets.observe("channels")
    def _hold_groups(self, change):
        self.groups = _nearest(self.groups, self.channels // 2)

    @traitlets.validate("channels")
    def _check_channels(self, proposal):
        if proposal.value % 2:
            raise traitlets.TraitError(
                f"channels={proposal.value} has no half; use an even number"
            )
        return proposal.value

    @traitlets.validate("groups")
    def _check_groups(self, proposal):
        groups, hidden = proposal.value, self.channels // 2
        # What was not set here is not to blame: it follows.
        if "groups" not in self._given and not self._start:
            return _nearest(groups, hidden)
        if hidden % groups:
            raise traitlets.TraitError(
                f"groups={groups} does not divide the {hidden} hidden "
                f"channels; use a divisor of {hidden}"
            )
        return groups


def _nearest(groups, hidden):
    """The greatest divisor that is no more than ``groups``."""
    few = range(min(groups, hidden), 0, -1)
    return next(g for g in few if hidden % g == 0)
