"""Still pictures of the widgets, as the built book shows them on paper.

Only those of widgets that changed are taken again. See cv_widgets/stills.py.
"""

import io
import json
import re
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from book._press.render import ROOT
from tests.browser import FLAGS, chromium_path

sys.path.insert(0, str(ROOT / "book" / "_ext"))

from cv_widgets import stills

BUILT = ROOT / "_build" / "html"
FOLDER = ROOT / stills.STILLS
STATE = "application/vnd.jupyter.widget-state+json"
# Its name, and what it says of itself to who cannot see it.
SAYS = """(el) => [
  el.querySelector(".cv").getAttribute("aria-label"),
  ...Array.from(el.querySelectorAll("[aria-live]"), (p) => p.innerText),
].map((words) => words.trim()).filter((words) => words.length > 1)"""


def wanted() -> dict[str, tuple[Path, dict]]:
    """Notebook and model of every widget that is no question, by its id."""
    return {
        id: (path, model)
        for path in sorted((ROOT / "notebooks").rglob("*.ipynb"))
        for id, model in models(path).items()
        if not model["state"]["_anywidget_id"].endswith(".Predict")
    }


def models(path: Path) -> dict[str, dict]:
    metadata = json.loads(path.read_text("utf-8"))["metadata"]
    return metadata.get("widgets", {}).get(STATE, {}).get("state", {})


def stale() -> list[str]:
    """The ids whose still is missing, or was taken of another state."""
    known = stills.known(ROOT)
    return [
        id
        for id, (_, model) in wanted().items()
        if known.get(id, {}).get("digest") != stills.digest(ROOT, model)
        or not (FOLDER / f"{id}.webp").exists()
    ]


def take(page, id: str, notebook: Path, model: dict) -> dict:
    """Keep the picture of one widget; say what there is to know of it."""
    name = notebook.relative_to(ROOT).with_suffix(".html")
    page.goto((BUILT / name).as_uri())
    page.wait_for_function("!document.querySelector('[aria-busy]')")
    page.wait_for_timeout(500)  # what moves at first comes to rest
    view = page.locator(f".cv-view[data-model='{id}']").first
    words = ". ".join(view.evaluate(SAYS))
    picture = Image.open(io.BytesIO(view.screenshot())).convert("RGB")
    picture.save(FOLDER / f"{id}.webp", quality=80, method=6)
    width, height = (round(n / stills.SHARPNESS) for n in picture.size)
    return {
        "digest": stills.digest(ROOT, model),
        "alt": re.sub(r"\s+", " ", words).replace("..", "."),
        "width": width,
        "height": height,
    }


def main():
    """Take what is missing or old; throw away what no page shows."""
    known, old = stills.known(ROOT), stale()
    with sync_playwright() as playwright:
        path = chromium_path(playwright.chromium.executable_path)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(
            viewport={"width": 720, "height": 900},
            device_scale_factor=stills.SHARPNESS,
            reduced_motion="reduce",
        )
        # On paper a widget has no sliders, which in a picture would not move.
        page.emulate_media(media="print")
        for id in old:
            known[id] = take(page, id, *wanted()[id])
            print(f"taken  {id}")
        browser.close()
    kept = {id: known[id] for id in sorted(wanted())}
    for picture in FOLDER.glob("*.webp"):
        if picture.stem not in kept:
            picture.unlink()
    text = json.dumps(kept, indent=1, ensure_ascii=False)
    (FOLDER / "stills.json").write_text(f"{text}\n", "utf-8")


if __name__ == "__main__":
    main()
