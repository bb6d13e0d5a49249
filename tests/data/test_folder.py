"""What becomes of a reader's own pictures, one sentence a test."""

import numpy as np
import pytest
import torch
from PIL import Image
from torch.utils.data import DataLoader

from cvnotes.data import Folder, folder
from cvnotes.data.folder import MEAN, STD

RED, BLUE = (200, 10, 20), (10, 20, 200)


def save(path, colour, sides=(40, 30)):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", sides, colour).save(path)


@pytest.fixture
def home(tmp_path):
    """Two classes: two pictures of the first, one of the second."""
    for split in ("train", "test"):
        save(tmp_path / split / "cat" / "b.png", RED)
        save(tmp_path / split / "cat" / "a.PNG", BLUE)
        save(tmp_path / split / "dog" / "a.png", RED)
    return tmp_path


def test_classes_and_files_stand_in_the_order_of_their_names(home):
    data = folder(home)
    assert data.classes == ("cat", "dog")
    seen = [(path.name, label) for path, label in data.files]
    assert seen == [("a.PNG", 0), ("b.png", 0), ("a.png", 1)]


def test_a_picture_is_brought_to_size_and_normalised(home):
    image, label = folder(home, size=16)[2]
    assert (image.shape, image.dtype, label) == (
        (3, 16, 16),
        torch.float32,
        1,
    )
    expected = (np.array(RED) - MEAN) / STD
    np.testing.assert_allclose(image[:, 5, 5], expected, rtol=1e-5)


def test_a_grey_or_transparent_picture_has_three_channels_too(home):
    for name, mode in [("g.png", "L"), ("t.png", "RGBA"), ("p.bmp", "P")]:
        Image.new(mode, (9, 9)).save(home / "train" / "dog" / name)
    assert all(image.shape == (3, 32, 32) for image, _ in folder(home))


def seen(path, size=8):
    """A picture's bytes as a net would see them, before they are scaled."""
    image, _ = Folder([(path, 0)], ("a",), size)[0]
    mean, std = (torch.tensor(v).view(3, 1, 1) for v in (MEAN, STD))
    return (image * std + mean).round()


@pytest.mark.parametrize("kind", ["png", "tif"])
def test_sixteen_bits_become_the_upper_eight(tmp_path, kind):
    deep = np.arange(64, dtype=np.uint16).reshape(8, 8) * 1024 + 7
    Image.fromarray(deep).save(tmp_path / f"deep.{kind}")
    found = seen(tmp_path / f"deep.{kind}")
    assert torch.equal(found[0], torch.from_numpy(deep // 256).float())


@pytest.mark.parametrize("kind", [np.float32, np.int32])
def test_a_picture_without_a_known_white_is_refused(tmp_path, kind):
    path = tmp_path / "depth.tiff"
    Image.fromarray(np.ones((8, 8), kind)).save(path)
    with pytest.raises(ValueError, match=r"depth\.tiff holds numbers of.*8"):
        seen(path)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_is_white(tmp_path, mode):
    path = tmp_path / "hole.png"
    hole = Image.new("RGBA", (8, 8), (*RED, 0))
    hole.putpixel((7, 7), (*BLUE, 255))
    if mode == "P":
        hole.quantize().save(path)
    else:
        hole.convert(mode).save(path)
    assert (seen(path)[:, :7, :7] == 255).all()
    assert (seen(path)[:, 7, 7] < 255).all()


def test_a_picture_that_would_fill_the_memory_is_named(home, monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 99)
    with pytest.raises(ValueError, match=r"cat.a\.PNG cannot be read"):
        folder(home)[0]


def test_a_loader_makes_batches_of_them(home):
    images, labels = next(iter(DataLoader(folder(home), batch_size=3)))
    assert (images.shape, labels.tolist()) == ((3, 3, 32, 32), [0, 0, 1])


def test_what_is_no_picture_is_passed_over(home):
    (home / "train" / "dog" / "notes.txt").write_text("woof")
    (home / "train" / "dog" / ".hidden.png").write_text("woof")
    (home / "train" / ".cache").mkdir()
    assert len(folder(home)) == 3


def test_nothing_is_read_before_it_is_asked_for(home):
    data = folder(home)
    save(home / "train" / "cat" / "a.PNG", RED)
    assert torch.equal(data[0][0], data[1][0])


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"train is no folder"):
        folder(tmp_path / "nowhere")


def test_a_folder_without_classes_is_named(tmp_path):
    (tmp_path / "train").mkdir()
    with pytest.raises(ValueError, match="train has no folder"):
        folder(tmp_path)


def test_an_empty_class_is_named(home):
    for split in ("train", "test"):
        (home / split / "emu").mkdir()
    with pytest.raises(ValueError, match=r"test.emu has no picture in it"):
        folder(home, "test")


def test_a_broken_file_is_named(home):
    (home / "train" / "cat" / "a.PNG").write_bytes(b"\x89PNG\r\n\x1a\nhalf")
    with pytest.raises(ValueError, match=r"cat.a\.PNG cannot be read"):
        folder(home)[0]


def test_a_cut_off_file_is_named(home):
    path = home / "train" / "cat" / "a.PNG"
    noise = np.random.default_rng(0).integers(256, size=(99, 99, 3))
    Image.fromarray(noise.astype(np.uint8)).save(path)
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(ValueError, match=r"cat.a\.PNG cannot be read"):
        folder(home)[0]


def test_splits_of_different_classes_are_refused_with_the_difference(home):
    save(home / "test" / "emu" / "a.png", RED)
    with pytest.raises(ValueError, match="differ in emu"):
        folder(home, "test")


def test_a_size_of_nothing_is_refused(home):
    with pytest.raises(ValueError, match="size=0"):
        folder(home, size=0)
