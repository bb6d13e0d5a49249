"""The page unpacks and tells what numpy and the package compute."""

import itertools

import numpy as np
import pytest
import traitlets
from torch.utils.flop_counter import FlopCounterMode

from book._press import chapters
from cvnotes import cost
from cvnotes.experiments.mixers import CHANNELS, FINER, mixer
from cvnotes.experiments.mixers import NAMES as MIXERS
from cvnotes.experiments.packed import unpack
from cvnotes.experiments.who_mixes import A_TENTH, FILE, NEVER
from cvnotes.widgets import WhoMixes, who_mixes_cost
from cvnotes.widgets.who_mixes import NAMES, PRESETS
from cvnotes.widgets.who_mixes_cost import OPERATIONS

WIDGET = WhoMixes()
PLAN = WIDGET._plan
FILED = np.load(FILE)
MIDDLE = {"channel": 2, "row": 3, "column": 3, "maps": 1}
every_name = pytest.mark.parametrize("name", NAMES)


def said(parts):
    text = "".join(p if isinstance(p, str) else p["b"] for p in parts)
    return text.replace("\u00a0", " ")


def plan_of(name):
    return next(one for one in PLAN if one["name"] == name)


def of(name):
    """Its own bytes and plan, as if it were the only one."""
    return FILED[name].tolist(), [plan_of(name)], name


def reading(script, name, **changes):
    return script("readingFrom", *of(name), MIDDLE | changes)


def told(script, what, name, **changes):
    now = reading(script, name, **changes)
    return said(script(what, plan_of(name), now))


def test_the_page_unpacks_what_numpy_unpacks(script):
    for name in NAMES:
        found = script("unpackBits", FILED[name].tolist())
        assert found == unpack(FILED[name]).tolist()


def test_each_operation_is_found_among_all_bytes(script):
    everything = list(WIDGET._examples), PLAN
    for name in (NAMES[0], NAMES[5], NAMES[-1]):
        found = script("slopesFrom", *everything, name, MIDDLE)
        own = reading(script, name)["slopes"]
        np.testing.assert_array_equal(found, own)


@every_name
def test_the_slopes_of_an_output_are_its_row_of_the_jacobian(script, name):
    one = plan_of(name)
    c, h, w = one["makes"]
    rows = unpack(FILED[name]).reshape(one["inputs"], c, h, w, -1)
    for maps, channel, row, column in (
        (1, 1, 1, 1), (1, 2, 3, 3), (2, c, h, w), (1, 8, 5, 2),
    ):  # fmt: skip
        point = {"channel": channel, "row": row, "column": column}
        got = script("slopesFrom", *of(name), {"maps": maps, **point})
        which = min(maps, one["inputs"]) - 1
        at = (min(channel, c) - 1, min(row, h) - 1, min(column, w) - 1)
        sent = rows[(which, *at)].astype(float)
        size = one["most"] * 10 ** ((abs(sent) - 127) / A_TENTH)
        slopes = np.where(sent == 0, 0, np.sign(sent) * size)
        slopes[sent == NEVER] = np.nan
        np.testing.assert_allclose(np.array(got, float), slopes, rtol=1e-9)


@pytest.mark.parametrize(
    "name, words",
    [
        ("fully connected", "100 of 100 inputs: every place, all 4 channels"),
        (
            "3×3 convolution",
            "36 of 100 inputs: its 3×3 neighbourhood, all 4 channels",
        ),
        ("1×1 convolution", "4 of 100 inputs: its own place, all 4 channels"),
        (
            "depthwise 3×3",
            "9 of 100 inputs: its 3×3 neighbourhood, its own channel",
        ),
        (
            "grouped 3×3",
            "18 of 100 inputs: its 3×3 neighbourhood, 2 of 4 channels",
        ),
        (
            "global average pooling",
            "25 of 100 inputs: every place, its own channel",
        ),
        (
            "cross-layer",
            "4 of 100 of its own maps: its own place, all 4 channels; and "
            "49 of 49 of the finer layer: every place, its one channel",
        ),
        ("dense block", "1 of 100 inputs: its own place, its own channel"),
    ],
)
def test_what_is_read_is_said_in_words(script, name, words):
    assert told(script, "readsSentence", name) == f"Reads {words}."


def test_the_border_cuts_a_neighbourhood(script):
    cut = told(script, "readsSentence", "depthwise 3×3", row=1, column=5)
    assert "4 of 100 inputs: its 2×2 neighbourhood" in cut


def test_a_map_that_is_handed_on_is_told_as_such(script):
    handed = told(script, "strongestSentence", "dense layer")
    assert handed == "Slope 1: this map is handed on as it came."


def test_the_strongest_is_the_largest_slope(script):
    for name, maps in itertools.product(("non-local", "CGNL"), (1, 2)):
        now = reading(script, name, maps=maps)
        best = int(np.nanargmax(np.abs(np.array(now["slopes"], float))))
        assert now["strongest"] == best
        at = script("placeOf", plan_of(name), best)
        assert at["channel"] * 25 + at["row"] * 5 + at["column"] == best
        words = said(script("strongestSentence", plan_of(name), now))
        assert f"channel {at['channel'] + 1}, row {at['row'] + 1}" in words


def test_other_maps_move_the_slopes_of_what_compares_alone(script):
    for name, same in (("non-local", False), ("3×3 convolution", True)):
        one, other = (reading(script, name, maps=m)["slopes"] for m in (1, 2))
        assert np.array_equal(
            np.array(one, float), np.array(other, float), equal_nan=True
        ) is same  # fmt: skip
        now = reading(script, name)
        moves = script("movesSentence", plan_of(name), now)
        assert ("the same" in moves) is same


