"""Two models of a pixel's class learn in the page as they do in torch."""

import inspect
import itertools

import pytest
import torch
import traitlets
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

from cvnotes.widgets import MLPConvPlayground, kit

TASKS = ("xor", "ring", "stripes")
GRID = list(itertools.product(TASKS, (0, 1, 2, 4, 16), (1, 2, 7, 50)))
DEFAULT = {"task": "xor", "hidden": 4, "rate": 1, "seed": 1}


@pytest.fixture(scope="module")
def points(script):
    return {task: script("pixels", task) for task in TASKS}


def said(parts):
    text = "".join(p if isinstance(p, str) else p["b"] for p in parts)
    return text.replace("\u00a0", " ")


def net(hidden, numbers):
    """The same model out of torch's 1×1 convolutions, in float64."""
    numbers = torch.tensor(numbers, dtype=torch.float64)
    if not hidden:
        layer = nn.Conv2d(2, 1, 1).double()
        fill(layer, numbers[:2], numbers[2:])
        return layer
    own = numbers[:-1].view(hidden, 4)
    first, last = nn.Conv2d(2, hidden, 1), nn.Conv2d(hidden, 1, 1)
    made = nn.Sequential(first, nn.ReLU(), last).double()
    fill(first, own[:, :2], own[:, 2])
    fill(last, own[:, 3], numbers[-1:])
    return made


def fill(layer, weight, bias):
    layer.weight.data = weight.reshape(layer.weight.shape).clone()
    layer.bias.data = bias.clone()


def numbers_of(model, values=lambda p: p):
    """Of a model, in the order of the page."""
    if isinstance(model, nn.Conv2d):
        parts = [values(model.weight).flatten(), values(model.bias)]
        return torch.cat(parts).tolist()
    first, _, last = model
    own = [
        values(first.weight).flatten(1),
        values(first.bias)[:, None],
        values(last.weight).flatten()[:, None],
    ]
    inner = torch.cat(own, 1).flatten()
    return torch.cat([inner, values(last.bias)]).tolist()


def picture(points):
    """Both channels as maps, and each pixel's class, in float64."""
    both = torch.tensor([points["x"], points["y"]], dtype=torch.float64)
    classes = torch.tensor(points["is"], dtype=torch.float64)
    return both.view(1, 2, 20, 20), classes.view(1, 1, 20, 20)


def loss_of(model, points):
    maps, classes = picture(points)
    return binary_cross_entropy_with_logits(model(maps), classes)


@pytest.mark.parametrize("task, hidden, seed", GRID)
def test_loss_and_slopes_are_those_of_autograd(
    script, points, task, hidden, seed
):
    begun = script("start", hidden, seed)
    here = script("look", begun, points[task])
    model = net(hidden, begun)
    loss = loss_of(model, points[task])
    loss.backward()
    assert here["loss"] == pytest.approx(loss.item(), abs=1e-12)
    wanted = numbers_of(model, lambda p: p.grad)
    assert here["slopes"] == pytest.approx(wanted, abs=1e-12)


@pytest.mark.parametrize(
    "task, hidden", list(itertools.product(TASKS, (2, 4, 9)))
)
def test_a_hundred_steps_are_those_of_sgd(script, points, task, hidden):
    settings = {"task": task, "hidden": hidden, "rate": 0.7, "seed": 3}
    for count, end in zip((0, hidden), script("after", settings, 100)):
        model = net(count, script("start", count, 3))
        descent = torch.optim.SGD(model.parameters(), lr=0.7)
        for _ in range(100):
            descent.zero_grad()
            loss_of(model, points[task]).backward()
            descent.step()
        assert end["net"] == pytest.approx(numbers_of(model), abs=1e-6)


def test_the_picture_has_both_classes_about_equally_often(points):
    for found in points.values():
        assert 0.4 < sum(found["is"]) / 400 < 0.6


def test_each_channel_alone_says_next_to_nothing_about_xor(points):
    x, y, kinds = (torch.tensor(points["xor"][k]) for k in ("x", "y", "is"))
    for channel in (x, y):
        together = (channel > 0) == (kinds == 1)
        assert 0.45 < together.float().mean() < 0.55


def test_four_units_learn_xor_from_nearly_every_seed(script):
    ends = [script("after", DEFAULT | {"seed": s}, 400) for s in range(1, 31)]
    assert sum(mlp["right"] > 0.98 for _, mlp in ends) >= 26
    assert all(abs(filter_["right"] - 0.5) < 0.05 for filter_, _ in ends)


def test_the_default_run_ends_with_every_pixel_right(script):
    assert script("after", DEFAULT, 200)[1]["right"] == 1


def test_two_units_may_do_and_mostly_do_not(script):
    two = DEFAULT | {"hidden": 2}
    ends = [script("after", two | {"seed": s}, 400) for s in range(1, 31)]
    solved = sum(mlp["right"] > 0.98 for _, mlp in ends)
    assert 3 <= solved <= 15


def test_a_line_is_no_answer_to_any_of_the_tasks(script):
    for task in TASKS:
        filter_, _ = script("after", DEFAULT | {"task": task}, 600)
        assert filter_["right"] < 0.6


def test_a_seed_is_a_start_and_always_the_same_one(script):
    starts = [script("start", 4, seed) for seed in (*range(1, 51), 1)]
    assert starts[0] == starts[-1]
    assert len({tuple(s) for s in starts}) == 50
    assert all(abs(n) <= 1.5 for s in starts for n in s)


