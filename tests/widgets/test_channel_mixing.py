"""The picture of mixing computes what the layer computes, and says so."""

import itertools

import numpy as np
import pytest
import torch
import traitlets
from torch.nn.functional import relu

from cvnotes import pictures
from cvnotes.pointwise import Pointwise
from cvnotes.widgets import ChannelMixer
from cvnotes.widgets.channel_mixing import presets

NAMES = pictures.NAMES
EVERY = [(p, name) for p in NAMES for name in presets(p)]
RANKS = {
    "identity": 3,
    "grey": 1,
    "swap red and blue": 3,
    "warm or cold": 2,
    "luma and chroma": 3,
    "decorrelate": 3,
    "no way back": 2,
}
every_preset = pytest.mark.parametrize("picture, name", EVERY)
ZERO = (0.0,) * 9


def small(picture):
    return pictures.photograph(picture, side=24)


def channels(picture):
    """What a layer is given: 1 c h w, from 0 to 1."""
    bytes_ = torch.from_numpy(pictures.photograph(picture, side=24))
    return bytes_.permute(2, 0, 1)[None].double() / 255


def mixed(picture, matrix, cut):
    layer = Pointwise(3, 3, bias=False).double()
    layer.weight.data = torch.tensor(matrix, dtype=torch.float64).view(3, 3)
    with torch.no_grad():
        out = layer(channels(picture))
    return (relu(out) if cut else out).flatten(2)[0].numpy()


def array(given):
    """A typed array as the browser hands it over, a list or a mapping."""
    if isinstance(given, dict):
        return np.array([given[str(i)] for i in range(len(given))])
    return np.array(given)


def said(parts):
    return "".join(p if isinstance(p, str) else p["b"] for p in parts)


@every_preset
@pytest.mark.parametrize("cut", [False, True])
def test_the_page_computes_what_the_layer_computes(
    script, picture, name, cut
):
    matrix = presets(picture)[name]
    in_page = script("mix", small(picture).ravel().tolist(), matrix, cut)
    wanted = mixed(picture, matrix, cut)
    np.testing.assert_allclose([*map(array, in_page)], wanted, atol=1e-12)


def matrices():
    random = np.random.default_rng(0)
    for _ in range(30):
        yield random.uniform(-2, 2, (3, 3)).round(2)
    for rank in (0, 1, 2):
        for _ in range(10):
            left = random.integers(-2, 3, (3, rank))
            yield left @ random.integers(-1, 2, (rank, 3)) / 2.0


def test_determinant_and_rank_are_numpys(script):
    for matrix in matrices():
        flat = matrix.ravel().tolist()
        wanted = np.linalg.det(matrix)
        assert script("determinant", flat) == pytest.approx(wanted, abs=1e-9)
        assert script("rank", flat) == np.linalg.matrix_rank(matrix)


def test_what_no_output_notices_is_really_unseen(script):
    for matrix in matrices():
        if np.linalg.matrix_rank(matrix) == 2:
            way = script("unseen", matrix.ravel().tolist())
            assert max(way) == 1
            np.testing.assert_allclose(matrix @ way, 0, atol=1e-9)


@every_preset
def test_each_preset_has_the_rank_that_is_said_of_it(script, picture, name):
    assert script("rank", presets(picture)[name]) == RANKS[name]


@pytest.mark.parametrize("picture", NAMES)
def test_decorrelated_the_covariance_is_diagonal(picture):
    matrix = np.reshape(presets(picture)["decorrelate"], (3, 3))
    colours = pictures.photograph(picture).reshape(-1, 3) / 255
    after = np.cov(matrix @ colours.T)
    apart = after - np.diag(np.diag(after))
    assert np.abs(apart).max() < 1e-6
    assert (np.diff(np.diag(after)) < 0).all()
    # A turn, perhaps with a mirror: nothing is stretched, nothing is lost.
    np.testing.assert_allclose(matrix @ matrix.T, np.eye(3), atol=2e-6)


def test_the_photographs_have_each_their_own():
    flower, china = (presets(name) for name in NAMES)
    differ = {name for name in flower if flower[name] != china[name]}
    assert differ == {"decorrelate"}


@pytest.mark.parametrize("picture", NAMES)
def test_the_correlation_is_numpys(script, picture):
    colours = small(picture).reshape(-1, 3) / 255
    wanted = np.corrcoef(colours.T)
    for i, j in itertools.combinations(range(3), 2):
        found = script("correlation", *colours.T[[i, j]].tolist())
        assert found == pytest.approx(wanted[i, j])


def test_an_even_channel_has_no_correlation(script):
    assert script("correlation", [0.5] * 4, [0, 1, 2, 3]) is None


def test_a_channel_is_shown_as_the_page_says(script):
    paint = script("light", [0, 1, 0.5, -1], [-1, 1], [0] * 16)
    shown = array(paint).reshape(4, 4)[:, :3].tolist()
    assert shown == [[0] * 3, [255] * 3, [127.5] * 3, [64, 150, 255]]


