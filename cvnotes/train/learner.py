"""The net with what teaches it: one step at a time, in any precision."""

from contextlib import contextmanager
from dataclasses import asdict

import torch
from accelerate.utils import broadcast
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.utils.data import Dataset

from cvnotes.train.feed import batches_of
from cvnotes.train.machine import Machine
from cvnotes.train.order import seed_all
from cvnotes.train.recipe import Recipe

TESTED = 256  # pictures at a time


def sums(scores: Tensor, labels: Tensor) -> Tensor:
    """Summed cross-entropy in nats, and how many answers were right."""
    loss = cross_entropy(scores.detach().float(), labels, reduction="sum")
    right = (scores.argmax(1) == labels).sum()
    # Not float64, which MPS has not; the rest is added up on the CPU.
    return torch.stack([loss, right.float()])


@contextmanager
def modes_kept(net: nn.Module):
    """Whatever trains in there trains on, and what is frozen stays frozen."""
    modes = [(part, part.training) for part in net.modules()]
    try:
        yield
    finally:
        for part, training in modes:
            part.training = training


@torch.no_grad()
def tested(net: nn.Module, data: Dataset, rank=0, processes=1) -> Tensor:
    """``sums`` over this process's part of the pictures, as float64."""
    first = next(net.parameters(), torch.empty(0))
    order = torch.arange(len(data)).split(TESTED)[rank::processes]
    total = torch.zeros(2, dtype=torch.float64)
    with modes_kept(net):
        net.eval()
        for images, labels in batches_of(data, order):
            scores = net(images.to(first.device))
            total += sums(scores, labels.to(first.device)).cpu().double()
    return total


class Learner:
    """A net, its optimizer, and the machine that they are on."""

    def __init__(self, build, recipe: Recipe, seed: int, machine: Machine):
        self.recipe, self.seed, self.machine = recipe, seed, machine
        self.accelerator = machine.accelerator()
        machine.refuse_uneven(recipe.batch, self.accelerator.num_processes)
        seed_all(seed)
        self.net = build()
        self.own_forward = vars(self.net).get("forward")
        self.layout = torch.contiguous_format
        if machine.channels_last:
            self.layout = torch.channels_last
            self.net.to(memory_format=self.layout)
        net = torch.compile(self.net) if machine.compile else self.net
        self.wrapped, self.optimizer = self.accelerator.prepare(
            net, recipe.optimizer(net.parameters())
        )

    @property
    def process(self) -> tuple[int, int, int]:
        """This process's number, how many there are, parts of a share."""
        on = self.accelerator
        return on.process_index, on.num_processes, self.machine.accumulate

    def step(self, parts, place, rate: float) -> Tensor:
        """One step of the optimizer; ``sums`` over this process's share.

        ``place`` (epoch, step) is where chance starts again, differently
        in each process: what dropout draws does not hang on the past.
        """
        seed_all(self.seed, *place, self.process[0])
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        total = 0
        for images, labels in parts:
            images = images.to(
                self.accelerator.device, memory_format=self.layout
            )
            labels = labels.to(self.accelerator.device)
            with self.accelerator.accumulate(self.wrapped):
                scores = self.wrapped(images)
                self.accelerator.backward(cross_entropy(scores, labels))
                self.optimizer.step()
                self.optimizer.zero_grad()
            total = total + sums(scores, labels)
        return total

    def added(self, numbers: Tensor) -> Tensor:
        """The sum over all processes, on the CPU as float64."""
        numbers = self.accelerator.reduce(numbers.float(), "sum")
        return numbers.cpu().double()

    def test(self, data: Dataset) -> tuple[float, float]:
        """Mean loss and accuracy on these pictures, over all processes."""
        if self.process[1] > 1:
            # Each process has its own averages; those of the first are kept.
            for buffer in self.net.buffers():
                broadcast(buffer)
        total = tested(self.net, data, *self.process[:2])
        total = self.added(total.to(self.accelerator.device, torch.float32))
        return tuple((total / len(data)).tolist())

    def any(self, asked: bool) -> bool:
        """Whether any of the processes was asked."""
        flag = torch.full((1,), float(asked), device=self.accelerator.device)
        return self.added(flag).item() > 0

    def released(self) -> nn.Module:
        """The net alone, on the CPU, ready to answer."""
        # accelerate lays the precision over the net's own forward, and takes
        # it off wrongly where the net was compiled.
        for name in ("forward", "_original_forward"):
            vars(self.net).pop(name, None)
        if self.own_forward:
            self.net.forward = self.own_forward
        return self.net.cpu().eval()

    # What a checkpoint keeps.

    def belongs(self) -> dict:
        """What makes a state this run's, as far as one can tell.

        Two nets whose weights have the same names and shapes look alike.
        """
        weights = self.net.state_dict().items()
        return {
            "seed": self.seed,
            "precision": self.machine.precision,
            "processes": self.process[1],
            "accumulate": int(self.machine.accumulate),
            **{
                name: list(value) if isinstance(value, tuple) else value
                for name, value in asdict(self.recipe).items()
            },
            "weights": {name: list(w.shape) for name, w in weights},
        }

    def state(self) -> dict:
        """Weights, momenta, and how the loss is scaled in float16."""
        scaler = self.accelerator.scaler
        return {
            "net": self.net.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "scaler": scaler.state_dict() if scaler else None,
        }

    def restore(self, state: dict):
        """Go back to a state."""
        self.net.load_state_dict(state["net"])
        self.optimizer.load_state_dict(state["optimizer"])
        if state["scaler"] and self.accelerator.scaler:
            self.accelerator.scaler.load_state_dict(state["scaler"])
