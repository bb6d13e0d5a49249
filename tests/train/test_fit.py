"""What a run promises: repeatable, stoppable, and honest about its end."""

import json
import math
import os
import pty
import random
import signal
import subprocess
import sys
import termios
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
import toy_run as toy
from torch import nn

from cvnotes.train import Machine, NotFinite, Recipe, Stopped, evaluate, fit
from cvnotes.train.diary import Diary
from cvnotes.train.feed import some

TERMINAL = """
import toy_run as toy
from cvnotes.train import Machine, fit
data = toy.pictures(480)
fit(toy.build, data, data, toy.RECIPE, machine=Machine("cpu"), label="toy")
"""
TRAIN, TEST = toy.pictures(), toy.pictures(seed=1)


def run(build=toy.build, recipe=toy.RECIPE, machine=None, **settings):
    machine = machine or Machine("cpu")
    settings = {"shown": False, "machine": machine} | settings
    return fit(build, TRAIN, TEST, recipe, **settings)


def same(a, b):
    return toy.weights(a.net) == toy.weights(b.net)


def test_the_same_seed_gives_the_same_weights_to_the_last_bit():
    assert same(run(seed=3), run(seed=3))


def test_another_seed_gives_others():
    assert not same(run(seed=3), run(seed=4))


def test_what_the_caller_draws_is_left_alone():
    torch.manual_seed(5), random.seed(5), np.random.seed(5)
    expected = torch.rand(3), random.random(), np.random.rand()
    torch.manual_seed(5), random.seed(5), np.random.seed(5)
    run()
    found = torch.rand(3), random.random(), np.random.rand()
    assert torch.equal(found[0], expected[0]) and found[1:] == expected[1:]


@pytest.mark.parametrize(
    "ask", [lambda net: evaluate(net, TEST), lambda net: some(TEST, 5)]
)
def test_who_only_asks_draws_nothing_of_the_callers(ask):
    net = toy.build()
    torch.manual_seed(5), random.seed(5), np.random.seed(5)
    expected = torch.rand(3), random.random(), np.random.rand()
    torch.manual_seed(5), random.seed(5), np.random.seed(5)
    ask(net)
    found = torch.rand(3), random.random(), np.random.rand()
    assert torch.equal(found[0], expected[0]) and found[1:] == expected[1:]


def test_it_learns():
    recipe = Recipe(40, batch=8, rate=0.2)
    found = run(lambda: toy.build(drop=0), recipe)
    assert found.history[-1]["loss"] < 0.3 * found.history[0]["loss"]
    assert found.accuracy > 0.9


def test_the_last_record_is_the_test():
    found = run()
    assert evaluate(found.net, TEST) == pytest.approx(
        (found.loss, found.accuracy), rel=1e-5
    )


def test_a_step_is_torchs_own():
    # One step by hand, on the whole of a batch, without augmentation.
    recipe = Recipe(1, batch=48, rate=0.1)
    build = lambda: toy.build(norm=False, drop=0)  # noqa: E731
    found = run(build, recipe)
    from cvnotes.train.order import seed_all

    with torch.random.fork_rng():
        seed_all(0)
        net = build()
    optimizer = torch.optim.SGD(
        net.parameters(), 0.1, 0.9, nesterov=True, weight_decay=1e-4
    )
    images, labels = TRAIN.batch(list(range(48)))
    nn.functional.cross_entropy(net(images), labels).backward()
    optimizer.step()
    for ours, theirs in zip(found.net.parameters(), net.parameters()):
        torch.testing.assert_close(ours, theirs)


def test_parts_of_a_batch_add_up_to_the_batch():
    build = lambda: toy.build(norm=False, drop=0)  # noqa: E731
    whole, parts = (
        run(build, machine=Machine("cpu", accumulate=n)) for n in (1, 4)
    )
    for a, b in zip(whole.net.parameters(), parts.net.parameters()):
        torch.testing.assert_close(a, b)


