"""What it costs to let every place look at every other.

Wang, Girshick, Gupta, He, "Non-local Neural Networks", CVPR 2018, arXiv
1711.07971, section 3. Multiply-adds are those of the projections and of the
matrix products; what is done to a single weight (exp, ReLU) counts none.
"""

from cvnotes.cost.counting import (
    Cost,
    batch_norm,
    conv2d,
    halved,
    sides,
)

PAIRWISE = ("embedded_gaussian", "gaussian", "dot", "concat")


def non_local(
    channels: int,
    hidden: int | None = None,
    pairwise: str = "embedded_gaussian",
    subsample: bool = False,
    *,
    size: tuple[int, int],
) -> Cost:
    """The whole block: projections, attention and a normalisation.

    ``pairwise`` is "embedded_gaussian", "gaussian", "dot" or "concat";
    ``hidden`` is half the channels unless it is given.

    >>> non_local(1024, size=(28, 28))
    Cost(params=2099200, macs=2273574912)
    """
    plan = (channels, hidden, pairwise)
    asked = non_local_attention(*plan, subsample, size=size)
    whole = non_local_projections(*plan, size=size) + asked
    return whole + batch_norm(channels)


def non_local_projections(
    channels: int,
    hidden: int | None = None,
    pairwise: str = "embedded_gaussian",
    *,
    size: tuple[int, int],
) -> Cost:
    """θ, φ and g into the hidden channels (Gaussian: g alone), and z back.

    >>> non_local_projections(1024, size=(28, 28)).macs
    1644167168
    """
    hidden = refuse_non_local(channels, hidden, pairwise)
    into = 1 if pairwise == "gaussian" else 3
    return conv2d(channels, into * hidden, 1, size, bias=False) + conv2d(
        hidden, channels, 1, size, bias=False
    )


def non_local_attention(
    channels: int,
    hidden: int | None = None,
    pairwise: str = "embedded_gaussian",
    subsample: bool = False,
    *,
    size: tuple[int, int],
) -> Cost:
    """Comparing n places with m, and adding up what the m answer.

    The dot product is multiplied in the cheaper order: where m is more than
    ``hidden``, no n×m matrix is made.

    >>> non_local_attention(1024, size=(28, 28)).macs
    629407744
    >>> non_local_attention(1024, pairwise="dot", size=(28, 28)).macs
    411041792
    """
    hidden = refuse_non_local(channels, hidden, pairwise)
    n, m = places(size, subsample)
    if pairwise == "dot":
        return Cost(macs=2 * n * hidden * min(m, hidden))
    if pairwise == "concat":
        # Two numbers a place, not a product a pair.
        return Cost(2 * hidden, (n + m) * hidden + n * m * hidden)
    width = channels if pairwise == "gaussian" else hidden
    return Cost(macs=n * m * (width + hidden))


def places(size: tuple[int, int], subsample: bool = False) -> tuple[int, int]:
    """How many places ask, and how many are asked.

    >>> places((28, 28)), places((28, 28), subsample=True)
    ((784, 784), (784, 196))
    """
    h, w = sides(size)
    asked = -(-h // 2) * -(-w // 2) if subsample else h * w
    return h * w, asked


def weights_bytes(size: tuple[int, int], subsample: bool = False) -> int:
    """Memory of one picture's weights in float32, if they are kept.

    >>> weights_bytes((56, 56)) / 2**20
    37.515625
    """
    n, m = places(size, subsample)
    return 4 * n * m


def refuse_non_local(channels, hidden, pairwise) -> int:
    """The number of hidden channels, if the block can be built at all.

    >>> refuse_non_local(64, None, "cosine")
    Traceback (most recent call last):
    ValueError: pairwise='cosine' is unknown; use 'embedded_gaussian' \
or 'gaussian' or 'dot' or 'concat'
    """
    if pairwise not in PAIRWISE:
        raise ValueError(
            f"pairwise={pairwise!r} is unknown; use "
            f"{' or '.join(map(repr, PAIRWISE))}"
        )
    return halved(hidden, channels=channels)
