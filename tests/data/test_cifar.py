"""What CIFAR is and what is said where it is missing."""

import sys
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
import torch

from cvnotes.data import cifar, fake_cifar

BYTES = np.random.default_rng(0).integers(
    256, size=(40, 32, 32, 3), dtype=np.uint8
)


def stand_in(monkeypatch, read):
    """Put a library in torchvision's place that reads with ``read``."""
    library = ModuleType("torchvision")
    library.datasets = SimpleNamespace(CIFAR10=read, CIFAR100=read)
    monkeypatch.setitem(sys.modules, "torchvision", library)


def in_memory(root, train, download):
    """What torchvision gives."""
    return SimpleNamespace(
        data=BYTES,
        targets=[i % 10 for i in range(40)],
        classes=list("abcdefghij"),
    )


def test_its_images_are_torchvisions_with_channels_first(monkeypatch):
    stand_in(monkeypatch, in_memory)
    data = cifar()
    assert data.kept[7, :, 3, 5].tolist() == BYTES[7, 3, 5].tolist()
    assert data[13][1] == 3


def test_it_is_normalised_channel_by_channel(monkeypatch):
    stand_in(monkeypatch, in_memory)
    image, _ = cifar(100)[0]
    red = (BYTES[0, ..., 0] - 129.3) / 68.2
    blue = (BYTES[0, ..., 2] - 112.4) / 70.4
    torch.testing.assert_close(image[0], torch.tensor(red).float())
    torch.testing.assert_close(image[2], torch.tensor(blue).float())


@pytest.mark.parametrize("split", ["train", "test"])
def test_the_split_is_looked_for_in_the_folder(monkeypatch, split):
    asked = []

    def read(root, **request):
        asked.append((root, request))
        return in_memory(root, **request)

    stand_in(monkeypatch, read)
    cifar(10, split, folder="here")
    request = {"train": split == "train", "download": True}
    assert asked == [("here", request)]


def test_a_few_of_them_are_drawn_equally_from_each_class(monkeypatch):
    stand_in(monkeypatch, in_memory)
    assert cifar(images=20, seed=3).labels.bincount().tolist() == [2] * 10


def test_without_torchvision_its_name_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "torchvision", None)
    with pytest.raises(ModuleNotFoundError, match="pip install torchvision"):
        cifar()


@pytest.mark.parametrize("reason", [OSError, RuntimeError, ConnectionError])
@pytest.mark.parametrize(
    "classes, archive",
    [
        (10, "cifar-10-python.tar.gz"),
        (100, "cifar-100-python.tar.gz"),
    ],
)
def test_a_failed_download_says_what_to_put_where(
    monkeypatch, classes, archive, reason
):
    def read(*_, **__):
        raise reason("no network")

    stand_in(monkeypatch, read)
    sentence = f"folder='here'.*no network.*put {archive} there"
    with pytest.raises(FileNotFoundError, match=sentence):
        cifar(classes, folder="here")


def test_the_fake_has_the_shape_and_the_bytes_of_the_real(monkeypatch):
    stand_in(monkeypatch, in_memory)
    real, fake = cifar(), fake_cifar(images=50)
    assert (fake.shape, fake.kept.dtype) == (real.shape, real.kept.dtype)
    assert (fake.mean, fake.std) == (real.mean, real.std)
    assert fake.labels.bincount().tolist() == [5] * 10


def test_the_fake_is_the_same_for_the_same_seed():
    first, again, other = (fake_cifar(seed=s).kept for s in (0, 0, 1))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


@pytest.mark.parametrize("make", [cifar, fake_cifar])
def test_a_cifar_that_does_not_exist_is_refused(make):
    with pytest.raises(ValueError, match="classes=20 is no CIFAR"):
        make(20)


@pytest.mark.parametrize("images", [-1, 0])
def test_a_fake_of_no_images_is_refused_by_name(images):
    with pytest.raises(ValueError, match=f"images={images} is not a count"):
        fake_cifar(images=images)
