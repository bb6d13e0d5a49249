"""What a page says of itself where a link to it is shown."""

from html import escape
from pathlib import Path
from re import sub

from docutils import nodes

from . import card, words

ABOUT = (
    "1×1 convolution, attention in CNNs and DenseNet: a book to run, "
    "to move and to check."
)


def title_of(context) -> str:
    return sub(r"<[^>]+>", "", context.get("title", "")) or "cvnotes"


def add(app, pagename, templatename, context, doctree):
    front = pagename == app.config.root_doc
    about = words.description(doctree) or ABOUT
    said = {
        "description": about,
        "og:title": title_of(context),
        "og:description": about,
        "og:type": "website" if front else "article",
        "og:site_name": app.config.html_title,
        "og:locale": "en_GB",
        "twitter:card": "summary",
    }
    if doctree and app.config.html_baseurl:
        said |= with_picture(app, pagename, said, doctree)
    if pagename == "404":
        said["robots"] = "noindex"
    context["metatags"] = context.get("metatags", "") + html(said)


def html(said: dict[str, str]) -> str:
    """The tags: Open Graph's have a property, all others a name."""
    lines = (
        f'<meta {"property" if key.startswith("og:") else "name"}="{key}" '
        f'content="{escape(value)}" />'
        for key, value in said.items()
    )
    return "\n".join(["", *lines, ""])


def with_picture(app, pagename, said, doctree) -> dict[str, str]:
    """Draw the page's card; say where it and the page are to be had."""
    root, name = Path(app.srcdir), f"_static/cards/{pagename}.jpg"
    views = doctree.findall(nodes.raw)
    stills = (
        root / "book/_static/stills" / f"{view['model']}.webp"
        for view in views
        if "model" in view
    )
    card.draw(
        Path(app.outdir) / name,
        part=words.part(root, pagename) or app.config.html_title,
        title=said["og:title"],
        sentence=said["og:description"],
        still=next((path for path in stills if path.exists()), None),
    )
    return {
        "og:url": f"{app.config.html_baseurl}{pagename}.html",
        "og:image": app.config.html_baseurl + name,
        "og:image:width": str(card.WIDTH),
        "og:image:height": str(card.HEIGHT),
        "og:image:alt": f"{said['og:title']}: {said['og:description']}",
        "twitter:card": "summary_large_image",
    }
