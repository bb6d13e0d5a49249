"""Drag two places of a net; see how much of a picture both of them see."""

import traitlets

from cvnotes import pictures
from cvnotes.widgets import photographs
from cvnotes.widgets.kit import Widget, script, style

MOST = 18  # layers
SHIPPED = 192  # the photograph's width; it is drawn larger

# Kernel and stride of each layer that makes a field larger. A ResNet's
# blocks have one such layer each, and the longest path counts.
PRESETS = {
    "ResNet-50": {
        "kernels": (7,) + (3,) * 17,
        "strides": (2, 2, 1, 1, 1, 2, 1, 1, 1, 2) + (1,) * 5 + (2, 1, 1),
        "width": 672,
        "responses": (7, 9, 11, 13, 15),
        "a": 17,
        "b": 17,
    },
    "VGG-16": {
        "kernels": (3, 3, 2, 3, 3, 2, 3, 3, 3, 2, 3, 3, 3, 2, 3, 3, 3, 2),
        "strides": (1, 1, 2, 1, 1, 2, 1, 1, 1, 2, 1, 1, 1, 2, 1, 1, 1, 2),
        "width": 336,
        "responses": (5, 9, 13),
        "a": 17,
        "b": 17,
    },
    "eight 3×3": {
        "kernels": (3,) * 8,
        "strides": (1, 1, 2, 1, 1, 2, 1, 1),
        "width": 96,
        "responses": (2, 4, 6),
        "a": 8,
        "b": 8,
    },
}
_FIRST = PRESETS["ResNet-50"]


def _plan():
    return {
        "size": [SHIPPED * 2 // 3, SHIPPED],
        **photographs.told(),
    }


class CrossLayerExplorer(Widget):
    """Two places of a stack of layers, and what each sees of a photograph.

    ``kernels`` and ``strides`` are those of the layers; an odd kernel is
    padded so that nothing but the stride makes maps smaller. Place A is in
    layer ``a``, near ``ax`` and ``ay`` percent of the picture, and B
    likewise. ``show`` is "two" places, or place A with the layers in
    ``responses``, which it asks. The picture is ``width`` pixels wide for
    the net.

    >>> CrossLayerExplorer(a=17, b=9)
    CrossLayerExplorer(a=17, b=9)
    """

    _esm = script(__file__)
    _css = style(__file__)

    show = traitlets.Enum(["two", "responses"], "two").tag(sync=True)
    picture = traitlets.Enum(pictures.NAMES, "flower").tag(sync=True)
    a = traitlets.Int(17, min=1, max=MOST).tag(sync=True)
    ax = traitlets.Float(56.0, min=0.0, max=100.0).tag(sync=True)
    ay = traitlets.Float(38.0, min=0.0, max=100.0).tag(sync=True)
    b = traitlets.Int(17, min=1, max=MOST).tag(sync=True)
    bx = traitlets.Float(66.0, min=0.0, max=100.0).tag(sync=True)
    by = traitlets.Float(55.0, min=0.0, max=100.0).tag(sync=True)
    kernels = traitlets.Tuple(_FIRST["kernels"]).tag(
        sync=True, min=1, max=11, most=MOST
    )
    strides = traitlets.Tuple(_FIRST["strides"]).tag(
        sync=True, min=1, max=3, most=MOST
    )
    responses = traitlets.Tuple(_FIRST["responses"]).tag(
        sync=True, min=1, max=MOST, most=MOST
    )
    width = traitlets.Int(672, min=48, max=960).tag(sync=True, step=48)

    # A list, because a notebook sorts the keys of a dictionary.
    _presets = traitlets.List(
        [{"name": n, "settings": s} for n, s in PRESETS.items()]
    ).tag(sync=True)
    _examples = traitlets.Bytes(photographs.pixels()).tag(sync=True)
    _plan = traitlets.Dict(_plan()).tag(sync=True)

    @traitlets.validate("kernels", "strides", "responses")
    def _check_numbers(self, proposal):
        name, values = proposal.trait.name, tuple(proposal.value)
        most = self.traits()[name].metadata["max"]
        fits = all(type(v) is int and 1 <= v <= most for v in values)
        if not 1 <= len(values) <= MOST or not fits:
            raise traitlets.TraitError(
                f"{name}={values!r} is no list of layers; give 1 to {MOST} "
                f"whole numbers from 1 to {most}"
            )
        return values
