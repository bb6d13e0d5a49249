"""Slide the growth rate; see what accuracy so many parameters bought."""

import traitlets

from cvnotes.widgets.kit import Widget, script, style

_NETS = ("dense", "residual", "plain")
_PARTS = {"design", "k", "params", "accuracy", "seeds"}


class TradeOff(Widget):
    """Measured accuracy against parameters, for dense nets and rivals.

    A point is a net: ``design`` ("dense", "residual" or "plain"), growth
    rate ``k`` (for a rival, that of the dense net as large as it),
    ``params``, ``accuracy`` (mean and the two ends of its interval, in
    percent), and ``seeds``, the accuracy of each seed. A rival also says
    how far the dense net is ``ahead`` of it, in percentage points.
    ``at`` counts the growth rates from the smallest on.

    >>> net = {"design": "dense", "k": 4, "params": 14_242}
    >>> net |= {"accuracy": [90.0, 89.0, 91.0], "seeds": [89.5, 90.5]}
    >>> TradeOff([net], at=1)
    TradeOff(1 net, at=1)
    """

    _esm = script(__file__)
    _css = style(__file__)

    points = traitlets.List(traitlets.Dict()).tag(sync=True)
    at = traitlets.Int(1, min=1, max=12).tag(sync=True)
    residual = traitlets.Bool(True).tag(sync=True)
    plain = traitlets.Bool(True).tag(sync=True)
    seeds = traitlets.Bool(False).tag(sync=True)

    def __init__(self, points, **settings):
        super().__init__(points=points, **settings)
        # What was measured does not move, so nothing brings it back.
        self._start = {n: v for n, v in self._start.items() if n != "points"}

    @traitlets.validate("points")
    def _check_points(self, proposal):
        points = proposal.value
        ours = {p.get("k") for p in points if p.get("design") == "dense"}
        if not ours:
            raise traitlets.TraitError(
                "points holds no dense net; give one for each growth rate"
            )
        for point in points:
            _check(point, ours)
        return points

    def __repr__(self):
        count, rest = len(self.points), super().__repr__()
        nets = f"{count} net{'s' * (count > 1)}"
        return rest.replace(f"points={self.points!r}", nets)


def _check(point, ours):
    design, k = point.get("design"), point.get("k")
    rival = {"ahead"} if design in _NETS[1:] else set()
    missing = sorted((_PARTS | rival) - point.keys())
    if missing:
        raise traitlets.TraitError(
            f"the point of design={design!r}, k={k!r} has no "
            f"{' and no '.join(missing)}; give each point all of its parts"
        )
    if design not in _NETS:
        raise traitlets.TraitError(
            f"design={design!r} is unknown; use one of {', '.join(_NETS)}"
        )
    if k not in ours:
        raise traitlets.TraitError(
            f"design={design!r} has k={k!r}, and no dense net has; give it "
            f"one of {', '.join(map(str, sorted(ours)))}"
        )
