"""Papers of the exam that comes with examgen, made once in each process of the tests."""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from hypothesis import settings

from generator.exams.exam_file import read_exam
from generator.exams.find_exam import bundled_exam
from generator.variants.assemble import copies, papers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examgen.folder.key import PaperKey
    from generator.variants.paper import Paper

SEED = "42"
LONG = settings().max_examples > 1_000  # with HYPOTHESIS_PROFILE=fuzz
LARGEST = 200 if LONG else 40
_MADE: list[Paper] = []


@cache
def _more() -> Iterator[Paper]:
    return papers(read_exam(bundled_exam()), SEED, copies(LARGEST))


def first_papers(count: int = LARGEST) -> list[Paper]:
    """Return the first papers of the exam; a paper does not depend on how many there are."""
    assert count <= LARGEST
    _MADE.extend(islice(_more(), max(0, count - len(_MADE))))
    return _MADE[:count]


def first_keys(count: int = LARGEST) -> list[PaperKey]:
    """Return the keys of the first papers."""
    return [paper.key for paper in first_papers(count)]
