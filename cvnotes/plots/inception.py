"""An Inception module drawn from its own parts, from its input downwards."""

from matplotlib.patches import Polygon

from cvnotes.palette import LIGHT
from cvnotes.plots.figure import Figure, styled
from cvnotes.plots.sheet import WIDTH, Sheet

LEAST, GAP = 40, 6  # points: room for a branch's texts, and between two
BAR, WAY = 11, 58  # points high: maps, and from maps to maps
JOIN = 30
DEEP = 2 * (WAY + BAR) + 16 + JOIN  # from below the input to the output
HUES = {"1×1": "blue", "3×3": "orange", "5×5": "green"}


@styled
def inception(module) -> Figure:
    """Four branches side by side, and what each puts into the output.

    ``module`` has ``in_channels``, ``out_channels`` and four branches of
    named parts, as ``cvnotes.pointwise.Inception``; widths are channels,
    to scale.
    """
    reads, branches = module.in_channels, _branches(module)
    scale = _scale([[reads], *branches.values()])
    sheet, ground = Sheet(), _around(WIDTH / 2, reads * scale)
    sheet.text(WIDTH / 2, f"reads {reads:,}", ha="center")
    sheet.down(9)
    sheet.bar(ground[0], reads * scale, BAR, "stone")
    sheet.down(BAR)
    top, left = sheet.y, (WIDTH - module.out_channels * scale) / 2
    ways = zip(_middles(branches.values(), scale), branches.values())
    for middle, stages in ways:
        sheet.y = top
        end, hue = _branch(sheet, ground, middle, stages, scale)
        own = end[1] - end[0]
        foot = top - DEEP + JOIN  # straight down to here, past the others
        _fan(sheet, end, end, foot - sheet.y, hue)
        sheet.y = foot
        _fan(sheet, end, (left, left + own), -JOIN, hue)
        sheet.down(JOIN)
        sheet.bar(left, own, BAR, hue)
        left += own
    sheet.down(BAR + 10)
    text = f"puts out {module.out_channels:,}"
    sheet.text(WIDTH / 2, text, ha="center")
    sheet.down(10)
    return Figure(sheet.done(), f"{_said(reads, branches)}; {text} channels")


def _branches(module):
    """For each branch its stages: what is done, and how wide it is then."""
    found = {}
    for name, branch in module.named_children():
        stages, before = [], ""
        for part in branch:
            if hasattr(part, "out_channels"):
                side = part.kernel_size[0]
                stages.append((f"{before}{side}×{side}", part.out_channels))
                before = ""
            elif hasattr(part, "kernel_size"):
                before = "pool, "
        if before:
            stages.append(("pool", module.in_channels))
        found[name] = stages
    return found


def _room(stages, scale):
    return max(LEAST, *(wide * scale for _, wide in stages))


def _scale(rows):
    """Points a channel, so that all of it is as wide as the sheet."""
    (reads,), *branches = rows
    room, scale = WIDTH - 3 * GAP, WIDTH / reads
    while sum(_room(stages, scale) for stages in branches) > room:
        scale *= 0.98
    return scale


def _middles(branches, scale):
    rooms = [_room(stages, scale) for stages in branches]
    left = (WIDTH - sum(rooms) - 3 * GAP) / 2
    for room in rooms:
        yield left + room / 2
        left += room + GAP


def _around(middle, wide):
    return middle - wide / 2, middle + wide / 2


def _branch(sheet, ground, middle, stages, scale):
    """One or two convolutions; where the last one's maps end, and its hue."""
    span, pale = ground, 0.16  # all four lie over each other there
    for name, channels in stages:
        hue = HUES.get(name, "purple")
        below = _around(middle, channels * scale)
        _fan(sheet, span, below, -WAY, hue, pale)
        sheet.down(WAY - 9 - 6 * name.count(" "))
        sheet.text(middle, name.replace(", ", "\n"), ha="center", zorder=3)
        sheet.down(9 + 6 * name.count(" "))
        sheet.bar(below[0], channels * scale, BAR, hue)
        sheet.down(BAR + 9)
        sheet.text(middle, f"{channels:,}", ha="center", zorder=3)
        sheet.y += 9
        span, pale = below, 0.3
    return span, hue


def _fan(sheet, above, below, high, hue, pale=0.3):
    """From one span of x to another, paler than a sheet's own band."""
    (a, b), (c, d), foot = above, below, sheet.y + high
    corners = [(a, sheet.y), (b, sheet.y), (d, foot), (c, foot)]
    look = {"facecolor": LIGHT[hue], "alpha": pale, "linewidth": 0}
    sheet.axes.add_patch(Polygon(corners, zorder=0, **look))


def _said(reads, branches):
    ways = (
        ", then ".join(f"{name} to {wide:,}" for name, wide in stages)
        for stages in branches.values()
    )
    return f"An Inception module reads {reads:,} channels: {'; '.join(ways)}"
