"""Whoever follows a wrong address finds a page that leads back."""

import re
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cv_publish.site import rooted
from sample import build, write
from test_access import faults

DEPTHS = ["gone.html", "book/gone.html", "a/b/c/gone.html", "a/b/"]


class Pages(SimpleHTTPRequestHandler):
    """A host that has the book below /notes/, as GitHub Pages would."""

    def translate_path(self, path):
        inside = path.removeprefix("/notes")
        return super().translate_path(
            inside if path.startswith("/notes/") else "/no such file"
        )

    def send_error(self, code, *words):
        text = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    """The address of a small book that was built for this address."""
    folder = tmp_path_factory.mktemp("lost")
    html = folder / "_build" / "html"
    handler = partial(Pages, directory=str(html))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    address = f"http://127.0.0.1:{server.server_port}/notes/"
    done = build(write(folder, address=address))
    assert done.returncode == 0, done.stderr
    Thread(target=server.serve_forever, daemon=True).start()
    yield address
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("where", DEPTHS)
def test_at_any_depth_it_has_its_styles_and_scripts(page, host, where):
    missing = []
    page.on("response", lambda r: r.ok or missing.append(r.url))
    said = page.goto(host + where, wait_until="networkidle")
    assert said.status == 404
    assert missing == [host + where]
    # The sans of the book's headings, which a missing style would not give.
    face = "getComputedStyle(document.querySelector('h1')).fontFamily"
    assert "Inter" in page.evaluate(face)
    assert page.title().startswith("There is no page here")


@pytest.mark.parametrize("where", DEPTHS)
def test_at_any_depth_it_leads_to_the_front_page(page, host, where):
    page.goto(host + where)
    page.click("article a")
    page.wait_for_url(f"{host}book/index.html")


@pytest.mark.parametrize("where", DEPTHS)
def test_at_any_depth_it_searches(page, host, where):
    page.goto(host + where)
    page.locator("article input[type=search]").fill("dense")
    page.locator("article input[type=search]").press("Enter")
    page.wait_for_url(f"{host}search.html?q=dense")
    page.locator("#search-results li a").first.click()
    page.wait_for_url(f"{host}notebooks/dense_block.html*")


def test_its_list_of_chapters_leads_to_chapters(page, host):
    page.goto(host + DEPTHS[2])
    links = page.locator("#book-contents a")
    for link in links.all():
        address = link.evaluate("(a) => a.href")
        assert page.request.get(address).ok, address
    assert links.count() >= 3


def test_without_an_address_it_works_where_it_lies(page, sample):
    page.goto((sample / "404.html").as_uri())
    page.click("article a")
    page.wait_for_url(re.compile("^file:.*/book/index.html$"))
    assert not page.errors


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_it(page, host, theme):
    page.emulate_media(color_scheme=theme)
    page.goto(host + DEPTHS[2], wait_until="networkidle")
    assert not faults(page)


def test_only_relative_addresses_are_changed():
    text = '<a href="#top"><a href="https://a.example"><a href="/b">'
    assert rooted(text, "/notes/") == text
    assert rooted('<img src="./a.png">', "/n/") == '<img src="/n/a.png">'


def test_no_search_engine_is_told_of_it(published):
    robots = '<meta name="robots" content="noindex" />'
    for path in published.rglob("*.html"):
        said = robots in path.read_text("utf8")
        assert said == (path.name == "404.html")
    assert "404" not in (published / "sitemap.xml").read_text("utf8")
