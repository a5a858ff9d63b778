"""A bound on the spread of effort holds, and disturbs nobody else's draw."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from examgen.folder.effort import effort_of
from generator.exams.exam_file import read_exam
from generator.exams.find_exam import bundled_exam
from generator.questions.draw import NoDraw
from generator.variants.assemble import copies, papers
from tests.bundled import SEED, first_papers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.variants.paper import Paper


def costs(spread: Fraction, count: int = 8) -> dict[str, list[int]]:
    return costs_of(papers(read_exam(bundled_exam()), SEED, copies(count), spread))


def costs_of(made: Iterable[Paper]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for paper in made:
        for question in paper.questions:
            for part in question.parts:
                cost = effort_of(part.key.answers, part.solved).cost
                found.setdefault(part.key.id, []).append(cost)
    return found


def test_the_spread_is_bounded() -> None:
    spread = Fraction("1.3")
    bounded = costs(spread)
    assert all(max(c) <= spread * min(c) for c in bounded.values())
    assert any(max(c) > spread * min(c) for c in costs_of(first_papers(10)).values() if min(c))


def test_a_draw_does_not_depend_on_the_others() -> None:
    spread = Fraction("1.5")
    few, many = costs(spread, 3), costs(spread, 5)
    assert all(many[name][:3] == few[name] for name in few)


def test_a_bound_that_nothing_meets_is_named() -> None:
    with pytest.raises(NoDraw, match="no acceptable parameters"):
        costs(Fraction(0))
