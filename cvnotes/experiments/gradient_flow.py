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

from cvnotes.experiments import panels
from cvnotes.experiments.interval import gain, interval, verdict
from cvnotes.experiments.lab import conduct
from cvnotes.experiments.nets import dense, parameters, rival
from cvnotes.experiments.result import Finding, Table
from cvnotes.experiments.result import recorded as read
from cvnotes.experiments.training import PAPER, Training
from cvnotes.train import NotFinite

CLAIM = (
    "In a DenseNet the gradient reaches every layer, however deep the net; "
    "in a plain net of that depth it does not."
)
SEEDS = 3
DESIGNS = ("dense", "residual", "plain")
NOTHING, ALL = -45.0, 39.0  # powers of ten at which float32 ends
PROBE = 100  # pictures whose loss is asked about


@dataclass(frozen=True, kw_only=True)
class Settings(Training):
    """Depths to compare, and the growth rate that sets the budget."""

    depths: tuple[int, ...] = (10, 40, 100)
    growth_rate: int = 4

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
    train, asked = settings.pictures(seed)
    probe = train.__getitems__(asked.indices)
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
    """Whose gradient, at the greatest depth, is what it was when shallow."""
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
    return found


def table(rows: list[dict], settings: Settings) -> Table:
    """Powers of ten by which the farthest layer is off, by depth."""
    deeper = sorted(settings.depths)[1:]

    def off(design, norm, depth, when="start"):
        found = drift(rows, design, norm, depth, when)
        return f"{interval(found):.1f}" if max(found) < math.inf else "burst"

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
