"""A pixel weighs all pixels by how like it they are."""

import numpy as np

from cvnotes.pictures import photograph
from cvnotes.plots.ideas.moving import WIDE, colour, group, rect, svg

SIDE, SECONDS, SHARPNESS = 15, 12, 150
CELL = WIDE / SIDE
QUERIES = ((1, 2), (6, 5), (8, 11))  # row, column


def weights(picture: np.ndarray, query: tuple[int, int]) -> np.ndarray:
    """Softmax of the likeness of each pixel's colour to the query's.

    >>> sky = np.array([[[0, 0, 9], [9, 0, 0], [0, 0, 8]]])
    >>> weights(sky, (0, 0))[0].round(1).tolist()
    [0.5, 0.0, 0.5]
    """
    colours = picture / np.linalg.norm(picture, axis=-1, keepdims=True)
    scores = np.exp(SHARPNESS * (colours @ colours[query] - 1))
    return scores / scores.sum()


def asking() -> str:
    """A photograph in which each pixel is as large as it is heard."""
    picture = photograph("china", side=SIDE)
    states = [
        group("cvi-ask", state(picture, query), more=place(turn))
        for turn, query in enumerate(QUERIES)
    ]
    faint = pixels(picture, np.full(picture.shape[:2], 1.0))
    return svg(
        "A photograph of few pixels. One is chosen, and each other is drawn "
        "the larger the more it is like the chosen one; then another is",
        motion(),
        f'<g opacity="0.16">{faint}</g>',
        *states,
    )


def state(picture, query):
    share = weights(picture, query)
    row, column = query
    ring = 'stroke="var(--cv-orange, #b34a00)" stroke-width="3"'
    box = rect(CELL * column, CELL * row, CELL, CELL, "none", ring)
    return pixels(picture, (share / share.max()) ** 0.5) + box


def pixels(picture, sizes):
    """Each pixel as a square about its middle, ``sizes`` of a cell wide."""
    return "".join(
        rect(
            CELL * (j + (1 - size) / 2),
            CELL * (i + (1 - size) / 2),
            CELL * size,
            CELL * size,
            colour(picture[i, j]),
        )
        for (i, j), size in np.ndenumerate(sizes)
        if size > 0.05
    )


def place(turn):
    """When in a round it is seen; without motion only the first is."""
    start = SECONDS * (turn / len(QUERIES) - 1)
    return f'opacity="{int(turn == 0)}" style="animation-delay: {start:g}s"'


def motion():
    step = 100 / len(QUERIES)
    return (
        f"@keyframes cvi-ask {{ 0%, {step - 5:.3g}% {{ opacity: 1 }} "
        f"{step:.3g}%, 95% {{ opacity: 0 }} }}"
        f".cvi-ask {{ animation: cvi-ask {SECONDS}s infinite }}"
    )
