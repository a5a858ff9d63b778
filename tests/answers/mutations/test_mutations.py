"""A wrong rule is a wrong proof: the tables of verdicts notice each wrong rule of a table."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.answers.mutations.notice import ALIKE, source_of
from tests.answers.mutations.table import MUTATIONS, Mutation


@pytest.mark.parametrize("mutation", MUTATIONS, ids=[f"{m.module}: {m.new}" for m in MUTATIONS])
def test_what_a_slip_would_change_is_there_once(mutation: Mutation) -> None:
    count = source_of(mutation.module).read_text(encoding="utf-8").count(mutation.old)
    place = f"{mutation.old!r} is {count} times in {mutation.module}"
    assert count == 1, f"{place}: change the row of the table with the rule"


def test_each_wrong_rule_is_noticed() -> None:
    words = [sys.executable, "-m", "tests.answers.mutations.notice"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    right, *found = done.stdout.splitlines()
    assert right == ALIKE
    assert len(found) == len(MUTATIONS), done.stderr
    unnoticed = [m for m, said in zip(MUTATIONS, found, strict=True) if said == ALIKE]
    assert unnoticed == [], "no verdict shows these: add cases to tests/answers/tables"
