"""The page's own short scripts take the place of the theme's.

The theme's need Bootstrap's (92 kB together) and write buttons into the
page; ours, in book/_static/page, do one thing each.
"""

OURS = ["search", "turn", "sidebars", "scrollable", "here", "notes"]


def of_theme(script) -> bool:
    name = str(script.filename or "")
    # The inline one is for a menu of versions, which the book has not.
    inline = str(script.attributes.get("body", ""))
    return "sphinx-book-theme.js" in name or "theme_switcher" in inline


def leave_out(app, pagename, templatename, context, doctree):
    scripts = context["script_files"]
    # In place: Sphinx and the theme hold the same list.
    scripts[:] = [script for script in scripts if not of_theme(script)]


def setup(app):
    # First and at once: a page never flashes in the wrong colours.
    app.add_js_file("page/theme.js", priority=100)
    for name in OURS:
        app.add_js_file(f"page/{name}.js", loading_method="defer")
    app.connect("html-page-context", leave_out, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
