"""The tables of CGNL's authors, held to what the page says of them."""

import pytest

from cvnotes.papers import CGNL


def gained(depth, block):
    top1 = {r.block: r.top1 for r in CGNL.birds if r.depth == depth}
    return top1[block] - top1[None]


@pytest.mark.parametrize("depth", [50, 101])
def test_on_birds_no_block_gains_a_whole_point(depth):
    assert all(0 < gained(depth, b) < 1 for b in ("NL", "CGNL", "CGNLx"))


def test_on_birds_the_deeper_plain_net_gains_as_much_as_a_block():
    plain = [r.top1 for r in CGNL.birds if r.block is None]
    assert plain[1] - plain[0] > gained(50, "NL")


def test_every_row_names_its_source():
    rows = CGNL.birds + CGNL.pictures + CGNL.objects
    assert all("KaiyuYue/cgnl-network.pytorch" in r.source for r in rows)
