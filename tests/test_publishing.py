"""What a stranger meets first: licences, a citation, and what publishes."""

import re
import tomllib

import pytest
import yaml

from book._press.chapters import ROOT
from cvnotes import __version__

WORKFLOW = ".github/workflows/book.yml"
FLOW = yaml.safe_load((ROOT / WORKFLOW).read_text("utf-8"))
TEST, PEERS, DEPLOY = (FLOW["jobs"][n] for n in ("test", "peers", "deploy"))
# YAML 1.1 reads the key `on` as a truth.
EVENTS = FLOW[True]
ON_MAIN = "github.ref == 'refs/heads/main'"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
# Majors of October 2026; the deployment reads what the upload wrote.
ACTIONS = {
    "actions/checkout": 7,
    "actions/setup-python": 7,
    "actions/configure-pages": 6,
    "actions/upload-pages-artifact": 5,
    "actions/deploy-pages": 5,
}
PAGES = ["README.md", "CONTRIBUTING.md", "book/LICENSE.md"]


def steps(job) -> dict[str, dict]:
    """The steps of a job by the action or the command that they run."""
    return {
        step.get("uses", "").split("@")[0] or step["run"]: step
        for step in job["steps"]
    }


def test_every_change_is_tested_as_a_person_tests_it():
    assert "pull_request" in EVENTS and EVENTS["push"]["branches"] == ["main"]
    assert "make test" in steps(TEST)
    assert "if" not in TEST and "if" not in steps(TEST)["make test"]


def test_every_change_is_compared_with_the_peers():
    assert "make peers" in steps(PEERS) and "if" not in PEERS
    assert not any("if" in step for step in PEERS["steps"])


def test_what_is_published_is_what_was_tested():
    names = list(steps(TEST))
    upload = steps(TEST)["actions/upload-pages-artifact"]
    assert names.index("make test") < names.index(
        "actions/upload-pages-artifact"
    )
    assert upload["with"]["path"] == "_build/html"
    assert upload["if"] == ON_MAIN
    assert DEPLOY["needs"] == ["test", "peers"]
    assert not any("run" in step for step in DEPLOY["steps"])


def test_the_book_is_built_for_the_address_that_it_gets():
    asked = steps(TEST)["actions/configure-pages"]
    given = steps(TEST)["make test"]["env"]["BOOK_ADDRESS"]
    assert given == f"${{{{ steps.{asked['id']}.outputs.base_url }}}}"
    names = list(steps(TEST))
    assert names.index("actions/configure-pages") < names.index("make test")
    # Without Pages the tests still run, and nothing is published.
    assert asked["continue-on-error"] is True
    outcome = f"${{{{ steps.{asked['id']}.outcome }}}}"
    assert TEST["outputs"] == {"pages": outcome}
    there = "needs.test.outputs.pages == 'success'"
    assert DEPLOY["if"] == f"{ON_MAIN} && {there}"


def test_no_job_may_do_more_than_it_must():
    assert FLOW["permissions"] == {"contents": "read"}
    assert TEST["permissions"] == {"contents": "read", "pages": "read"}
    assert DEPLOY["permissions"] == {"pages": "write", "id-token": "write"}
    assert "permissions" not in PEERS
    for job in (TEST, PEERS):
        checkout = steps(job)["actions/checkout"]
        assert checkout["with"]["persist-credentials"] is False
    assert "pull_request_target" not in EVENTS
    assert "secrets" not in (ROOT / WORKFLOW).read_text("utf-8")


def test_only_known_actions_run_and_in_known_versions():
    used = re.findall(
        r"uses: (\S+)@v(\d+)\s", (ROOT / WORKFLOW).read_text("utf-8")
    )
    assert {name: int(major) for name, major in used} == ACTIONS
    assert len(used) == (ROOT / WORKFLOW).read_text("utf-8").count("uses:")


def test_pip_is_cached_by_files_that_are_there():
    cached = steps(TEST)["actions/setup-python"]["with"]
    assert cached["cache"] == "pip"
    for name in cached["cache-dependency-path"].split():
        assert (ROOT / name).is_file(), name


def test_the_python_that_publishes_is_one_that_the_package_takes():
    asked = steps(TEST)["actions/setup-python"]["with"]["python-version"]
    low = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert tuple(map(int, asked.split("."))) >= tuple(
        map(int, low.split("."))
    )
    taken = (ROOT / "book/_press/environment.sh").read_text("utf-8")
    most = re.search(r"< \(3, (\d+)\)", taken)[1]
    assert int(asked.split(".")[1]) < int(most)


def test_a_deployment_is_never_cut_and_an_old_test_is():
    ends = FLOW["concurrency"]["cancel-in-progress"]
    assert ends == "${{ github.ref != 'refs/heads/main' }}"
    assert "github.ref" in FLOW["concurrency"]["group"]
    assert TEST["timeout-minutes"] and DEPLOY["timeout-minutes"]


def test_the_citation_says_title_version_and_licence():
    said = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert said["cff-version"] == "1.2.0"
    assert said["version"] == __version__ == PROJECT["project"]["version"]
    assert said["title"].startswith("cvnotes") and said["message"]
    assert all(author["name"] for author in said["authors"])
    assert said["license"] in PROJECT["project"]["license"].split(" AND ")


def test_the_package_names_the_licences_of_all_that_it_carries():
    from cvnotes.pictures import CREDITS

    named = PROJECT["project"]["license"].split(" AND ")
    assert "MIT License" in (ROOT / "LICENSE").read_text("utf-8")
    carried = {
        credit.licence.replace(" ", "-") for credit in CREDITS.values()
    }
    digits = (ROOT / "cvnotes/widgets/README.md").read_text("utf-8")
    assert "Creative Commons Attribution 4.0" in digits
    assert set(named) == {"MIT", "CC-BY-4.0"} | carried
    for name in PROJECT["project"]["license-files"]:
        assert (ROOT / name).is_file(), name


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_of_the_repository_names_is_there(page):
    text = (ROOT / page).read_text("utf-8")
    links = re.findall(r"\]\(([^)#]+)", text)
    for link in links:
        if "://" not in link:
            assert ((ROOT / page).parent / link).exists(), link
    # Paths and commands in code; <part> and <stem> stand for any.
    for path in re.findall(r"`([\w./]+/[\w./]*)`", text):
        if not path.startswith(("_build", "runs")):
            assert (ROOT / path).exists(), path


@pytest.mark.parametrize("page", PAGES)
def test_every_command_that_a_page_names_is_one(page):
    text = (ROOT / page).read_text("utf-8")
    targets = re.findall(
        r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.M
    )
    # In code, so that `make` the word is none.
    named = re.findall(r"(?:`|^)make ([a-z]+)", text, re.M)
    assert set(named) <= set(targets)
    if page == "CONTRIBUTING.md":
        assert {"notebooks", "book", "stills", "lint", "test"} <= set(named)


def test_a_chapter_has_the_floors_that_are_promised():
    """The path that CONTRIBUTING.md describes is the one that was gone."""
    for part, stem in [("attention", "cbam"), ("pointwise", "separable")]:
        for floor in (
            f"cvnotes/{part}/{stem}.py",
            f"tests/{part}/test_{stem}.py",
            f"cvnotes/widgets/{stem}.py",
            f"cvnotes/widgets/{stem}.js",
            f"book/{part}/{stem}.md",
            f"notebooks/{part}/{stem}.ipynb",
        ):
            assert (ROOT / floor).is_file(), floor
