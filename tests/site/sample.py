"""A small book under our settings, for tests that need one of their own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import yaml

ROOT = Path(__file__).parents[2]
SMALL = Path(__file__).parent / "small"
CHAPTER = "notebooks/dense_block"
ADDRESS = "https://ada.example/notes/"
BUILD = "from jupyter_book.cli.main import main; main()"
TABLE = "<table><tr><th>params</th></tr><tr><td>8</td></tr></table>"
HINT = "<details><summary>Hint</summary>\n\n$k$\n\n</details>"

sys.path.insert(0, str(ROOT / "book" / "_ext"))


def chapter() -> str:
    """A notebook with what chapters have: code, formulas, outputs."""
    v4 = nbformat.v4
    code = (SMALL / "layer.py.txt").read_text("utf8")
    outputs = [
        v4.new_output("stream", name="stdout", text="shape " * 60),
        v4.new_output("display_data", {"text/html": TABLE}),
    ]
    cells = [
        v4.new_markdown_cell("# A dense block\n\nIt has $x_l$."),
        v4.new_code_cell(code, outputs=outputs, execution_count=1),
        v4.new_markdown_cell(f"## Try it\n\n{HINT}"),
    ]
    kernel = {"name": "python3", "display_name": "Python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return nbformat.writes(v4.new_notebook(cells=cells, metadata=metadata))


def contents() -> str:
    files = [CHAPTER, "book/notation", "book/references"]
    chapters = [{"file": file} for file in files]
    toc = {"format": "jb-book", "root": "book/index", "chapters": chapters}
    return yaml.safe_dump(toc)


def settings(repository: str, address: str) -> str:
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf8"))
    config["repository"] = {"url": repository}
    config["html"]["baseurl"] = address
    return yaml.safe_dump(config)


def write(folder: Path, repository="", address="", **pages: str) -> Path:
    """Our settings, extensions and frame, around a chapter and pages."""
    for name in ("_ext", "_press", "_templates", "_static"):
        shutil.copytree(ROOT / "book" / name, folder / "book" / name)
    shutil.copytree(ROOT / "cvnotes", folder / "cvnotes")
    (folder / "book").mkdir(exist_ok=True)
    shutil.copy(ROOT / "book/references.bib", folder / "book")
    shutil.copytree(SMALL, folder / "book", dirs_exist_ok=True)
    texts = {f"book/{name}.md": text for name, text in pages.items()}
    texts["_config.yml"] = settings(repository, address)
    texts["_toc.yml"] = contents()
    texts[f"{CHAPTER}.ipynb"] = chapter()
    for name, text in texts.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf8")
    return folder


def build(folder: Path, **environment) -> subprocess.CompletedProcess:
    # Whoever deploys may have set an address for the book itself.
    own = {k: v for k, v in os.environ.items() if k != "BOOK_ADDRESS"}
    command = [sys.executable, "-c", BUILD, "build", ".", "-W", "-n"]
    return subprocess.run(
        [*command, "--keep-going"],
        cwd=folder,
        capture_output=True,
        text=True,
        env={**own, **environment},
    )
