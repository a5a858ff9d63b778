"""A class's results in short, counted paper by paper."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from answers.verdict import Verdict
from grader.results.effective_marks import targets
from grader.scoring.marked import bonus_of, maximum_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.scoring.marked import MarkedAnswer, MarkedPaper

_NONE = Fraction(0)


@dataclass(frozen=True)
class AnswerSummary:
    """The figures of the class for one answer.

    Attributes:
        counts: how many papers got each verdict.
        waiting: how many of them wait for a person, by verdict.
        mean: the mean of the marks that are certain, of those who handed in; None without any.
        mistakes: the recognized mistakes with their number, the most frequent first.
        bonus: the most that it adds to the total and not to the maximum.
    """

    id: str
    label: str
    out_of: Fraction
    counts: Mapping[Verdict, int]
    waiting: Mapping[Verdict, int]
    mean: Fraction | None
    mistakes: tuple[tuple[str, int], ...]
    bonus: Fraction = _NONE


@dataclass(frozen=True)
class ClassSummary:
    """The figures of the class.

    Attributes:
        count: how many papers the exam has.
        handed_in: how many came back.
        counts: how many answers got each verdict.
        waiting: how many of them wait for a person, by verdict.
        out_of: the most that a paper can earn.
        mean: the mean total of those who handed in, without the marks that wait.
        pending: the marks that wait for a person, of the whole class.
        answers: the result for each answer, in the order asked.
    """

    count: int
    handed_in: int
    counts: Mapping[Verdict, int]
    waiting: Mapping[Verdict, int]
    out_of: Fraction
    mean: Fraction | None
    pending: Fraction
    answers: tuple[AnswerSummary, ...]


def by_question(answers: Iterable[AnswerSummary]) -> tuple[AnswerSummary, ...]:
    """Return the answers of each question as one: marks, means and counts added up."""
    groups = groupby(answers, lambda answer: targets(answer.id)[-1])
    return tuple(_added(name, tuple(group)) for name, group in groups)


def _added(name: str, group: Sequence[AnswerSummary]) -> AnswerSummary:
    means = [answer.mean for answer in group if answer.mean is not None]
    mistakes = ((f"{one.id} {mistake}", n) for one in group for mistake, n in one.mistakes)
    return AnswerSummary(
        name,
        "",
        sum((answer.out_of for answer in group), _NONE),
        sum((Counter(answer.counts) for answer in group), Counter[Verdict]()),
        sum((Counter(answer.waiting) for answer in group), Counter[Verdict]()),
        sum(means, _NONE) if means else None,
        tuple(sorted(mistakes, key=lambda found: -found[1])),
        sum((answer.bonus for answer in group), _NONE),
    )


@dataclass
class _Answer:
    """One answer while it is counted."""

    label: str
    out_of: Fraction = _NONE
    bonus: Fraction = _NONE
    counts: Counter[Verdict] = field(default_factory=Counter)
    waiting: Counter[Verdict] = field(default_factory=Counter)
    mistakes: Counter[str] = field(default_factory=Counter)
    marks: Fraction = _NONE
    certain: int = 0

    def add(self, answer: MarkedAnswer, *, handed_in: bool) -> None:
        self.out_of = max(self.out_of, maximum_of([answer]))
        self.bonus = max(self.bonus, bonus_of([answer]))
        self.counts[answer.verdict] += 1
        if answer.waits:
            self.waiting[answer.verdict] += 1
        if answer.mistake:
            self.mistakes[answer.mistake] += 1
        if handed_in and answer.marks is not None:
            self.marks += answer.marks
            self.certain += 1

    def summary(self, name: str) -> AnswerSummary:
        mean = self.marks / self.certain if self.certain else None
        mistakes = tuple(self.mistakes.most_common())
        counts = (self.counts, self.waiting)
        return AnswerSummary(name, self.label, self.out_of, *counts, mean, mistakes, self.bonus)


class Tally:
    """Counts a class, of which it holds nothing but the counts."""

    def __init__(self) -> None:
        self._count = self._handed_in = 0
        self._total = self._pending = self._out_of = _NONE
        self._answers: dict[str, _Answer] = {}

    def add(self, paper: MarkedPaper) -> None:
        """Count a paper."""
        self._count += 1
        self._pending += paper.pending
        self._out_of = max(self._out_of, paper.out_of)
        if paper.handed_in:
            self._handed_in += 1
            self._total += paper.total
        for answer in paper.answers:
            own = self._answers.setdefault(answer.id, _Answer(answer.label))
            own.add(answer, handed_in=paper.handed_in)

    def summary(self) -> ClassSummary:
        """Return what was counted."""
        answers = self._answers.values()
        counts = sum((own.counts for own in answers), Counter[Verdict]())
        return ClassSummary(
            self._count,
            self._handed_in,
            {verdict: counts[verdict] for verdict in Verdict},
            sum((own.waiting for own in answers), Counter[Verdict]()),
            self._out_of,
            self._total / self._handed_in if self._handed_in else None,
            self._pending,
            tuple(own.summary(name) for name, own in self._answers.items()),
        )
