"""Turn channels and places of a photograph up and down, as CBAM does."""

import traitlets

from cvnotes import pictures
from cvnotes.widgets import photographs
from cvnotes.widgets.cbam_filters import FILTERS, SIDE, SIZE, answers
from cvnotes.widgets.kit import Widget, script, style

WIDE = 96  # of the photograph itself, in pixels
WEIGHTS = ("above the rest", "edges loud", "colours loud", "random")
COMPUTED = -1.0  # a gate that nobody has moved
NONE = (COMPUTED,) * len(FILTERS)


def _maps():
    """The eight maps of each photograph, then the photographs."""
    maps = (answers(name).tobytes() for name in pictures.NAMES)
    return b"".join([*maps, photographs.pixels(WIDE)])


def _plan():
    return {
        "filters": list(FILTERS),
        "size": list(SIZE),
        "photo": [WIDE * 2 // 3, WIDE],
        **photographs.told(),
    }


class CBAMExplorer(Widget):
    """CBAM on eight filters' answers to a photograph, number by number.

    ``weights`` names where the gates' weights come from: three were made by
    hand, "random" is drawn by ``seed``. ``pooling`` is what the channel gate
    hears. ``gates`` holds a number from 0 to 1 for each channel that you
    set yourself, and −1 where it is computed. ``channel``, ``x`` and ``y``
    are the number that is followed.

    >>> CBAMExplorer(picture="china", pooling="maximum")
    CBAMExplorer(picture='china', pooling='maximum')
    >>> CBAMExplorer(kernel_size=3).reduction
    1
    """

    _esm = script(__file__)
    _css = style(__file__)

    picture = traitlets.Enum(pictures.NAMES, "flower").tag(sync=True)
    weights = traitlets.Enum(WEIGHTS, WEIGHTS[0]).tag(sync=True)
    seed = traitlets.Int(0, min=0, max=999).tag(sync=True)
    pooling = traitlets.Enum(("both", "average", "maximum"), "both").tag(
        sync=True
    )
    reduction = traitlets.Enum((1, 2, 4, 8), 1).tag(sync=True)
    kernel_size = traitlets.Enum((1, 3, 5, 7), 7).tag(sync=True)
    gates = traitlets.Tuple(NONE).tag(sync=True)
    channel = traitlets.Int(6, min=0, max=len(FILTERS) - 1).tag(sync=True)
    x = traitlets.Int(36, min=0, max=SIDE - 1).tag(sync=True)
    y = traitlets.Int(10, min=0, max=SIZE[0] - 1).tag(sync=True)

    _examples = traitlets.Bytes(_maps()).tag(sync=True)
    _plan = traitlets.Dict(_plan()).tag(sync=True)

    @traitlets.validate("gates")
    def _check_gates(self, proposal):
        gates = proposal.value
        fits = all(
            isinstance(g, int | float) and (g == COMPUTED or 0 <= g <= 1)
            for g in gates
        )
        if len(gates) != len(FILTERS) or not fits:
            raise traitlets.TraitError(
                f"gates={gates!r} are no gates that can be shown; give "
                f"{len(FILTERS)} numbers from 0 to 1, or −1 where the gate "
                "is computed"
            )
        return tuple(map(float, gates))
