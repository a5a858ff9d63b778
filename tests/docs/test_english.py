"""Plain English: words, docstrings and names of functions that read badly fail here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("examgen", "generator", "grader", "answers", "solvers")
# What to write instead; spelling is British, but for -ize, as PyTorch's and SciPy's names have it.
WORDS = {
    r"whoever|whosoever": "anyone who",
    r"giants?": "too large",
    r"nought": "0",
    r"thereof|whilst|amongst": "of it, while, among",
    r"st(and|ands|ood) (in|on|at|before|behind|beside|under|above|below|there|twice)": "is",
    r"behaviors?|license[sd]?|labeled|neighbors?|judgment": "British",
    r"(recogn|special|normal|initial|optim|quant|summar|local|general)is(e[sd]?|ing|ation)": "-ize",
}
WORD = re.compile(rf"\b({'|'.join(WORDS)})\b", re.IGNORECASE)
HEADLESS = re.compile(r"(What|Whether|Where|Who|Whose|How|Why|Which|When|That)\b")
NOUN = re.compile(r"(The|A|An|All|Every|Its|Itself|Of|By|For|With|Without)\b")
PARTICIPLE = re.compile(
    r"(?!need|feed|seed|embed|speed|shed)[a-z]+ed|made|said|shown|drawn|written|kept|given|taken|"
    r"known|seen|found|told|sent|sold|built|left|held|met|chosen|done|broken|torn|grown|hidden|begun|"
    r"laid|paid|lost|meant|bound|wound|hung|struck|rebuilt|rewritten"
)
VERDICTS = {"undecided"}
HEAD = re.compile(r"( *)(?:async )?(def|class) (\w+)")


@dataclass
class Entry:
    """A module, class or function, with its decorators and the first line of its docstring."""

    place: str
    kind: str
    name: str
    depth: int
    marks: str
    line: str = ""


@cache
def entries() -> tuple[Entry, ...]:
    """Return all modules, classes and functions of the product, in their order."""
    paths = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    return tuple(entry for path in paths for entry in entries_of(path))


def entries_of(path: Path) -> list[Entry]:
    """Return the entries of a file."""
    name = str(path.relative_to(ROOT))
    found, marks, before = [Entry(f"{name}:1", "module", path.stem, 0, "")], "", ":"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        bare = line.strip()
        if head := HEAD.match(line):
            found.append(Entry(f"{name}:{number}", head[2], head[3], len(head[1]), marks))
        elif bare.startswith(('"""', 'r"""')) and before.endswith(":") and not found[-1].line:
            found[-1].line = bare.lstrip("r").strip('"')
        marks = f"{marks}{bare}" if bare.startswith("@") else "" if head or not bare else marks
        before = bare or before
    return found


def test_docstrings_begin_with_what_a_function_does_or_a_class_is() -> None:
    headless = [
        f"{entry.place}: {entry.line}"
        for entry in entries()
        if HEADLESS.match(entry.line) or (entry.kind == "def" and NOUN.match(entry.line))
    ]
    assert not headless, "\n".join(headless)


def test_no_public_function_is_called_by_a_bare_participle() -> None:
    named = [
        f"{entry.place}: {entry.name}"
        for entry in entries()
        if entry.kind == "def"
        and entry.depth <= 4
        and PARTICIPLE.fullmatch(entry.name)
        and entry.name not in VERDICTS
        and "property" not in entry.marks
        and not entry.place.startswith("solvers/")  # quantities have the names of their derivations
    ]
    assert not named, "\n".join(named)


def odd_words(text: str) -> list[str]:
    """Return the words of a text that read badly."""
    return [found[0] for found in WORD.finditer(text)]


def test_no_odd_words() -> None:
    pages = {*(ROOT / "docs").glob("*.md"), *ROOT.glob("*.md")} - {ROOT / "CHANGELOG.md"}
    files = [*pages, *(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))]
    odd = [
        f"{path.relative_to(ROOT)}: {words}"
        for path in files
        if (words := odd_words(path.read_text(encoding="utf-8")))
    ]
    assert not odd, "\n".join(odd)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("compared as it stands; `V` stands for a value", []),
        ("it stands in the table", ["stands in"]),
        ("Whoever hands it in", ["Whoever"]),
        ("it is not recognised", ["recognised"]),
        ("a normalized value under a licence", []),
    ],
)
def test_words_are_found(text: str, words: list[str]) -> None:
    assert odd_words(text) == words


def test_entries_have_their_docstrings() -> None:
    lines = {entry.name: entry.line for entry in entries_of(Path(__file__))}
    assert lines["entries_of"] == "Return the entries of a file."
    assert lines["test_english"].startswith("Plain English")
