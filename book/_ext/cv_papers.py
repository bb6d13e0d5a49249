"""The papers: one list, and a link to it wherever a page names one.

Chapters are plain Markdown, so they name a paper as a reader would type it:
``arXiv 1608.06993``, or for a paper without a number by its title. The build
makes links of these, and below each entry says which pages name it.
"""

import re
from functools import cache
from pathlib import Path

from cv_notebook import keep, kept
from cv_notes import noted
from docutils import nodes
from pybtex.database import parse_file
from pybtex.plugin import register_plugin
from pybtex.richtext import HRef, Tag, Text
from pybtex.style.formatting import BaseStyle
from sphinx.transforms.post_transforms import SphinxPostTransform

LIST = Path(__file__).parents[1] / "references.bib"
PAGE = "book/references"
PARAGRAPH = "\N{PARAGRAPH SEPARATOR}"
VENUES = ("booktitle", "institution", "howpublished")
NO_PROSE = (nodes.literal_block, nodes.title, nodes.reference)
ARXIV, DOI, GITHUB = "arxiv.org/abs/", "doi.org/", "github.com/"


def read(path: Path = LIST) -> dict:
    """Every entry of the list by its key."""
    return dict(parse_file(path).entries)


def field(entry, name: str) -> str:
    """A field on one line, without TeX's braces and backslashes."""
    return re.sub(r"[{}\\]", "", " ".join(entry.fields.get(name, "").split()))


def spellings(entries: dict) -> dict[str, str]:
    """Each way to name a paper, in small letters, and whose it is."""
    return {
        name.lower(): key
        for key, entry in entries.items()
        for name in (field(entry, "eprint"), field(entry, "named"))
        if name
    }


@cache
def pattern(names: tuple[str, ...]) -> re.Pattern:
    """One pattern for all of them; ``arXiv`` in front belongs to it."""
    longest = sorted(names, key=len, reverse=True)
    any_of = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in longest)
    return re.compile(
        rf"(?:arXiv:?\s+)?(?<![\w.])({any_of})(?:v\d+)?(?!\w)", re.IGNORECASE
    )


def full_name(person) -> str:
    """As it is said: the first name in front."""
    parts = (
        *(person.first_names + person.middle_names),
        *(person.prelast_names + person.last_names),
    )
    return re.sub(r"[{}]", "", " ".join(parts))


def authors(entry) -> list[str]:
    return [full_name(person) for person in entry.persons["author"]]


def venue(entry) -> str:
    """Where it stands, and the year."""
    where = next((field(entry, v) for v in VENUES if field(entry, v)), "")
    return f"{where} {field(entry, 'year')}".strip()


def told(entry) -> dict[str, str]:
    """What a link to it says: of many authors some, of its use the gist."""
    names = authors(entry)
    if len(names) > 4:
        names = [", ".join(names[:3]) + f" and {len(names) - 3} others"]
    title, by = field(entry, "title"), f"{', '.join(names)}. {venue(entry)}."
    gist = re.split(r"(?<=\.)\s", field(entry, "use"))[0]
    says = f"Used here: {gist}"
    return dict(title=f"{title}. {by}", name=title, by=by, says=says)


def linked(name: str, host: str, path: str) -> HRef:
    return HRef(f"https://{host}{path}", name)


class Entry(BaseStyle):
    """Title, authors, venue and year; what it is for here; whose code."""

    default_name_style = "plain"
    default_label_style = "number"
    default_sorting_style = "none"

    def format_entry(self, label, entry, bib_data=None):
        entry.type = "paper"  # one form for articles, reports and books
        return super().format_entry(label, entry, bib_data)

    def format_paper(self, context) -> Text:
        entry = context["entry"]
        stands = [Text(venue(entry))]
        if number := field(entry, "eprint"):
            stands.append(linked(f"arXiv {number}", ARXIV, number))
        if number := field(entry, "doi"):
            stands.append(linked(f"doi {number}", DOI, number))
        lines = [
            Text(Tag("strong", field(entry, "title") + ".")),
            Text(
                f"{', '.join(authors(entry))}. ", Text(", ").join(stands), "."
            ),
            Text(Tag("em", "Used here:"), f" {field(entry, 'use')}"),
        ]
        if code := field(entry, "code"):
            where = linked(code, GITHUB, code)
            lines.append(
                Text(Tag("em", "Code of the authors:"), " ", where, ".")
            )
        return Text(PARAGRAPH).join(lines)


