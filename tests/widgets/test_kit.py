"""What all widgets share."""

import pytest
import traitlets

from cvnotes.widgets import Connectivity, GrowthExplorer, Predict
from cvnotes.widgets.kit import Widget


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
