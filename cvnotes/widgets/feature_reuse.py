"""Pick a reader of a dense block; see whom it listens to, and whom it needs.

After Figure 5 of Huang, Liu, van der Maaten, Weinberger, arXiv 1608.06993.
"""

import traitlets

from cvnotes.widgets.kit import Widget, script, style

KEYS = ("block", "reader", "source", "maps", "start", "weight", "worth")
_HINT = "give cvnotes.experiments.feature_reuse.pairs(recorded().rows)"


class FeatureReuse(Widget):
    """Each reader against each of its sources, block by block.

    A pair says how large the reader's mean |weight| on the source is,
    ``weight``, and was before training, ``start``; and ``worth``, by how
    many nats the loss rises when this reader is deaf to it. ``reader``
    counts through all the blocks, ``shade`` is what the squares show.

    >>> layer = dict(block=1, reader=1, source=0, maps=16, start=0.1)
    >>> FeatureReuse(pairs=[{**layer, "weight": 0.1, "worth": 2.5}])
    FeatureReuse(pairs=<1 pair>)
    """

    _esm = script(__file__)
    _css = style(__file__)

    pairs = traitlets.List(traitlets.Dict()).tag(sync=True)
    shade = traitlets.Enum(["weight", "start", "worth"], "weight").tag(
        sync=True
    )
    reader = traitlets.Int(1, min=1, max=400).tag(sync=True)

    # The pairs are no setting to be moved, nor to be put into an address.
    _shared = traitlets.List(["shade", "reader"]).tag(sync=True)

    def __init__(self, **settings):
        _refuse(settings.get("pairs", []))
        super().__init__(**settings)
        count = len({(p["block"], p["reader"]) for p in self.pairs})
        if self.reader > count:
            raise ValueError(
                f"reader={self.reader} is not among the pairs; "
                f"use 1 to {count}"
            )
        bounds = {**self._bounds["reader"], "max": count}
        self._bounds = {**self._bounds, "reader": bounds}
        self._start = {name: self._start[name] for name in self._shared}

    def __repr__(self):
        count = len(self.pairs)
        short = f"<{count} pair{'s' if count > 1 else ''}>"
        return super().__repr__().replace(repr(self.pairs), short)


def _refuse(pairs):
    if not pairs:
        raise ValueError(f"pairs=[] has nobody who reads; {_HINT}")
    for pair in pairs:
        for name in KEYS:
            if not isinstance(pair.get(name), int | float):
                raise ValueError(
                    f"pairs has {pair!r}, without a number for {name!r}; "
                    f"{_HINT}"
                )
    heard = {(p["block"], p["reader"], p["source"]) for p in pairs}
    for block, reader, _ in sorted(heard):
        for source in range(reader):
            if (block, reader, source) not in heard:
                raise ValueError(
                    f"pairs lacks source {source} of reader {reader} in "
                    f"block {block}; {_HINT}"
                )
