"""The figures of the chapter on separable convolutions."""

import re

import pytest
import torch

from cvnotes import plots
from cvnotes.pointwise import DepthwiseSeparable, energy

KERNEL = torch.randn(8, 4, 3, 3, generator=torch.Generator().manual_seed(0))
APART = DepthwiseSeparable(4, 8).kernel()
DRAWN = {
    "patterns": lambda: plots.patterns(
        {"full": KERNEL[:, 0].tolist(), "separable": APART[:, 0].tolist()}
    ),
    "energies": lambda: plots.energies({"random": energy(KERNEL).tolist()}),
}


@pytest.fixture(params=DRAWN)
def figure(request):
    return DRAWN[request.param]()


def test_every_colour_follows_the_theme(figure):
    bare = re.sub(r"var\(--cv-\w+, #\w{6}\)", "", figure.svg)
    assert not re.findall(r"#[0-9a-f]{6}\b", bare)
    assert "black" not in bare


def test_each_kernel_is_drawn_with_all_its_weights():
    svg = DRAWN["patterns"]().svg
    # The strongest of each row is opaque, and says nothing of it.
    assert svg.count("fill-opacity") == 2 * 8 * 9 - 2


def test_the_text_for_those_who_cannot_see_has_the_first_share():
    share = energy(KERNEL)[0].item()
    assert f"random: {share:.0%}" in DRAWN["energies"]().alt
