"""What all widgets share."""

import re
from operator import attrgetter
from pathlib import Path

import pytest
import traitlets

from cvnotes.widgets import Connectivity, GrowthExplorer, Predict
from cvnotes.widgets.kit import Widget

ROOT = Path(__file__).parents[2]
stem = attrgetter("stem")
WIDGETS, BOOK = ROOT / "cvnotes/widgets", ROOT / "book/_static"


class Dial(Widget):
    """A widget with one bounded setting and one without bounds."""

    _esm = "export default {}"

    turn = traitlets.Int(3, min=0, max=9).tag(sync=True)
    label = traitlets.Unicode("dial").tag(sync=True)


def test_a_misspelt_setting_is_refused_with_the_nearest_one():
    with pytest.raises(TypeError, match="'trun'; did you mean 'turn'"):
        Dial(trun=4)


def test_a_value_out_of_bounds_is_refused_by_name():
    with pytest.raises(traitlets.TraitError, match=r"'turn'.*9.*10"):
        Dial(turn=10)


def test_the_repr_can_be_pasted_back():
    dial = Dial(turn=4)
    assert repr(dial) == "Dial(turn=4)"
    assert eval(repr(dial)).turn == 4
    dial.label = "door"
    assert repr(dial) == "Dial(turn=4, label='door')"


def test_the_output_of_a_cell_says_the_repr():
    bundle = Dial(turn=4)._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert data["text/plain"] == "Dial(turn=4)"


def test_the_page_is_told_the_bounds_and_where_a_reset_leads():
    dial = Dial(turn=4)
    assert dial._bounds["turn"]["min"] == 0
    assert dial._bounds["turn"]["max"] == 9
    assert dial._bounds["turn"]["whole"]
    assert dial._start == {"turn": 4, "label": "dial"}


@pytest.mark.parametrize("widget", [GrowthExplorer, Connectivity])
def test_a_slider_has_its_bounds_from_the_trait(widget):
    made = widget()
    for name, held in made._bounds.items():
        value = getattr(made, name)
        numbers = value if isinstance(value, tuple) else (value,)
        if "values" in held:
            assert value in held["values"]
        else:
            assert all(held["min"] <= n <= held["max"] for n in numbers)


def test_a_script_is_the_kit_and_the_widgets_own():
    esm = str(Predict("?", answer=1)._esm)
    assert esm.startswith("// What every widget shares")
    assert esm.rstrip().endswith("export default { render };")


def reigns(sheet):
    """The classes that a stylesheet's selectors begin with."""
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf8"), flags=re.DOTALL)
    for selectors in re.findall(r"([^{}]+)\{", css):
        yield from re.findall(r"(?:^|,)\s*\w*(\.cv-[\w-]+)", selectors)


def test_no_two_stylesheets_begin_with_one_class():
    # Widgets share a page with each other, and with the book's figures.
    sheets = [*WIDGETS.glob("*.css"), *BOOK.glob("*.css")]
    shared = {*reigns(WIDGETS / "kit.css")}
    owners = {}
    for sheet in sheets:
        for name in {*reigns(sheet)} - shared:
            owners.setdefault(name, []).append(sheet.name)
    assert not {n: found for n, found in owners.items() if len(found) > 1}


@pytest.mark.parametrize("script", sorted(WIDGETS.glob("*.js")), ids=stem)
def test_no_text_of_a_script_goes_over_a_line(script):
    # The book takes the margins away, and with them what stands in a text.
    for line in script.read_text("utf8").splitlines():
        assert line.count("`") % 2 == 0, line
