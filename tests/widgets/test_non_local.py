"""The picture of looking about computes what the block computes."""

import itertools

import numpy as np
import pytest
import torch
import traitlets
from torch.nn.functional import pad, unfold

from cvnotes import pictures
from cvnotes.widgets import AttentionExplorer
from cvnotes.widgets.non_local import PATCHES, embedding

SIZE = [10, 15]
SHOT = pictures.photograph("china", side=15)
BYTES = SHOT.ravel().tolist()
TEMPERATURES = (0.001, 0.02, 1.0)
FORMS = ("means", "gaussian", "embedded", "dot")
EVERY = list(itertools.product(FORMS, (1, 5), (False, True)))
every_form = pytest.mark.parametrize("form, k, equal", EVERY)


def array(given):
    if isinstance(given, dict):
        return np.array([given[str(i)] for i in range(len(given))])
    return np.array(given)


def by_torch(k, embedded=False, equal=False):
    """Patches by torch's unfold, in the page's order: n d."""
    x = torch.from_numpy(SHOT).permute(2, 0, 1)[None].double() / 255
    around = pad(x, (k // 2,) * 4, mode="replicate")
    rows = unfold(around, k)[0].view(3, k * k, -1)
    features = rows.permute(2, 1, 0).reshape(SIZE[0] * SIZE[1], -1)
    if embedded:
        mean, axes = map(torch.from_numpy, embedding(SHOT, k))
        features = (features - mean) @ axes.T
    if equal:
        norm = features.norm(dim=1, keepdim=True)
        features = features / norm * features.shape[1] ** 0.5
    return features


def wanted(features, i, form, temperature):
    d = features.shape[1]
    if form == "dot":
        return features @ features[i] / d / len(features)
    if form == "means":
        far = (features - features[i]).square().sum(1)
        return (-far / (2 * d * temperature)).softmax(0)
    return (features @ features[i] / (d * temperature)).softmax(0)


def said(parts):
    return "".join(p if isinstance(p, str) else p["b"] for p in parts)


def in_page(script, k, embedded, equal):
    features = array(script("patches", BYTES, SIZE, k)).tolist()
    d = 3 * k * k
    if embedded:
        mean, rows = embedding(SHOT, k)
        own = {"axes": len(rows), "mean": mean.tolist()}
        own["rows"] = rows.ravel().tolist()
        features, d = (
            array(script("embed", features, own)).tolist(),
            len(rows),
        )
    if equal:
        features = array(script("equalised", features, d)).tolist()
    return features, d


@every_form
def test_the_page_weighs_as_torch_does(script, form, k, equal):
    own = in_page(script, k, form == "embedded", equal)
    features = by_torch(k, form == "embedded", equal)
    np.testing.assert_allclose(
        np.reshape(own[0], features.shape), features, atol=2e-5
    )
    for i, temperature in zip((0, 77, 149), TEMPERATURES):
        scores = array(script("scores", *own, i, form, temperature))
        found = array(script("weigh", scores.tolist(), form))
        right = wanted(features, i, form, temperature).numpy()
        np.testing.assert_allclose(found, right, rtol=5e-2, atol=1e-5)
        colour = script("filtered", found.tolist(), BYTES)
        mean = found @ SHOT.reshape(-1, 3) / 255
        np.testing.assert_allclose(colour, mean, atol=1e-9)


def test_of_equal_length_the_gaussian_is_non_local_means(script):
    features, d = in_page(script, 3, False, True)
    found = [
        array(script("weigh", array(script("scores", *call)).tolist(), "x"))
        for call in (
            (features, d, 77, "gaussian", 0.01),
            (features, d, 77, "means", 0.01),
        )
    ]
    np.testing.assert_allclose(*found, rtol=1e-3)


def test_of_any_length_it_is_not(script):
    features = by_torch(3)
    ask = int(features.norm(dim=1).argmin())
    gaussian, means = (
        wanted(features, ask, form, 0.01) for form in ("gaussian", "means")
    )
    assert means.argmax() == ask and gaussian.argmax() != ask


def test_the_strongest_are_numpys(script):
    random = np.random.default_rng(0)
    for _ in range(20):
        weights = random.random(50).round(2)
        found = script("strongest", weights.tolist(), 6)
        assert weights[found].tolist() == sorted(weights)[::-1][:6]


def test_the_spread_counts_equal_places(script):
    found = script("spread", [0.25] * 4 + [0.0] * 5)
    assert found["places"] == pytest.approx(4)
    assert found["sum"] == pytest.approx(1)


def test_large_scores_do_not_overflow(script):
    assert script("logSum", [1000.0, 1000.0]) == pytest.approx(1000.6931472)
    assert script("weigh", [1000.0, 0.0], "gaussian") == [1, 0]


def test_the_embeddings_that_go_along_are_those_of_the_photographs(script):
    widget = AttentionExplorer()
    numbers = np.frombuffer(widget._weights, "<f4").astype(float).tolist()
    for name, k in itertools.product(pictures.NAMES, PATCHES):
        own = script("embeddingOf", numbers, widget._plan, name, k)
        mean, rows = embedding(pictures.photograph(name, 120), k)
        np.testing.assert_allclose(array(own["mean"]), mean, rtol=1e-5)
        assert array(own["rows"]) == pytest.approx(rows.ravel(), rel=1e-3)


def test_embedded_patches_have_deviation_one_along_each_axis():
    features = by_torch(3, embedded=True)
    torch.testing.assert_close(features.T.cov(), torch.eye(8).double())


def test_the_formula_gives_the_weight_that_it_shows(script):
    for form in ("means", "gaussian", "dot"):
        features, d = in_page(script, 3, False, False)
        settings = {"form": form, "temperature": 0.02, "x": 5, "y": 3}
        now = script("attend", features, d, settings, 15)
        now = {
            key: array(value).tolist() if isinstance(value, dict) else value
            for key, value in now.items()
        }
        text = said(script("formula", settings | {"d": d}, now, 15))
        shown = float(text.rpartition("= ")[2])
        assert shown == pytest.approx(max(now["weights"]), rel=6e-3)
        told = said(script("sentence", settings, now))
        assert ("not to 1" in told) == (form == "dot")
        assert "of 150 places" in told


def test_the_blocks_own_scale_is_the_one_that_is_told(script):
    _, told = script("about", {"form": "embedded"}, 8).split("τ = 1/√8 ≈ ")
    assert float(told.split(":")[0]) == round(8**-0.5, 2)
    ask, answer = np.random.default_rng(0).standard_normal((2, 8))
    shown = {"form": "embedded", "temperature": 8**-0.5}
    found = script("scores", [*ask, *answer], 8, 0, *shown.values())
    assert array(found)[1] == pytest.approx(ask @ answer / 8**0.5)
    assert "scale" not in script("about", {"form": "dot"}, 8)


def test_the_temperature_is_moved_by_its_logarithm(script):
    for step in range(61):
        value = script("toTemperature", step)
        assert script("toStep", value) == step
        assert value == pytest.approx(10 ** (-3 + step / 20), rel=0.05)


def test_a_place_shines_by_the_root_of_its_weight(script):
    assert script("glow", 0.25, 1) == 0.5
    paint = script("heat", [0, 1], [255] * 6, [0] * 8)
    night, lit = array(paint).reshape(2, 4)[:, :3]
    assert night == pytest.approx(0.42 * 255, abs=1)
    assert lit.tolist() == [255, 246, 214]


def test_a_patch_beyond_the_edge_is_the_edge_again(script):
    paint = array(script("cutOut", BYTES, SIZE, 3, 0, [0] * 36))
    shown = paint.reshape(3, 3, 4)[..., :3]
    np.testing.assert_array_equal(shown[0, 0], SHOT[0, 0])
    np.testing.assert_array_equal(shown[2, 2], SHOT[1, 1])


def test_a_patch_without_a_middle_is_refused():
    with pytest.raises(traitlets.TraitError, match=r"patch=4.*1, 3, 5 or 7"):
        AttentionExplorer(patch=4)
