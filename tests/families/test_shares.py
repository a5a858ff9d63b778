"""The share that a mistake leaves: one of docs/questions.md, and the same for the same slip."""

from __future__ import annotations

import re
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.questions.model import Asked
from generator.questions.question_file import read_question
from solvers.catalogue import derivations

if TYPE_CHECKING:
    from collections.abc import Iterator

BANK = Path("templates/questions")
TABLE = Path("docs/questions.md").read_text("utf-8").partition("## What a slip costs")[2]
SHARES = {Fraction(int(percent), 100) for percent in re.findall(r"(?m)^\| (\d+) % \|", TABLE)}


def _shares() -> Iterator[tuple[str, str, Fraction]]:
    """Give where each mistake is, its name and its share."""
    for derivation in derivations().values():
        for mistake in derivation.mistakes.values():
            yield derivation.name, mistake.name, mistake.share
    for path in sorted(BANK.rglob("*.tex")):
        question = read_question(path, path.relative_to(BANK).with_suffix("").as_posix())
        for own in question.model.mistakes:
            yield question.name, own.name, own.share
        for asked in question.answers:
            for literal in asked.mistakes if isinstance(asked, Asked) else ():
                yield f"{question.name}.{asked.name}", literal.name, literal.share


ROWS = list(_shares())


def test_the_table_has_shares() -> None:
    assert Fraction(1, 2) in SHARES


@pytest.mark.parametrize(("where", "name", "share"), ROWS)
def test_a_share_is_one_of_the_table(where: str, name: str, share: Fraction) -> None:
    assert share in SHARES, f"{where}: {name} earns {share}"


def test_the_same_slip_costs_the_same() -> None:
    found: dict[str, dict[Fraction, list[str]]] = defaultdict(lambda: defaultdict(list))
    for where, name, share in ROWS:
        found[name][share].append(where)
    unlike = {name: dict(by) for name, by in found.items() if len(by) > 1}
    assert not unlike
