"""Every experiment: its presets, its record, and that it is of this code."""

from dataclasses import fields, replace
from importlib import import_module

import pytest

from cvnotes import experiments
from cvnotes.digest import reached
from cvnotes.experiments.lab import Lab, settings_of
from cvnotes.experiments.record import is_fresh
from cvnotes.experiments.result import Table, recorded
from cvnotes.experiments.training import Training

# What makes three steps on a few pictures out of a full preset.
SHORT = {
    "data": "fake",
    "images": 6,
    "batch": 2,
    "epochs": 1,
    "sizes": (6,),
    "steps": 3,
}
MODULES = {
    name: import_module(f"cvnotes.experiments.{name}")
    for name in experiments.NAMES
}
TRAINED = [n for n, m in MODULES.items() if isinstance(m.FULL, Training)]


@pytest.mark.parametrize("name", TRAINED)
def test_the_full_preset_runs_three_steps_on_fake_cifar(name):
    full = MODULES[name].FULL
    known = {f.name for f in fields(full)}
    short = {n: v for n, v in SHORT.items() if n in known}
    lab = Lab(device="cpu", shown=False)
    rows = list(MODULES[name].measure(replace(full, **short), 0, lab))
    assert rows and all(row["seed"] == 0 for row in rows)


@pytest.mark.parametrize("name", TRAINED)
def test_the_full_preset_is_the_papers_recipe(name):
    full = MODULES[name].FULL
    if full.data == "digits":
        pytest.skip("this one is about digits in either preset")
    recipe = replace(full, epochs=1).recipe()
    assert (recipe.batch, recipe.rate, recipe.momentum) == (64, 0.1, 0.9)
    assert (recipe.nesterov, recipe.weight_decay) == (True, 1e-4)
    assert full.data.startswith("cifar")


@pytest.mark.parametrize("name", experiments.NAMES)
def test_the_record_is_of_this_code(name):
    assert is_fresh(name), f"run `make experiments`: {name} has changed"


def test_a_record_follows_what_was_run_and_not_what_was_drawn():
    on = reached("cvnotes.experiments.query_dependence")
    assert "cvnotes.attention.non_local" in on
    assert not [name for name in on if name.startswith("cvnotes.plots")]


def test_a_number_stays_with_its_unit_on_a_page():
    shown = Table(["time", "of it"], [["3 ms", "7 % (5 to 9)"]])
    assert shown._repr_markdown_().splitlines()[2:] == [
        "| 3\N{NO-BREAK SPACE}ms | 7\N{NO-BREAK SPACE}% (5 to 9) |"
    ]
    assert str(shown).endswith("| 3 ms | 7 % (5 to 9) |")


@pytest.mark.parametrize("name", experiments.NAMES)
def test_the_record_says_how_it_was_made(name):
    found = recorded(name)
    assert found.claim == MODULES[name].CLAIM
    assert found.settings["preset"] == "quick"
    assert len(found.seeds) >= 3 and found.made["torch"]
    # On one thread. A busy machine's clock says little of the work.
    assert found.made["processor_seconds"] <= 90


@pytest.mark.parametrize("name", experiments.NAMES)
def test_the_record_reads_back_as_it_was_written(name):
    found = recorded(name)
    path = experiments.__path__[0] + f"/results/{name}.json"
    with open(path, encoding="utf-8") as file:
        assert found.text() == file.read()


@pytest.mark.parametrize("name", experiments.NAMES)
def test_a_finding_has_its_numbers(name):
    for finding in recorded(name).findings:
        assert finding.verdict in ("holds", "does not hold here", "undecided")
        assert any(letter.isdigit() for letter in finding.reason)


@pytest.mark.parametrize("name", experiments.NAMES)
def test_the_table_and_the_figure_are_drawn_from_the_record(name):
    found = recorded(name)
    assert len(found.table.rows) > 1
    assert found.figure().alt


def test_a_setting_that_does_not_exist_is_refused_with_the_near_ones():
    module = MODULES["growth_rate"]
    with pytest.raises(ValueError, match=r"'epoch'.*epochs"):
        settings_of(module, "quick", {"epoch": 3})
