"""A checkpoint is whole or not there, and is this run's or refused."""

import errno
import os

import pytest
import torch
import toy_run as toy

from cvnotes.train import Machine, Recipe, fit
from cvnotes.train.checkpoint import PARTS, checkpoints, newest, save
from cvnotes.train.whole import sweep, write_whole

MINE = {"seed": 0, "batch": 8}


def keep(folder, step, **changes):
    rest = dict.fromkeys(PARTS, 0)
    state = {**rest, "belongs": MINE | changes, "step": step}
    save(folder, (0, step), state | {"net": torch.arange(100.0)})


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


def test_a_flipped_bit_is_damage(tmp_path):
    keep(tmp_path, 1)
    keep(tmp_path, 2)
    last = checkpoints(tmp_path)[-1]
    content = bytearray(last.read_bytes())
    at = content.find(torch.arange(100.0).numpy().tobytes()[100:200])
    content[at] ^= 1
    last.write_bytes(content)
    with pytest.warns(UserWarning, match="step-0000002.pt is damaged"):
        assert newest(tmp_path, MINE)["step"] == 1


def test_a_change_that_the_files_own_sums_miss_is_damage(tmp_path):
    # A zip has sums of its parts, and none of what says where they are.
    keep(tmp_path, 1)
    (path,) = checkpoints(tmp_path)
    content = path.read_bytes()
    at = content.rfind(b"PK\x05\x06") + 20  # the length of a comment
    path.write_bytes(content[:at] + b"\x01" + content[at + 1 :])
    with pytest.warns(UserWarning, match="not what was written"):
        assert newest(tmp_path, MINE) is None


@pytest.mark.filterwarnings("ignore:.*is damaged")
def test_a_damaged_one_is_set_aside_and_never_kept_for_a_good_one(tmp_path):
    for step in (7, 8):
        keep(tmp_path, step)
    for path in checkpoints(tmp_path):
        path.write_bytes(b"nothing")
    assert newest(tmp_path, MINE) is None
    for step in (1, 2):
        keep(tmp_path, step)
    assert newest(tmp_path, MINE)["step"] == 2
    assert len(checkpoints(tmp_path)) == 2
    assert len(list(tmp_path.glob("*.damaged"))) == 2


STRANGE = [
    {"belongs": 3},
    {"net": {}},
    dict.fromkeys(PARTS),
    {part: MINE for part in PARTS if part != "scaler"},
]


@pytest.mark.parametrize("state", [[1, 2], *STRANGE])
def test_a_file_that_is_no_checkpoint_is_named(tmp_path, state):
    torch.save(state, tmp_path / "epoch-00000-step-0000001.pt")
    with pytest.warns(UserWarning, match="no checkpoint of this package"):
        assert newest(tmp_path, MINE) is None


@pytest.mark.parametrize("state", STRANGE)
def test_a_state_that_lacks_a_part_is_no_checkpoint(tmp_path, state):
    save(tmp_path, (0, 1), state)
    with pytest.warns(UserWarning, match="no checkpoint of this package"):
        assert newest(tmp_path, MINE) is None


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


@pytest.mark.filterwarnings("ignore:.*another run")
def test_a_run_of_more_processes_may_be_looked_at_with_as_many(tmp_path):
    keep(tmp_path, 1, processes=2)
    wanted = "there processes is 2, here 1; .*, or start it with 2 processes"
    with pytest.raises(ValueError, match=wanted):
        newest(tmp_path, MINE | {"processes": 1})


@pytest.mark.filterwarnings("ignore:.*is damaged")
def test_code_in_a_checkpoint_is_not_run(tmp_path):
    class Harm:
        def __reduce__(self):
            return print, ("harm",)

    rest = dict.fromkeys(PARTS, 0)
    save(tmp_path, (0, 1), {**rest, "belongs": MINE, "harm": Harm()})
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


@pytest.mark.parametrize(
    "reason, said",
    [
        (RuntimeError("unexpected pos 64 vs 0"), "is the disk full"),  # torch
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "No space left"),
    ],
)
def test_a_full_disk_is_one_sentence(tmp_path, reason, said):
    def fail(file):
        raise reason

    with pytest.raises(OSError, match=f"kept cannot be written; {said}"):
        write_whole(tmp_path / "kept", fail)


def test_what_a_killed_process_left_is_swept_away(tmp_path):
    own = {"log.jsonl", ".mine", ".notes.2024"}
    for name in (*own, ".log.jsonl.cvnotes-123"):
        (tmp_path / name).write_text("")
    sweep(tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == own


@pytest.mark.filterwarnings("ignore:.*another run")
@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"train": toy.pictures(seed=5)}, "there data is"),
        ({"machine": Machine("cpu", "bf16")}, "there precision is 'no', h"),
        ({"machine": Machine("cpu", accumulate=2)}, "accumulate is 1, here"),
        ({"seed": 4}, "there seed is 0, here 4"),
    ],
)
def test_a_run_on_something_else_is_not_taken_up(tmp_path, changes, sentence):
    usual = {
        "build": toy.build,
        "train": toy.pictures(),
        "test": toy.pictures(),
        "recipe": Recipe(1, batch=8),
        "machine": Machine("cpu"),
        "out": tmp_path,
        "shown": False,
    }
    fit(**usual)
    with pytest.raises(ValueError, match=sentence):
        fit(**usual | changes, resume=True)


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
