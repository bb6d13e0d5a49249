"""A real browser, and pages that remember what went wrong in them."""

import os
import shutil
import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import sync_playwright

NAMES = (
    "chromium",
    "google-chrome",
    "google-chrome-stable",
    "chromium-browser",
    "chrome",
)
# No sandbox inside a container, and no talk with the network of its own.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


MISSING = (
    "cvnotes: no Chromium or Chrome for the browser tests, and none could be "
    "installed; 'sudo apt install chromium' brings one, or set CHROME to the "
    "path of yours."
)
# Playwright's own download, or Debian's package where root may ask for it.
WAYS = (
    [sys.executable, "-m", "playwright", "install", "chromium"],
    ["apt-get", "install", "-y", "chromium"],
)


def chromium_path(own: str = "") -> str | None:
    """Where a Chromium is: $CHROME, the system's, or Playwright's ``own``."""
    places = [os.environ.get("CHROME", ""), *NAMES, own]
    found = map(shutil.which, filter(None, places))
    return next(filter(None, found), None)


def ensure():
    """Find a Chromium, else install one, else say what to do."""
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if chromium_path(own):
        return
    print("cvnotes: no Chromium yet; installing one (once)")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    for way in WAYS:
        if way[0] == "apt-get" and not (root and shutil.which("apt-get")):
            continue
        if way[0] == "apt-get":
            subprocess.run(["apt-get", "update"], capture_output=True)
        subprocess.run(way, capture_output=True)
        if chromium_path(own):
            return
    sys.exit(MISSING)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        path = chromium_path(playwright.chromium.executable_path)
        if path is None:
            pytest.fail(MISSING, pytrace=False)
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser):
    """A fresh page: ``.errors`` it reported, ``.foreign`` hosts it called."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(5_000)
    page.errors, page.foreign = [], []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on(
        "console",
        lambda said: said.type == "error" and page.errors.append(said.text),
    )
    page.on(
        "request",
        lambda request: (
            is_foreign(request.url) and page.foreign.append(request.url)
        ),
    )
    yield page
    context.close()


def two_frames(page):
    """Wait until what was moved has been drawn."""
    page.evaluate(
        "new Promise((r) => requestAnimationFrame(() => "
        "requestAnimationFrame(r)))"
    )


def is_foreign(url: str) -> bool:
    home = ("file:", "blob:", "data:", "http://127.0.0.1:")
    return not url.startswith(home)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass


@pytest.fixture
def served():
    """A function from a folder to the address where a web server has it."""
    servers = []

    def serve(folder: Path) -> str:
        handler = partial(Quiet, directory=str(folder))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def address_of(request, served):
    """A function from a folder to its address: on a disk, or on "http"."""
    return served if getattr(request, "param", "") == "http" else Path.as_uri


if __name__ == "__main__":
    ensure()
