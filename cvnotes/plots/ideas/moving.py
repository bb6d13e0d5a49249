"""Short pieces of SVG, and styles that move them only where that is wanted.

All pictures are 240 by 150 units.
"""

from html import escape
from numbers import Real

WIDE, HIGH = 240, 150


def svg(alt: str, motion: str, *parts: str) -> str:
    """One picture; ``motion`` is a style sheet that holds its animations.

    >>> svg("A dot", "", "<circle r='1'/>")[:45]
    '<svg viewBox="0 0 240 150" role="img" aria-la'
    """
    # On paper nothing moves either, and the picture is the still one.
    when = "screen and (prefers-reduced-motion: no-preference)"
    moving = f"@media {when} {{{motion}}}"
    return (
        f'<svg viewBox="0 0 {WIDE} {HIGH}" role="img" '
        f'aria-label="{escape(alt)}"><style>{moving}</style>'
        f"{''.join(parts)}</svg>"
    )


def rect(x, y, wide, high, fill: str, more: str = "") -> str:
    """A rectangle, in few letters: a picture has hundreds.

    >>> rect(1, 2.5, 3, 4, "red")
    '<path d="M1 2.5h3v4h-3z" fill="red"/>'
    """
    shape = f"M{x:.4g} {y:.4g}h{wide:.3g}v{high:.3g}h-{wide:.3g}z"
    return f'<path d="{shape}" fill="{fill}"{more and " " + more}/>'


def group(kind: str, *parts: str, more: str = "") -> str:
    """Parts that move as one, by the rule for the class ``kind``."""
    return f'<g class="{kind}"{more and " " + more}>{"".join(parts)}</g>'


def colour(rgb) -> str:
    """Bytes as CSS has them.

    >>> colour((255, 0, 10))
    '#ff000a'
    """
    return "#" + "".join(f"{int(part):02x}" for part in rgb)


def from_then_on(name: str, part: Real, before: Real) -> str:
    """Keyframes: faint until a part of the time is over, then all there."""
    at = f"{100 * part:.4g}%"
    return (
        f"@keyframes {name} {{ 0%, {at} {{ opacity: {before} }} "
        f"{100 * part + 0.01:.6g}%, 100% {{ opacity: 1 }} }}"
    )
