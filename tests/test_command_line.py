"""The command line: what it leaves, and what it says to a mistake."""

import json
import os
import subprocess
import sys
from dataclasses import fields
from importlib.util import find_spec
from pathlib import Path

import pytest

from cvnotes import experiments
from cvnotes.__main__ import main
from cvnotes.experiments.command import changed
from cvnotes.experiments.lab import settings_of

ROOT = Path(__file__).parents[1]
# The smallest growth_rate that is still one.
FEW = ["--seeds", "2", "--device", "cpu"]
SMALL = ["growth_rates=4", "rivals=plain", "epochs=1", "images=50", "depth=7"]
MISTAKES = (
    "batch=200",
    "rate=0",
    "rate=1e400",
    "pad=-1",
    "epochs=none",
    "precision=fp16",
    "depth=12",
    "data=digit",
    "growth_rates=4,4",
)
# Presses Ctrl-C itself, as it writes of its first epoch: a key pressed from
# outside comes too late where the rest of so small a run is quick.
STOPPED = """
import signal, sys
from cvnotes.__main__ import main

class Watched:
    def write(self, text):
        if "seed 0: epoch 1" in text:
            signal.raise_signal(signal.SIGINT)
        return sys.__stderr__.write(text)

    def __getattr__(self, name):
        return getattr(sys.__stderr__, name)

sys.stderr = Watched()
sys.exit(main())
"""


def run(*arguments, out):
    return main(["run", *arguments, *FEW, "--out", str(out)])


def test_every_experiment_is_listed_with_its_claim(capsys):
    assert main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(experiments.NAMES)
    assert all(line.rstrip().endswith(".") for line in lines)


def test_the_claims_of_the_list_stand_below_each_other(capsys):
    main(["list"])
    lines = capsys.readouterr().out.splitlines()
    after = [len(name) for name in experiments.NAMES]
    assert all(line[n] == " " for line, n in zip(lines, after))
    column = max(after) + 1
    assert all(line[column - 1] == " " != line[column] for line in lines)


@pytest.mark.parametrize("name", experiments.NAMES)
def test_the_list_of_one_has_its_settings_as_they_are_set(name, capsys):
    assert main(["list", name]) == 0
    head, _, *lines = capsys.readouterr().out.splitlines()
    module = getattr(experiments, name)
    assert head == f"{name}: {module.CLAIM}"
    assert [line.split()[0] for line in lines[1:]] == [
        own.name for own in fields(module.QUICK)
    ]
    for preset, column in (("quick", 1), ("full", 2)):
        before = settings_of(module, preset, {})
        pairs = [f"{w[0]}={w[column]}" for w in map(str.split, lines[1:])]
        assert changed(before, pairs) == vars(before)


def test_a_list_of_what_is_none_names_the_near_ones(capsys):
    assert main(["list", "growth_rat"]) == 2
    wanted = "'growth_rat' is no experiment; near it: growth_rate"
    assert wanted in capsys.readouterr().err


