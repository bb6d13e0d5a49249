"""The outside addresses of the book: one list, and whether each answers.

Tests make no request; who wants to know runs `make links`.
"""

import re
import sys
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

LIST = Path(__file__).parents[1] / "links.txt"
SOME = r"[\w.~%-]+"
FORMS = {
    # The page of a paper, not its file, and in its newest version.
    "arxiv.org": r"/abs/(\d{4}\.\d{4,5}|[a-z-]+/\d{7})",
    "doi.org": r"/10\.\d{4,9}/[^\s?#]+",
    "github.com": rf"/{SOME}(/{SOME}(/(issues|pull)/\d+|/(blob|tree)/\S+)?)?",
    "huggingface.co": rf"/(papers/)?{SOME}(/\S+)?",
}
ADDRESS = re.compile(r"https://(?P<host>[a-z0-9.-]+\.[a-z]+)(?P<rest>/\S*)")
# A browser, as far as a site that refuses robots is concerned.
NAME = "Mozilla/5.0 (compatible; cvnotes link check)"


def listed() -> list[str]:
    lines = LIST.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def fault(address: str) -> str:
    """What is wrong with the form of an address; nothing, where none is.

    >>> fault("https://arxiv.org/abs/1608.06993")
    ''
    >>> fault("http://arxiv.org/abs/1608.06993")
    'is no https://HOST/…'
    """
    found = ADDRESS.fullmatch(address)
    if not found:
        return "is no https://HOST/…"
    host, rest = found["host"].removeprefix("www."), found["rest"]
    if re.search(r"[.,;:)\]'\"]$|utm_|//", rest):
        return "has what does not belong to it"
    if host in FORMS and not re.fullmatch(FORMS[host], rest):
        return f"has not the form that {host} has"
    return ""


def answer(address: str) -> str:
    """What its host says: a number, or the reason why there is none."""
    try:
        asked = Request(address, headers={"User-Agent": NAME})
        with urlopen(asked, timeout=20) as said:
            return str(said.status)
    except HTTPError as refused:
        return str(refused.code)
    except OSError as error:
        return str(error)


def main():
    """Ask for each address; end with a fault where one does not answer."""
    answers = {address: answer(address) for address in listed()}
    silent = {a: said for a, said in answers.items() if said != "200"}
    for address, said in silent.items():
        print(f"{said}  {address}")
    print(f"{len(answers) - len(silent)} of {len(answers)} answer")
    sys.exit(bool(silent))


if __name__ == "__main__":
    main()
