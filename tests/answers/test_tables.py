r"""The tables of verdicts: one file for each kind, one case a line.

A case is `verdict ¦ expected ¦ answer ¦ option=value ¦ option=value`; a line that begins with `#`
is a heading: the rule that the cases below it follow from. `\n`, `\t` and `\uXXXX` stand for the
characters that a line cannot show. The kind is the name of the file.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from answers.judge import Options, all_kinds, judge
from answers.options import Scalar

TABLES = Path(__file__).with_name("tables")
# What the judge should know and does not yet, each with the verdict that is wanted.
WANTED = Path(__file__).with_name("wanted")
ESCAPE = re.compile(r"\\(?:u([0-9A-F]{4})|([nt])(?![a-zA-Z]))")


def cases(folder: Path = TABLES) -> list[tuple[str, str, str, str, str, dict[str, Scalar]]]:
    """All cases: name, kind, verdict, expected, answer, options."""
    return [
        (f"{path.stem}:{number}", path.stem, *case(line))
        for path in sorted(folder.glob("*.txt"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if line and not line.startswith("#")
    ]


def case(line: str) -> tuple[str, str, str, dict[str, Scalar]]:
    """One line of a table."""
    verdict, expected, answer, *options = line.split(" ¦ ")
    pairs = (option.strip().split("=", 1) for option in options)
    given: dict[str, Scalar] = {
        name: value.split(",") if name == "variables" else value for name, value in pairs
    }
    return verdict.strip(), expected.strip(), ESCAPE.sub(_character, answer), given


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else {"n": "\n", "t": "\t"}[found[2]]


CASES = cases()


@pytest.mark.parametrize(
    ("kind", "verdict", "expected", "answer", "options"),
    [row[1:] for row in CASES],
    ids=[row[0] for row in CASES],
)
def test_verdict(
    kind: str, verdict: str, expected: str, answer: str, options: dict[str, Scalar]
) -> None:
    found = judge(kind, expected, answer, Options.from_mapping(options))
    assert found.verdict == verdict, f"read as {found.read_as!r}: {found.why}"


def test_each_kind_has_a_table() -> None:
    assert {row[1] for row in CASES} == set(all_kinds())


@pytest.mark.parametrize(
    ("kind", "verdict", "expected", "answer", "options"),
    [row[1:] for row in cases(WANTED)],
    ids=[row[0] for row in cases(WANTED)],
)
def test_what_is_not_decided_yet_is_not_accepted(
    kind: str, verdict: str, expected: str, answer: str, options: dict[str, Scalar]
) -> None:
    found = judge(kind, expected, answer, Options.from_mapping(options))
    assert found.verdict != "correct"
    assert found.verdict != verdict, "this is decided now: move the case into its table"
