"""The marks that somebody knows who has seen the solutions of earlier papers.

An answer is known if one of these papers asked the same question for it, with the same key. All
papers are drawn alike and apart from each other, so where a question is at one place of the
exam and all its variants are counted, its share is exact: an answer that comes with the chance p
is on one of k papers with the chance 1 - (1 - p)^k. Where a question may be at several
places, or has more variants than are counted, or shares values with others, papers are drawn.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from math import comb, sqrt
from statistics import fmean, stdev
from typing import TYPE_CHECKING

from examgen.proof.variants import key_text
from generator.variants.assemble import copies, papers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from examgen.proof.whole_exam.candidates import Candidate
    from generator.exams.model import Exam, Slot
    from generator.variants.paper import Paper

BATCHES, SAMPLE = 8, 40  # papers are drawn so many times, so many; more than the most that are seen


@dataclass(frozen=True)
class Known:
    """The marks that are known of a paper, by the number of earlier papers that somebody has seen.

    Attributes:
        marks: of each place of the exam, in order.
        error: the standard error of their sum; 0 where all is counted.
    """

    marks: tuple[Fraction, ...]
    error: float = 0


def count_known_marks(
    exam: Exam, candidates: Mapping[str, Candidate], numbers: Sequence[int]
) -> dict[int, Known]:
    """Return the marks that are known after some numbers of earlier papers."""
    slots = [slot for question in exam.questions for slot in question.slots]
    shared = {id(s) for q in exam.questions if q.share or exam.share for s in q.slots}
    drawn = set(_uncounted(slots, candidates))
    drawn |= {place for place, slot in enumerate(slots) if id(slot) in shared}
    sampled = _drawn(exam, [slots[place] for place in sorted(drawn)], numbers) if drawn else {}
    found = {}
    for number in numbers:
        own = iter(sampled.get(number, Known(())).marks)
        marks = (
            next(own) if place in drawn else _counted(slot, candidates, number)
            for place, slot in enumerate(slots)
        )
        found[number] = Known(tuple(marks), sampled.get(number, Known(())).error)
    return found


def _uncounted(slots: Sequence[Slot], candidates: Mapping[str, Candidate]) -> Iterator[int]:
    """Yield the places whose questions are elsewhere, too, or have too many variants."""
    often = Counter(part.question.file for slot in slots for part in slot.candidates)
    for place, slot in enumerate(slots):
        is_alone = all(often[part.question.file] == 1 for part in slot.candidates)
        if not is_alone or not all(candidates[part.id].is_whole for part in slot.candidates):
            yield place


def _counted(slot: Slot, candidates: Mapping[str, Candidate], number: int) -> Fraction:
    """Return the marks that are known of a place."""
    rate = Fraction(slot.pick, len(slot.candidates))
    found = Fraction(0)
    for part in slot.candidates:
        keys = candidates[part.id].variants.answers
        for answer, share in zip(part.question.answers, part.shares, strict=True):
            found += rate * share.marks * chance_known(keys[answer.name], rate, number)
    return found


def chance_known(keys: Counter[str], rate: Fraction, number: int) -> Fraction:
    """Return the chance that an answer was on one of some earlier papers.

    Args:
        keys: how often which key comes.
        rate: the share of the papers that ask the question.
        number: of the papers.

    >>> chance_known(Counter(a=1, b=1), Fraction(1), 1), chance_known(Counter(a=1), Fraction(1), 1)
    (Fraction(1, 2), Fraction(1, 1))
    """
    total = keys.total()
    return sum(
        (
            alike * Fraction(count, total) * (1 - (1 - rate * Fraction(count, total)) ** number)
            for count, alike in Counter(keys.values()).items()
        ),
        Fraction(0),
    )


def _drawn(exam: Exam, slots: Sequence[Slot], numbers: Sequence[int]) -> dict[int, Known]:
    """Return what is known of some places, by papers that are drawn."""
    own = [
        replace(question, slots=tuple(slot for slot in question.slots if slot in slots))
        for question in exam.questions
    ]
    part_of = {part.id: place for place, slot in enumerate(slots) for part in slot.candidates}
    only = replace(exam, questions=tuple(question for question in own if question.slots))
    made = list(papers(only, "check", copies(BATCHES * SAMPLE)))
    batches = [made[at : at + SAMPLE] for at in range(0, len(made), SAMPLE)]
    found = {}
    for number in numbers:
        marks = [_among(batch, part_of, len(slots), number) for batch in batches]
        sums = [float(sum(batch)) for batch in marks]
        means = (Fraction(fmean(map(float, place))) for place in zip(*marks, strict=True))
        found[number] = Known(tuple(means), stdev(sums) / sqrt(BATCHES))
    return found


def _among(
    batch: Sequence[Paper], part_of: Mapping[str, int], places: int, number: int
) -> list[Fraction]:
    """Return the marks that are known of a paper of a batch by some others, in the mean."""
    asked = [list(_asked(paper)) for paper in batch]
    often = Counter(name for paper in asked for name in {name for _, name, _ in paper})
    found = [Fraction(0)] * places
    for part, name, marks in (one for paper in asked for one in paper):
        unseen = Fraction(comb(len(batch) - often[name], number), comb(len(batch) - 1, number))
        found[part_of[part]] += marks * (1 - unseen) / len(batch)
    return found


def _asked(paper: Paper) -> Iterator[tuple[str, tuple[str, str, str], Fraction]]:
    """Yield each answer of a paper: its part, what is asked with which key, and its marks."""
    for part in paper.key.parts:
        for answer in part.answers:
            name = answer.id.partition(".")[2]
            yield part.id, (part.template, name, key_text(answer)), answer.marks
