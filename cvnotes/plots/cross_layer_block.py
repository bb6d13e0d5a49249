"""A cross-layer block drawn from its own parts, from right to left."""

from collections.abc import Sequence

from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle

from cvnotes.palette import LIGHT
from cvnotes.plots.figure import Figure, styled
from cvnotes.plots.sheet import Sheet

# In points: a column's middle and how wide its boxes are, from the sum on.
SUM = 8
NORM, Z, SHARES = (45, 52), (106, 50), (167, 58)
OWN, LAYER = (228, 46), (287, 61)
TALL, ROW = 32, 50


@styled
def cross_layer(block, query, responses: Sequence) -> Figure:
    """What the block makes of a query and of one or two responses.

    ``block`` is a ``cvnotes.attention.CrossLayerNonLocal``; it is run once,
    and each shape is what a part of it gave. The weights are drawn to one
    scale, a row for each place that asks, one of the rows marked.
    """
    if not 1 <= len(responses) <= 2:
        raise ValueError(
            f"responses are {len(responses)}; a page has room for 1 or 2"
        )
    gave, out = _run(block, query, responses)
    weights = [w.shape[1:] for w in block.weights(query, responses)]
    sheet = Sheet()
    sheet.down(12)
    ys = [-20 - ROW * i for i in range(5 if len(responses) == 2 else 3)]
    _box(sheet, NORM, ys[2], "query", query.shape[1:], "stone")
    _box(sheet, Z, ys[2], "shared θ", gave["theta"], "blue")
    _way(sheet, (_right(NORM), ys[2]), (_left(Z), ys[2]))
    scale = SHARES[1] / max(max(shape) for shape in weights)
    for i, response in enumerate(responses):
        away = -1 if i else 1  # the second lies below the query
        rows = (ys[4], ys[3]) if i else (ys[0], ys[1])
        _asked(sheet, i, rows, response.shape[1:], gave)
        _compared(sheet, rows[1], away, weights[i], scale, gave["theta"])
    _summed(sheet, [ys[0], *ys[2::2]], out.shape[1:])
    return Figure(sheet.done(), _told(query, responses, weights, out))


def _told(query, responses, weights, out):
    said = [
        f"response {i} of {_said(response.shape[1:])} gets weights of "
        f"{_said(shape)}"
        for i, (response, shape) in enumerate(zip(responses, weights), 1)
    ]
    return (
        f"A cross-layer block reads a query of {_said(query.shape[1:])}: "
        f"{'; '.join(said)}; what is heard of each goes through the shared "
        f"z and a norm of its own, and is added to the query: "
        f"{_said(out.shape[1:])}"
    )


def _run(block, *inputs):
    """The shape that each part of the block gives, and what it gives."""
    gave = {}
    hooks = [
        part.register_forward_hook(
            lambda *call, name=name: gave.update({name: call[-1].shape[1:]})
        )
        for name, part in block.named_modules()
    ]
    out = block(*inputs)
    for hook in hooks:
        hook.remove()
    return gave, out


def _asked(sheet, i, rows, shape, gave):
    """One response: its keys and values, and what is heard of it."""
    outer, inner = rows
    middle = (outer + inner) / 2
    _box(sheet, LAYER, middle, f"response {i + 1}", shape, "stone")
    for y, name, part, hue in (
        (outer, "g", "g", "green"),
        (inner, "φ", "phi", "blue"),
    ):
        _box(sheet, OWN, y, f"{name} {i + 1}", gave[f"{part}.{i}"], hue)
        edge = middle + (TALL / 2 if y > middle else -TALL / 2)
        _way(sheet, (LAYER[0], edge), (_right(OWN), y), bent=True)
    hidden, h, w = gave["theta"]
    _box(sheet, SHARES, outer, "weights·g", (h * w, hidden), "orange")
    _box(sheet, Z, outer, "shared z", gave["z"], "blue")
    _box(sheet, NORM, outer, f"norm {i + 1}", gave[f"norm.{i}"], "purple")
    for start, end in ((OWN, SHARES), (SHARES, Z), (Z, NORM)):
        _way(sheet, (_left(start), outer), (_right(end), outer))


def _compared(sheet, y, away, shape, scale, theta):
    """The weights: a row for each place that asks, one of them marked."""
    wide, high = scale * shape[1], scale * shape[0]
    left = SHARES[0] - wide / 2
    for down, tall, shade in ((0, high, 0.3), (0.4 * high, 1.6, 1)):
        row = Rectangle((left, y + high / 2 - down - tall), wide, tall)
        row.set(facecolor=LIGHT["orange"], alpha=shade, linewidth=0)
        sheet.axes.add_patch(row)
    _way(sheet, (_left(OWN), y), (left + wide, y))
    below = (SHARES[0], y - away * high / 2)
    _way(sheet, (_right(Z), y - away * ROW), below, bent=True)
    above = y + away * high / 2, y + away * (ROW - TALL / 2)
    _way(sheet, *((SHARES[0], end) for end in above))
    said = f"θ · φ / √{theta[0]}, softmax\n{_said(shape)}"
    look = {"ha": "right", "va": "center", "fontsize": 10.2}
    room = SHARES[0] - SHARES[1] / 2 - 6
    sheet.axes.text(room, y, said, color=LIGHT["soft"], **look)


def _summed(sheet, ys, shape):
    """The query and all that was heard, added up on the left."""
    end = ys[-1] - ROW
    look = {"color": LIGHT["soft"], "linewidth": 1.1}
    sheet.axes.plot([SUM, SUM], [ys[0], end], **look)
    for y in ys:
        sheet.axes.plot([SUM, _left(NORM)], [y, y], **look)
        if y != ys[0]:
            sheet.axes.text(SUM + 4, y + 7, "+", ha="left", va="center")
    _way(sheet, (SUM, end), (_left(NORM), end))
    _box(sheet, NORM, end, "out", shape, "stone")
    sheet.y = end - TALL / 2 - 8


def _said(shape):
    return "×".join(map(str, shape))


def _left(column):
    return column[0] - column[1] / 2


def _right(column):
    return column[0] + column[1] / 2


def _box(sheet, column, y, name, shape, hue):
    corner = (_left(column) + 3, y - TALL / 2 + 3)
    wide, style = column[1] - 6, "round,pad=3,rounding_size=5"
    box = FancyBboxPatch(corner, wide, TALL - 6, boxstyle=style)
    box.set(facecolor=LIGHT[hue], alpha=0.28, linewidth=0)
    sheet.axes.add_patch(box)
    look = {"ha": "center", "va": "center"}
    for text, up, wide in ((name, 7, 0.52), (_said(shape), -7, 0.61)):
        # How wide a letter of size 1 is, about: it shall stay in the box.
        size = min(10.2, (column[1] - 2) / wide / len(text))
        sheet.axes.text(column[0], y + up, text, fontsize=size, **look)


def _way(sheet, start, end, bent=False):
    way = "angle,angleA=90,angleB=0,rad=5" if bent else "arc3"
    if bent and end[0] > start[0]:  # first across, then up or down
        way = "angle,angleA=0,angleB=90,rad=5"
    head = "-|>,head_width=2.2,head_length=4"
    look = {"shrinkA": 0, "shrinkB": 0, "connectionstyle": way}
    arrow = FancyArrowPatch(start, end, arrowstyle=head, **look)
    arrow.set(color=LIGHT["soft"], linewidth=1.1, clip_on=False)
    sheet.axes.add_patch(arrow)
