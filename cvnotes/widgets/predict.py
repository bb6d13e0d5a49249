"""A question to answer before reading on, with feedback for each slip."""

import traitlets

from cvnotes.widgets.kit import Widget, script, style


class Predict(Widget):
    """Ask for a number or a choice; say why a likely wrong answer is wrong.

    ``slips`` maps a wrong answer to the sentence that explains it; any other
    wrong answer meets ``hint``. The right one is followed by ``because``.
    With ``choices`` the answer is one of them.

    >>> Predict(
    ...     "How many channels does layer 3 read, with k0 = 16 and k = 12?",
    ...     answer=40,
    ...     slips={52: "That counts layer 3's own maps too."},
    ... )
    Predict('How many channels does layer 3 read, with k0 = 16 and k = 12?')
    >>> Predict("Sum or concatenation?", answer="sum", choices=["neither"])
    Traceback (most recent call last):
    ValueError: answer='sum' is not one of the choices; add it to choices=...
    """

    _esm = script(__file__)
    _css = style(__file__)

    question = traitlets.Unicode().tag(sync=True)
    answer = traitlets.Union(
        [traitlets.Float(), traitlets.Unicode()], allow_none=False
    ).tag(sync=True)
    choices = traitlets.List(traitlets.Unicode()).tag(sync=True)
    slips = traitlets.Dict().tag(sync=True)
    hint = traitlets.Unicode("Not yet. Try again.").tag(sync=True)
    because = traitlets.Unicode().tag(sync=True)
    unit = traitlets.Unicode().tag(sync=True)

    # What a reader answers is theirs: none of it goes into the address.
    _shared = traitlets.List([]).tag(sync=True)

    def __init__(self, question, *, answer, **settings):
        slips = settings.pop("slips", {})
        _check(answer, settings.get("choices", []), slips)
        super().__init__(
            question=question,
            answer=answer,
            slips={_key(wrong): why for wrong, why in slips.items()},
            **settings,
        )
        self._start = {}

    def __repr__(self):
        return f"Predict({self.question!r})"


def _key(answer):
    return answer if isinstance(answer, str) else f"{answer:.12g}"


def _check(answer, choices, slips):
    if not choices and not isinstance(answer, (int, float)):
        raise ValueError(
            f"answer={answer!r} is no number; give choices=... to pick from"
        )
    if choices and answer not in choices:
        raise ValueError(
            f"answer={answer!r} is not one of the choices; "
            "add it to choices=..."
        )
    for wrong in slips:
        if choices and wrong not in choices:
            raise ValueError(
                f"slips explain {wrong!r}, which is not one of the choices; "
                "add it to choices=... or take it out"
            )
    if answer in slips:
        raise ValueError(
            f"slips={slips!r} holds the answer {answer!r} itself; remove it"
        )
