"""Does the gradient reach the first layers? Asked of every layer.

Huang, Liu, van der Maaten, Weinberger, arXiv 1608.06993, section 3: "each
layer has direct access to the gradients from the loss function and the
original input signal". Before batch normalisation a deep chain lost its
gradient on the way; so it is asked with and without.

Measured is ‖∂loss/∂W‖ / ‖W‖ of every 3×3 convolution: by what share a step
with rate 1 would change that layer.
"""

import copy
import math
from dataclasses import dataclass
from functools import partial
from statistics import fmean

from torch import nn
from torch.nn.functional import cross_entropy
from torch.utils.data import Dataset, Subset

from cvnotes.cost import at_least_one
from cvnotes.experiments import panels
from cvnotes.experiments.asked import counts, three_blocks
from cvnotes.experiments.interval import FAILS, gain, interval, verdict
from cvnotes.experiments.lab import conduct
from cvnotes.experiments.nets import dense, parameters, rival
from cvnotes.experiments.result import Finding, Table
from cvnotes.experiments.result import recorded as read
from cvnotes.experiments.training import PAPER, Training
from cvnotes.train import NotFinite
from cvnotes.train.feed import some

CLAIM = (
    "In a DenseNet the gradient reaches every layer, however deep the net; "
    "in a plain net of that depth it does not."
)
SEEDS = 3
DESIGNS = ("dense", "residual", "plain")
NOTHING, ALL = -45.0, 39.0  # powers of ten at which float32 ends
PROBE = 100  # pictures whose loss is asked about
MARGIN = 1  # powers of ten: no one rate suits layers farther apart


@dataclass(frozen=True, kw_only=True)
class Settings(Training):
    """Depths to compare, and the growth rate that sets the budget."""

    depths: tuple[int, ...] = (10, 40, 100)
    growth_rate: int = 4

    def __post_init__(self):
        counts(2, depths=self.depths)
        at_least_one(growth_rate=self.growth_rate)
        for depth in self.depths:
            three_blocks(depths=depth)

    def pictures(self, seed: int) -> tuple[Dataset, Dataset]:
        """What is learned, and the few of it whose loss is asked about."""
        train, _ = super().pictures(seed)
        return train, Subset(train, range(min(PROBE, len(train))))


QUICK = Settings(epochs=2, rate=0.05)
FULL = Settings(**PAPER | {"epochs": 30}, growth_rate=12)
run = partial(conduct, "gradient_flow")
recorded = partial(read, "gradient_flow")


def without_norm(net: nn.Module) -> nn.Module:
    """The same net with nothing in the normalisations' places.

    A ReLU behind one may work in place; without it that would reach into
    the maps that others still read.
    """
    for module in list(net.modules()):
        for name, part in module.named_children():
            if isinstance(part, nn.BatchNorm2d):
                setattr(module, name, nn.Identity())
            elif isinstance(part, nn.ReLU):
                part.inplace = False
    return net


def flow(net: nn.Module, images, labels) -> list[float | None]:
    """log10 ‖gradient‖/‖weight‖ of each 3×3 convolution, first to last.

    None where nothing arrives, or what arrives is no number.
    """
    net = copy.deepcopy(net).train()  # its statistics are left alone
    net.zero_grad()
    cross_entropy(net(images), labels).backward()
    return [
        _log(conv.weight.grad.norm() / conv.weight.norm())
        for conv in net.modules()
        if isinstance(conv, nn.Conv2d) and conv.kernel_size == (3, 3)
    ]


def _log(ratio):
    # What float32 cannot hold is put at its ends.
    ratio = ratio.item()
    if ratio == 0:
        return NOTHING
    return round(math.log10(ratio), 2) if math.isfinite(ratio) else ALL


def measure(settings: Settings, seed: int, lab):
    """One seed: the flow at the start, and after the last epoch."""
    train, _ = settings.pictures(seed)
    probe = some(train, PROBE)
    for depth in settings.depths:
        plan = train.shape, train.classes
        ours = dense(depth, settings.growth_rate, *plan)
        size = parameters(ours())
        for name in DESIGNS:
            theirs = partial(rival, name, depth, size, *plan)
            build = ours if name == "dense" else theirs()
            for norm in (True, False):
                case = {"design": name, "depth": depth, "norm": norm}
                start, end = flows(build, case, probe, settings, seed, lab)
                yield {**case, "seed": seed, "start": start, "end": end}


