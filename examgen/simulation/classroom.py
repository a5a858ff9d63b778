"""A class at its exam: who is absent, copies, swaps papers, hands in twice, or sends poison."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING

from answers.verdict import Verdict
from examgen.folder.key import AnswerKey
from examgen.simulation.draws import Draws, ability
from examgen.simulation.sheet import What, Written, foreign, sheet
from examgen.simulation.texts import POISON

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from examgen.folder.key import PaperKey, RubricKey


class Manner(StrEnum):
    """A student's conduct besides answering; with whom, where it takes another."""

    HONEST = "honest"
    ABSENT = "absent"
    COPIED = "copied"
    SWAPPED = "swapped"
    TWICE_ALIKE = "twice_alike"
    TWICE = "twice"
    POISON = "poison"


@dataclass(frozen=True)
class Shares:
    """The number of students of a thousand who do something else than answer.

    Each who swaps papers takes the next student along, so twice as many papers are swapped.
    """

    absent: int = 40
    copied: int = 15
    swapped: int = 5
    twice_alike: int = 5
    twice: int = 5
    poison: int = 5


@dataclass(frozen=True)
class Sitting:
    """One paper of a made-up class.

    Attributes:
        other: the paper from which was copied, or with which this one was swapped.
        handed_in: the texts of each submission; none, one or two.
        answers: what must become of each answer.
    """

    paper: str
    student: str
    ability: float
    manner: Manner
    other: str
    handed_in: tuple[Mapping[str, str], ...]
    answers: tuple[Written, ...]


def sittings(
    keys: Iterable[PaperKey], seed: str, shares: Shares | None = None
) -> Iterator[Sitting]:
    """Yield a made-up class, in the order of the papers.

    What a student does depends on seed, student and paper, and on the neighbours where papers are
    copied or swapped: from the paper before, with the paper after. Poison in some papers changes
    no other.
    """
    room = _Room(seed, shares or Shares())
    before: PaperKey | None = None
    own: PaperKey | None = None
    for after in chain(keys, (None,)):
        if own is not None:
            yield room.sitting(before, own, after)
        before, own = own, after


@dataclass(frozen=True)
class _Room:
    seed: str
    shares: Shares

    def sitting(self, before: PaperKey | None, own: PaperKey, after: PaperKey | None) -> Sitting:
        manner, other = self._dealing(before, own, after)
        rows, answers = self._handed_in(manner, own, other)
        skill, paper = ability(self.seed, own.student), other.paper if other else ""
        return Sitting(own.paper, own.student, skill, manner, paper, rows, answers)

    def _intended(self, key: PaperKey) -> Manner:
        """Return what a student is up to, by itself."""
        number = Draws((self.seed, "manner")).pick(range(1_000), key.student)
        shares = self.shares
        for manner, share in (
            (Manner.ABSENT, shares.absent),
            (Manner.COPIED, shares.copied),
            (Manner.SWAPPED, shares.swapped),
            (Manner.TWICE_ALIKE, shares.twice_alike),
            (Manner.TWICE, shares.twice),
        ):
            if number < share:
                return manner
            number -= share
        return Manner.HONEST

    def _dealing(
        self, before: PaperKey | None, own: PaperKey, after: PaperKey | None
    ) -> tuple[Manner, PaperKey | None]:
        """Return what a student does, and with whose paper.

        Only the honest are copied or swapped with.
        """
        manner = self._intended(own)
        match manner:
            case Manner.SWAPPED | Manner.COPIED:
                other = after if manner is Manner.SWAPPED else before
                is_there = other is not None and self._intended(other) is Manner.HONEST
                return (manner, other) if is_there else (Manner.HONEST, None)
            case Manner.HONEST if before and self._intended(before) is Manner.SWAPPED:
                return Manner.SWAPPED, before
            case Manner.HONEST if self._poisons(own):
                return Manner.POISON, None
            case _:
                return manner, None

    def _poisons(self, key: PaperKey) -> bool:
        return Draws((self.seed, "poison")).chance(self.shares.poison, key.student)

    def _handed_in(
        self, manner: Manner, own: PaperKey, other: PaperKey | None
    ) -> tuple[tuple[Mapping[str, str], ...], tuple[Written, ...]]:
        """Return the texts of each submission, and what must become of the answers."""
        answers = sheet(other or own, self.seed)
        texts = _texts(answers)
        match manner:
            case Manner.ABSENT:
                return (), tuple(Written(a.id, None, What.ABSENT, *_ABSENT) for a in own.answers)
            case Manner.COPIED | Manner.SWAPPED:
                by_id = {written.id: written for written in answers}
                pairs = ((a, by_id[a.id]) for a in own.answers if a.id in by_id)
                return (texts,), tuple(foreign(answer, written) for answer, written in pairs)
            case Manner.TWICE_ALIKE:
                return (texts, texts), answers
            case Manner.TWICE:
                again = _texts(sheet(own, self.seed, "again"))
                return (texts, again), tuple(map(_contradicted, answers))
            case Manner.POISON:
                answers = tuple(self._poisoned(own, answer) for answer in own.answers)
                return (_texts(answers),), answers
            case _:
                return (texts,), answers

    def _poisoned(self, key: PaperKey, answer: AnswerKey | RubricKey) -> Written:
        name = Draws((self.seed, "poison", key.student)).pick(list(POISON), answer.id)
        verdict = None if isinstance(answer, AnswerKey) else Verdict.FOR_HUMAN
        return Written(answer.id, POISON[name], What.POISON, verdict)


_ABSENT = (Verdict.ABSENT, Fraction(0))


def _texts(answers: tuple[Written, ...]) -> dict[str, str]:
    return {written.id: written.text for written in answers if written.text is not None}


def _contradicted(written: Written) -> Written:
    """Return an answer that waits, since two submissions of its student differ."""
    is_prose = written.verdict is Verdict.FOR_HUMAN
    verdict = Verdict.FOR_HUMAN if is_prose else Verdict.UNDECIDED
    return Written(written.id, written.text, What.CONTRADICTED, verdict)
