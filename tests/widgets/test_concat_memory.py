"""The picture of memory computes what the package computes."""

import itertools

import pytest

from cvnotes import cost

GRID = [
    {
        "layers": layers,
        "k": k,
        "k0": k0,
        "bottleneck": bottleneck,
        "size": size,
        "batch": batch,
    }
    for layers, k, k0, bottleneck, size, batch in itertools.product(
        (1, 2, 16, 64),
        (1, 12, 48),
        (1, 24, 128),
        (True, False),
        (4, 32),
        (1, 64),
    )
]
FIRST_OF_BC_100 = {"layers": 16, "k": 12, "k0": 24, "bottleneck": True}
FIRST_OF_BC_100 |= {"size": 32, "batch": 64}


def form(settings):
    return cost.dense_block_memory(
        settings["layers"],
        settings["k0"],
        settings["k"],
        (settings["size"],) * 2,
        4 if settings["bottleneck"] else None,
    )


def text(parts):
    return "".join(p if isinstance(p, str) else p["b"] for p in parts)


def test_the_bytes_are_the_packages(script):
    for settings in GRID:
        wanted = form(settings)
        each = 4 * settings["batch"]
        assert script("bytes", settings) == {
            "naive": each * wanted.naive,
            "shared": each * wanted.shared,
        }


def test_the_bars_add_up_to_the_block(script):
    for settings in GRID[::7]:
        bars = script("layers", settings)
        assert len(bars) == settings["layers"]
        sums = {way: sum(bar[way] for bar in bars) for way in bars[0]}
        assert sums == script("channels", settings)


def test_a_layer_keeps_never_more_when_each_map_is_kept_once(script):
    for settings in GRID[::7]:
        for bar in script("layers", settings):
            assert bar["shared"] <= bar["naive"]


def test_the_formula_is_shown_with_the_numbers_put_in(script):
    assert text(script("naiveSentence", FIRST_OF_BC_100)) == (
        "2 · (24 · 16 + 12 · 16 · 15 / 2) + 8 · 12 · 16 = 5,184 channels × "
        "32² places × 64 pictures × 4 bytes = 1.36 GB"
    )
    assert text(script("sharedSentence", FIRST_OF_BC_100)) == (
        "24 + 12 · 15 + 8 · 12 · 16 = 1,740 channels × 32² places × "
        "64 pictures × 4 bytes = 456 MB"
    )


def test_the_formulas_say_what_is_counted(script):
    for settings in GRID[::5]:
        for way in ("naive", "shared"):
            said = text(script(f"{way}Sentence", settings))
            sum_, _, rest = said.partition(" = ")
            value = eval(sum_.replace("·", "*"))
            assert value == script("channels", settings)[way]
            one = " " if value == 1 else "s "
            assert rest.startswith(f"{int(value):,} channel{one}")


def test_twice_the_depth_is_told(script):
    said = script("comparison", FIRST_OF_BC_100)
    one = form(FIRST_OF_BC_100)
    two = form(FIRST_OF_BC_100 | {"layers": 32})
    assert f"takes {one.naive / one.shared:.1f} times as much" in said
    assert f"{two.naive / one.naive:.1f} times as much" in said
    assert f"{two.shared / one.shared:.1f} times when" in said


def test_the_picture_is_at_least_half_full(script):
    for layers in range(5, 65):
        assert layers <= script("reach", layers, 64) < 2 * layers


@pytest.mark.parametrize(
    "value, said",
    [(999_600, "1,000 kB"), (1.5e6, "1.5 MB"), (2.34e9, "2.34 GB")],
)
def test_sizes_have_a_unit(script, value, said):
    assert script("megabytes", value) == said