def flows(build, case, probe, settings, seed, lab):
    """The flow before training and after; None for a run that burst."""
    start = []

    def built():
        net = build() if case["norm"] else without_norm(build())
        start.append(flow(net, *probe))
        return net

    label = "{design} {depth}".format(**case)
    label += "" if case["norm"] else " without norm"
    try:
        trained = lab.train(label, built, settings, seed).net
    except NotFinite:  # a finding here, not a mistake
        return start[0], None
    return start[0], flow(trained, *probe)


def drift(
    rows, design: str, norm: bool, depth: int, when: str = "start"
) -> list[float]:
    """Powers of ten between the shallow net's flow and a deep one's.

    A number a seed: of the deep net's layers that which is farthest from
    the mean layer of the shallowest net of this kind. After the training,
    ``when="end"``, it is infinite for a net that burst.
    """
    shallow = min(row["depth"] for row in rows)
    usual = {
        row["seed"]: fmean(row[when])
        for row in _rows(rows, design, norm, shallow)
    }
    return [
        max(abs(layer - usual[row["seed"]]) for layer in row[when])
        if row[when]
        else math.inf
        for row in _rows(rows, design, norm, depth)
    ]


def _rows(rows, design, norm, depth):
    wanted = design, norm, depth
    return [r for r in rows if (r["design"], r["norm"], r["depth"]) == wanted]


def judge(rows: list[dict], settings: Settings) -> list[Finding]:
    """Whose gradient, at the greatest depth, is what it was when shallow.

    First against each other, then each against a bound.
    """
    deep, found = max(settings.depths), []
    for name in DESIGNS[1:]:
        for norm in (True, False):
            ours, theirs = (
                drift(rows, d, norm, deep) for d in ("dense", name)
            )
            closer = gain(theirs, ours)
            batch = "with" if norm else "without"
            found.append(
                Finding(
                    f"steadier than a {name} net {batch} normalisation",
                    verdict(closer),
                    f"at depth {deep} its farthest layer is off by "
                    f"{interval(theirs):.1f} powers of ten, "
                    f"DenseNet's by {interval(ours):.1f}",
                )
            )
    return [*found, *_bounded(rows, deep)]


def _bounded(rows, deep):
    """The claim by itself: near the shallow net at both times, or far."""
    near = "dense", f"keeps within {MARGIN} power of ten", max, -1
    far = "plain", f"is farther off than {MARGIN} power of ten", min, 1
    for norm in (True, False):
        batch = "with" if norm else "without"
        for design, claim, hardest, sign in (near, far):
            start, end = (
                drift(rows, design, norm, deep, when)
                for when in ("start", "end")
            )
            room = [
                sign * (hardest(both) - MARGIN) for both in zip(start, end)
            ]
            # Of nets that burst there is no interval.
            sure = FAILS if -math.inf in room else verdict(interval(room))
            yield Finding(
                f"{batch} normalisation a {design} net {claim}, "
                f"at the start and after training",
                sure,
                f"its farthest layer at depth {deep}: {_off(start)} at the "
                f"start, {_off(end)} after training",
            )


def _off(drifts):
    return f"{interval(drifts):.1f}" if max(drifts) < math.inf else "burst"


def table(rows: list[dict], settings: Settings) -> Table:
    """Powers of ten by which the farthest layer is off, by depth."""
    deeper = sorted(settings.depths)[1:]

    def off(design, norm, depth, when="start"):
        return _off(drift(rows, design, norm, depth, when))

    lines = [
        [
            design if norm else f"{design}, not normalised",
            *(off(design, norm, depth) for depth in deeper),
            off(design, norm, deeper[-1], "end"),
        ]
        for design in DESIGNS
        for norm in (True, False)
    ]
    head = ["net", *(f"off at depth {depth}" for depth in deeper)]
    return Table([*head, f"{deeper[-1]}, trained"], lines)


def draw(rows: list[dict], settings: Settings):
    """The flow at the start through one net of each kind and depth."""
    grid = {
        (design, norm): {
            depth: _rows(rows, design, norm, depth)[0]["start"]
            for depth in settings.depths
        }
        for norm in (True, False)
        for design in DESIGNS[::-1]
    }
    depths = ", ".join(map(str, settings.depths))
    return panels.flows(
        grid,
        f"Gradient over weight at every layer of plain, residual and dense "
        f"nets {depths} deep, with normalisation and without: the dense "
        f"net's lines lie on each other, the plain net's drift apart",
    )
