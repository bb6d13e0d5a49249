"""One dense layer drawn from its own parts, from what it reads downwards."""

from cvnotes.plots.figure import Figure, styled
from cvnotes.plots.sheet import Sheet

LEFT, WIDE, TEXT = 16, 162, 188  # points


@styled
def bottleneck(layer) -> Figure:
    """What a layer makes of all that it reads, and where it puts that.

    ``layer`` has ``in_channels``, ``out_channels`` and named children, as
    ``cvnotes.densenet.DenseLayer``; widths are channels, to scale.
    """
    stages, reads = list(_stages(layer)), layer.in_channels
    makes = [conv.out_channels for _, conv in stages if conv]
    sheet, scale = Sheet(), WIDE / max(layer.out_channels, *makes)
    ground = reads * scale
    _bar(sheet, LEFT, ground, "stone", f"reads {reads:,}")
    above = sheet.y + 10
    said = _way_through(sheet, stages, ground, scale)
    sheet.around(LEFT / 2, above, sheet.y - 7, LEFT)
    sheet.bar(LEFT, ground, 14, "stone")
    new, text = layer.out_channels - reads, f"hands on {layer.out_channels:,}"
    _bar(sheet, LEFT + ground, new * scale, "blue", text)
    alt = f"A dense layer reads {reads:,}; {'; '.join(said)}; {text}"
    return Figure(sheet.done(), f"{alt} channels")


def _stages(layer):
    """As ("norm1, relu1", None) and ("conv1", the convolution) in turns."""
    between = []
    for name, part in layer.named_children():
        if hasattr(part, "kernel_size"):
            yield ", ".join(between), None
            yield name, part
            between = []
        elif getattr(part, "p", 1):  # no dropout that drops nothing
            between.append(name)
    if between:
        yield ", ".join(between), None


def _way_through(sheet, stages, ground, scale):
    """Draw what becomes of the maps; say what each convolution does."""
    left, wide, hue, said = LEFT, ground, "stone", []
    *_, last = (conv for _, conv in stages if conv)
    for name, conv in stages:
        if not conv:
            _bar(sheet, left, wide, hue, name)
            continue
        # The new maps come out where they will stand.
        below = LEFT + ground * (conv is last), conv.out_channels * scale
        said.append(_said(name, conv))
        _band(sheet, (left, wide), below, said[-1])
        (left, wide), hue = below, "blue" if conv is last else "bright"
    return said


def _said(name, conv):
    kernel = "×".join(map(str, conv.kernel_size))
    return f"{name} {kernel}: {conv.in_channels:,} → {conv.out_channels:,}"


def _bar(sheet, left, wide, hue, text):
    sheet.bar(left, wide, 14, hue)
    sheet.down(7)
    sheet.text(TEXT, text)
    sheet.down(10)


def _band(sheet, above, below, text):
    spans = [(left, left + wide) for left, wide in (above, below)]
    sheet.band(*spans, 26, "blue")
    sheet.down(13)
    sheet.text(TEXT, text, weight="bold")
    sheet.down(16)
