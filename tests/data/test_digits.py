"""What the book says about the digits, one sentence a test."""

import re
import subprocess
import sys

import pytest
import torch
from sklearn.datasets import load_digits

from cvnotes.data import digits
from cvnotes.data.digits import MEAN, STD, TRAINING


def test_all_of_them_are_scikit_learns_file_in_its_order():
    file, (images, labels) = load_digits(), digits("all").all()
    ink = (images * STD + MEAN)[:, 0]
    expected = torch.from_numpy(file.images).float()
    torch.testing.assert_close(ink, expected, rtol=0, atol=1e-5)
    assert labels.tolist() == file.target.tolist()


def test_there_are_1797_of_8_by_8_with_17_grey_levels():
    data = digits("all")
    assert (len(data), data.shape) == (1797, (1, 8, 8))
    assert data.kept.unique().tolist() == list(range(17))


def test_mean_and_deviation_are_those_of_the_ink():
    ink = digits("all").kept.double()
    assert round(ink.mean().item(), 1) == MEAN
    assert round(ink.std().item(), 1) == STD


def test_the_splits_are_the_two_halves_of_the_file():
    parts = [digits(split).kept for split in ("train", "test")]
    assert torch.equal(torch.cat(parts), digits("all").kept)


def test_no_form_is_in_both_splits():
    written = "".join(map(str, digits("all").labels.tolist()))
    begins = [
        found.start() for found in re.finditer("0123456789012345", written)
    ]
    assert len(begins) == 14
    assert begins[8] == TRAINING


@pytest.mark.parametrize("split", ["train", "test"])
def test_a_split_has_a_tenth_of_each_digit_to_within_a_hundredth(split):
    data = digits(split)
    shares = data.labels.bincount() / len(data)
    assert (shares - 0.1).abs().max() < 0.01


def test_a_class_is_called_as_it_is_written():
    assert digits("test").classes == tuple("0123456789")


def test_a_few_of_them_are_drawn_by_the_seed():
    first, other = (digits("train", 50, seed).kept for seed in (0, 1))
    assert not torch.equal(first, other)


def test_a_split_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(ValueError, match=r"split='dev'.*'train' or 'test'"):
        digits("dev")


def test_importing_the_data_loads_no_library_that_brings_some():
    heavy = "{'sklearn', 'torchvision', 'PIL'}"
    code = f"import sys, cvnotes.data; print({heavy} & set(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True
    )
    assert run.stdout == "set()\n", run.stderr
