"""A dense block grows: each layer adds k maps to all that it read."""

from cvnotes import cost
from cvnotes.plots.ideas.moving import HIGH, from_then_on, group, rect, svg

K0, K, LAYERS, SECONDS = 12, 8, 5, 8
LEFT, STEP, BAR = 4, 43, 16
FOOT, UNIT = HIGH - 2, 2.6


def growing() -> str:
    """Columns as high as what is there, and an arc for each reading."""
    columns = [column(layer) for layer in range(LAYERS + 1)]
    motions = "".join(
        from_then_on(f"cvi-layer{i}", max(0, i - 2) / LAYERS, 0)
        + f".cvi-layer{i} {{ animation: cvi-layer{i} {SECONDS}s infinite }}"
        for i in range(LAYERS + 1)
    )
    return svg(
        f"A dense block: {K0} maps come in; each of {LAYERS} layers reads "
        f"all that is there and adds {K}",
        motions,
        *(group(f"cvi-layer{i}", part) for i, part in enumerate(columns)),
    )


def shade(source):
    """The input is stone; older layers are deep, newer ones bright."""
    if source == 0:
        return "var(--cv-stone, #b9b2a2)"
    part = 100 * (source - 1) / (LAYERS - 1)
    return (
        f"color-mix(in oklab, var(--cv-bright, #9cc9ea) {part:.0f}%, "
        "var(--cv-deep, #174a73))"
    )


def span(source):
    """From which channel to which: the input's, or those of a layer."""
    if source == 0:
        return 0, K0
    start = cost.input_channels(K0, K, source)
    return start, start + K


def column(layer):
    """All that is there after a layer, and how it was read."""
    x = LEFT + STEP * layer
    stack = "".join(
        rect(
            x,
            FOOT - UNIT * top,
            BAR,
            UNIT * (top - foot) - 1,
            shade(source),
        )
        for source in range(layer + 1)
        for foot, top in [span(source)]
    )
    return "".join(arc(source, layer) for source in range(layer)) + stack


def arc(source, layer):
    """From what a layer made to the layer that reads it."""
    foot, top = span(source)
    y = FOOT - UNIT * (foot + top) / 2
    start, end = LEFT + STEP * source + BAR, LEFT + STEP * layer
    lift = y - 6 * (layer - source)
    return (
        f'<path d="M{start} {y:.4g} C{start + 14} {lift:.4g} {end - 14} '
        f'{lift:.4g} {end} {y:.4g}" fill="none" stroke="{shade(source)}" '
        'stroke-width="1.6" stroke-opacity="0.75"/>'
    )