def test_the_line_of_a_unit_is_where_it_turns_on(script):
    unit = [2.0, -1.0, 0.5]
    for x, y in script("line", unit, 1.08):
        assert 2 * x - y + 0.5 == pytest.approx(0, abs=1e-9)
        assert max(abs(x), abs(y)) == pytest.approx(1.08)
    for x, y in script("onSide", unit, 1.08):
        assert 2 * x - y + 0.5 >= -1e-9


@pytest.mark.parametrize("bias, corners", [(9, 4), (-9, 0)])
def test_a_unit_that_bends_nothing_has_no_line(script, bias, corners):
    assert script("line", [1, 1, bias], 1.08) is None
    assert len(script("onSide", [1, 1, bias], 1.08)) == corners


def test_a_border_lies_between_places_of_different_sign(script):
    lines = script("border", [-1, 1, -1, 3], 2)
    assert lines == [[[0.5, 0], [0.25, 1]]]


def test_the_nearest_pixel_is_found_in_the_plot(script, points):
    at = points["ring"]
    spot = [at["x"][37] + 1e-3, at["y"][37]]
    assert script("nearest", at, spot) == 37
    assert script("nearest", at, [9, 9], 0.1) is None
    assert script("pixelAt", 0.99, 0.06) == 39


def test_the_formula_has_the_numbers_put_in(script):
    assert said(script("filterFormula", [0.5, -1.25, 0.1])) == (
        "■ if 0.50·c₁ − 1.25·c₂ + 0.10 > 0"
    )
    two = [1, 2, 3, 4, -1, 0, 0.5, -2, 0.25]
    assert said(script("unitFormula", two, None)) == (
        "■ if 4.00·h₁ − 2.00·h₂ + 0.25 > 0"
    )
    assert said(script("unitFormula", two, 1)) == (
        "unit 2 adds −2.00·ReLU(−1.00·c₁ + 0.00·c₂ + 0.50): where it is on, "
        "it speaks for ●"
    )


def test_it_says_when_a_run_gets_no_further(script):
    told = said(
        script(
            "restSentence", {"hidden": 2, "rate": 1.5}, 300, RIGHT_HALF, True
        )
    )
    assert told.startswith(
        "After 300 steps at rate 1.5 the 1×1 filter has 50.7 %"
    )
    assert "2 hidden units 76.0 %. Its loss has hardly fallen" in told


RIGHT_HALF = [{"right": 0.507}, {"right": 0.76}]


def test_a_task_that_there_is_not_is_refused_by_name():
    with pytest.raises(traitlets.TraitError, match=r"'task'.*'spiral'"):
        MLPConvPlayground(task="spiral")


def test_what_is_shown_can_be_written_down():
    shown = MLPConvPlayground(task="ring", hidden=8, steps=600)
    assert repr(shown) == (
        "MLPConvPlayground(task='ring', hidden=8, steps=600)"
    )


DRAW = """async ([source, css, traits]) => {
  document.head.innerHTML = `<style>${css}</style>`;
  document.body.innerHTML = "<div id=here></div>";
  const url = URL.createObjectURL(
    new Blob([source], { type: "text/javascript" }));
  const model = { get: (name) => traits[name], on() {}, off() {},
    set(name, value) { traits[name] = value; }, save_changes() {} };
  (await import(url)).default.render(
    { model, el: document.getElementById("here") });
}"""


@pytest.fixture
def drawn(page):
    """A function that draws a playground on a screen so wide."""

    def draw(width=900, **settings):
        widget = MLPConvPlayground(**settings)
        names = ("_bounds", "_start", *widget.settings())
        traits = {name: getattr(widget, name) for name in names}
        page.set_viewport_size({"width": width, "height": 844})
        file = inspect.getfile(MLPConvPlayground)
        page.evaluate(DRAW, [kit.script(file), kit.style(file), traits])
        page.locator(".cv-rest:not(:empty)").wait_for()
        return page.locator(".cv-mlpconv")

    return draw


def test_the_results_stand_by_the_buttons_where_the_plots_scroll_away(drawn):
    assert not drawn().locator(".cv-tally").is_visible()
    narrow = drawn(width=390, steps=40)
    rights = narrow.locator(".cv-side-title b").all_inner_texts()
    tally = narrow.locator(".cv-tally b").all_inner_texts()
    assert [f"{part} right" for part in tally] == rights
    run, result = (
        narrow.locator(place).bounding_box()
        for place in (".cv-drive button >> nth=0", ".cv-tally")
    )
    assert abs(run["y"] - result["y"]) < 10  # beside it


def test_of_many_lines_the_one_that_is_looked_at_stands_out(drawn):
    few, many = drawn(hidden=4), "svg.cv-many"
    assert few.locator(many).count() == 0
    widget = drawn(hidden=16)
    assert widget.locator(many).count() == 1
    widget.locator(".cv-chips button >> nth=5").focus()
    now, other = (
        widget.locator(f".cv-unit{kind}").first.evaluate(
            "(line) => [parseFloat(getComputedStyle(line).strokeWidth), "
            "+getComputedStyle(line).strokeOpacity]"
        )
        for kind in (".cv-now", ":not(.cv-now)")
    )
    assert now[0] > 2 * other[0] and now[1] == 1 and other[1] < 0.5


def test_no_button_is_printed(drawn, page):
    widget = drawn()
    assert widget.locator("button:visible").count() > 3
    page.emulate_media(media="print")
    assert widget.locator("button:visible").count() == 0