def test_bfloat16_runs_and_leaves_a_plain_net():
    found = run(machine=Machine("cpu", precision="bf16"))
    assert all(p.dtype == torch.float32 for p in found.net.parameters())
    images, _ = TEST.batch([0, 1])
    assert found.net(images).dtype == torch.float32


def test_channels_last_learns_the_same():
    # Dropout draws along the memory, so it would drop other numbers.
    usual, other = (
        run(lambda: toy.build(drop=0), machine=Machine("cpu", **settings))
        for settings in ({}, {"channels_last": True})
    )
    assert other.loss == pytest.approx(usual.loss, rel=1e-3)


def test_the_log_has_a_line_an_epoch(tmp_path):
    found = run(out=tmp_path)
    lines = (tmp_path / "log.jsonl").read_text().splitlines()
    assert [json.loads(line) for line in lines] == found.history


def test_a_compiled_net_learns_the_same(monkeypatch):
    # The default backend needs a C++ compiler; the rest of the way is this.
    quick = partial(torch.compile, backend="aot_eager")
    monkeypatch.setattr(torch, "compile", quick)
    usual = run(machine=Machine("cpu"))
    other = run(machine=Machine("cpu", compile=True))
    assert other.loss == pytest.approx(usual.loss, rel=1e-3)
    assert list(other.net.state_dict()) == list(usual.net.state_dict())


@pytest.mark.parametrize("precision", ["no", "bf16"])
def test_a_compiled_net_of_any_precision_answers_afterwards(
    monkeypatch, precision
):
    quick = partial(torch.compile, backend="aot_eager")
    monkeypatch.setattr(torch, "compile", quick)
    found = run(machine=Machine("cpu", precision, compile=True))
    fresh = toy.build().eval()
    fresh.load_state_dict(found.net.state_dict())
    images, _ = TEST.batch([0, 1])
    assert torch.equal(found.net(images), fresh(images))


def test_after_each_epoch_one_may_look():
    seen = []
    run(after_epoch=lambda net, done: seen.append((net.training, done)))
    assert seen == [(True, 1), (True, 2), (True, 3)]


def test_looking_changes_nothing():
    def look(net, done):
        net[0].weight.grad = torch.ones_like(net[0].weight)
        torch.rand(7)

    assert same(run(), run(after_epoch=look))


def stop_after(epochs):
    def stop(net, done):
        if done == epochs:
            os.kill(os.getpid(), signal.SIGINT)

    return stop


def test_ctrl_c_stops_after_the_step_and_says_how_to_go_on(tmp_path):
    with pytest.raises(Stopped, match=r"epoch 2 after its step 0.*resume"):
        run(out=tmp_path, after_epoch=stop_after(1))
    assert same(run(out=tmp_path, resume=True), run())


class Interrupted(toy.Pictures):
    """Pictures that press Ctrl-C when so many batches were read."""

    left = None

    def batch(self, indices):
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGINT)
        self.left -= 1
        return super().batch(indices)


@pytest.mark.parametrize("step", range(7))
def test_ctrl_c_in_any_step_of_an_epoch_can_be_resumed(tmp_path, step):
    train = Interrupted(*TRAIN.all(), TRAIN.classes)
    train.left = step
    with pytest.raises(Stopped):
        fit(
            toy.build,
            train,
            TEST,
            toy.RECIPE,
            machine=Machine("cpu"),
            out=tmp_path,
            shown=False,
        )
    assert same(run(out=tmp_path, resume=True), run())


class Noisy(torch.utils.data.Dataset):
    """Pictures that draw for themselves, as transforms do."""

    def __len__(self):
        return len(TRAIN)

    def __getitem__(self, i):
        image, label = TRAIN[i]
        noise = torch.rand(image.shape) + random.random() + np.random.rand()
        return image + 0.1 * noise, label


def noisy(machine=None, **settings):
    settings = {
        "shown": False,
        "machine": machine or Machine("cpu"),
    } | settings
    return fit(toy.build, Noisy(), TEST, toy.RECIPE, **settings)


