"""The picture of taking apart computes what the package computes."""

import itertools
import math

import pytest
import traitlets

from cvnotes import cost
from cvnotes.papers import MOBILENET
from cvnotes.widgets import SeparableCost

GRID = [
    {
        "kernel": kernel,
        "inputs": inputs,
        "outputs": outputs,
        "size": size,
        "groups": math.gcd(inputs, outputs),
    }
    for kernel, inputs, outputs, size in itertools.product(
        (1, 3, 7, 11), (1, 48, 512), (1, 64, 512, 1024), (1, 14, 112)
    )
]
EXAMPLE = {"kernel": 3, "inputs": 512, "outputs": 512, "size": 14}
PLAN = [[row.outputs, row.stride] for row in MOBILENET.body]
NETS = [
    {"alpha": alpha, "picture": side}
    for alpha in (0.25, 0.5, 0.75, 1.0)
    for side in (128, 160, 192, 224)
]


def text(parts):
    return "".join(p if isinstance(p, str) else p["b"] for p in parts)


def form(settings, groups=1, outputs=None):
    k, size = settings["kernel"], (settings["size"],) * 2
    return cost.conv2d(
        *(settings["inputs"], outputs or settings["outputs"], k, size),
        padding=k // 2,
        groups=groups,
        bias=False,
    )


def joins(script, way, groups, inputs=16, outputs=16):
    """How many cells of the square are filled."""
    both = {"inputs": inputs, "outputs": outputs}
    cells = script("shape", way, both)
    tints = (
        script("reads", way, groups, cells, o, i)
        for o in range(cells["rows"])
        for i in range(cells["columns"])
    )
    return sum(tint >= 0 for tint in tints)


def test_every_bar_is_the_packages_cost(script):
    for settings in GRID:
        c, size = settings["inputs"], (settings["size"],) * 2
        wanted = {
            "full": form(settings),
            "grouped": form(settings, settings["groups"]),
            "depthwise": form(settings, c, c),
            "separable": cost.separable(
                c, settings["outputs"], settings["kernel"], size=size
            ),
        }
        found = script("costs", settings)
        assert found == {
            way: {"weights": one.params, "work": one.macs}
            for way, one in wanted.items()
        }


def test_the_products_say_what_the_bars_are(script):
    for settings in GRID:
        for way in script("ways", settings).values():
            product = way["said"].replace("·", "*").replace("²", "**2")
            assert eval(product.replace(",", "")) == way["weights"]


def test_large_numbers_have_separators_wherever_they_are_told(script):
    large = EXAMPLE | {"inputs": 1024, "outputs": 1024, "groups": 1024}
    assert script("ways", large)["grouped"]["said"] == (
        "3² · 1,024 · 1,024 / 1,024"
    )
    assert "1/1,024 + 1/3²" in text(script("ratioSentence", large))
    assert script("groupsSentence", large).startswith(
        "1,024 groups: an output reads 1 of 1,024 inputs, and costs 1,024 "
    )
    rows = script("mobilenet", NETS[-1], PLAN)
    assert script("layerName", rows, 27) == "28: classifier, 1,024 → 1,000"


def test_groups_that_are_the_channels_are_named_depthwise(script):
    name = {g: script("groupsName", EXAMPLE | {"groups": g}) for g in (1, 8)}
    assert name == {1: "in 1 group", 8: "in 8 groups"}
    apart = EXAMPLE | {"groups": 512}
    assert script("groupsName", apart) == "in 512 groups: depthwise"
    # To more outputs it has more patterns than the depthwise one.
    twice = {"inputs": 32, "outputs": 64, "groups": 32}
    assert script("groupsName", twice) == "in 32 groups"


def test_the_ratio_is_shown_with_the_numbers_put_in(script):
    said = text(script("ratioSentence", EXAMPLE))
    assert "1/512 + 1/3² = 0.113" in said
    assert "8.8 times fewer" in said
    for settings in GRID:
        part = cost.separable_ratio(settings["outputs"], settings["kernel"])
        said = text(script("ratioSentence", settings))
        assert f"= {part:.3f}, so " in said
        assert ("fewer" in said) == (part < 1)


def test_only_divisors_of_both_can_be_groups(script):
    for a, b in itertools.product((1, 7, 48, 96, 512), (1, 64, 100, 1024)):
        both = math.gcd(a, b)
        wanted = [g for g in range(1, both + 1) if both % g == 0]
        assert script("divisors", a, b) == wanted
        for groups in (1, 5, 8, 100, 1024):
            near = max(g for g in wanted if g <= groups)
            assert script("nearest", groups, a, b) == near


def test_the_sentence_says_how_few_inputs_an_output_reads(script):
    said = script("groupsSentence", EXAMPLE | {"groups": 8})
    assert "reads 64 of 512 inputs" in said and "8 times less" in said
    apart = script("groupsSentence", EXAMPLE | {"groups": 512})
    assert apart.endswith("That is the depthwise convolution.")
    twice = {"inputs": 32, "outputs": 64, "groups": 32}
    assert "2 patterns for each channel" in script("groupsSentence", twice)


