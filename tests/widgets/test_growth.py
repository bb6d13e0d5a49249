"""The growth explorer computes what the package computes."""

import itertools

import pytest
import traitlets

from cvnotes import cost
from cvnotes.widgets import GrowthExplorer

STEMS = {"imagenet": ((224, 224), 1000), "cifar": ((32, 32), 10)}
GRID = [
    {
        "k": k,
        "k0": k0,
        "blocks": blocks,
        "bottleneck": b,
        "theta": t,
        "stem": s,
    }
    for k, k0, blocks, b, t, s in itertools.product(
        (1, 12, 32, 64),
        (8, 24, 64),
        ((6, 12, 24, 16), (3, 1, 2), (64,), (1, 2, 1, 2, 1)),
        (True, False),
        (0.3, 0.5, 0.55, 1.0),
        STEMS,
    )
]
TABLES = GrowthExplorer()._presets
PRESETS = {preset["name"]: preset["settings"] for preset in TABLES}


def plan(settings):
    """The same settings, as the package's constructors name them."""
    size, classes = STEMS[settings["stem"]]
    return {
        "growth_rate": settings["k"],
        "block_config": tuple(settings["blocks"]),
        "num_init_features": settings["k0"],
        "bn_size": 4 if settings["bottleneck"] else None,
        "compression": settings["theta"],
        "num_classes": classes,
        "stem": settings["stem"],
        "size": size,
    }


def test_parameters_and_multiply_adds_are_the_packages(script):
    for settings in GRID:
        try:
            wanted = cost.densenet(**plan(settings))
        except ValueError:  # a transition that would leave no channel
            continue
        total = script("total", script("rows", settings))
        assert total == {"params": wanted.params, "macs": wanted.macs}


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_the_papers_network(script, name):
    total = script("total", script("rows", PRESETS[name]))
    assert total["params"] == cost.densenet(**plan(PRESETS[name])).params


def test_every_layers_channels_are_the_packages(script):
    settings = PRESETS["DenseNet-121"]
    rows = script("rows", settings)
    wanted = cost.densenet_layers(**plan(settings))
    layers = [row for row in rows if row["kind"] == "layer"]
    package = [row for row in wanted if "denselayer" in row.name]
    assert [(r["inputs"], r["outputs"]) for r in layers] == [
        (row.in_channels, row.out_channels) for row in package
    ]


def test_the_parts_add_up_to_the_whole(script):
    rows = script("rows", PRESETS["DenseNet-169"])
    parts = script("parts", rows)
    assert [part["name"] for part in parts][:3] == [
        "stem",
        "block 1",
        "transition 1",
    ]
    assert script("total", parts) == script("total", rows)


@pytest.mark.parametrize("k", [1, 12, 32, 48])
def test_the_bottleneck_pays_from_the_same_width_on(script, k):
    limit = script("breakEven", k)
    assert limit == pytest.approx(cost.bottleneck_break_even(k))
    above, below = int(limit) + 1, int(limit)
    weights = [script("layerWeights", above, k, b) for b in (True, False)]
    assert weights[0] < weights[1]
    weights = [script("layerWeights", below, k, b) for b in (True, False)]
    assert weights[0] >= weights[1]


def test_the_formula_is_shown_with_the_numbers_put_in(script):
    rows = script("rows", PRESETS["DenseNet-121"])
    parts = script("growthSentence", rows[6], 32)
    text = "".join(p if isinstance(p, str) else p["b"] for p in parts)
    assert text == (
        "Layer 6 of block 1 reads k₀ + k(l − 1) = 64 + 32 × 5 = 224 "
        "channels and makes k = 32 new ones."
    )


def test_the_bottlenecks_sum_is_the_packages(script):
    rows = script("rows", PRESETS["DenseNet-121"])
    said = script("bottleneckSentence", rows[6], PRESETS["DenseNet-121"])
    assert "224 · 128 + 9 · 128 · 32 = 65,536" in said
    assert "9 · 224 · 32 = 64,512" in said
    assert said.endswith("So the bottleneck has 1,024 more.")


def test_a_change_is_told_against_the_preset(script):
    preset = PRESETS["DenseNet-121"]
    said = script("presetSentence", TABLES[0], preset)
    assert said == "This is DenseNet-121, as in the paper."
    moved = {**preset, "k": 16}
    said = script("presetSentence", TABLES[0], moved)
    now, before = (cost.densenet(**plan(s)) for s in (moved, preset))
    percent = round(100 * (1 - now.params / before.params))
    assert f"k 32 → 16. Parameters −{percent} %" in said


def test_a_net_that_the_paper_has_not_says_where_it_is_from(script):
    wide = next(p for p in TABLES if p["name"] == "DenseNet-161")
    said = script("presetSentence", wide, wide["settings"])
    assert said == "This is DenseNet-161, as in the authors' repository."


def test_a_small_rise_is_told_as_a_rise(script):
    moved = {**PRESETS["DenseNet-121"], "k0": 65}
    said = script("presetSentence", TABLES[0], moved)
    assert "Parameters +0.1 %" in said or "Parameters +under 0.1 %" in said


def test_a_preset_set_in_python_brings_its_settings():
    growth = GrowthExplorer(k=12)
    growth.preset = "DenseNet-161"
    assert (growth.k, growth.blocks) == (48, (6, 12, 36, 24))


def test_a_preset_from_the_page_leaves_what_the_page_sends_with_it():
    growth = GrowthExplorer()
    growth.set_state({"preset": "DenseNet-161", "k": 20})
    assert growth.k == 20


def test_a_preset_sets_the_traits_and_what_is_given_overrides_it():
    name = "DenseNet-BC (L = 100, k = 12)"
    growth = GrowthExplorer(preset=name, k=24)
    assert (growth.k, growth.blocks, growth.stem) == (
        24,
        (16, 16, 16),
        "cifar",
    )


def test_blocks_from_the_page_come_as_a_list_and_are_a_tuple():
    growth = GrowthExplorer()
    growth.blocks = [6, 12]
    assert growth.blocks == (6, 12)


@pytest.mark.parametrize("blocks", [(), (0,), (65,), (1,) * 6, (2.5,)])
def test_a_plan_that_is_none_is_refused_by_name(blocks):
    with pytest.raises(traitlets.TraitError, match=r"blocks=.*\(6, 12, 24"):
        GrowthExplorer(blocks=blocks)


def test_an_unknown_preset_is_refused_with_those_there_are():
    with pytest.raises(
        traitlets.TraitError, match=r"'ResNet'.*'DenseNet-121'"
    ):
        GrowthExplorer(preset="ResNet")
