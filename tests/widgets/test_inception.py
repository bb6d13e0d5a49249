"""The reduction calculator computes what the package computes."""

import itertools

import pytest
import traitlets

from cvnotes import cost
from cvnotes.papers import GOOGLENET
from cvnotes.widgets import ReductionCalculator

NAMES = ("inputs", "reduced", "outputs", "kernel", "size")
GRID = [
    dict(zip(NAMES, values))
    for values in itertools.product(
        (1, 16, 192, 1024), (1, 16, 300), (1, 32, 1024), (1, 3, 11), (1, 28)
    )
]
TABLES = ReductionCalculator()._presets
PRESETS = {preset["name"]: preset["settings"] for preset in TABLES}
FIVE = PRESETS["3a, 5×5"]


def forms(settings, bias=False):
    """Straight and by way of r, as the package counts them."""
    c, r, o, k, side = (settings[name] for name in NAMES)
    size = side, side
    return {
        "straight": cost.conv2d(c, o, k, size, padding=k // 2, bias=bias),
        "reduced": cost.reduced(c, r, o, k, size, bias=bias),
    }


def limits(settings, form):
    return form(settings["inputs"], settings["outputs"], settings["kernel"])


def text(parts):
    return "".join(p if isinstance(p, str) else p["b"] for p in parts)


def test_the_weights_are_the_packages(script):
    for settings in GRID:
        found = script("weights", settings)
        for way, wanted in forms(settings).items():
            assert found[way] == wanted.params
        assert found["narrow"] + found["wide"] == found["reduced"]


def test_the_multiply_adds_and_the_parameters_are_the_packages(script):
    for settings in GRID:
        assert script("macs", settings) == {
            way: wanted.macs for way, wanted in forms(settings).items()
        }
        assert script("parameters", settings) == {
            way: wanted.params
            for way, wanted in forms(settings, bias=True).items()
        }


def test_the_break_even_and_the_rank_are_the_packages(script):
    for settings in GRID:
        even = limits(settings, cost.reduction_break_even)
        assert script("breakEven", settings) == pytest.approx(even)
        rank = limits(settings, cost.full_rank)
        assert script("fullRank", settings) == rank


def test_there_is_a_preset_for_both_reductions_of_every_module(script):
    assert len(PRESETS) == 2 * len(GOOGLENET.modules)
    for row in GOOGLENET.modules:
        _, r3, b3, r5, b5, _ = row.widths
        for k, r, o in ((3, r3, b3), (5, r5, b5)):
            chosen = PRESETS[f"{row.name}, {k}×{k}"]
            wanted = (row.in_channels, r, o, k, row.side)
            assert tuple(chosen[name] for name in NAMES) == wanted


def test_the_formulas_are_shown_with_the_numbers_put_in(script):
    assert text(script("straightSentence", FIVE)) == (
        "Straight: k²·Cᵢₙ·Cₒᵤₜ = 5² · 192 · 32 = 153,600 weights"
    )
    assert text(script("reducedSentence", FIVE)) == (
        "By way of r: r·(Cᵢₙ + k²·Cₒᵤₜ) = 16 · (192 + 5² · 32) = 15,872 "
        "weights"
    )
    assert text(script("macsSentence", FIVE)) == (
        "Multiply-adds: 153,600 × 28² = 120 M straight, "
        "15,872 × 28² = 12.4 M by r"
    )
    assert text(script("breakEvenSentence", FIVE)) == (
        "Break-even: r* = k²·Cᵢₙ·Cₒᵤₜ / (Cᵢₙ + k²·Cₒᵤₜ) = "
        "153,600 / (192 + 800) = 154.8"
    )


def test_the_formulas_say_what_is_counted(script):
    for settings in GRID[::5]:
        for way in ("straight", "reduced"):
            said = text(script(f"{way}Sentence", settings))
            _, sum_, rest = said.split(" = ")[:3]
            for sign, code in (("·", "*"), ("²", "**2"), (",", "")):
                sum_ = sum_.replace(sign, code)
            value = script("weights", settings)[way]
            assert eval(sum_) == value
            assert rest.startswith(f"{value:,} weights")


def test_the_verdict_follows_the_break_even(script):
    for settings in GRID:
        even = limits(settings, cost.reduction_break_even)
        rank = limits(settings, cost.full_rank)
        said = script("verdict", settings)
        if abs(settings["reduced"] - even) < 1e-9:
            assert "is at r*: just as many" in said
        elif settings["reduced"] < even:
            assert "below r*" in said and "fewer weights" in said
        else:
            assert "past r*" in said and "fewer" not in said
        assert ("has rank" in said) == (settings["reduced"] < rank)


@pytest.mark.parametrize(
    "reduced, straight, said",
    [
        (15_872, 153_600, "9.7 times fewer weights"),
        (129_024, 221_184, "42 % fewer weights"),
        (999, 1000, "0.1 % fewer weights"),
        (7, 7, "just as many weights"),
        (110, 100, "10 % more weights"),
        (250, 100, "2.5 times as many weights"),
    ],
)
def test_a_difference_is_told_in_times_or_in_percent(
    script, reduced, straight, said
):
    assert script("compared", reduced, straight) == said


def test_the_axis_reaches_past_the_rank_and_past_r(script):
    for settings in GRID:
        far = script("reach", settings)
        assert far > settings["reduced"]
        assert far > limits(settings, cost.full_rank)


def test_the_axis_stays_while_one_drags(script):
    for settings in GRID:
        end = script("most", settings)
        there = [script("reach", settings | {"reduced": r}) for r in (1, end)]
        assert end > limits(settings, cost.full_rank)
        assert there[0] == there[1] == end


ZONES = [("saves",) * 3, ("costs, rank", "costs", "costs"), ("none",) * 3]


def zones(*ends):
    """Three zones between these ends, each with its long and short name."""
    return [[a, b, *names] for a, b, names in zip(ends, ends[1:], ZONES)]


def test_the_zones_are_named_in_full_where_there_is_room(script):
    found = script("nameZones", zones(0, 200, 400, 500), [0, 500], 6)
    assert [one["text"] for one in found] == ["saves", "costs, rank", "none"]
    assert [(one["x"], one["line"]) for one in found] == [
        (100, 0),
        (300, 0),
        (450, 0),
    ]


def test_the_names_of_narrow_zones_keep_off_each_other(script):
    found = script("nameZones", zones(0, 40, 60, 70), [0, 70], 6)
    assert [one["text"] for one in found] == ["saves", "costs", "none"]
    for one in found:
        half = 3 * len(one["text"])
        assert half <= one["x"] <= 70 - half
    for one, other in itertools.combinations(found, 2):
        room = 3 * (len(one["text"]) + len(other["text"]))
        apart = abs(one["x"] - other["x"]) >= room
        assert apart or one["line"] != other["line"]


def test_a_zone_that_is_not_there_has_no_name(script):
    found = script("nameZones", zones(0, 100, 100, 300), [0, 300], 6)
    assert [one["text"] for one in found] == ["saves", "none"]


def test_a_change_is_told_against_the_preset(script):
    preset = next(p for p in TABLES if p["name"] == "3a, 5×5")
    assert script("presetSentence", preset, FIVE) == (
        "This is the 5×5 of module 3a, as in the paper."
    )
    said = script("presetSentence", preset, FIVE | {"reduced": 32})
    assert said == (
        "Against the 5×5 of module 3a: r 16 → 32. Multiply-adds 2.0 times."
    )


def test_a_preset_set_in_python_brings_its_settings():
    widget = ReductionCalculator(reduced=12)
    widget.preset = "4e, 3×3"
    found = tuple(getattr(widget, name) for name in NAMES)
    assert found == (528, 160, 320, 3, 14)


def test_a_preset_from_the_page_leaves_what_the_page_sends_with_it():
    widget = ReductionCalculator()
    widget.set_state({"preset": "4e, 3×3", "reduced": 20})
    assert widget.reduced == 20


def test_what_is_given_overrides_the_preset():
    widget = ReductionCalculator(preset="5b, 5×5", reduced=100)
    assert (widget.inputs, widget.reduced) == (832, 100)


def test_an_unknown_module_is_refused_with_those_there_are():
    with pytest.raises(traitlets.TraitError, match=r"'6a'.*'3a, 3×3'"):
        ReductionCalculator(preset="6a")


def test_a_kernel_without_a_centre_is_refused_by_name():
    with pytest.raises(traitlets.TraitError, match=r"kernel=4 .*1, 3, 5"):
        ReductionCalculator(kernel=4)
