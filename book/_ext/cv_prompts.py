"""What stands on the handle of a hidden cell: an answer, or just its code."""

WORDS = {
    "Show code cell content": "Show a solution",
    "Hide code cell content": "Hide the solution",
    "Show code cell source": "Show the code",
    "Hide code cell source": "Hide the code",
}


def name_handles(app, pagename, templatename, context, doctree):
    """Put our words in the place of myst-nb's."""
    for theirs, ours in WORDS.items():
        if "body" in context:
            context["body"] = context["body"].replace(theirs, ours)


def setup(app):
    app.connect("html-page-context", name_handles)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