@pytest.mark.parametrize("most, shown", [(2, 127.5), (0.4, 102)])
def test_white_is_the_most_there_is_but_not_of_next_to_nothing(
    script, most, shown
):
    half = script("light", [most / 2], [0, most], [0] * 4)
    assert array(half)[0] == pytest.approx(shown)


@every_preset
def test_the_range_is_told_to_two_digits(script, picture, name):
    values = mixed(picture, presets(picture)[name], False)[1]
    least, most = script("range", values.tolist())
    assert (least, most) == pytest.approx((values.min(), values.max()))


def test_the_dot_product_is_shown_with_its_numbers(script):
    row, pixel = [0.299, -0.5, 2], [0.902, 0.424, 0.129]
    assert said(script("product", row, pixel, False)) == (
        "0.299 · 0.902 + (−0.5) · 0.424 + 2 · 0.129 = 0.316"
    )
    below = said(script("product", [0, -1, 0], pixel, True))
    assert below.endswith("= −0.424, and ReLU makes it 0")


@every_preset
def test_the_product_says_what_is_counted(script, picture, name):
    pixel = channels(picture)[0, :, 5, 7]
    matrix = torch.tensor(presets(picture)[name], dtype=torch.float64)
    rows = matrix.view(3, 3)
    for row, wanted in zip(rows, rows @ pixel, strict=True):
        text = said(script("product", row.tolist(), pixel.tolist(), False))
        terms, _, sum_ = text.replace("−", "-").partition(" = ")
        counted = eval(terms.replace("·", "*"))
        assert float(sum_) == pytest.approx(wanted.item(), abs=6e-4)
        assert counted == pytest.approx(wanted.item(), abs=4e-3)


@pytest.mark.parametrize(
    "matrix, sentence",
    [
        (
            presets("flower")["identity"],
            "Rank 3, determinant 1: this mix can",
        ),
        (presets("flower")["warm or cold"], "colour along (1, 1, 1), and"),
        (presets("flower")["no way back"], "along (0, 0, 1), and no output"),
        (presets("flower")["grey"], "Rank 1: this mix cannot be undone."),
        (ZERO, "Rank 0: nothing is left of the photograph."),
    ],
)
def test_it_says_whether_the_mix_can_be_undone(script, matrix, sentence):
    assert sentence in said(script("rankSentence", matrix, False, 0))


@pytest.mark.parametrize(
    "below, end",
    [
        (0, "can be undone. No two colours become one. ReLU finds nothing"),
        (0.31, "cannot be undone. ReLU made 31\u00a0% of the numbers 0"),
    ],
)
def test_it_says_what_relu_takes(script, below, end):
    matrix = presets("flower")["decorrelate"]
    assert end in said(script("rankSentence", matrix, True, below))


def test_the_share_below_zero_is_counted(script):
    assert script("belowZero", [[-1, 0], [1, 2], [-1, -1]]) == 0.5


@every_preset
def test_a_preset_is_known_by_its_numbers(script, picture, name):
    own = presets(picture)
    assert script("presetOf", own[name], own) == name
    moved = [own[name][0] + 0.01, *own[name][1:]]
    assert script("presetOf", moved, own) == "your own"


@pytest.mark.parametrize(
    "asked, shown",
    [
        ([5, *[0] * 7, -9], [2, *[0] * 7, -2]),
        ([1, 2], [7] * 9),
        ([None] * 9, [7] * 9),
    ],
)
def test_what_a_link_says_is_held_to_what_can_be_shown(script, asked, shown):
    assert script("held", asked, [7] * 9, 2) == shown


@pytest.mark.parametrize(
    "matrix", [(), (1,) * 8, (3, *ZERO[1:]), ("1", *ZERO[1:])]
)
def test_what_is_no_matrix_is_refused_by_name(matrix):
    with pytest.raises(traitlets.TraitError, match=r"matrix=.*3 rows of 3"):
        ChannelMixer(matrix=matrix)


def test_a_photograph_that_is_not_here_is_refused_by_name():
    with pytest.raises(traitlets.TraitError, match=r"'picture'.*'dog'"):
        ChannelMixer(picture="dog")


def test_what_the_page_sends_is_kept_as_a_tuple_of_floats():
    mixer = ChannelMixer()
    mixer.set_state({"matrix": [1, 0, 0, 0, 1, 0, 0, 0, 1]})
    assert repr(mixer.matrix) == repr(presets("flower")["identity"])


def test_the_page_is_given_the_photographs_as_they_are():
    mixer = ChannelMixer()
    sent = np.frombuffer(mixer._examples, np.uint8).reshape(2, 128, 192, 3)
    for picture, name in zip(sent, mixer._plan["names"], strict=True):
        assert (picture == pictures.photograph(name)).all()
