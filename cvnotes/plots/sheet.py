"""A sheet that is filled from the top: for figures told downwards.

Lengths are in points, and a sheet is as wide as a phone shows well.
"""

from numbers import Real

from matplotlib.patches import FancyArrowPatch, Patch, Polygon, Rectangle
from matplotlib.path import Path

from cvnotes.palette import LIGHT
from cvnotes.plots.figure import canvas

WIDTH, POINTS = 320, 72  # points an inch


class Sheet:
    """``y`` is where the next thing goes; it falls from 0."""

    def __init__(self):
        self.figure, self.axes = canvas()
        self.y = -8.0

    def down(self, points: Real):
        """Leave so much room."""
        self.y -= points

    def bar(self, x: Real, wide: Real, high: Real, hue: str):
        """A rectangle that hangs from ``y``."""
        self._add(Rectangle((x, self.y - high), wide, high), hue)

    def band(self, above, below, high: Real, hue: str):
        """From one span of x at ``y`` to another, ``high`` points below."""
        (a, b), (c, d), foot = above, below, self.y - high
        corners = [(a, self.y), (b, self.y), (d, foot), (c, foot)]
        self._add(Polygon(corners, alpha=0.35), hue)

    def text(self, x: Real, text: str, **look):
        """Write on the line that goes through ``y``."""
        self.axes.text(x, self.y, text, va="center", **look)

    def around(self, x: Real, start: Real, end: Real, to: Real):
        """An arrow from ``to`` out to x, down, and back to ``to``."""
        way = Path([(to, start), (x, start), (x, end), (to - 1, end)])
        head = "-|>,head_width=2.5,head_length=4"
        arrow = FancyArrowPatch(path=way, arrowstyle=head)
        arrow.set(color=LIGHT["soft"], linewidth=1.3, clip_on=False)
        self.axes.add_patch(arrow)

    def done(self):
        """The figure, cut below what was drawn last."""
        high = -self.y
        self.figure.set_size_inches(WIDTH / POINTS, high / POINTS)
        self.figure.set_layout_engine("none")
        self.axes.set_position((0, 0, 1, 1))
        self.axes.set(xlim=(0, WIDTH), ylim=(-high, 0))
        self.axes.axis("off")
        return self.figure

    def _add(self, patch: Patch, hue):
        patch.set(facecolor=LIGHT[hue], linewidth=0, clip_on=False)
        self.axes.add_patch(patch)
