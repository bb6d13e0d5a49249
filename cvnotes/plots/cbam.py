"""CBAM and its two gates, drawn from the modules as they run.

Every shape is one that a hook saw in a forward pass: a module that was
changed is drawn as it then is.
"""

import re

from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from cvnotes.palette import LIGHT
from cvnotes.plots.figure import Figure, styled
from cvnotes.plots.sheet import WIDTH, Sheet

MIDDLE, BOX, GAP = WIDTH / 2, 30, 24  # points
HUES = {"maps": "stone", "step": "blue", "gate": "orange"}


@styled
def channel_gate(module, x) -> Figure:
    """How ``ChannelAttention`` makes its gate of these maps."""
    (seen,) = _seen(module, module.mlp, x)
    hidden = module.mlp[0].out_channels
    gate = module.gate(x)
    sheet = Sheet()
    top = _box(sheet, MIDDLE, f"maps\n{_shape(x)}", "maps")
    pools = _pair(
        sheet, top, ("average over places", "maximum over places"), seen
    )
    mlp = _row(
        sheet,
        f"the same MLP for both\n{seen[1]} → {hidden} → {seen[1]}",
        pools,
    )
    sums = _row(sheet, "+, then σ", [mlp])
    end = _row(sheet, f"gate\n{_shape(gate)}", [sums], "gate")
    return _done(
        sheet,
        end,
        f"Channel attention: maps of {_shape(x)} become an average and a "
        f"maximum of {_told(seen)} each; the same MLP, {seen[1]} to {hidden} "
        f"to {seen[1]}, reads both; their sum through σ is the gate, "
        f"{_shape(gate)}",
    )


@styled
def spatial_gate(module, x) -> Figure:
    """How ``SpatialAttention`` makes its gate of these maps."""
    (seen,) = _seen(module, module.conv, x)
    gate, k = module.gate(x), module.conv.kernel_size[0]
    one = (seen[0], 1, *seen[2:])
    sheet = Sheet()
    top = _box(sheet, MIDDLE, f"maps\n{_shape(x)}", "maps")
    names = ("maximum over channels", "average over channels")
    pools = _pair(sheet, top, names, one)
    both = _row(sheet, f"one behind the other\n{_told(seen)}", pools)
    conv = _row(sheet, f"{k}×{k} convolution, normalise, σ", [both])
    end = _row(sheet, f"gate\n{_shape(gate)}", [conv], "gate")
    return _done(
        sheet,
        end,
        f"Spatial attention: maps of {_shape(x)} become a maximum and an "
        f"average of {_told(one)} each; one behind the other they are "
        f"{_told(seen)}; a {k}×{k} convolution, a normalisation and σ make "
        f"the gate, {_shape(gate)}",
    )


@styled
def cbam(module, x) -> Figure:
    """The whole block: each gate is multiplied with what it was made of."""
    refined = module.channel(x)
    gates = module.channel.gate(x), module.spatial.gate(refined)
    texts = ("refined maps", "refined again")
    sheet, steps = Sheet(), []
    spot = _box(sheet, 76, f"maps\n{_shape(x)}", "maps")
    for part, gate, text in zip(
        module.named_children(), gates, texts, strict=True
    ):
        spot = _stage(sheet, spot, part[0], gate, f"{text}\n{_shape(x)}")
        steps.append(f"the {part[0]} gate, {_shape(gate)}, weighs them")
    alt = f"CBAM: maps of {_shape(x)} come in; {'; then '.join(steps)}"
    return _done(sheet, spot, alt)


def _stage(sheet, above, name, gate, text):
    """A gate at the side, made of the maps and multiplied with them."""
    left, right = 76, 236
    sheet.down(6)
    side = _box(sheet, right, f"{name} gate\n{_shape(gate)}", "gate")
    _arrow(sheet, (above[0] + 66, above[1] + BOX / 2), (right, side[2]))
    sheet.down(4)
    times = left, sheet.y - 8
    sheet.axes.text(*times, "×", ha="center", va="center", fontsize=17)
    _arrow(sheet, (left, above[1]), (left, times[1] + 9))
    _arrow(sheet, (right, side[1]), (left + 10, times[1]), "angle")
    sheet.down(40)
    below = _box(sheet, left, text, "maps")
    _arrow(sheet, (left, times[1] - 9), (left, below[2]))
    return below


def _seen(module, part, x):
    """The shape that a part of the module reads when it runs."""
    shapes = []
    hook = part.register_forward_hook(
        lambda _, given, __: shapes.append(tuple(given[0].shape))
    )
    module.gate(x)
    hook.remove()
    return shapes[:1]


def _told(shape):
    """Without the sample: channels × rows × columns."""
    return "×".join(map(str, shape[1:]))


def _shape(maps):
    return _told(tuple(maps.shape))


def _box(sheet, middle, text, kind, wide=132):
    """A box that hangs from ``y``: its middle, its foot and its head."""
    head = sheet.y
    sheet.down(BOX)
    patch = FancyBboxPatch(
        (middle - wide / 2, sheet.y),
        wide,
        BOX,
        boxstyle="round,pad=0,rounding_size=5",
    )
    hue = LIGHT[HUES[kind]]
    patch.set(facecolor=(hue, 0.22), edgecolor=hue, linewidth=1.2)
    sheet.axes.add_patch(patch)
    look = {"ha": "center", "va": "center", "linespacing": 1.15}
    size = 9.5 if "\n" in text else 10
    sheet.axes.text(middle, head - BOX / 2, text, fontsize=size, **look)
    return middle, sheet.y, head


def _pair(sheet, above, names, shape):
    """Two summaries, side by side, each from the same box."""
    sheet.down(GAP)
    head, found = sheet.y, []
    for middle, name in zip((80, 240), names, strict=True):
        sheet.y = head
        text = f"{name}\n{_told(shape)}"
        found.append(_box(sheet, middle, text, "step", 150))
        _arrow(sheet, (above[0], above[1]), (middle, head))
    return found


def _row(sheet, text, above, kind="step"):
    sheet.down(GAP)
    wide = 190 if kind == "step" else 132
    found = _box(sheet, MIDDLE, text, kind, wide)
    for middle, foot, _ in above:
        aim = MIDDLE + (middle - MIDDLE) / 2.2
        _arrow(sheet, (middle, foot), (aim, found[2]))
    return found


def _arrow(sheet, start, end, way="straight"):
    bend = {"straight": "arc3", "angle": "angle,angleA=-90,angleB=0,rad=5"}
    arrow = FancyArrowPatch(
        start,
        end,
        arrowstyle="-|>,head_width=2.5,head_length=4",
        connectionstyle=bend[way],
        shrinkA=1,
        shrinkB=1,
    )
    arrow.set(color=LIGHT["soft"], linewidth=1.3)
    sheet.axes.add_patch(arrow)


def _done(sheet, _, alt):
    sheet.down(8)
    return Figure(sheet.done(), re.sub(r"\s+", " ", alt))
