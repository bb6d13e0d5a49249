"""A finished experiment that is run again finds the same, and trains none."""

import pytest

from cvnotes.experiments.lab import conduct

SHORT = {"images": 20, "batch": 10, "epochs": 1}
SMALL = {
    "growth_rate": {"growth_rates": (4,), "rivals": ("plain",), "depth": 7},
    "gradient_flow": {"depths": (7, 10)},
    "feature_reuse": {"depth": 13},
    "regularisation": {
        "sizes": (20,),
        "steps": 2,
        "depth": 10,
        "images": None,
        "epochs": None,
    },
    "inside": {"sizes": (20,), "steps": 2, "images": None},
    "class_maps": {"steps": 4},
    "gap_vs_fc": {
        "sizes": (20,),
        "steps": 2,
        "images": None,
        "epochs": None,
    },
    "cbam_ablation": {"width": 4},
    "attention_insertion": {"tasks": (), "width": 4},
    "cross_layer_or_same": {},
    "query_dependence": {"also": (), "width": 4, "looks": 4},
    "inception_reduction": {"unit": 1, "shares": (0.25,)},
}


@pytest.mark.parametrize("name", SMALL)
def test_it_finds_the_same(name, tmp_path, monkeypatch):
    settings = {"device": "cpu", "seeds": 2, "out": tmp_path, "shown": False}
    settings |= SHORT | SMALL[name]
    first = conduct(name, **settings)

    def never(self, *arguments):
        raise AssertionError("it was trained again")

    monkeypatch.setattr("cvnotes.train.learner.Learner.step", never)
    assert conduct(name, **settings, resume=True).rows == first.rows
