"""Killed, taken up again, and shared among processes: the same run."""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch
import toy_run as toy

ROOT = Path(__file__).parents[2]
TOY = str(Path(toy.__file__))
STEPS = toy.RECIPE.epochs * len(toy.pictures()) // toy.RECIPE.batch
MODULE = [sys.executable, "-m", "torch.distributed.run", "--standalone"]


def start(*arguments, command=(sys.executable,)):
    return subprocess.run(
        [*command, TOY, *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
    )


def said(done):
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    return said(start(tmp_path_factory.mktemp("alone")))


def test_five_kills_at_random_steps_change_no_bit(alone, tmp_path):
    chance = random.Random(0)
    steps = sorted(chance.sample(range(1, STEPS), 5))
    saved = 0
    for number, step in enumerate(steps):
        # Every second process saves rarely, so what it did is done again.
        rarely = ["--rarely"] if number % 2 else []
        killed = start(tmp_path, "--resume", "--kill", step - saved, *rarely)
        assert killed.returncode == -signal.SIGKILL, killed.stderr[-2000:]
        saved = saved if rarely else step
    assert said(start(tmp_path, "--resume")) == alone


@pytest.mark.parametrize("sync", [8, 9])
def test_a_kill_while_a_checkpoint_is_written_changes_no_bit(
    alone, tmp_path, sync
):
    # Each file is brought to the disk, then its folder: the one is a kill
    # before the rename, the other after it.
    killed = start(tmp_path, "--sync", sync)
    assert killed.returncode == -signal.SIGKILL
    half = [p for p in tmp_path.iterdir() if p.name.startswith(".")]
    assert len(half) == (1 if sync == 8 else 0)
    assert said(start(tmp_path, "--resume")) == alone
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


# One GPU is not shared by two processes here.
DEVICES = ["cpu"] if torch.cuda.is_available() else ["cpu", "auto"]


@pytest.mark.parametrize("device", DEVICES)
def test_two_processes_have_the_loss_curve_of_one(tmp_path, device):
    one = said(start(tmp_path / "one", "--plain"))
    command = (*MODULE, "--nproc_per_node", "2")
    asked = (tmp_path / "two", "--plain", "--device", device)
    two = said(start(*asked, command=command))
    assert (one["processes"], two["processes"]) == (1, 2)
    assert two["losses"] == pytest.approx(one["losses"], abs=1e-5)


# The first process takes its time, so that another would overtake it.
DOWNLOAD = """
import os, pathlib, sys, time
from cvnotes.train import Machine

made = pathlib.Path(sys.argv[1], "made")
with Machine("cpu").first_alone():
    if os.environ["RANK"] == "0":
        time.sleep(0.5)
        made.write_text("")
    assert made.exists(), "it came before it was made"
"""


def test_what_the_first_process_makes_is_there_for_the_others(tmp_path):
    program = tmp_path / "download.py"
    program.write_text(DOWNLOAD)
    done = subprocess.run(
        [*MODULE, "--nproc_per_node", "2", program, tmp_path],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert (tmp_path / "made").exists()
