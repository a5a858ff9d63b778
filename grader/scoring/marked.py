"""Results of marking: a verdict with its ground for each answer of each paper."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from answers.verdict import Verdict
from examgen.ground.translator import ENGLISH, Translator
from examgen.ground.wording import marks_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_NONE = Fraction(0)
WAITING = frozenset({Verdict.UNREADABLE, Verdict.UNDECIDED, Verdict.FOR_HUMAN})
EMPTY = frozenset({Verdict.BLANK, Verdict.ABSENT})
BY_HAND = "marked by a person"
TWO_DIFFER = "two people gave different marks"
FOR_A_PERSON = "a person marks this answer"
NOT_COUNTED = "This part does not count: "


@dataclass(frozen=True)
class MarkedAnswer:
    """One answer with its marks and everything that explains them.

    Attributes:
        id: as in the key: `1a.parameters`.
        kind: a kind of the judge; `rubric` for an answer that a person marks.
        text: what was handed in, verbatim; None where nothing was.
        marks: exact; None while a person has to decide.
        out_of: the most that can be earned; nothing if it was dropped.
        read_as: how the text was read.
        why: the ground of the verdict.
        rule: what is accepted, in words.
        mistake: the name of the mistake that was recognized.
        says: its sentence for the student, or the criteria of a rubric.
        carried: earlier answers whose own wrong values were taken for right.
        expected: the right answer in student notation.
        shown: the right answer in LaTeX.
        note: why the marks are not those of the verdict: a person's remark, a dropped question.
        fault: what went wrong in marking that is no fault of the student.
        ground: the kind of ground in one word, by which a verdict can be checked again.
        criteria: the marks that a person gave for each criterion of a rubric, as text.
        rubric: what names the criteria by which a person marks; empty where there are none.
        comments: what a person said of each criterion; may be empty.
        lines: of a working: each line with its verdict and a sentence on it.
        bonus: None where the marks are part of the maximum; else they are added to the total, and
            this is by how much they may lift it above the maximum.
    """

    id: str
    label: str
    kind: str
    verdict: Verdict
    out_of: Fraction
    marks: Fraction | None = None
    text: str | None = None
    read_as: str = ""
    why: str = ""
    rule: str = ""
    mistake: str = ""
    says: str = ""
    carried: tuple[str, ...] = ()
    expected: str = ""
    shown: str = ""
    note: str = ""
    fault: str = ""
    ground: str = ""
    criteria: tuple[str, ...] = ()
    rubric: str = ""
    comments: tuple[str, ...] = ()
    lines: tuple[tuple[str, str, str], ...] = ()
    bonus: Fraction | None = None

    @property
    def waits(self) -> bool:
        """Return whether a person has to decide about the marks."""
        return self.marks is None

    @property
    def by_hand(self) -> bool:
        """Return whether a person gave the marks."""
        return self.why.startswith(BY_HAND)

    @property
    def differs(self) -> bool:
        """Return whether two people's marks wait to be settled."""
        return self.why.startswith(TWO_DIFFER)

    @property
    def left_out(self) -> str:
        """Return why no marks can be earned: dropped, or its part is none of those that count."""
        return "not counted" if self.note.startswith(NOT_COUNTED) else "dropped"

    @property
    def cell(self) -> str:
        """Return the marks in a table, or the word for why there are none."""
        if not self.out_of:
            return self.left_out
        if self.marks is None:
            return "pending"
        is_empty = self.verdict in EMPTY and not self.marks  # a ruling may give it marks
        return self.verdict.value if is_empty else marks_text(self.marks)

    @property
    def earned(self) -> str:
        """Return the marks with the most that can be earned, for the student.

        >>> MarkedAnswer("1a.x", "", "integer", Verdict.WRONG, Fraction(4), Fraction(1)).earned
        '1 of 4'
        """
        return self.earned_in(ENGLISH)

    def earned_in(self, say: Translator) -> str:
        """Return the same in a language."""
        if not self.out_of:
            return say(self.left_out)
        if self.marks is None:
            return say("waiting, of {}", worth([self], say))
        return say("{} of {}", say.marks(self.marks), worth([self], say))


def lines_from(found: object) -> tuple[tuple[str, str, str], ...]:
    """Return the lines of a working as they were stored; none where there are none."""
    rows = found if isinstance(found, list) else []
    return tuple((str(text), str(verdict), str(says)) for text, verdict, says in rows)


@dataclass(frozen=True)
class MarkedPaper:
    """A paper with its marks.

    Attributes:
        student: who handed it in.
        name: the name on the paper, or an empty text.
        handed_in: whether there was a submission.
        sources: where the submission stands.
    """

    paper: str
    student: str
    name: str
    answers: tuple[MarkedAnswer, ...]
    handed_in: bool
    sources: tuple[str, ...] = ()

    @cached_property
    def total(self) -> Fraction:
        """Return the marks that are certain, with no more of a bonus than its cap allows."""
        return total_of(self.answers)

    @property
    def is_capped(self) -> bool:
        """Return whether a bonus would lift the total above its cap."""
        return self.total < sum((a.marks for a in self.answers if a.marks is not None), _NONE)

    @cached_property
    def out_of(self) -> Fraction:
        """Return the maximum of the whole paper."""
        return maximum_of(self.answers)

    @cached_property
    def pending(self) -> Fraction:
        """Return the marks that wait for a person."""
        return sum((answer.out_of for answer in self.answers if answer.waits), _NONE)


def maximum_of(answers: Sequence[MarkedAnswer]) -> Fraction:
    """Return the maximum of answers; a bonus is no part of it."""
    return sum((answer.out_of for answer in answers if answer.bonus is None), _NONE)


def bonus_of(answers: Sequence[MarkedAnswer]) -> Fraction:
    """Return the most that the bonus among answers can earn."""
    return sum((answer.out_of for answer in answers if answer.bonus is not None), _NONE)


def total_of(answers: Sequence[MarkedAnswer], *, with_waiting: bool = False) -> Fraction:
    """Return the marks of answers together, with no more of a bonus than its cap allows.

    Args:
        answers: some or all of a paper.
        with_waiting: whether what waits counts as if it earned all; else as if it earned nothing.
    """
    rest = [answer.out_of for answer in answers if with_waiting and answer.marks is None]
    total = sum((answer.marks for answer in answers if answer.marks is not None), sum(rest, _NONE))
    caps = [answer.bonus for answer in answers if answer.bonus is not None]
    return min(total, maximum_of(answers) + max(caps)) if caps else total


def worth(answers: Sequence[MarkedAnswer], say: Translator = ENGLISH) -> str:
    """Return what answers can earn: `8`, `8 + 2 bonus` or `2 bonus`."""
    return worth_text(maximum_of(answers), bonus_of(answers), say)


def worth_text(maximum: Fraction, bonus: Fraction, say: Translator = ENGLISH) -> str:
    """Return what can be earned, with what is added to the total alone.

    >>> [worth_text(Fraction(n), Fraction(m)) for n, m in ((8, 0), (8, 2), (0, 2))]
    ['8', '8 + 2 bonus', '2 bonus']
    """
    if not bonus:
        return say.marks(maximum)
    if not maximum:
        return say("{} bonus", say.marks(bonus))
    return say("{} + {} bonus", say.marks(maximum), say.marks(bonus))
