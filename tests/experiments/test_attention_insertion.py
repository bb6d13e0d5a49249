"""Equal budgets, two rivals, and a correction for how many are compared."""

from dataclasses import replace

import pytest
import torch

from cvnotes.data import Pictures
from cvnotes.experiments import (
    attention_choice,
    attention_evidence,
    attention_insertion,
)
from cvnotes.experiments.attention_insertion import (
    BLOCKS,
    QUICK,
    RIVALS,
    TASKS,
    Settings,
    ahead,
    careful,
    halved,
    judge,
    nets,
)
from cvnotes.experiments.lab import Lab
from cvnotes.experiments.nets import parameters
from cvnotes.experiments.placed_attention import NAMES

SHORT = replace(
    QUICK, tasks=(), data="digits", images=10, epochs=1, batch=10, width=8
)


def made_up(gains, noise=0.0, tasks=("local",)):
    """Five seeds: 50 % for all, and these points more for some."""
    return [
        {
            "task": task,
            "block": name,
            "seed": seed,
            "params": 1000,
            "macs": 10_000,
            "accuracy": 0.5
            + gains.get(name, 0) / 100
            + noise * (seed - 2) * (name in BLOCKS),
        }
        for task in tasks
        for name in NAMES
        for seed in range(5)
    ]


def verdicts(rows):
    return {f.claim: f.verdict for f in judge(rows, QUICK)}


@pytest.mark.parametrize(
    "shape, classes, width",
    [
        ((3, 16, 16), 4, QUICK.width),
        ((1, 8, 8), 10, QUICK.width),
        ((3, 32, 32), 10, attention_insertion.FULL.width),
    ],
)
def test_the_deeper_net_is_as_large_as_the_largest_with_a_block(
    shape, classes, width
):
    made = nets(shape, classes, width)
    sizes = {name: parameters(build()) for name, build in made.items()}
    most = max(sizes[name] for name in BLOCKS)
    assert sizes["deeper"] == pytest.approx(most, rel=0.06)
    assert sizes["none"] < min(sizes[name] for name in BLOCKS)


def test_every_net_learns_the_same_pictures_for_as_many_steps():
    for task, here in QUICK.each().items():
        assert here.data == task
        assert (here.images, here.epochs, here.batch, here.rate) == TASKS[
            task
        ]
        one, two = (here.pictures(seed=3)[0].kept for _ in range(2))
        assert torch.equal(one, two)


def test_a_halved_picture_is_the_mean_of_four_pixels():
    kept = torch.tensor([[[[0, 4], [8, 12]]]], dtype=torch.uint8)
    found = halved(Pictures(kept, torch.tensor([0]), ("a",)))
    assert found.kept.tolist() == [[[[6]]]]
    assert found.classes == ("a",)


def test_a_gain_in_every_seed_holds_and_a_loss_does_not():
    said = verdicts(made_up({"cbam": 9, "cgnl": -9}, noise=1e-4))
    assert said["local: cbam beats the net without it"] == "holds"
    assert said["local: cgnl beats more layers"] == "does not hold here"
    assert said["local: non-local beats more layers"] == "undecided"


def test_a_block_is_compared_with_its_own_rival():
    said = verdicts(made_up({"cbam": 5, "deeper": 9}, noise=1e-4))
    assert said["local: cbam beats the net without it"] == "holds"
    assert said["local: cbam beats more layers"] == "does not hold here"


def test_the_doubt_is_shared_by_all_comparisons():
    rows = made_up({}, tasks=("local", "digits"))
    count = 2 * len(BLOCKS) * len(RIVALS)
    assert careful(rows) == pytest.approx(1 - 0.05 / count)
    assert len(judge(rows, QUICK)) == count


def test_what_one_interval_would_call_a_gain_the_correction_may_not():
    rows = made_up({"cbam": 4}, noise=0.015)
    alone = ahead(rows, "local", "cbam", "none")
    wide = ahead(rows, "local", "cbam", "none", careful(rows))
    assert alone.low > 0 > wide.low
    said = verdicts(rows)
    assert said["local: cbam beats the net without it"] == "undecided"


