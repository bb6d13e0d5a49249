"""Each cue is what its sentence says, one claim a test."""

import pytest
import torch
from sklearn.linear_model import LogisticRegression
from torch.nn.functional import avg_pool2d, conv2d

from cvnotes.data import CUES, cues, drawn
from cvnotes.data.drawn import CLASSES
from cvnotes.data.marks import MARKS


def chance(seed=0):
    return torch.Generator().manual_seed(seed)


def all_of(n, label):
    return torch.full((n,), label)


def likeness(images):
    """How well each shape fits at its best place: n pictures, 4 shapes."""
    n, *_, h, w = images.shape
    shapes = MARKS[:, None] - MARKS.mean()
    fits = conv2d(images.reshape(-1, 1, h, w), shapes).unflatten(0, (n, 3))
    return fits.square().sum(1).amax((2, 3))


def read_local(images):
    return likeness(images).argmax(1)


def warmth(images):
    """Whether the mark is amber: more red than blue, next to its ground."""
    differs = images[:, 0] - images[:, 2]
    ground = avg_pool2d(differs, 9, 1, 4, count_include_pad=False)
    differs = (differs - ground).flatten(1)
    return differs.gather(1, differs.abs().argmax(1, keepdim=True))[:, 0] > 0


def read_far(images):
    left, right = (warmth(half) for half in images.chunk(2, dim=3))
    return (left == right).long()


def read_channels(images):
    pixels = images.flatten(2)
    together = (pixels * pixels.roll(-1, dims=1)).mean(-1)
    return together.argmax(1)


def read_fine(images):
    sign = torch.tensor([1.0, -1.0]).repeat(16)
    flat = torch.ones(32)
    ways = [(flat, sign), (sign, flat), (sign, sign)]
    found = [
        torch.einsum("nchw,h,w->n", images, rows, columns).abs()
        for rows, columns in ways
    ]
    return torch.stack(found, 1).argmax(1)


READERS = {
    "local": read_local,
    "far": read_far,
    "channels": read_channels,
    "fine": read_fine,
}


def guessed(see, cue):
    """How often a linear reader is right, above one that guesses."""
    (x, y), (new_x, new_y) = (
        drawn(cue, split).all() for split in ("train", "test")
    )
    linear = LogisticRegression(max_iter=50, tol=0.01)
    linear.fit(see(x).flatten(1).numpy(), y.numpy())
    right = linear.score(see(new_x).flatten(1).numpy(), new_y.numpy())
    return right - 1 / len(CLASSES[cue])


@pytest.mark.parametrize("cue", CUES)
@pytest.mark.parametrize("split", ["train", "test"])
def test_who_looks_for_the_cue_is_always_right(cue, split):
    images, labels = drawn(cue, split).all()
    assert torch.equal(READERS[cue](images), labels)


@pytest.mark.parametrize("cue", CUES)
def test_who_weighs_pixels_alone_can_only_guess(cue):
    assert abs(guessed(lambda images: images, cue)) < 0.06


def test_local_differs_between_classes_in_25_pixels_only():
    plus, block = (cues.local(all_of(50, i), chance()) for i in (0, 2))
    differs = (plus != block).any(1)
    rows, columns = differs.any(2).sum(1), differs.any(1).sum(1)
    assert max(rows.max(), columns.max()) <= 5
    assert min(rows.min(), columns.min()) > 0


def test_no_shape_has_more_pixels_than_another():
    assert MARKS.sum((1, 2)).tolist() == [9, 9, 9, 9]


def test_far_has_a_left_half_that_is_the_same_for_both_classes():
    one, two = (cues.far(all_of(50, i), chance()) for i in (0, 1))
    assert torch.equal(one[..., :24], two[..., :24])
    assert not torch.equal(one[..., 24:], two[..., 24:])


def test_far_has_either_colour_on_the_right_whatever_the_class():
    images, labels = drawn("far", images=2000).all()
    amber = warmth(images[..., 16:]).float()
    for label in (0, 1):
        assert abs(amber[labels == label].mean() - 0.5) < 0.05


def test_far_has_sixteen_empty_columns_between_the_marks():
    marked = cues.far(all_of(50, 0), chance()).float()
    ground = cues._bytes(cues._ground(50, chance())).float()
    columns = (marked - ground).abs().amax((0, 1, 2)) > 0
    assert columns.nonzero().flatten().tolist() == [*range(8), *range(24, 32)]


@pytest.mark.parametrize("channel", [0, 1, 2])
def test_a_channel_alone_has_the_same_values_whatever_the_class(channel):
    data = drawn("channels", images=600)
    one = [data.kept[data.labels == i, channel].flatten() for i in range(3)]
    counts = [values.bincount(minlength=256) / len(values) for values in one]
    for other in counts[1:]:
        assert (counts[0] - other).cumsum(0).abs().max() < 0.01


@pytest.mark.parametrize("channel", [0, 1, 2])
def test_a_channel_alone_leaves_a_linear_reader_guessing(channel):
    assert abs(guessed(lambda images: images[:, channel], "channels")) < 0.06


def test_averages_of_2_by_2_pixels_are_blind_to_the_fine_detail():
    pooled = [
        avg_pool2d(cues.fine(all_of(50, i), chance()).float(), 2)
        for i in (0, 1, 2)
    ]
    assert torch.equal(pooled[0], pooled[1])
    assert torch.equal(pooled[0], pooled[2])


def test_they_are_blind_on_black_and_on_white_too(monkeypatch):
    extremes = torch.tensor([0.0, 255.0, 99.5, 100.25]).view(4, 1, 1, 1)
    ground = extremes.expand(4, 3, 32, 32)
    monkeypatch.setattr(cues, "_ground", lambda n, random: ground)
    columns, rows = (cues.fine(all_of(4, i), chance()) for i in (0, 1))
    pooled = [avg_pool2d(drawing.float(), 2) for drawing in (columns, rows)]
    assert torch.equal(*pooled)


@pytest.mark.parametrize("cue", CUES)
def test_the_classes_are_balanced(cue):
    counts = drawn(cue, images=100).labels.bincount()
    assert len(counts) == len(CLASSES[cue])
    assert counts.max() - counts.min() <= 1


@pytest.mark.parametrize("cue", CUES)
def test_a_seed_has_its_pictures_and_no_others(cue):
    first, again, other = (
        drawn(cue, images=20, seed=seed).kept for seed in (0, 0, 1)
    )
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


@pytest.mark.parametrize("cue", CUES)
def test_no_test_picture_is_a_training_picture_of_any_near_seed(cue):
    test = drawn(cue, "test", images=20, seed=1).kept.flatten(1)
    for seed in range(4):
        train = drawn(cue, "train", images=20, seed=seed).kept.flatten(1)
        assert not (train[:, None] == test[None]).all(-1).any()


@pytest.mark.parametrize("cue", CUES)
def test_a_cue_says_in_one_sentence_what_it_tests(cue):
    assert CUES[cue].count(".") == 1
    assert "it tests whether" in CUES[cue]


def test_drawing_leaves_the_callers_chance_alone():
    before = torch.get_rng_state()
    drawn("local", images=3)
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize(
    "settings, sentence",
    [
        ({"cue": "near"}, "cue='near' is unknown; use local or far"),
        ({"split": "val"}, "split='val' is unknown"),
        ({"images": 0}, "images=0 "),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name(settings, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}"):
        drawn(**{"cue": "far"} | settings)
