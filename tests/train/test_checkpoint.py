"""A checkpoint is whole or not there, and is this run's or refused."""

import pytest
import torch
import toy_run as toy

from cvnotes.train import Machine, Recipe, fit
from cvnotes.train.checkpoint import checkpoints, newest, save, write_whole

MINE = {"seed": 0, "batch": 8}


def keep(folder, step, **changes):
    save(folder, (0, step), {"belongs": MINE | changes, "step": step})


def test_the_newest_is_read(tmp_path):
    for step in (1, 2, 3):
        keep(tmp_path, step)
    assert newest(tmp_path, MINE)["step"] == 3


def test_two_are_kept(tmp_path):
    for step in (1, 2, 10):
        keep(tmp_path, step)
    names = [path.name for path in checkpoints(tmp_path)]
    assert names == [
        "epoch-00000-step-0000002.pt",
        "epoch-00000-step-0000010.pt",
    ]


def test_an_empty_folder_has_none(tmp_path):
    assert newest(tmp_path, MINE) is None


@pytest.mark.parametrize("share", [0, 0.5, 0.99])
def test_a_damaged_one_is_named_and_the_one_before_it_used(tmp_path, share):
    keep(tmp_path, 1)
    keep(tmp_path, 2)
    last = checkpoints(tmp_path)[-1]
    last.write_bytes(last.read_bytes()[: int(share * last.stat().st_size)])
    with pytest.warns(UserWarning, match="step-0000002.pt is damaged"):
        assert newest(tmp_path, MINE)["step"] == 1


def test_a_foreign_one_is_named_with_what_differs(tmp_path):
    keep(tmp_path, 1)
    keep(tmp_path, 2, batch=64)
    with pytest.warns(UserWarning, match=r"another run's: there batch is 64"):
        assert newest(tmp_path, MINE)["step"] == 1


@pytest.mark.filterwarnings("ignore:.*another run")
def test_a_folder_of_another_run_is_refused(tmp_path):
    keep(tmp_path, 1, seed=7)
    with pytest.raises(ValueError, match="there seed is 7, here 0; choose"):
        newest(tmp_path, MINE)


@pytest.mark.filterwarnings("ignore:.*is damaged")
def test_code_in_a_checkpoint_is_not_run(tmp_path):
    class Harm:
        def __reduce__(self):
            return print, ("harm",)

    path = tmp_path / "epoch-00000-step-0000001.pt"
    torch.save({"belongs": MINE, "harm": Harm()}, path)
    assert newest(tmp_path, MINE) is None


def test_a_write_that_fails_leaves_what_was_there(tmp_path):
    path = tmp_path / "kept"
    write_whole(path, lambda file: file.write(b"old"))

    def fail(file):
        file.write(b"ne")
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write_whole(path, fail)
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


@pytest.mark.filterwarnings("ignore:.*another run")
def test_a_run_with_another_recipe_is_not_taken_up(tmp_path):
    def run(recipe, **settings):
        fit(
            toy.build,
            toy.pictures(),
            toy.pictures(),
            recipe,
            out=tmp_path,
            machine=Machine("cpu"),
            shown=False,
            **settings,
        )

    run(Recipe(1, batch=8))
    with pytest.raises(ValueError, match=r"there epochs is 1, here 2"):
        run(Recipe(2, batch=8), resume=True)
