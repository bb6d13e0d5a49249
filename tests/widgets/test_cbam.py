"""The page's two gates are PyTorch's, and its sentences have the numbers."""

import json

import numpy as np
import pytest
import torch
import traitlets

from cvnotes import pictures
from cvnotes.attention import ChannelAttention, SpatialAttention
from cvnotes.widgets import CBAMExplorer
from cvnotes.widgets.cbam import NONE, WEIGHTS
from cvnotes.widgets.cbam_filters import FILTERS, SIZE, answers

COUNT = len(FILTERS)
GRID = [
    ("flower", "above the rest", 1, 7, "both"),
    ("china", "above the rest", 4, 3, "both"),
    ("flower", "above the rest", 8, 1, "average"),
    ("flower", "edges loud", 2, 5, "maximum"),
    ("china", "colours loud", 8, 7, "both"),
    ("china", "random", 1, 3, "average"),
    ("flower", "random", 2, 7, "both"),
    ("china", "random", 4, 5, "maximum"),
]
every_setting = pytest.mark.parametrize("setting", GRID)


def array(given):
    """A typed array as the browser hands it over, or a list."""
    if isinstance(given, dict):
        return np.array([given[str(i)] for i in range(len(given))])
    return np.array(given)


def maps(picture, step=4):
    return answers(picture)[:, ::step, ::step] / 255


def said(parts):
    return "".join(p if isinstance(p, str) else p["b"] for p in parts)


def in_page(script, setting, own=NONE, seed=3, step=4):
    picture, name, reduction, k, pooling = setting
    given = maps(picture, step)
    weights = script("mlpOf", name, COUNT, reduction, seed)
    look = script("lookOf", name, k, seed)
    options = {"pooling": pooling, "look": look, "k": k}
    options |= {"size": list(given.shape[1:]), "own": list(own)}
    flat = given.reshape(COUNT, -1).tolist()
    return given, weights, look, script("refine", flat, weights, options)


def channel_block(weights, reduction, pooling):
    block = ChannelAttention(COUNT, reduction).double()
    down, _, up = block.mlp
    for layer, weight, bias in (
        (down, "down", "downBias"),
        (up, "up", "upBias"),
    ):
        matrix = torch.tensor(weights[weight], dtype=torch.float64)
        layer.weight.data = matrix[..., None, None]
        layer.bias.data = torch.tensor(weights[bias], dtype=torch.float64)
    return block


def gate(block, x, pooling):
    if pooling == "both":
        return block.gate(x)
    pool = x.mean if pooling == "average" else x.amax
    return torch.sigmoid(block.mlp(pool((2, 3), keepdim=True)))


@every_setting
def test_the_page_computes_what_the_modules_compute(script, setting):
    _, _, reduction, k, pooling = setting
    given, weights, look, found = in_page(script, setting)
    x = torch.from_numpy(given)[None]
    with torch.no_grad():
        open_ = gate(channel_block(weights, reduction, pooling), x, pooling)
        spatial = SpatialAttention(k).double().train()
        spatial.conv.weight.data = torch.tensor(
            look["kernel"], dtype=torch.float64
        ).view(1, 2, k, k)
        spatial.norm.weight.data.fill_(look["scale"])
        spatial.norm.bias.data.fill_(look["shift"])
        refined = open_ * x
        places = spatial.gate(refined)
        after = places * refined
    np.testing.assert_allclose(found["gates"], open_.flatten(), atol=1e-9)
    np.testing.assert_allclose(
        array(found["places"]), places.flatten(), atol=1e-9
    )
    for c in range(COUNT):
        np.testing.assert_allclose(
            array(found["after"][c]), after[0, c].flatten(), atol=1e-9
        )


def test_a_gate_that_is_set_takes_the_place_of_the_computed_one(script):
    own = (*NONE[:3], 0.25, *NONE[4:])
    _, _, _, found = in_page(script, GRID[0], own)
    assert found["gates"][3] == 0.25
    assert found["channel"]["gates"][3] != 0.25


def test_average_alone_and_maximum_alone_hear_two_different_channels(script):
    """The page's lesson: glints stand out by their peak, haze does not."""
    glints, haze = FILTERS.index("glints"), FILTERS.index("haze")
    heard = {}
    for pooling in ("average", "maximum"):
        setting = ("flower", "above the rest", 1, 7, pooling)
        heard[pooling] = in_page(script, setting, step=1)[3]["gates"]
    assert heard["average"][haze] > 0.6 > 0.5 > heard["average"][glints]
    assert heard["maximum"][glints] > 0.9 > 0.2 > heard["maximum"][haze]


@pytest.mark.parametrize(
    "name, loud", [("edges loud", (0, 1, 2)), ("colours loud", (3, 4, 5))]
)
@pytest.mark.parametrize("reduction", [1, 2, 4, 8])
def test_a_preset_does_what_its_name_says(script, name, loud, reduction):
    found = in_page(script, ("flower", name, reduction, 7, "both"))[3]
    for c, value in enumerate(found["gates"]):
        assert (value > 0.5) == (c in loud)


