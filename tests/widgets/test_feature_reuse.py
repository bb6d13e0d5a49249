"""The picture of readers and sources says what the pairs say."""

import pytest
import traitlets

from cvnotes.experiments import feature_reuse
from cvnotes.widgets import FeatureReuse

PAIRS = feature_reuse.pairs(feature_reuse.recorded().rows)


def text(parts):
    return "".join(p if isinstance(p, str) else p["b"] for p in parts)


def pair(reader, source, weight, worth, block=1):
    place = {"block": block, "reader": reader, "source": source}
    return {
        **place,
        "maps": 8,
        "start": 0.1,
        "weight": weight,
        "worth": worth,
    }


def reader(*sources):
    """The last layer but one of a block that reads these."""
    return {"block": 1, "place": 4, "kind": "layer", "sources": [*sources]}


def test_every_reader_has_its_sources_in_order(script):
    found = script("readers", PAIRS[::-1])
    for one in found:
        assert [p["source"] for p in one["sources"]] == [*range(one["place"])]
    assert sum(len(one["sources"]) for one in found) == len(PAIRS)


def test_behind_each_block_stands_a_transition_and_at_the_end_the_classifier(
    script,
):
    kinds = [one["kind"] for one in script("readers", PAIRS)]
    each = kinds.index("transition") + 1
    assert kinds[each - 1 :: each] == [
        "transition",
        "transition",
        "classifier",
    ]
    assert set(kinds) == {"layer", "transition", "classifier"}


def test_the_readers_are_named_as_the_chapter_names_them(script):
    found = script("readers", PAIRS)
    names = [script("name", one) for one in found]
    assert names[0] == "layer 1 of block 1"
    assert names[5] == "the transition behind block 1"
    assert names[-1] == "the classifier"
    short = [script("shortName", one) for one in found]
    assert short[4:6] == ["block 1, layer 5", "transition 1"]


@pytest.mark.parametrize("shade", ["weight", "start", "worth"])
def test_the_largest_square_is_full_and_none_is_fuller(script, shade):
    most = script("scale", PAIRS)
    full = [script("fullness", p, shade, most) for p in PAIRS]
    assert all(0 <= f <= 1 for f in full)
    top = max(PAIRS, key=lambda p: p[shade])
    if shade != "start":  # it shares the scale of the weights
        assert full[PAIRS.index(top)] == pytest.approx(1)


def test_weights_before_and_after_training_share_a_scale(script):
    most = script("scale", PAIRS)
    same = {**PAIRS[0], "start": 0.1, "weight": 0.1}
    shades = [script("fullness", same, s, most) for s in ("start", "weight")]
    assert shades[0] == shades[1]


def test_a_loss_counts_in_factors_and_a_gain_is_empty(script):
    most = script("scale", PAIRS) | {"worth": 1.0}
    losses = (0.01, 0.1, 1.0, 0.0001, -0.5)
    full = [
        script("fullness", pair(1, 0, 0.1, loss), "worth", most)
        for loss in losses
    ]
    assert full == pytest.approx([1 / 3, 2 / 3, 1, 0, 0])


def test_the_legend_says_that_the_shades_of_a_loss_are_factors(script):
    most = script("scale", PAIRS) | {"worth": 2.58}
    assert script("legend", "worth", most).endswith(
        "0.001 nats or less is empty, 2.58 full; each step multiplies."
    )


def test_the_sentence_names_the_heaviest_and_the_one_that_is_needed(script):
    one = reader(pair(4, 0, 0.1, 0.3), pair(4, 1, 0.2, 0.0254))
    assert text(script("sentence", one)) == (
        "Layer 4 of block 1 has its largest weights on layer 1, but needs x0 "
        "most: deaf to it, the loss rises by 0.30 nats."
    )


def test_the_sentence_says_when_they_are_the_same(script):
    one = reader(pair(4, 0, 0.1, 0.02), pair(4, 1, 0.2, 0.0254))
    assert text(script("sentence", one)).endswith(
        "on layer 1, and needs it most: deaf to it, "
        "the loss rises by 0.025 nats."
    )


def test_weights_within_a_tenth_are_called_alike(script):
    one = reader(pair(4, 0, 0.1, 0.3), pair(4, 1, 0.109, 0.0254))
    assert "weighs its sources all about alike" in text(
        script("sentence", one)
    )


def test_where_nothing_is_lost_nothing_is_needed(script):
    one = reader(pair(4, 0, 0.1, -0.02), pair(4, 1, 0.2, 0.0004))
    said = text(script("sentence", one))
    assert said.endswith("layer 1, and needs none of them by itself.")


def test_the_first_layer_reads_x0_alone(script):
    said = text(script("sentence", script("readers", PAIRS)[0]))
    assert said.startswith("Layer 1 of block 1 reads x0 alone. Deaf to it, ")


@pytest.mark.parametrize(
    "worth, end",
    [
        (0.25, "the loss rises by 0.25 nats."),
        (0.0004, "it loses next to nothing."),
        (-0.3, "it loses next to nothing."),
    ],
)
def test_what_became_of_the_first_layer_is_always_said(script, worth, end):
    one = reader(pair(4, 0, 0.1, 0.3), pair(4, 1, 0.2, worth))
    assert script("firstLayer", one) == (
        f"The block's first layer: deaf to its 8 maps, {end}"
    )


def test_the_repr_is_short_and_says_what_was_moved():
    made = FeatureReuse(pairs=PAIRS, reader=6)
    assert repr(made) == f"FeatureReuse(pairs=<{len(PAIRS)} pairs>, reader=6)"


def test_the_pairs_stand_once_in_the_page_and_never_in_the_address():
    made = FeatureReuse(pairs=PAIRS)
    assert "pairs" not in made._start
    assert made._shared == ["shade", "reader"]


def test_the_slider_ends_at_the_last_reader():
    assert FeatureReuse(pairs=PAIRS)._bounds["reader"]["max"] == 18


@pytest.mark.parametrize("reader", [0, 19])
def test_a_reader_that_is_not_there_is_refused(reader):
    with pytest.raises(
        (ValueError, traitlets.TraitError),
        match=rf"\b{reader}\b",
    ):
        FeatureReuse(pairs=PAIRS, reader=reader)


@pytest.mark.parametrize(
    "pairs, said",
    [
        ([], r"pairs=\[\] has nobody who reads; give"),
        ([{"block": 1}], "without a number for 'reader'"),
        ([pair(2, 1, 0.1, 0.1)], "lacks source 0 of reader 2 in block 1"),
        ([pair(1, 0, None, 0.1)], "without a number for 'weight'"),
    ],
)
def test_pairs_that_are_none_are_refused_with_the_way_out(pairs, said):
    with pytest.raises(ValueError, match=said):
        FeatureReuse(pairs=pairs)
