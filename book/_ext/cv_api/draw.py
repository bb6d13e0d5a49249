"""An entry as nodes: its signature first, then what it does and refuses."""

import re
from collections.abc import Callable

from docutils import nodes
from sphinx import addnodes

from cv_api.entries import Entry
from cv_api.words import code, parsed

DOTTED = re.compile(r"(?:[A-Za-z_]\w*\.)+(\w+)")


class source_code(nodes.General, nodes.Element):
    """Where something stands, and its lines; shut until it is asked for."""


class Drawer:
    """Draws the entries of one part.

    ``address`` gives the page and anchor of a name's home; ``chapters`` the
    links of the chapters that a name belongs to, and what they are to it.
    """

    def __init__(
        self,
        part: str,
        address: Callable[[str], str | None],
        chapters: Callable[[str], tuple[str, list[nodes.reference]]],
    ):
        self.part = part
        self.address, self.chapters = address, chapters

    def entry(self, entry: Entry) -> addnodes.desc:
        """A public name with all that belongs to it."""
        body = addnodes.desc_content("", *parsed(entry.doc))
        if entry.remark:
            body += parsed(_sentence(entry.remark))
        if shapes := entry.shapes:
            body += self.shapes(shapes)
        body += [self.member(member) for member in entry.members]
        if entry.refused:
            body += self.refused(entry.refused)
        first, last = entry.lines
        body += source_code(
            file=entry.where.file,
            first=first,
            last=last,
            code=entry.where.code(first, last),
        )
        if line := self.chapter_line(entry.name):
            body += line
        return self.described(self.signature(entry, True), body, entry.kind)

    def described(self, signature, body, kind) -> addnodes.desc:
        found = addnodes.desc("", signature, body)
        found["domain"], found["objtype"] = "py", kind
        found["desctype"] = kind
        found["classes"] = ["py", kind]
        return found

    def member(self, entry: Entry) -> addnodes.desc:
        body = addnodes.desc_content("", *parsed(entry.doc))
        signature = self.signature(entry, False)
        return self.described(signature, body, entry.kind)

    def signature(self, entry: Entry, public: bool):
        """Its name, what it takes and what it gives."""
        found = addnodes.desc_signature()
        if public:
            found["ids"] = [f"{self.part}.{entry.name}"]
            found["_toc_name"] = entry.name
            found["_toc_parts"] = (entry.name,)
        if entry.kind in ("class", "property"):
            found += addnodes.desc_annotation("", entry.kind + " ")
        if public:
            found += addnodes.desc_addname("", f"{self.part}.")
        found += addnodes.desc_name("", entry.name)
        if entry.args is not None:
            found += self.parameters(entry.args)
        if entry.returns:
            found += nodes.inline("", " → ")
            found += self.typed(entry.returns)
        if entry.value:
            found += addnodes.desc_annotation("", f" = {entry.value}")
        return found

    def parameters(self, args) -> addnodes.desc_parameterlist:
        found = addnodes.desc_parameterlist()
        for star, name, kind, value in args:
            one = addnodes.desc_parameter("", "", noemph=True)
            one += addnodes.desc_sig_name("", f"{star}{name}")
            if kind:
                one += [nodes.Text(": "), *self.typed(kind)]
            if value:
                gap = " = " if kind else "="
                one += nodes.Text(gap)
                one += nodes.inline("", value, classes=["default"])
            found += one
        return found

    def typed(self, annotation: str) -> list[nodes.Node]:
        """A type by its last names; one of ours as a link to its entry."""
        found, end = [], 0
        for hit in DOTTED.finditer(annotation):
            found.append(nodes.Text(annotation[end : hit.start()]))
            address = self.address(hit[0])
            text = nodes.Text(hit[1])
            if address:
                text = nodes.reference("", hit[1], refuri=address)
            found.append(text)
            end = hit.end()
        return [*found, nodes.Text(annotation[end:])]

    def shapes(self, shapes: dict[str, str]) -> nodes.paragraph:
        """What the names of shapes in the signatures stand for."""
        found = _labelled("Shapes")
        for place, (alias, axes) in enumerate(shapes.items()):
            found += nodes.Text(", " if place else " ")
            address = self.address(f"cvnotes.shapes.{alias}")
            found += (
                nodes.reference("", alias, refuri=address)
                if address
                else nodes.literal("", alias)
            )
            found += [
                nodes.Text(" is "),
                nodes.literal("", axes.replace(" ", "\N{NO-BREAK SPACE}")),
            ]
        found += nodes.Text(".")
        return found

    def refused(self, refused) -> list[nodes.Node]:
        """Every error with its sentence."""
        rows = nodes.bullet_list(classes=["refused"])
        for kind, said in refused:
            line = nodes.paragraph("", "", nodes.literal("", kind))
            if said:
                line += nodes.Text(f": {said}")
            rows += nodes.list_item("", line)
        return [_labelled("Refused"), rows]

    def chapter_line(self, name: str) -> nodes.paragraph | None:
        what, links = self.chapters(name)
        if not links:
            return None
        found = _labelled(what)
        for place, link in enumerate(links):
            found += [nodes.Text(", " if place else " "), link]
        return found

    def experiment(self, name, where, settings: Entry) -> addnodes.desc:
        """A mini experiment: its claim, its settings, its whole module."""
        signature = addnodes.desc_signature()
        signature["ids"] = [f"{self.part}.{name}"]
        signature["_toc_name"], signature["_toc_parts"] = name, (name,)
        signature += addnodes.desc_addname("", f"{self.part}.")
        signature += addnodes.desc_name("", name)
        body = addnodes.desc_content("", *parsed(where.doc))
        if claim := where.literal("CLAIM"):
            body += _labelled("Claim", f" {claim}")
        body += self.described(
            self.signature(settings, False),
            addnodes.desc_content("", *parsed(settings.doc)),
            "class",
        )
        presets = [
            f"{p} = {where.value(p).as_string()}"
            for p in ("QUICK", "FULL", "SEEDS")
            if where.value(p)
        ]
        body += code("\n".join(presets), "python")
        if settings.refused:
            body += self.refused(settings.refused)
        last = len(where.lines)
        body += source_code(
            file=where.file, first=1, last=last, code=where.code(1, last)
        )
        body += self.chapter_line(name)
        return self.described(signature, body, "module")


def _labelled(label, text=""):
    found = nodes.paragraph("", "", nodes.strong("", label))
    found["classes"] = ["labelled"]
    found += nodes.Text(":" + text)
    return found


def _sentence(text):
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "?")) else text + "."


def visit_source(writer, node):
    """A box that opens: the file's name, then the code as it stands."""
    where = f"{node['file']}, lines {node['first']} to {node['last']}"
    shown = writer.highlighter.highlight_block(node["code"], "python")
    writer.body.append(
        '<details class="api-source"><summary>Source: '
        f"<code>{where.split(',')[0]}</code>,{where.split(',')[1]}</summary>"
        f'<div class="highlight-python notranslate">{shown}</div></details>\n'
    )
    raise nodes.SkipNode
