"""The picture of all with all computes what the package computes."""

import itertools
import math

import numpy as np
import pytest
import traitlets

from cvnotes import cost
from cvnotes.widgets import CGNLCost
from cvnotes.widgets.cgnl import NAMES, PRESETS, SMALL

GRID = [
    {"height": h, "width": w, "channels": channels, "groups": groups}
    for h, w, channels, groups in itertools.product(
        (1, 7, 64), (1, 14, 64), (2, 48, 1024, 2048), (1, 8, 24)
    )
    if (channels // 2) % groups == 0
]
TO_SEE = [
    dict(zip(NAMES, values, strict=True))
    for name, values in PRESETS.items()
    if name.startswith("to see")
]
AUTHORS = {"height": 28, "width": 28, "channels": 1024, "groups": 8}
every_small = pytest.mark.parametrize("maps", TO_SEE, ids=str)


def text(parts):
    said = "".join(p if isinstance(p, str) else p["b"] for p in parts)
    return said.replace("\u00a0", " ")


def test_what_is_shown_is_the_packages_cost(script):
    for maps in GRID:
        size, hidden = (maps["height"], maps["width"]), maps["channels"] // 2
        whole = cost.cgnl(maps["channels"], groups=maps["groups"], size=size)
        matrix = cost.cgnl_matrix(hidden, maps["groups"], size=size).macs
        found = script("costs", maps)
        assert found["params"] == whole.params
        assert found["block"] == whole.macs
        assert found["matrix"] == 2 * found["entries"] == matrix
        kernel = cost.cgnl_kernel(hidden, size=size)
        assert found["kernel"] == kernel.macs


def test_the_products_say_what_is_shown(script):
    for maps in GRID:
        found = script("costs", maps)
        for way, said in script("ways", maps).items():
            product = said.replace("·", "*").replace("²", "**2")
            assert eval(product) == found[way]


@every_small
def test_the_large_matrix_is_an_outer_product_in_each_group(script, maps):
    found = script("matrices", maps)["both"]
    theta, phi = (
        np.array(script("factorised", maps)[name])
        for name in ("theta", "phi")
    )
    each = len(theta) // maps["groups"]
    inside = np.kron(np.eye(maps["groups"]), np.ones((each, each))) > 0
    entries = np.array(found, dtype=float)
    assert np.array_equal(np.isnan(entries), ~inside)
    assert np.array_equal(entries[inside], np.outer(theta, phi)[inside])


@every_small
def test_the_small_matrices_sum_the_same_numbers(script, maps):
    n, hidden = maps["height"] * maps["width"], maps["channels"] // 2
    found, parts = script("matrices", maps), script("factorised", maps)
    theta, phi = (
        np.array(parts[k]).reshape(hidden, n) for k in ("theta", "phi")
    )
    assert np.array_equal(found["places"], theta.T @ phi)
    assert np.array_equal(found["channels"], theta @ phi.T)


@every_small
def test_both_orders_give_the_same(script, maps):
    parts = script("factorised", maps)
    matrix = np.nan_to_num(
        np.array(script("matrices", maps)["both"], dtype=float)
    )
    assert np.array_equal(matrix @ np.array(parts["g"]), parts["out"])
    assert len(parts["gate"]) == maps["groups"]
    assert all(parts["gate"])


@every_small
def test_a_pair_is_said_with_its_numbers(script, maps):
    parts = script("factorised", maps)
    count, each = len(parts["theta"]), len(parts["theta"]) // maps["groups"]
    for row, column in itertools.product((0, 5, count - 1), repeat=2):
        said = text(
            script("pairSentence", maps | {"row": row, "column": column})
        ).replace("−", "-")
        if row // each == column // each:
            entry = parts["theta"][row] * parts["phi"][column]
            assert f" = {entry}. The whole row" in said
        else:
            assert "no entry" in said
        assert f" = {parts['out'][row]}. φ·g" in said


def test_the_authors_matrix_is_told_in_metres_and_in_memory(script):
    said = text(script("scaleSentence", AUTHORS))
    side = 28 * 28 * 512
    assert f"{side / 1000:.0f} m wide." in said
    pitches = (side / 1000) ** 2 / (105 * 68)
    assert f"As large as {pitches:.0f} football pitches" in said
    assert f"{4 * side**2 / 8 / 1e9:.1f} GB" in said
    assert "φ·g fills 32 bytes" in said


def test_the_costs_are_said_with_the_numbers_put_in(script):
    said = text(script("costSentence", AUTHORS))
    assert "2 · (28 · 28 · 512)² / 8 = 40.3 G" in said
    assert "2 · 28 · 28 · 512 = 803 k" in said
    assert "50,176 times fewer" in said


@pytest.mark.parametrize("width", [300, 340, 640, 900])
def test_no_drawing_is_wider_than_its_place(script, width):
    for maps in [*TO_SEE, *GRID]:
        plan = script("layout", maps, width)
        aside = 3 * 12 + 10 if plan["small"] else 0
        assert plan["x"][2] + plan["side"] + aside <= width + 1
        assert plan["small"] == (
            maps["height"] * maps["width"] * (maps["channels"] // 2) <= SMALL
        )


def test_groups_fall_to_the_next_that_divide(script):
    for hidden, groups in itertools.product((1, 6, 24, 512), (1, 4, 5, 100)):
        near = max(
            g for g in range(1, hidden + 1) if hidden % g == 0 and g <= groups
        )
        assert script("nearest", groups, hidden) == near
        moved = CGNLCost(channels=1024, groups=4)
        moved.channels = 2 * hidden
        assert (
            moved.groups == math.gcd(4, hidden) or hidden % moved.groups == 0
        )


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_can_be_set(name):
    settings = dict(zip(NAMES, PRESETS[name], strict=True))
    assert repr(CGNLCost(**settings)).startswith("CGNLCost(height=")


@pytest.mark.parametrize(
    "settings, said",
    [
        ({"channels": 7}, "channels=7 has no half"),
        ({"channels": 12, "groups": 4}, "groups=4 .* use a divisor of 6"),
        ({"height": 0}, "height"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_by_name(settings, said):
    with pytest.raises(traitlets.TraitError, match=said):
        CGNLCost(**settings)
