"""What the page shows of ``long_range``: where its nets look, by epoch.

The nets of seed 0 are trained again, and after each epoch asked about four
test pictures. This writes it where the page looks:

    python -m cvnotes.experiments.shipped_attention

Of θ and φ the page gets what matters most, in bytes. A softmax does not
change when all its scores rise alike, so from φ its mean over the places is
taken off; then the four strongest parts of θφᵀ/√c (its singular vectors)
are kept. How far the page's weights are from the net's is tested.
"""

from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from cvnotes.data.far_marks import FarMarks
from cvnotes.experiments.lab import Lab
from cvnotes.experiments.long_range import QUICK, nets
from cvnotes.experiments.placed_attention import AttentionNet, maps_of
from cvnotes.experiments.sources import code
from cvnotes.train import evaluate

FILE = Path(__file__).parents[1] / "widgets" / "comparison.npz"
LOOKING = ("non-local", "cross-layer")  # a map for each place that asks
SHOWN = (*LOOKING, "cbam", "cgnl")
PARTS = 4  # singular vectors
SEED = 0
SOURCES = (
    "data.far_marks",
    "attention.non_local",
    "attention.cross_layer",
    "attention.cbam",
    "attention.cgnl",
    "experiments.placed_attention",
    "experiments.shipped_attention",
    "train.epoch",
    "train.learner",
    "train.recipe",
)


def shown() -> FarMarks:
    """Four test pictures: near and far, and of each different and same."""
    _, test = QUICK.pictures(SEED)
    near, far = min(QUICK.distances), max(QUICK.distances)
    chosen = [
        ((test.apart == d) & (test.labels == label)).nonzero()[0, 0]
        for d in (near, far)
        for label in (0, 1)
    ]
    drawn = "kept", "labels", "apart", "rows", "corners", "colours"
    where = torch.stack(chosen)
    return FarMarks(*(getattr(test, name)[where] for name in drawn))


def by_epoch(name: str) -> list[AttentionNet]:
    """The net before it was trained, and after each epoch."""
    kept = []

    def build():
        net = nets(QUICK)[name]()
        kept.append(deepcopy(net).eval())
        return net

    def keep(net, _):
        # accelerate's own forward is of no use to a copy.
        copy = nets(QUICK)[name]()
        copy.load_state_dict(net.state_dict())
        kept.append(copy.eval())

    lab = Lab("cpu", shown=False)
    lab.train(name, build, QUICK, SEED, after_epoch=keep)
    return kept


@torch.no_grad()
def scores(net: AttentionNet, pictures: Tensor) -> Tensor:
    """What the softmax reads, b n n, up to what a row has in common."""
    # What has no weight at all has a score that is low enough.
    return maps_of(net, pictures).double().clamp_min(1e-30).log()


def parts_of(score: Tensor) -> tuple[np.ndarray, np.ndarray, list[float]]:
    """A picture's scores in bytes: who asks, who answers, and the scales.

    Score i, j is Σ scale_r · asks_ir · answers_jr, but for what a whole row
    has in common.
    """
    centred = score - score.mean(1, keepdim=True)
    u, s, v = torch.linalg.svd(centred)
    asks, answers = u[:, :PARTS], v[:PARTS].T
    most = asks.abs().amax(0), answers.abs().amax(0)
    scales = (s[:PARTS] * most[0] * most[1] / 127**2).tolist()
    bytes_ = [
        (127 * part / peak).round().to(torch.int8).numpy()
        for part, peak in zip((asks, answers), most)
    ]
    return *bytes_, [float(f"{scale:.5g}") for scale in scales]


@torch.no_grad()
def told(net: AttentionNet, data: FarMarks, test: FarMarks) -> list[float]:
    """The chance that each is "same", and how many far ones are right."""
    chances = net(data.all()[0]).softmax(1)[:, 1].tolist()
    return [*chances, evaluate(net, test.at(max(QUICK.distances)))[1]]


def made() -> dict:
    """Everything that the page is given, by name."""
    data, (_, test) = shown(), QUICK.pictures(SEED)
    pictures, _ = data.all()
    file = {"_code": np.array(code(SOURCES)), "_pictures": data.kept.numpy()}
    for name in ("labels", "apart", "rows", "corners"):
        file[f"_{name}"] = getattr(data, name).numpy()
    for name in SHOWN:
        epochs = by_epoch(name)
        file[f"_told {name}"] = [told(n, data, test) for n in epochs]
        if name in LOOKING:
            found = [
                [parts_of(score) for score in scores(net, pictures)]
                for net in epochs
            ]
            for i, part in enumerate(("asks", "answers", "scales")):
                file[f"_{part} {name}"] = [
                    [each[i] for each in epoch] for epoch in found
                ]
        else:
            maps = torch.stack([maps_of(n, pictures) for n in epochs])
            file[f"_{name}"] = _short(name, maps)
    return {name: np.asarray(values) for name, values in file.items()}


def _short(name, maps):
    if name == "cgnl":
        return maps[..., 0].numpy().astype(np.float32)
    return (255 * maps).round().to(torch.uint8).flatten(2).numpy()


if __name__ == "__main__":
    np.savez_compressed(FILE, **made())
    print(f"{FILE.name}: {FILE.stat().st_size / 1e3:.0f} kB")
