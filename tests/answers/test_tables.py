"""Every case of the tables of verdicts gets its verdict."""

from __future__ import annotations

import pytest

from answers.judge import Options, all_kinds, judge
from tests.answers.cases import WANTED, Option, cases

CASES = cases()


@pytest.mark.parametrize(
    ("kind", "verdict", "expected", "answer", "options"),
    [row[1:] for row in CASES],
    ids=[row[0] for row in CASES],
)
def test_verdict(
    kind: str, verdict: str, expected: str, answer: str, options: dict[str, Option]
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
    kind: str, verdict: str, expected: str, answer: str, options: dict[str, Option]
) -> None:
    found = judge(kind, expected, answer, Options.from_mapping(options))
    assert found.verdict != "correct"
    assert found.verdict != verdict, "this is decided now: move the case into its table"
