"""The picture of the block is drawn from a block that was run."""

import re

import pytest
import torch

from cvnotes import plots
from cvnotes.attention import NonLocal
from cvnotes.cost.non_local import PAIRWISE

CASES = [(p, s) for p in PAIRWISE for s in (False, True)]


def drawn(pairwise="embedded_gaussian", subsample=False):
    block = NonLocal(32, pairwise=pairwise, subsample=subsample)
    return plots.non_local(block, torch.zeros(2, 32, 8, 6))


def texts(figure):
    return re.findall(r">([^<]*)</text>", figure.svg)


@pytest.mark.parametrize("pairwise, subsample", CASES)
def test_every_colour_follows_the_theme(pairwise, subsample):
    bare = re.sub(r"var\(--cv-\w+, #\w{6}\)", "", drawn(pairwise).svg)
    assert not re.findall(r"#[0-9a-f]{6}\b", bare)
    assert "black" not in bare


@pytest.mark.parametrize("pairwise, subsample", CASES)
def test_it_shows_the_shapes_that_came_out(pairwise, subsample):
    m = 12 if subsample else 48
    figure = drawn(pairwise, subsample)
    assert f"48 × {m}" in texts(figure)
    assert f"{m} × 16" in texts(figure)
    assert f"weights of 2 × 48 × {m}" in figure.alt


def test_gaussian_shows_no_projection_but_g():
    written = texts(drawn("gaussian"))
    assert not any("θ" in text or "φ" in text for text in written)
    assert any(text.startswith("g") for text in written)
