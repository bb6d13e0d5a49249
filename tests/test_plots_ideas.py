"""The three moving pictures show what they say, and can stand still."""

import re

import numpy as np
import pytest

from cvnotes import cost
from cvnotes.pictures import photograph
from cvnotes.plots.ideas import asking, growing, ideas, mixing
from cvnotes.plots.ideas.asking import QUERIES, weights
from cvnotes.plots.ideas.growing import K0, LAYERS, K, span
from cvnotes.plots.ideas.mixing import WEIGHTS

DRAW = {"mixing": mixing, "asking": asking, "growing": growing}
every_picture = pytest.mark.parametrize("name", DRAW)


@every_picture
def test_all_motion_waits_for_those_who_want_it(name):
    picture = DRAW[name]()
    wanted = "@media screen and (prefers-reduced-motion: no-preference) {"
    before, motion = picture.split(wanted)
    assert "animation:" in motion
    assert not re.search(r"animation:|@keyframes", before)


@every_picture
def test_a_picture_says_what_it_shows(name):
    said = re.search(r'aria-label="([^"]+)"', DRAW[name]())[1]
    assert len(said) > 60


def test_the_names_of_motions_do_not_collide():
    names = re.findall(r"@keyframes ([\w-]+)", ideas()._repr_html_())
    assert len({*names}) == len(names)


def test_a_place_hears_itself_most_and_all_shares_are_one():
    picture = photograph("china", side=15)
    for query in QUERIES:
        share = weights(picture, query)
        assert share.sum() == pytest.approx(1)
        assert np.unravel_index(share.argmax(), share.shape) == query


def test_the_result_is_the_mixture_of_the_same_pixel():
    """Brightest in the picture where the weighted sum is largest."""
    drawn = re.findall(r'fill="#(\w{6})"', mixing())
    picture = photograph("flower", side=12)
    pixels = picture.shape[0] * picture.shape[1]
    red, _, _, result = (
        [int(c[:2], 16) for c in drawn[i * pixels : (i + 1) * pixels]]
        for i in range(4)
    )
    assert red == picture[..., 0].ravel().tolist()
    mixed = (picture @ WEIGHTS).ravel()
    assert np.argmax(result) == mixed.argmax()
    assert np.corrcoef(result, mixed)[0, 1] > 0.999


def test_a_column_is_as_high_as_what_its_layer_leaves():
    assert span(0) == (0, K0)
    for layer in range(1, LAYERS + 1):
        foot, top = span(layer)
        assert foot == cost.input_channels(K0, K, layer)
        assert top == cost.input_channels(K0, K, layer + 1)
    assert growing().count("<path") == (
        LAYERS * (LAYERS + 1) // 2  # the arcs: every layer reads all before
        + (LAYERS + 1) * (LAYERS + 2) // 2  # the stacks
    )


def test_a_box_holds_them_still():
    html = ideas()._repr_html_()
    assert "animation-play-state: paused" in html
    assert '<label class="cvi-hold"><input type="checkbox">' in html
