"""The book's three ideas as three small pictures that move.

They are SVG with style sheets of their own and no script. Who has asked for
less motion sees them still, and one box holds them still for anybody.
"""

from html import escape

from cvnotes.plots.ideas.asking import asking
from cvnotes.plots.ideas.growing import growing
from cvnotes.plots.ideas.mixing import mixing

_CARDS = (
    (
        mixing,
        "#convolution",
        "1×1 convolution",
        "Every pixel mixes its own channels, and none sees its neighbour.",
    ),
    (
        asking,
        "#attention-in-cnns",
        "Attention in CNNs",
        "One place asks all the others, and hears those that are like it.",
    ),
    (
        growing,
        "#densenet",
        "DenseNet",
        "Each layer reads all that was made before it, and adds a little.",
    ),
)
# Still is the picture itself; motion is added for those who want it.
_STYLE = """
.cvi { font-family: var(--cv-sans, system-ui, sans-serif); }
.cvi-row { display: grid; gap: 1.4rem;
  grid-template-columns: repeat(auto-fit, minmax(11.5rem, 1fr)); }
.cvi .cvi-row figure { margin: 0; padding: 0; }
.cvi svg { display: block; width: 100%; max-width: 20rem; height: auto; }
.cvi .cvi-row figure figcaption { font-size: 0.9rem; line-height: 1.45;
  margin: 0.5rem 0 0; padding: 0; text-align: left; color: inherit; }
.cvi figure figcaption a { font-weight: 650; }
.cvi-hold { display: inline-flex; gap: 0.4rem; align-items: center;
  min-height: 28px; margin-top: 0.7rem;
  font-size: 0.82rem; color: var(--cv-soft, #5b6271); }
@media (prefers-reduced-motion: reduce) { .cvi-hold { display: none; } }
@media print { .cvi-hold { display: none; } }
.cvi:has(.cvi-hold :checked) * { animation-play-state: paused; }
"""


class Ideas:
    """Three figures side by side; below each other on a phone.

    >>> ideas()
    Ideas: 1×1 convolution, Attention in CNNs, DenseNet
    """

    def __repr__(self):
        return f"Ideas: {', '.join(name for *_, name, _ in _CARDS)}"

    def _repr_html_(self):
        cards = "\n".join(
            f'<figure>{draw()}<figcaption><a href="{place}">{name}</a><br>'
            f"{escape(sentence)}</figcaption></figure>"
            for draw, place, name, sentence in _CARDS
        )
        return (
            f'<div class="cvi"><style>{_STYLE}</style>'
            f'<div class="cvi-row">{cards}</div><label class="cvi-hold">'
            '<input type="checkbox">hold the pictures still</label></div>'
        )


def ideas() -> Ideas:
    """What the front page shows below its first widget."""
    return Ideas()
