"""A notebook that is open in JupyterLab: its cells, and its kernel."""

import json
import time

import nbformat

SECONDS = 10
SHOWN = "window.jupyterapp?.shell.currentWidget"
SESSION = f"{SHOWN}?.context?.sessionContext?.session"
ASK = f"""async (code) => {{
  const sent = {SESSION}.kernel.requestExecute({{ code }});
  let said = "";
  sent.onIOPub = ({{ header, content }}) => {{
    if (header.msg_type === "stream") said += content.text;
  }};
  const {{ content }} = await sent.done;
  return content.status === "error"
    ? {{ error: `${{content.ename}}: ${{content.evalue}}` }} : {{ said }};
}}"""


def write(path, sources):
    """A notebook of these cells; where one fails, the others still run."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    for cell in cells:
        cell.metadata.tags = ["raises-exception"]
    kernel = {"name": "python3", "display_name": "Python 3"}
    metadata = {"kernelspec": kernel}
    book = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
    nbformat.write(book, path)


class Notebook:
    """What a reader does with it: run all, look at a cell, ask the kernel."""

    def __init__(self, page, address):
        self.page = page
        page.goto(address)
        page.wait_for_function(f"{SESSION}?.kernel?.status === 'idle'")

    def run_all(self):
        run = "window.jupyterapp.commands.execute('notebook:run-all-cells')"
        self.page.evaluate(f"() => {run}")
        self.page.wait_for_function(
            f"{SHOWN}.content.widgets.every((w) => w.model.executionCount)"
        )

    def cell(self, i):
        """The i-th cell, scrolled into view: only then Lab draws it."""
        self.page.evaluate(f"(i) => {SHOWN}.content.scrollToItem(i)", i)
        return self.page.locator(f".jp-Cell[data-windowed-list-index='{i}']")

    def ask(self, code: str) -> str:
        """What the kernel prints when it runs this code."""
        answer = self.page.evaluate(ASK, code)
        assert "error" not in answer, answer["error"]
        return answer["said"]

    def value(self, expression: str):
        """What an expression is worth in the kernel now."""
        return json.loads(
            self.ask(f"import json; print(json.dumps({expression}))")
        )

    def until(self, expression: str, fits, late: str):
        """Return when the expression's value in the kernel fits."""
        last = time.monotonic() + SECONDS
        while not fits(self.value(expression)):
            assert time.monotonic() < last, late