def test_what_is_handed_on_has_its_slope_whatever_the_maps(script):
    for channel, said in ((2, "the same slope."), (5, "other slopes.")):
        now = reading(script, "dense layer", channel=channel)
        moves = script("movesSentence", plan_of("dense layer"), now)
        assert moves == f"Other maps, {said}"


def test_what_both_read_is_counted(script):
    names = ["depthwise 3×3", "1×1 convolution"]
    both = [reading(script, name) for name in names]
    words = said(script("bothSentence", names, *both))
    assert words == (
        "Of these 100 numbers both can read 1; depthwise 3×3 8 more, and "
        "1×1 convolution 3 more."
    )
    names = ["non-local", "3×3 convolution"]
    both = [reading(script, name) for name in names]
    assert said(script("bothSentence", names, *both)) == (
        "What 3×3 convolution can read, non-local can read too: 36 of these "
        "100 numbers, and 64 more."
    )


@every_name
def test_the_work_is_the_products_and_the_counters(name):
    found, block = OPERATIONS[name].at(), mixer(name)
    product = OPERATIONS[name].work[1].replace("·", "*").replace("²", "**2")
    assert eval(product) == found.macs
    params = sum(p.numel() for p in block.module.parameters())
    assert params == found.params
    with FlopCounterMode(display=False) as counter:
        block(*block.maps(seed=0))
    # The sums of CGNL's kernel are no products of matrices.
    unseen = cost.cgnl_kernel(2, size=(5, 5)).macs if name == "CGNL" else 0
    assert counter.get_total_flops() // 2 == found.macs - unseen


def test_the_powers_are_those_of_the_closed_forms():
    powers = {name: own.powers() for name, own in OPERATIONS.items()}
    assert powers.pop("fully connected") == (2, 2)
    assert {weights for weights, _ in powers.values()} == {0}
    squares = {name for name, (_, work) in powers.items() if work == 2}
    assert squares == {"non-local", "cross-layer"}
    still = {name for name, (_, work) in powers.items() if work == 0}
    assert still == {"global average pooling", "Squeeze-and-Excitation"}


def test_the_numbers_are_put_into_the_sentences(script):
    one = plan_of("non-local")
    assert said(script("workSentence", one)) == (
        "4·c·d·n + 2·d·n² = 4·4·2·25 + 2·2·25² = 3,300 multiply-adds"
    )
    twice = OPERATIONS["non-local"].at(10).macs / 3300
    assert said(script("growthSentence", one)) == (
        f"40 weights, whatever the size. Twice the side: {twice:.1f} times "
        "the work; it grows as n²."
    )


def test_names_and_sizes_are_those_of_the_modules():
    assert NAMES == MIXERS == tuple(OPERATIONS)
    assert who_mixes_cost.CHANNELS == CHANNELS
    assert (1, who_mixes_cost.FINER, who_mixes_cost.FINER) == FINER


@every_name
def test_its_chapter_is_there_under_its_title(name):
    own = OPERATIONS[name]
    page = chapters.ROOT / "book" / f"{own.chapter}.md"
    assert f"\n# {own.title}\n" in page.read_text(encoding="utf-8")


def test_every_operation_is_in_a_pair_to_start_from():
    assert {name for pair in PRESETS.values() for name in pair} == {*NAMES}


@pytest.mark.parametrize("pair", PRESETS.values(), ids=PRESETS)
def test_every_pair_can_be_set(pair):
    left, right = pair
    assert WhoMixes(left=left, right=right).right == right


def test_an_arrow_at_the_edge_goes_on_in_the_next_map(script):
    one = {"makes": [4, 5, 5]}
    on = script("stepped", one, [0, 2, 4], [0, 1])
    assert on == {"channel": 2, "row": 3, "column": 1}
    back = script("stepped", one, [0, 0, 0], [-1, -1])
    assert back == {"channel": 1, "row": 1, "column": 1}


@pytest.mark.parametrize("wide", [290, 324, 350, 500])
def test_a_drawn_number_is_found_under_the_pointer(script, wide):
    for name in NAMES:
        scene = script("sceneOf", plan_of(name), wide, 2)
        for plane in scene["made"]:
            last = plane["x"] + plane["w"] * plane["unit"] * 0.86
            assert plane["x"] >= 0 and last <= wide
            row, column = plane["h"] - 0.5, 0.5
            x = plane["x"] + column * plane["unit"] * 0.86
            y = plane["y"] + (row - 0.2 * column) * plane["unit"]
            found = script("cellUnder", scene["made"], x, y)
            assert found == {
                "channel": plane["channel"],
                "row": plane["h"] - 1,
                "column": 0,
            }


def test_a_thousandth_of_the_strongest_is_drawn_weakest(script):
    found = [script("strength", s, 2.0) for s in (2, -0.2, 0.02, 0.002, 0)]
    assert found == pytest.approx([1, 2 / 3, 1 / 3, 0, 0], abs=1e-9)


def test_what_is_shipped_takes_less_than_160_kilobytes_as_text():
    assert 4 / 3 * len(WIDGET._examples) < 160_000


@pytest.mark.parametrize(
    "wrong",
    [
        {"left": "5×5"},
        {"channel": 0},
        {"channel": 9},
        {"row": 6},
        {"maps": 3},
    ],
    ids=str,
)
def test_a_setting_out_of_bounds_is_refused(wrong):
    with pytest.raises(traitlets.TraitError, match=next(iter(wrong))):
        WhoMixes(**wrong)
