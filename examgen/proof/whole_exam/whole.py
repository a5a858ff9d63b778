"""An exam as a whole: who marks it, what differs between papers, what is known beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.proof.duration import Duration, duration
from examgen.proof.whole_exam.candidates import candidates_of
from examgen.proof.whole_exam.known import count_known_marks
from generator.exams.exam_file import LETTERS
from generator.questions.model import Rubric

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from examgen.proof.family import FamilyReport
    from examgen.proof.whole_exam.candidates import Candidate
    from examgen.proof.whole_exam.known import Known
    from generator.exams.model import Exam, Slot
    from generator.questions.model import Asked

PAPERS = (1, 3, 10, 30)
NUMBERS, POOLS, SHUFFLED = "numbers", "pools", "shuffled options"
REASONS = (NUMBERS, POOLS, SHUFFLED)
_ZERO = Fraction(0)


@dataclass(frozen=True, eq=False)
class Place:
    """A place of an exam: a part, or the parts that come of a pool.

    Attributes:
        name: such as `1a`, or `1b-1c` of a pool of which two are picked.
        marks: of a paper.
        people: the marks that wait for people; of a pool, in the mean.
        differ: the marks whose answers differ between papers, by the reason.
        variants: how many different keys there may be at the place.
        known: the marks that are known, by the number of earlier papers.
        counts: the share of it that is part of the maximum: less than 1 where only some parts of
            its question count, 0 for a bonus.
    """

    name: str
    candidates: tuple[Candidate, ...]
    pick: int
    marks: Fraction
    people: Fraction
    differ: Mapping[str, Fraction]
    variants: int
    known: Mapping[int, Fraction]
    counts: Fraction = Fraction(1)

    @property
    def own(self) -> Fraction:
        """Return the marks whose answers differ between papers, for any reason."""
        return sum(self.differ.values(), _ZERO)

    @property
    def questions(self) -> tuple[str, ...]:
        """Return the names of the questions that it may be."""
        return tuple(one.part.question.name for one in self.candidates)

    @property
    def is_pool(self) -> bool:
        """Return whether papers have different questions here."""
        return self.pick < len(self.candidates)

    @property
    def is_whole(self) -> bool:
        """Return whether all variants are counted, not a sample of them."""
        return all(one.is_whole for one in self.candidates)

    @property
    def minutes(self) -> int:
        """Return the minutes of the questions that take longest."""
        return sum(sorted((one.minutes for one in self.candidates), reverse=True)[: self.pick])

    def to_json(self) -> dict[str, object]:
        """Return the place for programs."""
        return {
            "place": self.name,
            "questions": self.questions,
            "pick": self.pick,
            "marks": float(self.marks),
            "people": float(self.people),
            "differ": {reason: float(marks) for reason, marks in self.differ.items()},
            "variants": self.variants,
            "minutes": self.minutes,
            "known": {number: float(marks) for number, marks in self.known.items()},
        }


@dataclass(frozen=True)
class WholeExam:
    """The figures of an exam as a whole.

    Attributes:
        errors: the standard errors of the marks that are known, by the number of earlier papers; 0
            where they are exact.
    """

    exam: Exam
    places: tuple[Place, ...]
    errors: Mapping[int, float]
    duration: Duration

    @property
    def marks(self) -> Fraction:
        """Return the marks of a paper."""
        return sum((place.counts * place.marks for place in self.places), _ZERO)

    @property
    def people(self) -> Fraction:
        """Return the marks that wait for people."""
        return sum((place.counts * place.people for place in self.places), _ZERO)

    @property
    def differ(self) -> dict[str, Fraction]:
        """Return the marks whose answers differ between papers, by the reason."""
        return {
            reason: sum((place.counts * place.differ[reason] for place in self.places), _ZERO)
            for reason in REASONS
        }

    @property
    def own(self) -> Fraction:
        """Return the marks whose answers differ between papers, for any reason."""
        return sum(self.differ.values(), _ZERO)

    @property
    def known(self) -> dict[int, Fraction]:
        """Return the marks that are known, by the number of earlier papers."""
        return {
            number: sum((place.counts * place.known[number] for place in self.places), _ZERO)
            for number in self.errors
        }

    def to_json(self) -> dict[str, object]:
        """Return the exam for programs."""
        allowed = self.duration.allowed
        return {
            "marks": float(self.marks),
            "people": float(self.people),
            "differ": {reason: float(marks) for reason, marks in self.differ.items()},
            "known": {number: float(marks) for number, marks in self.known.items()},
            "known_errors": dict(self.errors),
            "minutes": self.duration.minutes,
            "minutes_allowed": None if allowed is None else float(allowed),
            "places": [place.to_json() for place in self.places],
        }


def whole_exam(exam: Exam, reports: Mapping[str, FamilyReport]) -> WholeExam | None:
    """Return what is found of an exam; None where one of its questions has no variant.

    Args:
        exam: the exam.
        reports: what was proven of its questions, by their files.
    """
    candidates = candidates_of(exam, reports)
    if not all(one.variants.wholes for one in candidates.values()):
        return None
    numbers = sorted({*PAPERS, *exam.leak})
    found = count_known_marks(exam, candidates, numbers)
    places = tuple(_places(exam, candidates, found))
    errors = {number: found[number].error for number in numbers}
    return WholeExam(exam, places, errors, duration(exam))


def _places(
    exam: Exam, candidates: Mapping[str, Candidate], found: Mapping[int, Known]
) -> Iterator[Place]:
    slots = [(slot, question) for question in exam.questions for slot in question.slots]
    for at, (name, (slot, question)) in enumerate(zip(_names(exam), slots, strict=True)):
        own = tuple(candidates[part.id] for part in slot.candidates)
        yield Place(
            name,
            own,
            slot.pick,
            slot.marks,
            sum((marks for answer, marks, _ in _answers(slot, own) if _waits(answer)), _ZERO),
            _differing(slot, own, is_shuffled="options" in exam.shuffle),
            ways_to_pick([len(one.variants.wholes) for one in own], slot.pick),
            {number: one.marks[at] for number, one in found.items()},
            _ZERO if slot.bonus else question.counting,
        )


def _answers(
    slot: Slot, candidates: Sequence[Candidate]
) -> Iterator[tuple[Asked | Rubric, Fraction, int]]:
    """Yield each answer with its marks on a paper, in the mean, and how many keys it has."""
    rate = Fraction(slot.pick, len(slot.candidates))
    for one in candidates:
        for answer, share in zip(one.part.question.answers, one.part.shares, strict=True):
            yield answer, rate * share.marks, len(one.variants.answers[answer.name])


def _waits(answer: Asked | Rubric) -> bool:
    return isinstance(answer, Rubric)


def _differing(
    slot: Slot, candidates: Sequence[Candidate], *, is_shuffled: bool
) -> dict[str, Fraction]:
    """Return the marks of a place whose answers differ between papers, each by its first reason."""
    found = dict.fromkeys(REASONS, _ZERO)
    is_pool = slot.pick < len(slot.candidates)
    for answer, marks, keys in _answers(slot, candidates):
        has_options = not isinstance(answer, Rubric) and bool(answer.choices)
        holds = (keys > 1, is_pool, is_shuffled and has_options)
        reason = next((name for name, it in zip(REASONS, holds, strict=True) if it), None)
        if reason is not None:
            found[reason] += marks
    return found


def ways_to_pick(counts: Sequence[int], pick: int) -> int:
    """Return how many papers there are where some of several questions are picked.

    Args:
        counts: how many variants each question has.
        pick: how many questions are picked.

    >>> ways_to_pick([2, 3, 5], 1), ways_to_pick([2, 3, 5], 2)
    (10, 31)
    """
    ways = [1] + [0] * pick
    for count in counts:
        for size in range(pick, 0, -1):
            ways[size] += ways[size - 1] * count
    return ways[pick]


def _names(exam: Exam) -> Iterator[str]:
    """Yield the names of the places, in the order of the exam file."""
    for number, question in enumerate(exam.questions, 1):
        first = 0
        for slot in question.slots:
            last = first + slot.pick - 1
            ends = dict.fromkeys(f"{number}{LETTERS[place]}" for place in (first, last))
            yield "-".join(ends)
            first = last + 1
