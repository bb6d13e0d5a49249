"""What a widget's script may do with its place in the page."""

import pytest
from handmade import FIRST, TOY, saved, texts

MODEL = f"{FIRST}.model"
SORRY = "This picture could not be drawn; the rest of the page works."


def test_initialize_runs_once_a_model_and_before_render(handmade):
    script = """
    export default () => ({
      async initialize({ model }) { model.set("k", model.get("k") + 1); },
      render({ model, el }) { el.textContent = model.get("k"); },
    });
    """
    models = {"a": saved("toy", k=1), "b": saved("toy", k=5)}
    page = handmade(models, views=["a", "a", "b"], toy=script)
    assert texts(page) == ["2", "2", "6"]


def test_a_view_cleans_up_when_it_leaves_the_page(handmade):
    script = """
    window.seen = [];
    export default {
      async render({ model, el, signal }) {
        model.on("change:k", () => window.seen.push("change"));
        signal.addEventListener("abort", () => window.seen.push("signal"));
        await null;
        return () => window.seen.push("clean-up");
      },
    };
    """
    page = handmade({"a": saved("toy", k=1)}, views=["a", "a"], toy=script)
    page.evaluate(f"{FIRST}.remove()")
    page.wait_for_function("window.seen.includes('clean-up')")
    assert page.evaluate("window.seen") == ["signal", "clean-up"]


def test_a_view_that_has_left_hears_nothing_more(handmade):
    script = TOY.replace("render({", "render({ signal: _,")
    page = handmade({"a": saved("toy", k=1)}, views=["a", "a"], toy=script)
    drawn = page.evaluate(f"""async () => {{
      const el = {FIRST};
      el.remove();
      await new Promise(requestAnimationFrame);
      el.model.set("k", 2);
      return el.textContent;
    }}""")
    assert drawn == "k = 1"
    assert texts(page) == ["k = 2"]


@pytest.mark.parametrize(
    "script",
    [
        "export default {",
        "throw new Error('import');",
        "export default { initialize() { throw new Error('start'); } };",
        "export default { render() { throw new Error('draw'); } };",
        "export default { async render() { throw new Error('later'); } };",
        "export const nothing = 1;",
    ],
)
def test_a_widget_that_fails_says_one_sentence_and_spares_the_rest(
    handmade, script
):
    models = {"a": saved("broken"), "b": saved("toy", k=3)}
    page = handmade(models, broken=script, toy=TOY)
    assert texts(page) == [SORRY, "k = 3"]
    assert page.get_by_role("alert").count() == 1
    assert len(page.errors) == 1


def test_a_listener_that_fails_keeps_no_news_from_the_others(handmade):
    page = handmade({"a": saved("toy", k=1)}, views=["a", "a"])
    page.evaluate(f"""() => {{
      const fail = () => {{ throw new Error("my mistake"); }};
      {MODEL}.off();
      {MODEL}.on("change:k", fail);
      {MODEL}.set("k", 2);
    }}""")
    assert texts(page) == ["k = 1", "k = 2"]
    assert len(page.errors) == 1 and "my mistake" in page.errors[0]


def test_a_model_that_is_not_anywidgets_is_left_alone(handmade):
    core = {"model_module": "@jupyter-widgets/base", "state": {}}
    models = {"layout": core, "a": saved("toy", k=1)}
    page = handmade(models, views=["layout", "a"])
    assert texts(page) == ["k = 1"] and page.errors == []
