"""Levels are honest as far as can be measured: what is of level 1 is short (docs/questions.md)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from statistics import median_low
from typing import TYPE_CHECKING

import pytest

from examgen.folder.effort import effort_of
from examgen.proof import bank, exam_of, read
from examgen.proof.files import name_of
from generator.questions.model import Asked
from generator.variants.assemble import copies, papers
from solvers.graph.derivation import Quantity

if TYPE_CHECKING:
    from generator.variants.paper import Part
    from solvers.graph.derivation import Derivation

EASY = {name_of(path): path for path in bank() if read(path).level == 1}


def parts_of(path: Path) -> list[Part]:
    return [paper.parts[0] for paper in papers(exam_of(read(path)), "level", copies(9))]


def longest_chain(derivation: Derivation, names: list[str]) -> int:
    """Return how many results need each other, from what is given to some quantities."""

    @cache
    def results_to(name: str) -> int:
        is_result = isinstance(derivation.nodes[name], Quantity)
        return is_result + max(map(results_to, derivation.needs(name)), default=0)

    return max(map(results_to, names), default=0)


@pytest.mark.parametrize("name", EASY)
def test_level_1_is_little_work(name: str) -> None:
    costs = [effort_of(part.key.answers, part.solved).cost for part in parts_of(EASY[name])]
    assert median_low(costs) <= 75, "make it level 2, or choose smaller numbers"


@pytest.mark.parametrize("name", EASY)
def test_level_1_is_a_short_chain(name: str) -> None:
    question = read(EASY[name])
    asked = [one for one in question.answers if isinstance(one, Asked) and not one.letters]
    solved = parts_of(EASY[name])[0].solved
    if solved is not None:
        names = [read_ for one in asked for read_ in one.reads]
        assert longest_chain(solved.derivation, names) <= 3, "make it level 2, or ask for less"


def test_levels_tell_apart() -> None:
    levels = [read(path).level for path in bank()]
    assert all(levels.count(level) >= 5 for level in (1, 2, 3))
