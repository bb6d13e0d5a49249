"""The picture of two places computes what the package computes."""

from itertools import product

import pytest
import traitlets

from cvnotes import cost
from cvnotes.papers import CROSS_LAYER
from cvnotes.widgets import CrossLayerExplorer
from cvnotes.widgets.cross_layer import PRESETS

START = {
    n: getattr(CrossLayerExplorer(), n) for n in CrossLayerExplorer.settings()
}
STACKS = [
    *[(p["kernels"], p["strides"]) for p in PRESETS.values()],
    ((1, 2, 5, 11), (3, 2, 1, 2)),
    ((4, 3), (1, 3)),
]
PLACES = list(product((0, 33.3, 100), (10, 90)))


def layers(kernels, strides):
    return [(k, s, (k - 1) // 2) for k, s in zip(kernels, strides)]


def text(parts):
    return "".join(p if isinstance(p, str) else p["b"] for p in parts)


def spans(field, place, pixels):
    return [field.span(p, side) for p, side in zip(place, pixels)]


@pytest.mark.parametrize("kernels, strides", STACKS)
def test_every_field_is_the_packages(script, kernels, strides):
    found = script("stackOf", {"kernels": kernels, "strides": strides})
    plan = layers(kernels, strides)
    assert len(found) == len(plan)
    for i, one in enumerate(found):
        field = cost.receptive_field(plan[: i + 1])
        assert [one[n] for n in ("size", "jump", "first")] == [
            *vars(field).values()
        ]


@pytest.mark.parametrize("kernels, strides", STACKS)
def test_layers_have_as_many_places_as_the_package_says(
    script, kernels, strides
):
    stack = script("stackOf", {"kernels": kernels, "strides": strides})
    found = script("placesAlong", stack, 336)
    size = 336, 336
    for side, (k, s, p) in zip(found, layers(kernels, strides)):
        size = cost.output_size(size, k, s, p)
        assert side == size[0]


@pytest.mark.parametrize("kernels, strides", STACKS)
def test_boxes_and_overlaps_are_the_packages(script, kernels, strides):
    plan = layers(kernels, strides)
    for (ax, ay), a in product(PLACES, (1, len(plan))):
        here = {"ax": ax, "ay": ay, "a": a, "b": len(plan) - 1, "width": 96}
        own = {"kernels": kernels, "strides": strides}
        scene = script("sceneOf", START | own | here)
        boxes = []
        for who in "ab":
            one = scene[who]
            field = cost.receptive_field(plan[: one["layer"]])
            box = spans(field, one["place"], scene["pixels"])
            assert one["box"] == [list(span) for span in box]
            boxes.append(box)
        found = script("overlapOf", scene["a"]["box"], scene["b"]["box"])
        assert found["part"] == pytest.approx(cost.overlap(*boxes))
        assert found["inside"] == pytest.approx(cost.inside(*boxes))


def test_the_mean_overlap_is_that_of_all_places(script):
    scene = script("sceneOf", START | PRESETS["eight 3×3"] | {"width": 48})
    plan = layers(
        PRESETS["eight 3×3"]["kernels"], PRESETS["eight 3×3"]["strides"]
    )
    box = [tuple(span) for span in scene["a"]["box"]]
    for i, mean in enumerate(scene["laps"]):
        field, size = cost.receptive_field(plan[: i + 1]), (48, 32)
        for step in plan[: i + 1]:
            size = cost.output_size(size, *step)
        each = [
            cost.overlap(box, spans(field, place, (48, 32)))
            for place in product(*map(range, size))
        ]
        assert mean == pytest.approx(sum(each) / len(each))


def test_a_place_is_the_nearest_to_where_the_hand_is(script):
    field = {"size": 11, "jump": 4, "first": 1.5}
    for percent in (0, 7, 49.9, 50, 100):
        found = script("nearestPlace", field, 12, percent, 48)
        wanted = percent / 100 * 48 - 0.5
        far = [abs(1.5 + 4 * p - wanted) for p in range(12)]
        assert far[found] == min(far)


def test_the_formula_has_the_numbers_put_in(script):
    scene = script("sceneOf", START)
    said = text(script("sizeFormula", 17, scene["stack"][16]))
    assert "Layer 17: 299 + (3 − 1) · 32 = 363 pixels" in said
    said = text(script("overlapFormula", scene)).replace(",", "")
    lap = script("overlapOf", scene["a"]["box"], scene["b"]["box"])
    assert f"{lap['both']} / {lap['either']} = " in said


def test_what_is_asked_is_counted(script):
    scene = script("sceneOf", START | {"width": 672})
    said = text(script("askedSentence", scene))
    places = 2 * 56 * 84 + 3 * 28 * 42
    assert f"{places:,} places of 5 sizes" in said
    assert "own layer it would ask 294 places" in said


def test_two_places_that_are_one_are_said_to_be(script):
    scene = script("sceneOf", START | {"bx": START["ax"], "by": START["ay"]})
    assert "are one place" in text(script("twoSentence", scene))


def test_the_start_is_the_authors_choice_of_layers():
    rows = [r for r in CROSS_LAYER.responses if r.net == "ResNet-50"]
    first = {1: 3, 2: 6, 3: 10}  # the layer of each stage's first block
    wanted = tuple(first[r.stage] + r.block - 1 for r in rows)
    assert CrossLayerExplorer().responses == wanted


@pytest.mark.parametrize("name", ["kernels", "strides", "responses"])
def test_what_is_no_list_of_layers_is_refused(name):
    with pytest.raises(traitlets.TraitError, match=rf"{name}=\(3, 0\)"):
        CrossLayerExplorer(**{name: (3, 0)})
