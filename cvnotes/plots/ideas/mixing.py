"""A pixel's three channels become one number, pixel by pixel."""

import numpy as np

from cvnotes.pictures import photograph
from cvnotes.plots.ideas.moving import colour, from_then_on, group, rect, svg

SIDE, CELL, SECONDS = 12, 6, 12
WEIGHTS = np.array([0.9, -0.5, 0.4])
PLANES = ((4, 0), (24, 51), (44, 102))
RESULT = (166, 51)
TINTS = np.eye(3)


def mixing() -> str:
    """Three planes of a photograph, and the mixture that is made of them."""
    picture = photograph("flower", side=SIDE)
    mixed = picture @ WEIGHTS
    mixed = 255 * (mixed - mixed.min()) / np.ptp(mixed)
    planes = [
        plane(picture[..., i, None] * tint, *spot)
        for i, (tint, spot) in enumerate(zip(TINTS, PLANES, strict=True))
    ]
    rows = plane(mixed[..., None] * np.ones(3), *RESULT)
    return svg(
        "A square goes over three planes of a photograph, red, green and "
        "blue, at the same pixel in each; at that pixel, and only there, "
        "one new number is made of the three",
        motion(len(rows)),
        *("".join(rows) for rows in planes),
        *(group(f"cvi-row{i}", row) for i, row in enumerate(rows)),
        group("cvi-down", group("cvi-along", reader())),
    )


def plane(picture, x, y):
    """Its rows, each as SVG."""
    return [
        "".join(
            rect(x + CELL * j, y + CELL * i, CELL, CELL, colour(pixel))
            for j, pixel in enumerate(row)
        )
        for i, row in enumerate(picture)
    ]


def reader():
    """What goes along: three squares, one result, and what joins them."""
    middle = SIDE // 2 * CELL, SIDE // 3 * CELL
    spots = [np.add(spot, middle) for spot in (*PLANES, RESULT)]
    look = 'stroke="var(--cv-orange, #b34a00)" stroke-width="2"'
    end_x, end_y = spots[-1] + (0, CELL / 2)
    lines = "".join(
        f'<path d="M{x + CELL:.4g} {y + CELL / 2:.4g} '
        f'L{end_x:.4g} {end_y:.4g}" fill="none" {look} stroke-opacity="0.7"/>'
        for x, y in spots[:-1]
    )
    squares = [rect(*spot, CELL, CELL, "none", look) for spot in spots]
    return lines + "".join(squares)


def motion(rows):
    """Along a row in a twelfth of the time that all rows take."""
    left, right = -SIDE // 2 * CELL, (SIDE - SIDE // 2) * CELL
    top = -(SIDE // 3) * CELL
    shown = (
        from_then_on(f"cvi-row{i}", i / rows, 0.15)
        + f".cvi-row{i} {{ animation: cvi-row{i} {SECONDS}s infinite }}"
        for i in range(rows)
    )
    return (
        f"@keyframes cvi-along {{ from {{ transform: translateX({left}px) }} "
        f"to {{ transform: translateX({right}px) }} }}"
        f"@keyframes cvi-down {{ from {{ transform: translateY({top}px) }} "
        f"to {{ transform: translateY({top + rows * CELL}px) }} }}"
        f".cvi-along {{ animation: cvi-along {SECONDS / rows}s "
        f"steps({SIDE}) infinite }}"
        f".cvi-down {{ animation: cvi-down {SECONDS}s steps({rows}) "
        "infinite }" + "".join(shown)
    )
