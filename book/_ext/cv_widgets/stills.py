"""What a reader without scripts sees in the place of a widget.

A question is text. Any other widget is a still picture, which `make stills`
takes in a browser and keeps in book/_static/stills; one that was taken of
other settings, or of other scripts, is not shown.
"""

import json
from hashlib import sha256
from html import escape
from pathlib import Path
from string import Template

STILLS = Path("book", "_static", "stills")
# Twice the letters of the page, where a screen has the pixels.
SHARPNESS = 1.5
PICTURE = Template("""\
<noscript><figure class="cv-still">
<a href="$source"><img src="$source" width="$width" height="$height"
loading="lazy" alt="$alt"></a>
<figcaption>A still picture; with JavaScript on, it can be moved.
<code>$text</code></figcaption>
</figure></noscript>""")
QUESTION = Template("""\
<noscript><div class="cv-still">
<p><strong>$question</strong></p>
$choices
<details><summary>Answer</summary><p>$answer</p></details>
</div></noscript>""")
WORDS = Template("""\
<noscript><p>With JavaScript on, this is alive: <code>$text</code></p>
</noscript>""")


def in_place(root: Path, id: str, model: dict, text: str, up: str) -> str:
    """The HTML for a model; ``up`` leads from its page to _static."""
    if model["state"]["_anywidget_id"].endswith(".Predict"):
        return question(model["state"])
    still = known(root).get(id, {})
    if still.get("digest") != digest(root, model):
        return WORDS.substitute(text=escape(text))
    return PICTURE.substitute(
        source=f"{up}_static/stills/{id}.webp",
        alt=escape(still["alt"]),
        text=escape(text),
        width=still["width"],
        height=still["height"],
    )


def question(state: dict) -> str:
    items = (f"<li>{escape(choice)}</li>" for choice in state["choices"])
    listed = f"<ul>{''.join(items)}</ul>" if state["choices"] else ""
    answer = state["answer"]
    plain = answer if isinstance(answer, str) else f"{answer:,.12g}"
    said = " ".join(filter(None, [plain, state["unit"]]))
    return QUESTION.substitute(
        question=escape(state["question"]),
        choices=listed,
        answer=escape(f"{said}. {state['because']}".strip()),
    )


def known(root: Path) -> dict[str, dict]:
    """Of every still by its model's id: digest, words, size."""
    path = root / STILLS / "stills.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def digest(root: Path, model: dict) -> str:
    """What a widget looks like depends on: settings, scripts and styles."""
    stem = model["state"]["_anywidget_id"].split(".")[-2]
    folder = root / "cvnotes" / "widgets"
    names = {"kit", stem}
    files = [
        path
        for path in sorted(folder.glob("*.*"))
        if path.suffix in (".js", ".css") and path.name.split(".")[0] in names
    ]
    total = sha256(json.dumps(model, sort_keys=True).encode())
    for path in [*files, root / "cvnotes" / "palette.py"]:
        # The absent palette of a book made for a test says nothing.
        total.update(path.read_bytes() if path.exists() else b"")
    return total.hexdigest()[:16]
