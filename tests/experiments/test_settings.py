"""Settings that cannot be judged are refused before anything is trained."""

from importlib import import_module
from math import nan

import pytest

from cvnotes.experiments.lab import settings_of
from cvnotes.experiments.result import Result

ODD = [
    ("growth_rate", {"growth_rates": ()}, r"growth_rates=\(\) .* 1 or more"),
    ("growth_rate", {"growth_rates": (4, 8, 4)}, "growth_rates=.* 4 twice"),
    ("growth_rate", {"growth_rates": (4, 0)}, "growth_rates=0"),
    ("growth_rate", {"rivals": ("plain", "plain")}, "rivals=.*'plain' twice"),
    ("growth_rate", {"depth": 12}, "depth=12 .*7, 10, 13"),
    ("gradient_flow", {"depths": (10,)}, r"depths=\(10,\) .* 2 or more"),
    ("gradient_flow", {"depths": (10, 10)}, "depths=.* 10 twice"),
    ("gradient_flow", {"depths": (10, 12)}, "depths=12 .*7, 10, 13"),
    ("gradient_flow", {"growth_rate": 0}, "growth_rate=0"),
    ("feature_reuse", {"depth": 7}, "depth=7 .*13, 16, 19"),
    ("feature_reuse", {"depth": 10}, "depth=10 .*13, 16, 19"),
    ("feature_reuse", {"asked": 0}, "asked=0"),
    ("feature_reuse", {"asked": -390}, "asked=-390"),
    ("regularisation", {"sizes": ()}, r"sizes=\(\) .* 1 or more"),
    ("regularisation", {"sizes": (50, 50)}, "sizes=.* 50 twice"),
    ("regularisation", {"sizes": (50, 10)}, "sizes=10 .*batch=20"),
    ("regularisation", {"steps": -5}, "steps=-5"),
    ("regularisation", {"depth": 13}, "depth=13 .*10, 16, 22"),
    ("inside", {"sizes": ()}, r"sizes=\(\) .* 1 or more"),
    ("inside", {"sizes": (100, 100)}, "sizes=.* 100 twice"),
    ("inside", {"epochs": 0}, "epochs=0"),
    ("inside", {"steps": 0}, "steps=0"),
    ("inside", {"blocks": (3, 0)}, "blocks=0"),
    ("concat_memory", {"batch": 0}, "batch=0"),
    ("concat_memory", {"times": 0}, "times=0"),
    ("concat_memory", {"depths": (8,)}, r"depths=\(8,\) .* 2 or more"),
    ("concat_memory", {"larger": 8}, "larger=8 .*size=8"),
]


@pytest.mark.parametrize("name, changes, sentence", ODD)
def test_what_cannot_be_judged_is_refused_by_name(name, changes, sentence):
    module = import_module(f"cvnotes.experiments.{name}")
    with pytest.raises(ValueError, match=sentence):
        settings_of(module, "quick", changes)


@pytest.mark.parametrize(
    "name, setting, instead",
    [
        ("regularisation", "images", "sizes"),
        ("regularisation", "epochs", "steps"),
        ("inside", "images", "sizes"),
    ],
)
@pytest.mark.parametrize("preset", ["quick", "full"])
def test_a_setting_that_no_net_uses_is_refused_and_not_recorded(
    name, setting, instead, preset
):
    module = import_module(f"cvnotes.experiments.{name}")
    assert getattr(settings_of(module, preset, {}), setting) is None
    with pytest.raises(ValueError, match=f"{setting}=200 .*{instead}"):
        settings_of(module, preset, {setting: 200})


def test_a_setting_that_no_net_uses_may_be_said_as_it_is():
    module = import_module("cvnotes.experiments.regularisation")
    found = settings_of(module, "quick", {"images": None, "epochs": None})
    assert found == module.QUICK


def test_a_result_holds_no_number_that_json_has_not():
    rows = [{"seed": 0, "loss": nan}]
    found = Result("growth_rate", "A claim.", rows, {}, [0], {})
    with pytest.raises(ValueError, match="JSON"):
        found.text()
