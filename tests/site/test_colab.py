"""One setting makes every Colab address; empty, there is none."""

import re

import pytest
from cv_colab import colab_address, row
from sample import CHAPTER, build, write
from sphinx.errors import ConfigError

from cvnotes import __version__

REPOSITORY = "https://github.com/ada/notes"
TAG = f"v{__version__}"  # what the first cell of the notebook installs


@pytest.fixture(scope="module")
def addressed(tmp_path_factory):
    folder = write(tmp_path_factory.mktemp("addressed"), REPOSITORY)
    done = build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "_build" / "html"


def links(text: str) -> list[tuple[str, str]]:
    return re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', text)


def test_the_address_is_made_of_repository_version_and_chapter():
    assert colab_address(REPOSITORY, "v1.0", "notebooks/attention/cbam") == (
        "https://colab.research.google.com/github/ada/notes/blob/v1.0/"
        "notebooks/attention/cbam.ipynb"
    )


@pytest.mark.parametrize("ending", ["/", ".git", ".git/"])
def test_an_address_copied_from_a_browser_or_from_git_is_the_same(ending):
    same = colab_address(REPOSITORY + ending, "v1", "a")
    assert same == colab_address(REPOSITORY, "v1", "a")


@pytest.mark.parametrize(
    "wrong",
    [
        "github.com/ada/notes",
        "http://github.com/ada/notes",
        "https://gitlab.com/ada/notes",
        "https://github.com/ada",
        "https://github.com/ada/notes/tree/main",
        "ada/notes",
    ],
)
def test_another_form_is_refused_by_name(wrong):
    with pytest.raises(ConfigError, match=f"{wrong}.*OWNER/NAME"):
        colab_address(wrong, "v1", "a")


def test_while_the_address_is_empty_only_the_download_is_there(sample):
    text = (sample / f"{CHAPTER}.html").read_text("utf8")
    assert "colab.research" not in text
    assert [words for _, words in links(text)].count("Download notebook") == 1


def test_the_links_stand_right_below_the_title(addressed):
    text = (addressed / f"{CHAPTER}.html").read_text("utf8")
    below = text.split("</h1>")[1].lstrip()
    assert below.startswith('<p class="notebook-links">')
    assert links(below.split("</p>")[0]) == [
        (colab_address(REPOSITORY, TAG, CHAPTER), "Open in Colab"),
        (f"../_sources/{CHAPTER}.ipynb", "Download notebook"),
    ]


def test_the_download_is_the_notebook(sample):
    source = sample.parents[1] / f"{CHAPTER}.ipynb"
    copy = sample / f"_sources/{CHAPTER}.ipynb"
    assert copy.read_text("utf8") == source.read_text("utf8")


def test_a_page_without_code_has_no_such_links(addressed):
    text = (addressed / "book/notation.html").read_text("utf8")
    assert "notebook-links" not in text


def test_the_theme_adds_no_link_to_the_repository(addressed):
    for path in addressed.rglob("*.html"):
        assert REPOSITORY not in path.read_text("utf8")


def test_the_build_refuses_a_wrong_address_in_one_sentence(tmp_path):
    done = build(write(tmp_path, "github.com/ada/notes"))
    assert done.returncode != 0
    assert "repository.url is 'github.com/ada/notes'; give" in done.stderr


def test_the_links_are_safe_in_html():
    assert row('a"b') == (
        '<p class="notebook-links">'
        '<a href="a&quot;b" download>Download notebook</a></p>'
    )