def test_a_dataset_that_draws_for_itself_repeats_and_resumes(tmp_path):
    with pytest.raises(Stopped):
        noisy(out=tmp_path, after_epoch=stop_after(2))
    assert same(noisy(out=tmp_path, resume=True), noisy())


def test_workers_change_nothing():
    assert same(noisy(), noisy(Machine("cpu", workers=2)))


def test_ctrl_c_after_the_last_step_stops_what_would_follow(tmp_path):
    with pytest.raises(Stopped, match="stopped after the last epoch, saved"):
        run(out=tmp_path, after_epoch=stop_after(toy.RECIPE.epochs))
    assert same(run(out=tmp_path, resume=True), run())


def test_ctrl_c_without_a_folder_says_that_nothing_is_kept():
    with pytest.raises(Stopped, match="nothing is kept without an out"):
        run(after_epoch=stop_after(1))


def test_afterwards_ctrl_c_is_what_it_was():
    before = signal.getsignal(signal.SIGINT)
    run()
    assert signal.getsignal(signal.SIGINT) is before


def test_a_finished_run_is_read_again_and_not_run(tmp_path):
    first = run(out=tmp_path)

    def never(net, done):
        raise AssertionError("it was run again")

    again = run(out=tmp_path, resume=True, after_epoch=never)
    assert same(first, again) and again.history == first.history


def test_a_folder_with_a_run_is_not_overwritten(tmp_path):
    run(out=tmp_path)
    with pytest.raises(FileExistsError, match="holds a run already"):
        run(out=tmp_path)


def test_a_loss_that_is_no_number_stops_the_run():
    def build():
        net = toy.build(norm=False)
        nn.init.constant_(net[0].weight, math.inf)
        return net

    with pytest.raises(NotFinite, match=r"nan at step 1 of epoch 1.*0\.05;"):
        run(build)


def test_a_test_loss_that_is_no_number_stops_the_run(tmp_path):
    # The loss of the only step is that of the start; the weights behind it
    # are thrown so far that no later loss is a number.
    recipe = Recipe(1, batch=48, rate=1e30)
    with pytest.raises(NotFinite, match=r"test loss is (nan|inf).*epoch 1"):
        run(lambda: toy.build(norm=False), recipe, out=tmp_path)
    assert (tmp_path / "log.jsonl").read_text() == ""


def test_a_log_holds_no_number_that_json_has_not(tmp_path):
    learner = SimpleNamespace(
        accelerator=SimpleNamespace(is_main_process=True),
        belongs=dict,
        recipe=toy.RECIPE,
    )
    diary = Diary(learner, tmp_path, TRAIN, 1e9)
    with pytest.raises(ValueError, match="JSON"):
        diary.note({"loss": math.nan})


@pytest.mark.parametrize(
    "settings, sentence",
    [
        ({"device": "tpu"}, "device='tpu' is unknown"),
        ({"precision": "half"}, "precision='half' is unknown"),
        ({"accumulate": 0}, "accumulate=0"),
        ({"workers": -1}, "workers=-1"),
    ],
)
def test_a_bad_machine_is_refused_by_name(settings, sentence):
    with pytest.raises(ValueError, match=sentence):
        Machine(**settings)


def test_float16_on_the_cpu_is_refused():
    with pytest.raises(ValueError, match="precision='fp16' needs a GPU"):
        Machine("cpu", precision="fp16")


@pytest.mark.skipif(torch.cuda.is_available(), reason="it is there")
def test_a_device_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="'cuda' is not on this machine"):
        Machine("cuda")


def test_parts_that_are_not_equal_are_refused():
    with pytest.raises(ValueError, match=r"batch=8.*3 equal parts"):
        run(machine=Machine("cpu", accumulate=3))


def test_progress_is_a_line_an_epoch_where_no_line_moves(capsys):
    run(shown=True, label="toy")
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 3 and told[0].startswith("toy: epoch 1 of 3, loss")