def test_a_short_run_has_a_row_for_each_net():
    lab = Lab("cpu", shown=False)
    rows = list(attention_insertion.measure(SHORT, 0, lab))
    assert [row["block"] for row in rows] == list(NAMES)
    assert all(0 <= row["accuracy"] <= 1 for row in rows)
    assert len({row["macs"] for row in rows}) > 2


def test_the_table_and_the_figure_name_every_block():
    rows = made_up({}, noise=0.01, tasks=("local", "digits"))
    lines = attention_insertion.table(rows, QUICK).rows
    assert len(lines) == 2 * len(NAMES)
    drawn = attention_insertion.draw(rows, QUICK).svg
    assert all(f">{block}<" in drawn for block in BLOCKS)


@pytest.mark.parametrize(
    "tasks, sentence",
    [
        (("far",), "tasks='far'.*local or channels"),
        (("digits", "digits"), "names 'digits' twice"),
    ],
)
def test_a_task_that_cannot_be_is_refused_by_name(tasks, sentence):
    with pytest.raises(ValueError, match=sentence):
        Settings(tasks=tasks)


@pytest.fixture
def pretend(monkeypatch):
    """Let these rows be all that was ever recorded."""

    def put(rows):
        fake = replace(attention_insertion.recorded(), rows=rows)
        only = {fake.name: fake}
        monkeypatch.setattr(attention_evidence, "record", only.get)

    return put


def test_the_choice_follows_the_record(pretend):
    pretend(made_up({"cbam": 7, "deeper": -2}, 1e-4, tasks=tuple(TASKS)))
    first, *_, last = attention_choice.choices().rows
    assert "*here ahead in 6 of 6 comparisons, surely ahead in 6*" in first[1]
    assert "*here ahead in 0 of 3 comparisons, surely behind in 3*" in last[1]
    told = dict(attention_choice.reasons().rows)
    assert "digits, against “none”: holds, 7.0 (6.9 to 7.1)" in told["1a"]
    assert "cbam_ablation: not recorded" in told["1a"]
    assert "“deeper”: non-local (local), non-local (channels)" in told["5a"]


def test_a_gain_that_is_not_sure_is_counted_and_not_called_sure(pretend):
    rows = made_up({"cbam": 4}, noise=0.015)
    assert ahead(rows, "local", "cbam", "none").low > 0
    pretend(rows)
    told = attention_evidence.tally("cbam")
    assert told == "ahead in 2 of 2 comparisons, surely in none"


def test_without_a_record_nothing_was_tried(monkeypatch):
    monkeypatch.setattr(attention_evidence, "record", lambda name: None)
    assert attention_evidence.tally("cbam") == "not tried"
    told = dict(attention_choice.reasons().rows)
    assert "long_range: not recorded" in told["2b"]


def test_every_entry_of_the_choice_points_to_evidence_that_is_there():
    entries = [
        cell for line in attention_choice.choices().rows for cell in line[1:]
    ]
    told = dict(attention_choice.reasons().rows)
    assert len(entries) == len(told) == 10
    for entry, (number, sentences) in zip(entries, told.items()):
        assert entry.endswith(f"({number})")
        assert sentences
        assert (
            "not recorded" not in sentences and "nothing on" not in sentences
        )


def test_words_that_no_claim_has_are_said_to_be_missing():
    (said,) = attention_evidence.findings("attention_insertion", "squid")
    assert said == "attention_insertion: nothing on “squid”"


def test_the_verdicts_are_those_of_the_record():
    found = attention_insertion.recorded()
    lines = attention_choice.verdicts(found).rows
    said = [cell.split("<br>")[1] for line in lines for cell in line[1:]]
    assert said == [finding.verdict for finding in found.findings]


def test_the_verdicts_stand_beside_their_own_intervals():
    rows = made_up({"cgnl": 5, "deeper": 8}, 1e-4, tasks=("local", "digits"))
    found = replace(attention_insertion.recorded(), rows=rows)
    lines = {
        line[0]: line[1:] for line in attention_choice.verdicts(found).rows
    }
    none, deeper = lines["digits, cgnl"]
    assert none.startswith("5.0") and none.endswith("holds")
    assert deeper.startswith("−3.0") and deeper.endswith("does not hold here")
