"""Who can read whom: each Jacobian's pattern is its block's structure."""

import numpy as np
import pytest
import torch

from cvnotes.experiments import who_mixes
from cvnotes.experiments.mixers import (
    CHANNELS,
    FINER,
    GROUPS,
    GROWTH,
    NAMES,
    SIDE,
    mixer,
)
from cvnotes.experiments.packed import pack, unpack
from cvnotes.experiments.sources import code
from cvnotes.experiments.who_mixes import (
    A_TENTH,
    FILE,
    NEVER,
    can,
    jacobian,
    shown,
)

C, N = CHANNELS, SIDE**2
OWN = C * N
WHOLE = {"fully connected", "Squeeze-and-Excitation", "CBAM"}
WHOLE |= {"non-local", "CGNL"}


def near(reach):
    """Which pairs of places are no farther apart than this, n × n."""
    row, column = np.divmod(np.arange(N), SIDE)
    apart = np.maximum(abs(row[:, None] - row), abs(column[:, None] - column))
    return apart <= reach


def pattern(channels, places):
    """Pairs of channels and pairs of places, as the Jacobian orders them."""
    return np.kron(np.array(channels), np.array(places)) > 0


ALL, SAME = np.ones((C, C)), np.eye(C)
HALVES = np.kron(np.eye(GROUPS), np.ones((C // GROUPS, C // GROUPS)))
MADE = np.ones((GROWTH, C))
STRUCTURE = {
    **dict.fromkeys(WHOLE, pattern(ALL, near(SIDE))),
    "3×3 convolution": pattern(ALL, near(1)),
    "1×1 convolution": pattern(ALL, near(0)),
    "depthwise 3×3": pattern(SAME, near(1)),
    "grouped 3×3": pattern(HALVES, near(1)),
    "separable": pattern(ALL, near(1)),
    "global average pooling": pattern(SAME, np.ones((1, N))),
    "cross-layer": np.hstack(
        [pattern(ALL, near(0)), np.ones((OWN, np.prod(FINER)), bool)]
    ),
    "dense layer": np.vstack(
        [pattern(SAME, near(0)), pattern(MADE, near(1))]
    ),
    "dense block": np.vstack(
        [
            pattern(SAME, near(0)),
            pattern(MADE, near(1)),
            pattern(MADE, near(2)),
        ]
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_the_pattern_is_the_structure(name):
    assert np.array_equal(can(name).numpy(), STRUCTURE[name])


@pytest.mark.parametrize("name", NAMES)
def test_a_slope_is_what_a_small_step_gives(name):
    one = mixer(name)
    maps = one.maps(seed=0)
    slopes, step = jacobian(name, seed=0), 1e-6
    flat = torch.cat([part.flatten() for part in maps])
    sizes = [part.numel() for part in maps]

    def run(numbers):
        parts = zip(numbers.split(sizes), maps, strict=True)
        return one(*(n.view_as(own) for n, own in parts)).flatten()

    for i in (0, 37, len(flat) - 1):
        move = torch.zeros_like(flat)
        move[i] = step
        found = (run(flat + move) - run(flat - move)) / (2 * step)
        torch.testing.assert_close(found, slopes[:, i], atol=1e-6, rtol=1e-5)


def test_separable_is_the_product_of_its_halves():
    first, then = (
        jacobian(name, seed=0)
        for name in ("depthwise 3×3", "1×1 convolution")
    )
    torch.testing.assert_close(then @ first, jacobian("separable", seed=0))


LINEAR = {name for name in NAMES if "3×3" in name or "1×1" in name}
LINEAR |= {"fully connected", "separable", "global average pooling"}


@pytest.mark.parametrize("name", NAMES)
def test_only_what_is_not_linear_has_other_slopes_for_other_maps(name):
    assert len(shown(name)) == (1 if name in LINEAR else who_mixes.SHOWN)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_has_the_slopes_of_the_modules(name):
    file = np.load(FILE)
    slopes, most = shown(name).numpy(), float(file[f"_most {name}"])
    sent = unpack(file[name]).reshape(slopes.shape).astype(float)
    assert np.array_equal(sent == NEVER, np.broadcast_to(
        ~can(name).numpy(), slopes.shape
    ))  # fmt: skip
    read = sent != NEVER
    signs = np.sign(slopes)
    assert np.array_equal(np.sign(sent)[read], signs[read])
    near = signs * most * 10 ** ((abs(sent) - 127) / A_TENTH)
    # Half a step of a byte; what is weaker than all steps is the last one.
    told = read & (abs(sent) > 1)
    np.testing.assert_allclose(
        near[told], slopes[told], rtol=10 ** (0.501 / A_TENTH) - 1
    )
    least = most * 10 ** (-125.5 / A_TENTH)
    assert (abs(slopes[read & (abs(sent) == 1)]) < 1.001 * least).all()


def test_the_slopes_are_of_this_code():
    assert str(np.load(FILE)["_code"]) == code(who_mixes.SOURCES), (
        "run `python -m cvnotes.experiments.who_mixes`"
    )


def test_the_file_is_well_under_150_kilobytes():
    assert FILE.stat().st_size < 100_000


@pytest.mark.parametrize(
    "values",
    [[], [5], [5, 5], [5, 5, 5], [1, 2, 3] * 50, [0] * 129, [-128] * 1000],
    ids=len,
)
def test_what_is_packed_comes_out_again(values):
    values = np.array(values, np.int8)
    assert np.array_equal(unpack(pack(values)), values)


def test_what_repeats_takes_two_bytes():
    assert len(pack(np.zeros(128, np.int8))) == 2


def test_a_name_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(ValueError, match=r"'5×5' is unknown.*'CGNL'"):
        mixer("5×5")