def in_a_terminal(program):
    """What a program writes to a terminal, which it asks for."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 120))
    running = subprocess.Popen(
        [sys.executable, "-c", program],
        stderr=theirs,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "tests:."},
    )
    os.close(theirs)
    said = b""
    # At the program's end, reading fails: nobody is there to write.
    with suppress(OSError):
        while more := os.read(ours, 4096):
            said += more
    os.close(ours)
    assert running.wait() == 0, said.decode()
    return said.decode()


def test_in_a_terminal_one_line_moves():
    said = in_a_terminal(TERMINAL)
    bars = [part for part in said.split("\r") if "image/s" in part]
    assert bars and "loss" in bars[-1] and "accuracy" in bars[-1]
    assert "epoch" not in said


def test_nothing_is_told_while_notebooks_are_made(capsys, monkeypatch):
    monkeypatch.setenv("CVNOTES_QUIET", "1")
    run(shown=True)
    assert capsys.readouterr().err == ""


def frozen():
    net = nn.Sequential(
        nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(144, 3)
    )
    net[1].eval()  # its averages are to stay
    return net


def test_testing_leaves_a_frozen_part_frozen(tmp_path):
    tested, not_tested = (run(frozen, test_every=n) for n in (1, None))
    assert same(tested, not_tested)
    net = frozen()
    evaluate(net, TEST)
    assert net.training and not net[1].training


def test_a_callback_may_put_the_net_into_evaluation_mode():
    assert same(run(after_epoch=lambda net, _: net.eval()), run())


def test_a_forward_of_the_nets_own_is_still_there_after_training():
    def build():
        net = toy.build()
        layers = net.forward
        net.forward = lambda x: 2 * layers(x)
        return net

    found = run(build).net
    images, _ = TEST.batch([0, 1])
    assert torch.equal(found(images), 2 * type(found).forward(found, images))


def test_files_that_are_named_like_checkpoints_are_left_alone(tmp_path):
    def keep(net, number):
        torch.save(net.state_dict(), tmp_path / f"epoch-{number}.pt")

    settings = {"out": tmp_path, "save_seconds": 0, "after_epoch": keep}
    alone = run(**settings)
    own = {f"epoch-{n + 1}.pt" for n in range(toy.RECIPE.epochs)}
    names = {path.name for path in tmp_path.iterdir()}
    assert own < names and len(names) == len(own) + 3  # two, and a log
    assert same(run(resume=True, **settings), alone)


@pytest.mark.usefixtures("untyped")
def test_a_run_with_numpys_numbers_is_taken_up_again(tmp_path):
    recipe = Recipe(
        epochs=np.int64(2), batch=np.int64(16), rate=np.float64(0.05)
    )
    settings = {"recipe": recipe, "seed": np.int64(1), "out": tmp_path}
    first = run(**settings)
    again = run(resume=True, **settings)
    assert again.history == first.history and same(again, first)
    assert not [*tmp_path.glob("*.damaged")]


@pytest.mark.parametrize("share, epochs", [(0.55, 100), (0.07, 100)])
def test_the_rate_drops_in_the_epoch_that_the_share_says(share, epochs):
    recipe = Recipe(epochs=epochs, rate=1.0, drops=(share,))
    first = round(share * epochs)
    assert recipe.rate_in(first) < recipe.rate_in(first - 1) == 1


@pytest.mark.usefixtures("untyped")
@pytest.mark.parametrize(
    "settings, said",
    [
        ({"seed": -1}, "seed=-1 is not a count"),
        ({"save_seconds": None}, "save_seconds=None is no number"),
        ({"resume": True}, "resume=True goes on from a folder"),
        ({"machine": "cpu"}, "machine='cpu' is no Machine"),
        ({"build": toy.build()}, "build is a net"),
    ],
    ids=str,
)
def test_what_a_run_cannot_begin_with_is_refused_by_name(settings, said):
    with pytest.raises(ValueError, match=said):
        run(**settings)


def test_no_pictures_are_refused():
    with pytest.raises(ValueError, match="train has no pictures"):
        fit(toy.build, toy.pictures(0), TEST, toy.RECIPE)