def test_a_list_loads_no_torch():
    code = (
        "import sys; from cvnotes.__main__ import main; main(['list']);"
        "print('torch' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout.endswith("False\n"), done.stderr


def test_a_run_leaves_what_it_found(tmp_path, capsys):
    assert run("growth_rate", "--set", *SMALL, out=tmp_path) == 0
    result = json.loads((tmp_path / "result.json").read_text("utf8"))
    assert [row["design"] for row in result["rows"]] == ["dense", "plain"] * 2
    assert result["settings"]["growth_rates"] == [4]
    settings = json.loads((tmp_path / "settings.json").read_text("utf8"))
    assert settings["seeds"] == [0, 1] and settings["torch"]
    where = {"device": "cpu", "processes": 1, "resumed": False}
    assert settings.items() >= where.items()
    table = (tmp_path / "table.md").read_text("utf8")
    assert table.startswith("| net | k | parameters |")
    assert (tmp_path / "figure.png").read_bytes()[1:4] == b"PNG"
    assert table.splitlines()[0] in capsys.readouterr().out


def test_a_run_that_was_stopped_goes_on_and_finds_the_same(tmp_path):
    assert run("growth_rate", "--set", *SMALL, out=tmp_path / "a") == 0
    whole = json.loads((tmp_path / "a/result.json").read_text("utf8"))
    out = tmp_path / "b"
    asked = ["run", "growth_rate", *FEW, "--out", out, "--set", *SMALL]
    stopped = subprocess.run(
        [sys.executable, "-c", STOPPED, *asked],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert stopped.returncode == 130, stopped.stderr
    assert "--resume" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert not (out / "result.json").exists()
    done = run("growth_rate", "--resume", "--set", *SMALL, out=out)
    assert done == 0
    found = json.loads((out / "result.json").read_text("utf8"))
    assert found["rows"] == whole["rows"]
    assert found["made"]["resumed"]


def test_a_folder_that_holds_something_is_not_written_over(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    assert run("growth_rate", "--set", *SMALL, out=tmp_path) == 2
    # There is nothing to go on with, so nobody is sent to --resume.
    wanted = "holds something already; name another folder"
    assert wanted in capsys.readouterr().err


def test_a_folder_with_a_run_can_be_gone_on_with(tmp_path, capsys):
    assert run("growth_rate", "--set", *SMALL, out=tmp_path) == 0
    assert run("growth_rate", "--set", *SMALL, out=tmp_path) == 2
    wanted = "go on with it by --resume, or name another folder"
    assert wanted in capsys.readouterr().err


def test_a_run_is_not_taken_up_with_other_settings(tmp_path, capsys):
    assert run("growth_rate", "--set", *SMALL, out=tmp_path) == 0
    other = [*SMALL, "images=40", "epochs=2"]
    assert run("growth_rate", "--resume", "--set", *other, out=tmp_path) == 2
    wanted = "was run with images=50, not 40; epochs=1, not 2; give the same"
    assert wanted in capsys.readouterr().err


@pytest.mark.parametrize("resume", [[], ["--resume"]])
def test_a_mistake_leaves_the_folder_free_for_what_was_meant(
    tmp_path, resume
):
    for mistake in MISTAKES:
        asked = ["growth_rate", "--set", *SMALL, mistake]
        assert run(*asked, out=tmp_path) == 2
    assert run("growth_rate", *resume, "--set", *SMALL, out=tmp_path) == 0


def test_settings_that_are_nobodys_run_are_not_written_over(tmp_path, capsys):
    noted = tmp_path / "settings.json"
    noted.write_text('{"tabs": 4}')
    assert run("growth_rate", "--set", *SMALL, out=tmp_path) == 2
    assert "settings.json is damaged" in capsys.readouterr().err
    assert noted.read_text() == '{"tabs": 4}'


@pytest.mark.parametrize("text", ["{", "[]", '"preset"', "\udcff"])
def test_damaged_settings_are_named(tmp_path, capsys, text):
    noted = tmp_path / "settings.json"
    noted.write_bytes(text.encode(errors="surrogateescape"))
    (tmp_path / "log.jsonl").write_text("{}")
    assert run("growth_rate", "--resume", out=tmp_path) == 2
    said = capsys.readouterr().err
    assert f"{noted} is damaged" in said and said.count("\n") == 1


def test_a_run_that_is_not_there_is_not_taken_up(tmp_path, capsys):
    out = tmp_path / "typo"
    assert run("growth_rate", "--resume", out=out) == 2
    assert "holds no run to go on with" in capsys.readouterr().err


def test_a_file_is_no_folder(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    assert run("growth_rate", out=tmp_path / "file") == 2
    assert "file cannot be made (" in capsys.readouterr().err


@pytest.mark.skipif(find_spec("torchvision"), reason="it is installed")
def test_cifar_without_torchvision_is_one_sentence(tmp_path, capsys):
    assert run("growth_rate", "--preset", "full", out=tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert "pip install torchvision" in said and said.count("\n") == 1


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        (["run", "growth_rat"], "'growth_rat' is no experiment; near it: gr"),
        (["run", "growth_rate", "--preset", "slow"], "preset='slow'"),
        (["run", "growth_rate", "--device", "tpu"], "device='tpu'"),
        (["run", "growth_rate", "--seeds", "1"], "seeds=1 gives no interval"),
        (
            ["run", "growth_rate", "--set", "growth_rate=3"],
            "'growth_rate' is no setting of growth_rate; near it: growth_rat",
        ),
        (
            ["run", "growth_rate", "--set", "epochs=few"],
            "epochs=few is no int",
        ),
        (["run", "growth_rate", "--set", "epochs"], "epochs has no value"),
        (["run", "growth_rate", "--set", "rivals=vgg"], "rivals='vgg'"),
        (["run", "gradient_flow", "--set", "depths=10"], "depths=(10,)"),
        (["run", "inside", "--set", "images=20"], "images=20 is used by no"),
        (["cost", "densenet12"], "'densenet12' is no net; near it: densenet"),
        (["cost", "densenet121", "--size", "8"], "8"),
    ],
)
def test_a_mistake_is_one_sentence(arguments, sentence, tmp_path, capsys):
    if arguments[0] == "run":
        arguments = [*arguments, "--out", str(tmp_path / "out")]
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert said.startswith("cvnotes: ") and said.count("\n") == 1
    assert sentence in said


def test_a_cost_is_the_closed_forms(capsys):
    assert main(["cost", "densenet121", "--size", "224"]) == 0
    assert "parameters    7,978,856" in capsys.readouterr().out