def named_in(doctree, names: dict):
    """The texts and links of a page that name a paper: (node, its keys)."""
    found = pattern(tuple(names))
    for link in list(doctree.findall(nodes.reference)):
        number = link.get("refuri", "").partition(ARXIV)[2]
        if number in names:
            yield link, [names[number]]
    for text in list(doctree.findall(nodes.Text)):
        hits = found.findall(text)
        if hits and not _is_within(text, NO_PROSE):
            spaced = (re.sub(r"\s+", " ", hit).lower() for hit in hits)
            yield text, [names[name] for name in spaced]


def _is_within(node, kinds):
    while node := node.parent:
        if isinstance(node, kinds):
            return True
    return False


def note(app, doctree):
    """Remember which papers this page names."""
    env = app.env
    if env.docname != PAGE:
        keys = [k for _, own in named_in(doctree, env.cv_names) for k in own]
        keep(env, "cv_named", dict.fromkeys(keys))


def link(app, doctree, docname):
    """Make links of what names a paper."""
    if docname == PAGE:
        return
    found = pattern(tuple(app.env.cv_names))
    page = app.builder.get_relative_uri(docname, PAGE)

    def to(key, *inside):
        address = f"{page}#{key}"
        return noted(*inside, address=address, **app.env.cv_told[key])

    for node, keys in list(named_in(doctree, app.env.cv_names)):
        if isinstance(node, nodes.reference):
            node.replace_self(to(keys[0], *node.children))
            continue
        parts, end = [], 0
        for hit, key in zip(found.finditer(node), keys):
            parts.append(nodes.Text(node[end : hit.start()]))
            parts.append(to(key, nodes.Text(hit[0])))
            end = hit.end()
        parts.append(nodes.Text(node[end:]))
        node.parent.replace(node, [part for part in parts if part.astext()])


class Lines(SphinxPostTransform):
    """An entry's lines as paragraphs; the last says which pages name it."""

    default_priority = 6  # right behind the list itself

    def run(self, **options):
        if self.env.docname != PAGE:
            return
        keys = {
            node["ids"][0]: key
            for part in self.env.get_domain("cite").bibliographies.values()
            for key, node in part.citation_nodes.items()
        }
        for item in self.document.findall(nodes.list_item):
            if key := keys.get("".join(item["ids"])):
                lines = [*split(item[0]), self.named(key)]
                # An address to keep: references.html#huang2017.
                item["ids"], item["classes"] = [key], ["paper"]
                item.children = []
                item.extend(line for line in lines if len(line))

    def named(self, key) -> nodes.paragraph:
        named = kept(self.env, "cv_named")
        pages = [page for page, keys in named.items() if key in keys]
        # Where chapters name it, what the package says of it adds nothing.
        pages = [d for d in pages if "/api/" not in d] or pages
        line = nodes.paragraph()
        for docname in in_reading_order(self.env, pages):
            line += nodes.Text(", " if len(line) else " ")
            title = self.env.titles[docname].astext()
            address = self.app.builder.get_relative_uri(PAGE, docname)
            line += nodes.reference("", title, refuri=address, internal=True)
        if len(line):
            line.insert(0, nodes.emphasis("", "Named in:"))
        return line


def in_reading_order(env, docnames) -> list[str]:
    """Pages as the book's contents list them."""
    order = []

    def walk(docname):
        order.append(docname)
        for below in env.toctree_includes.get(docname, []):
            walk(below)

    walk(env.config.root_doc)
    return sorted(docnames, key=lambda name: order.index(name))


def split(paragraph) -> list[nodes.paragraph]:
    """A paragraph, cut at its separators."""
    lines = [nodes.paragraph()]
    for child in list(paragraph.children):
        if not isinstance(child, nodes.Text):
            lines[-1] += child
            continue
        first, *rest = child.split(PARAGRAPH)
        lines[-1] += nodes.Text(first)
        for piece in rest:
            lines.append(nodes.paragraph("", piece))
    return lines


def begin(app, env, docnames):
    papers = read()
    env.cv_names = spellings(papers)
    env.cv_told = {key: told(entry) for key, entry in papers.items()}


def setup(app):
    register_plugin("pybtex.style.formatting", "cv_papers", Entry)
    app.connect("env-before-read-docs", begin)
    app.connect("doctree-read", note)
    app.connect("doctree-resolved", link)
    app.add_post_transform(Lines)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
