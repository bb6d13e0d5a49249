"""Figures of photographs and of their channels say what they show."""

import re

import numpy as np
import pytest

from cvnotes import pictures, plots

FLOWER = pictures.photograph("flower", side=24)


def test_every_photograph_stands_under_its_name():
    figure = plots.gallery({"before": FLOWER, "after": FLOWER / 510})
    assert re.findall(r"<text[^>]*>([^<]*)</text>", figure.svg) == [
        "before",
        "after",
    ]
    assert figure.svg.count("<image") == 2
    assert figure.alt == "Photographs: before, after"
    digits = plots.gallery({"a seven": FLOWER}, kind="Digits")
    assert digits.alt == "Digits: a seven"


def test_wide_pictures_stand_below_each_other():
    strips = {name: np.zeros((8, 40, 3)) for name in ("one", "two")}
    shown = plots.gallery(strips, stacked=True).svg
    places = re.findall(r'<image[^>]* x="([\d.]+)" y="(-?[\d.]+)"', shown)
    wide = [
        float(w) for w in re.findall(r'<image[^>]* width="([\d.]+)', shown)
    ]
    assert len(set(places)) == 2 and min(wide) > 350


def test_what_a_screen_cannot_show_is_cut():
    far = np.array([[[-1.0, 0.5, 3.0]]])
    shown = np.array([[[0, 128, 255]]], np.uint8)
    wild, tame = (plots.gallery({"x": p}).svg for p in (far, shown))
    assert wild == tame


@pytest.mark.parametrize(
    "values, rank", [([4, 2, 1], 3), ([4, 2, 1e-15], 2), ([1, 0, 0], 1)]
)
def test_the_rank_counts_what_is_not_nothing(values, rank):
    figure = plots.singular_values({"maps": values})
    assert figure.alt == f"Singular values. maps: {rank} of 3 above 0"
    assert f"rank {rank}" in figure.svg
    bare = re.sub(r"var\(--cv-\w+, #\w{6}\)", "", figure.svg)
    assert not re.findall(r"#[0-9a-f]{6}\b", bare)
