"""What the connectivity picture says about chains, sums and blocks."""

from itertools import pairwise

import pytest

from cvnotes import cost


def flow(script, keep, layers=5, x0=8):
    return script("flow", {"keep": keep, "layers": layers, "x0": x0})


@pytest.mark.parametrize("layers", range(1, 7))
def test_the_connections_are_counted_as_the_package_does(script, layers):
    def count(keep):
        return script("connections", {"keep": keep, "layers": layers})

    assert count("concatenate") == cost.connections(layers)
    assert count("replace") == layers
    assert count("sum") == 2 * layers


def test_a_dense_layer_reads_as_many_maps_as_its_number(script):
    steps = flow(script, "concatenate")
    assert [len(step["reads"]) for step in steps] == [1, 2, 3, 4, 5]


def test_what_was_once_computed_stays(script):
    steps = flow(script, "concatenate")
    for before, after in pairwise(steps):
        assert after["reads"] == [*before["reads"], before["output"]]


def test_the_residual_state_is_the_dense_maps_added_up(script):
    dense, residual = (flow(script, k) for k in ("concatenate", "sum"))
    for kept, added in zip(dense, residual):
        assert added["reads"] == [pytest.approx(sum(kept["reads"]))]


def test_a_chain_forgets(script):
    assert [step["reads"] for step in flow(script, "replace")][:3] == [
        [8],
        [4],
        [2],
    ]


def test_every_number_in_the_sentence_can_be_checked(script):
    step = flow(script, "concatenate")[2]
    said = script("stepSentence", {"keep": "concatenate"}, step)
    text = "".join(p if isinstance(p, str) else p["b"] for p in said)
    assert "½ (8 + 4 + 6) = 9" in text


@pytest.mark.parametrize("keep", ["replace", "sum", "concatenate"])
@pytest.mark.parametrize("x0", [8, 16, 24, 32])
def test_every_number_on_the_page_is_exact(script, keep, x0):
    for step in flow(script, keep, layers=6, x0=x0):
        for number in [*step["reads"], step["output"], step["state"]]:
            assert round(number, 4) == number
