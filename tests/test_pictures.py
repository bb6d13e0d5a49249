"""The photographs are what they are said to be, and say whose they are."""

from pathlib import Path

import numpy as np
import pytest

from cvnotes import pictures
from cvnotes.pictures.shrink import shrunk

HOME = Path(pictures.__file__).parent
every_one = pytest.mark.parametrize("name", pictures.NAMES)


def images():
    return pytest.importorskip("sklearn.datasets")


@every_one
def test_it_is_scikit_learns_made_smaller(name):
    whole = images().load_sample_image(f"{name}.jpg")
    assert whole.shape == (427, 640, 3)
    kept = pictures.photograph(name)
    assert kept.shape == (128, 192, 3) and kept.dtype == np.uint8
    # Another reader of JPEG may round some of its pixels differently.
    apart = np.abs(kept.astype(int) - shrunk(whole, (128, 192)))
    assert apart.max() <= 2


@every_one
def test_it_takes_less_than_60_kilobytes(name):
    assert (HOME / f"{name}.npz").stat().st_size < 60_000


@every_one
def test_a_smaller_one_has_the_same_colours(name):
    small = pictures.photograph(name, side=48)
    assert small.shape == (32, 48, 3)
    mean = pictures.photograph(name).mean((0, 1))
    np.testing.assert_allclose(small.mean((0, 1)), mean, atol=0.5)


@pytest.mark.parametrize("size", [(32, 48), (10, 7), (128, 192)])
def test_shrinking_leaves_an_even_picture_even(size):
    even = np.full((128, 192, 3), 77, np.uint8)
    assert (shrunk(even, size) == 77).all()


def test_shrinking_by_a_whole_number_is_the_mean_of_blocks():
    flower = pictures.photograph("flower")
    blocks = flower.reshape(32, 4, 48, 4, 3).mean((1, 3))
    apart = np.abs(shrunk(flower, (32, 48)) - blocks)
    assert apart.max() <= 0.5


def test_who_draws_on_it_draws_on_a_copy():
    pictures.photograph("flower")[:] = 0
    assert pictures.photograph("flower").any()


@every_one
def test_the_credit_names_maker_licence_source_and_change(name):
    said = str(pictures.credit(name))
    for part in ("danielbuechele", "CC BY 2.0", "flickr.com", "scaled down"):
        assert part in said


@every_one
def test_the_credit_is_what_scikit_learn_says(name):
    folder = Path(images().__file__).parent / "images"
    note = (folder / "README.txt").read_text("utf8")
    _, _, own = note.partition(f"Image: {name}.jpg")
    own, _, _ = own.partition("Image: ")
    credit = pictures.credit(name)
    assert credit.source in own and credit.terms in own
    assert "danielbuechele" in own and "danielbuechele" in credit.maker


@pytest.mark.parametrize("side", [2, 193, 0])
def test_a_width_that_is_not_here_is_refused_by_name(side):
    with pytest.raises(ValueError, match=f"side={side} .* 3 to 192"):
        pictures.photograph("flower", side=side)


@pytest.mark.parametrize("call", [pictures.photograph, pictures.credit])
def test_a_photograph_that_is_not_here_is_refused_by_name(call):
    with pytest.raises(ValueError, match=r"name='dog' .* flower, china"):
        call("dog")
