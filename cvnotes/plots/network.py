"""A whole DenseNet drawn from its own table, from the picture down.

Widths are channels and heights the sides of the maps, each to one scale:
one sees a net go from few large maps to many small ones.
"""

from itertools import groupby, pairwise

from cvnotes.palette import LIGHT
from cvnotes.plots.figure import Figure, styled
from cvnotes.plots.sheet import Sheet

WIDE, HIGH = 190, 64  # the most channels and the tallest maps, in points
COLUMNS = (0, 84, 147, 206)  # name, layers, maps, channels


@styled
def network(net, size: tuple[int, int]) -> Figure:
    """Blocks with a stripe for each layer, transitions, the classifier.

    ``net`` has ``channels()`` and a ``classifier``, as
    ``cvnotes.densenet.DenseNet``; ``size=(h, w)`` is the picture's.
    """
    rows = net.channels()
    parts = [list(part) for _, part in groupby(rows, key=_part)]
    classes = net.classifier.out_features
    sheet = Sheet()
    scale = WIDE / max(classes, *(row.out_channels for row in rows))
    channels = f"{rows[0].in_channels} channels"
    _title(sheet, "picture", "", size, channels)
    for part in parts:
        if _part(part[0]).startswith("denseblock"):
            _block(sheet, part, size, scale, parts[0][-1].reduction)
        else:
            _squeeze(sheet, part, scale)
    text = f"classifier: {classes:,} classes"
    _funnel(sheet, rows[-1].out_channels, classes, scale, "green", text)
    told = [f"{_part(p[0])} {_channels(p)}" for p in parts]
    told = "; ".join([*told, f"{classes:,} classes"])
    alt = f"A DenseNet for pictures of {_by(size)}: {told}"
    return Figure(sheet.done(), alt)


def _part(row):
    # The stem's rows are one part, a block's layers another.
    whole = row.name.split(".")[0]
    return "stem" if whole in ("conv0", "pool0") else whole


def _channels(part):
    return f"{part[0].in_channels:,} → {part[-1].out_channels:,}"


def _maps(size, reduction, of_stem):
    # The stem rounds up, as padding does; a transition rounds down.
    return tuple(
        -(-side // of_stem) // (reduction // of_stem) for side in size
    )


def _by(size):
    return "×".join(map(str, size))


def _title(sheet, name, layers, maps, channels):
    texts = name, layers, _by(maps), channels
    for x, text in zip(COLUMNS, texts):
        weight = "bold" if x == 0 else "normal"
        sheet.text(x, text, weight=weight)
    sheet.down(10)


def _block(sheet, layers, size, scale, of_stem):
    """What the block was given in grey, and each layer's maps beside it."""
    name, reduction = _part(layers[0]), layers[0].reduction
    maps = _maps(size, reduction, of_stem)
    count = f"{len(layers)} layers"
    _title(sheet, name, count, maps, _channels(layers))
    high = HIGH * maps[0] / _maps(size, of_stem, of_stem)[0]
    ends = [layers[0].in_channels, *(row.out_channels for row in layers)]
    sheet.bar(0, ends[0] * scale, high, "stone")
    for i, (start, end) in enumerate(pairwise(ends)):
        hue = "deep" if i % 2 else "blue"
        sheet.bar(start * scale, (end - start) * scale, high, hue)
    sheet.down(high)


def _squeeze(sheet, part, scale):
    kept, names = part[-1].out_channels, [row.name for row in part]
    stem = _part(part[0]) == "stem"
    verb = "keeps" if not stem else "makes" if len(part) == 1 else "make"
    text = f"{', '.join(names)} {verb} {kept:,}"
    _funnel(sheet, part[0].in_channels, kept, scale, "orange", text)


def _funnel(sheet, reads, makes, scale, hue, text):
    """As wide above as what is read, and below as what comes of it."""
    sheet.down(3)
    sheet.band((0, reads * scale), (0, makes * scale), 18, hue)
    sheet.down(9)
    sheet.text(max(reads, makes) * scale + 8, text, color=LIGHT[hue])
    sheet.down(22)
