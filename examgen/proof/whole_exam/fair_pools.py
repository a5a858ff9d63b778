"""Pools whose questions are not of equal work: who gets one of them has an easier paper."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.wording import marks_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from examgen.proof.whole_exam.candidates import Candidate
    from examgen.proof.whole_exam.whole import Place


def _own_marks(one: Candidate) -> Fraction:
    return sum((answer.marks for answer in one.part.question.answers), Fraction(0))


# By how much the questions of a pool may differ. Effort is a rough measure.
MOST: dict[str, tuple[Callable[[Candidate], Fraction], Fraction]] = {
    "marks in their files": (_own_marks, Fraction(3, 2)),
    "minutes": (lambda one: Fraction(one.minutes), Fraction(3, 2)),
    "effort": (lambda one: Fraction(one.effort), Fraction(2)),
}


def unequal(place: Place) -> Iterator[str]:
    """Yield a sentence for each measure by which the questions of a pool differ too much."""
    for name, (measure, most) in MOST.items() if place.is_pool else ():
        measured = sorted((one for one in place.candidates if measure(one)), key=measure)
        if measured and measure(measured[-1]) > most * measure(measured[0]):
            yield (
                f"the pool {place.name} is not of equal work: {name} from "
                f"{_said(measured[0], measure)} to {_said(measured[-1], measure)}, more than "
                f"{float(most):g} times the least; choose others, or correct their files"
            )


def _said(one: Candidate, measure: Callable[[Candidate], Fraction]) -> str:
    return f"{marks_text(measure(one))} ({one.part.question.name})"