@pytest.mark.parametrize(
    "way, blocks, joined",
    [
        ("full", 1, 256),
        ("grouped", 1, 256),
        ("grouped", 4, 64),
        ("grouped", 16, 16),
        ("depthwise", 1, 16),
        ("separable", 1, 256),
    ],
)
def test_the_square_joins_what_the_groups_join(script, way, blocks, joined):
    assert joins(script, way, blocks) == joined


@pytest.mark.parametrize(
    "way, inputs, outputs, groups, joined",
    [
        ("full", 1, 1, 1, 1),
        ("grouped", 1, 1, 1, 1),
        ("depthwise", 1, 64, 1, 1),
        ("separable", 1, 1, 1, 1),
        ("full", 3, 64, 1, 48),
        ("full", 512, 2, 1, 32),
        ("grouped", 3, 6, 3, 6),
        ("grouped", 4, 1024, 4, 16),
        ("grouped", 1024, 1024, 1024, 16),
        ("depthwise", 5, 64, 1, 5),
    ],
)
def test_the_square_has_no_more_channels_than_the_layer(
    script, way, inputs, outputs, groups, joined
):
    assert joins(script, way, groups, inputs, outputs) == joined


def test_apart_each_input_has_one_pattern_for_all_outputs(script):
    cells = {"rows": 16, "columns": 16}

    def tints(way, i):
        return {script("reads", way, 1, cells, o, i) for o in range(16)}

    assert all(len(tints("separable", i)) == 1 for i in range(16))
    assert len(tints("full", 3)) > 1


@pytest.mark.parametrize("net", NETS, ids=str)
def test_mobilenets_bars_are_the_packages_table(script, net):
    found = script("mobilenet", net, PLAN)
    wanted = cost.mobilenet_layers(net["alpha"], (net["picture"],) * 2)
    assert len(found) == len(wanted) == 28
    for bar, row in zip(found, wanted):
        assert row.name.startswith(bar["kind"])
        assert (bar["inputs"], bar["outputs"]) == (
            row.in_channels,
            row.out_channels,
        )
        assert bar["size"] == row.size[0]
        assert (bar["weights"], bar["work"]) == (
            row.cost.params,
            row.cost.macs,
        )


def test_the_shares_are_the_papers(script):
    rows = script("mobilenet", NETS[-1], PLAN)
    for printed in MOBILENET.shares:
        weights = script("shares", rows, "weights")[printed.kind]
        assert round(weights, 2) == printed.params
        # The first one's printed share of the work is a slip: 1.19 for 1.91.
        if printed.kind != "conv":
            work = script("shares", rows, "work")[printed.kind]
            assert round(work, 2) == printed.mult_adds
    said = script("sharesSentence", rows, "work")
    assert "569 M multiply-adds" in said and "94.86 % are 1×1" in said


def test_a_layer_becomes_the_setting_and_costs_there_what_it_did(script):
    rows = script("mobilenet", NETS[-1], PLAN)
    for i, row in enumerate(rows):
        found = script("costs", script("setting", rows, i) | {"groups": 1})
        if row["kind"] in ("conv", "classifier"):
            assert found["full"]["work"] == row["work"]
        elif row["kind"] == "depthwise":
            assert found["depthwise"]["work"] == row["work"]
            both = row["work"] + rows[i + 1]["work"]
            assert found["separable"]["work"] == both


def test_a_layer_leaves_the_readers_groups(script):
    rows = script("mobilenet", NETS[-1], PLAN)
    assert not any("groups" in script("setting", rows, i) for i in range(28))


@pytest.mark.parametrize("net", NETS, ids=str)
def test_every_layer_fits_the_bounds_above(script, net):
    rows, widget = script("mobilenet", net, PLAN), SeparableCost()
    for i in range(28):
        for name, value in script("setting", rows, i).items():
            bound = widget._bounds[name]
            assert bound["min"] <= value <= bound["max"]


def test_the_layer_is_told_with_its_share(script):
    rows = script("mobilenet", NETS[-1], PLAN)
    said = text(script("layerSentence", rows, 14, "work"))
    assert said == "Layer 15: 51.4 M multiply-adds, 9.03 % of all."
    name = script("layerName", rows, 14)
    assert name == "15: pointwise 1×1, 512 → 512 at 14×14"


def test_groups_that_do_not_divide_are_refused():
    with pytest.raises(traitlets.TraitError, match=r"groups=7.*of 4"):
        SeparableCost(inputs=100, outputs=8, groups=7)
    widget = SeparableCost()
    with pytest.raises(traitlets.TraitError, match=r"groups=9.*of 512"):
        widget.groups = 9


def test_groups_follow_the_channels():
    widget = SeparableCost(groups=512)
    widget.inputs = 384
    assert widget.groups == 128
    assert SeparableCost(inputs=100).groups == 4


def test_a_kernel_without_a_centre_is_refused():
    with pytest.raises(traitlets.TraitError, match="kernel=4"):
        SeparableCost(kernel=4)