def test_chance_is_the_same_for_the_same_seed_and_spread_like_a_normal(
    script,
):
    one, again, other = (
        script("mlpOf", "random", COUNT, 1, seed) for seed in (1, 1, 2)
    )
    assert one == again != other
    drawn = np.array([script("mlpOf", "random", 64, 1, 1)["down"]])
    assert abs(drawn.mean()) < 0.1 and 0.9 < drawn.std() < 1.1


def test_the_formula_shows_what_is_counted(script):
    setting = GRID[0]
    given, _, _, found = in_page(script, setting)
    flat = given.reshape(COUNT, -1).tolist()
    text = said(script("channelFormula", 6, "glints", found, "both", -1))
    assert f"maximum {given[6].max():.2f}" in text
    assert text.endswith(f"= {found['gates'][6]:.2f}.")
    at = 100
    left = said(script("productFormula", 6, at, flat, found))
    assert left.startswith(f"What is left: {found['gates'][6]:.2f} ·")
    place = said(script("placeFormula", at, found, 7))
    assert f"= {array(found['places'])[at]:.2f}." in place
    summary = said(script("gateSentence", list(FILTERS), flat, found))
    share = sum(array(a).sum() for a in found["after"]) / given.sum()
    assert f"{100 * share:.0f} % of the input is left." in summary
    loud = FILTERS[int(np.argmax(found["gates"]))]
    assert f"Loudest: {loud}" in summary


@pytest.mark.parametrize("pooling", ["both", "average"])
def test_brackets_stand_where_something_below_zero_is_added(script, pooling):
    setting = (*GRID[0][:4], pooling)
    channel = script(
        "channelFormula",
        6,
        "glints",
        in_page(script, setting)[3],
        pooling,
        -1,
    )
    assert ("(−" in said(channel).replace("σ(−", "")) == (pooling == "both")
    assert "((" not in said(channel) or pooling == "both"


def test_a_gate_of_your_own_is_told_beside_the_computed_one(script):
    own = (*NONE[:6], 0.0, NONE[7])
    _, _, _, found = in_page(script, GRID[0], own)
    text = said(script("channelFormula", 6, "glints", found, "both", 0.0))
    would = found["channel"]["gates"][6]
    assert f"You set its gate to 0.00; it would be {would:.2f}." in text


def test_what_is_taken_away_is_added_where_it_is_below_zero(script):
    setting = ("flower", "random", 2, 7, "both")
    texts = []
    for seed in range(6):
        found = in_page(script, setting, seed=seed)[3]
        texts.append(said(script("placeFormula", 5, found, 7)))
        sign = "+" if found["norm"]["mean"] < 0 else "−"
        assert f" {sign} {abs(found['norm']['mean']):.3f}) /" in texts[-1]
    assert any(") /" in text and " + " in text for text in texts)


@pytest.mark.parametrize(
    "asked, shown",
    [
        ([0.5] * 8, [0.5] * 8),
        ([-3, 2, *[0] * 6], [-1, 1, *[0] * 6]),
        ([1, 2], [-1] * 8),
        ([None] * 8, [-1] * 8),
    ],
)
def test_what_a_link_says_is_held_to_what_can_be_shown(script, asked, shown):
    assert script("heldGates", asked, 8) == shown


def test_the_photograph_and_the_maps_lie_over_each_other(script):
    photo, small = [64, 96], [48, 72]
    ends = [(0, 0), (96 * 64 - 1, 72 * 48 - 1), (95, 71)]
    for i, j in ends:
        assert script("samePlace", i, photo, small, 72 / 96) == j


@pytest.mark.parametrize("picture", pictures.NAMES)
def test_the_maps_are_a_photographs_and_not_stretched(picture):
    found = answers(picture)
    assert found.shape == (COUNT, *SIZE)
    peaks = found.reshape(COUNT, -1).max(1) / 255
    assert peaks[6] == 1 and peaks[7] < 0.5
    assert found[7].mean() > 6 * found[6].mean()


def test_the_page_is_given_little():
    widget = CBAMExplorer()
    maps_, photos = 2 * COUNT * 48 * 72, 2 * 96 * 64 * 3
    assert len(widget._examples) == maps_ + photos < 110_000
    assert len(json.dumps(widget._plan)) < 2_000


@pytest.mark.parametrize(
    "gates", [(), (0.5,) * 7, (2, *NONE[1:]), ("a",) * 8]
)
def test_what_are_no_gates_is_refused_by_name(gates):
    with pytest.raises(traitlets.TraitError, match=r"gates=.*8 numbers"):
        CBAMExplorer(gates=gates)


@pytest.mark.parametrize(
    "setting", [{"reduction": 3}, {"kernel_size": 4}, {"weights": "best"}]
)
def test_a_setting_that_is_not_here_is_refused(setting):
    with pytest.raises(traitlets.TraitError):
        CBAMExplorer(**setting)


def test_every_preset_is_offered():
    assert CBAMExplorer.weights.values == WEIGHTS
