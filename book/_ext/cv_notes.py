"""Links with a note: what is behind them, to be read without leaving.

The build puts a note's parts on the link, and page/notes.js shows them.
Without scripts a browser shows the link's title.
"""

from docutils import nodes

PARTS = ("name", "zh", "by", "says")


class noted(nodes.reference):
    """A link inside the book; ``parts`` are those of its note."""

    tagname = "reference"

    def __init__(self, *inside, address: str, title: str, **parts: str):
        super().__init__("", "", *inside, refuri=address, internal=True)
        self["reftitle"] = title
        self["note"] = {f"data-{part}": parts.get(part) for part in PARTS}


def visit(self, node: noted):
    told = {name: text for name, text in node["note"].items() if text}
    self.body.append(
        self.starttag(
            node,
            "a",
            "",
            CLASS="reference internal",
            href=node["refuri"],
            title=node["reftitle"],
            **told,
        )
    )


def depart(self, node: noted):
    self.depart_reference(node)


def setup(app):
    app.add_node(noted, html=(visit, depart))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
