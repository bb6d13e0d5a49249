"""What a reader may expect of pictures in memory, one sentence a test."""

import pickle

import pytest
import torch
from torch.utils.data import DataLoader, Subset

from cvnotes.data import Pictures

RANDOM = torch.Generator().manual_seed(0)
BYTES = torch.randint(256, (30, 3, 4, 5), dtype=torch.uint8, generator=RANDOM)
# Classes of 15, 10 and 5 pictures.
LABELS = torch.tensor([0, 0, 0, 1, 1, 2] * 5)
MEAN, STD = (100.0, 110.0, 120.0), (50.0, 60.0, 70.0)
DATA = Pictures(BYTES, LABELS, ("a", "b", "c"), MEAN, STD)


def normalised(image):
    channels = zip(image.float(), MEAN, STD)
    return torch.stack([(c - mean) / std for c, mean, std in channels])


def test_an_item_is_a_normalised_image_and_a_plain_number():
    image, label = DATA[3]
    torch.testing.assert_close(image, normalised(BYTES[3]))
    assert (label, type(label)) == (1, int)


def test_a_batch_is_its_items_side_by_side():
    images, labels = DATA.batch([7, 0, 29])
    expected = [DATA[i] for i in (7, 0, 29)]
    assert torch.equal(images, torch.stack([image for image, _ in expected]))
    assert labels.tolist() == [label for _, label in expected]


def test_one_number_serves_all_channels():
    alike = Pictures(BYTES, LABELS, ("a", "b", "c"), mean=4.0, std=2.0)
    listed = Pictures(
        BYTES, LABELS, ("a", "b", "c"), mean=(4.0,) * 3, std=(2.0,) * 3
    )
    assert torch.equal(alike[5][0], listed[5][0])


def test_all_of_them_come_in_order():
    images, labels = DATA.all()
    assert torch.equal(images[12], DATA[12][0])
    assert torch.equal(labels, LABELS)


@pytest.mark.parametrize("data", [DATA, Subset(DATA, range(8))])
def test_a_plain_loader_makes_batches_of_them(data):
    images, labels = next(iter(DataLoader(data, batch_size=4)))
    assert torch.equal(images, DATA.batch(range(4))[0])
    assert (images.shape, labels.tolist()) == ((4, 3, 4, 5), [0, 0, 0, 1])


def test_bytes_stay_bytes():
    assert DATA.kept.dtype == torch.uint8
    assert DATA.take(6).kept.dtype == torch.uint8


def test_floats_come_out_as_they_went_in():
    floats = torch.randn(2, 1, 3, 3, generator=RANDOM)
    data = Pictures(floats, torch.tensor([0, 1]), ("a", "b"))
    assert torch.equal(data.all()[0], floats)


def test_going_through_them_ends():
    assert len(list(DATA)) == len(DATA) == 30


def test_they_travel_to_another_process():
    again = pickle.loads(pickle.dumps(DATA))
    assert torch.equal(again[5][0], DATA[5][0])


@pytest.mark.parametrize(
    "images, counts",
    [
        (3, [1, 1, 1]),
        (15, [5, 5, 5]),
        (21, [8, 8, 5]),
        (30, [15, 10, 5]),
    ],
)
def test_a_draw_has_as_many_of_each_class_as_there_are(images, counts):
    assert DATA.take(images).labels.bincount().tolist() == counts


def test_where_the_classes_do_not_come_out_even_one_more_is_all():
    counts = DATA.take(7).labels.bincount()
    assert sorted(counts.tolist()) == [2, 2, 3]


def test_the_same_seed_draws_the_same_and_another_does_not():
    first, again, other = (DATA.take(9, seed).kept for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_a_smaller_draw_comes_first_in_a_larger_one():
    assert torch.equal(DATA.take(20, 4).kept[:8], DATA.take(8, 4).kept)


def test_no_picture_is_drawn_twice_and_each_keeps_its_label():
    numbered = torch.arange(30.0).view(30, 1, 1, 1)
    data = Pictures(numbered, LABELS, ("a", "b", "c")).take(30)
    where = data.kept.flatten().long()
    assert where.sort().values.tolist() == list(range(30))
    assert torch.equal(data.labels, LABELS[where])


def test_a_draw_leaves_the_callers_chance_alone():
    before = torch.get_rng_state()
    DATA.take(5)
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize("images", [0, -1, 31])
def test_a_draw_that_cannot_be_is_refused_by_name(images):
    with pytest.raises(ValueError, match=f"^images={images}.*use"):
        DATA.take(images)


def test_labels_that_do_not_go_with_the_pictures_are_refused():
    with pytest.raises(ValueError, match=r"labels has 29 .* 30 pictures"):
        Pictures(BYTES, LABELS[1:], ("a", "b", "c"))


@pytest.mark.parametrize("label", [-1, 3])
def test_a_label_that_is_no_class_is_refused(label):
    labels = torch.where(torch.arange(30) == 7, label, LABELS)
    with pytest.raises(ValueError, match=f"labels has {label}.* 0 to 2"):
        Pictures(BYTES, labels, ("a", "b", "c"))


@pytest.mark.parametrize(
    "scale, sentence",
    [
        ({"mean": (1.0, 2.0)}, r"mean=\(1.0, 2.0\) .*one number or 3"),
        ({"std": (1.0,) * 4}, r"std=\(1.0, .* one number or 3"),
        ({"mean": ()}, r"mean=\(\) .*one number or 3"),
        ({"std": (0.0,)}, r"std=\(0.0,\) .*above 0"),
        ({"std": (1.0, 2.0, -3.0)}, r"std=.* -3.0\) .*above 0"),
        ({"std": (float("nan"),)}, r"std=\(nan,\) .*above 0"),
    ],
)
def test_a_scale_that_does_not_fit_is_refused_by_name(scale, sentence):
    with pytest.raises(ValueError, match=sentence):
        Pictures(BYTES, LABELS, ("a", "b", "c"), **scale)


def test_no_pictures_are_pictures_too():
    data = Pictures(BYTES[:0], LABELS[:0], ("a", "b", "c"), MEAN, STD)
    assert len(data) == 0 and data.shape == (3, 4, 5)
