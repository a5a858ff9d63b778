"""An exam: a cover, and questions made of parts, each part one question file or one of a pool."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from generator.exams.cover import Layout
from generator.exams.share_criteria import shared_criteria
from generator.exams.share_marks import share_marks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from examgen.folder.key import Counted, Floor
    from examgen.folder.people_rules import AppealRule, MarkingRule
    from generator.exams.cover import Cover
    from generator.questions.model import QuestionFile

Guessing: TypeAlias = Literal["free", "corrected"]
Shuffled: TypeAlias = Literal["questions", "parts", "options"]


@dataclass(frozen=True)
class Share:
    """The marks of an answer, and of each of its criteria where a person marks it."""

    marks: Fraction
    criteria: tuple[Fraction, ...]


@dataclass(frozen=True, eq=False)
class ExamPart:
    """A part of an exam: its question, the marks it is worth here, and what is fixed.

    Attributes:
        id: number and letter, `1a`; where papers differ in order, a name after the question file.
        bonus: whether its marks are added to the total and not to the maximum.
    """

    id: str
    question: QuestionFile
    marks: Fraction
    fixed: Mapping[str, str]
    bonus: bool = False

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """Return the marks of each answer of the question.

        Raises:
            NoShares: the marks are too few for so many answers.
        """
        answers = self.question.answers
        marks = share_marks(self.marks, [answer.marks for answer in answers])
        return tuple(
            Share(own, shared_criteria(own, getattr(answer, "criteria", ()), answer.marks))
            for own, answer in zip(marks, answers, strict=True)
        )


@dataclass(frozen=True, eq=False)
class Slot:
    """Places of a question for some of several parts; for most parts, one place for the one."""

    candidates: tuple[ExamPart, ...]
    pick: int = 1

    @property
    def marks(self) -> Fraction:
        """Return the marks of the parts that a paper gets.

        All candidates of a pool have the same.
        """
        return self.candidates[0].marks * self.pick

    @property
    def bonus(self) -> bool:
        """Return whether its marks are added to the total and not to the maximum."""
        return self.candidates[0].bonus


@dataclass(frozen=True, eq=False)
class ExamQuestion:
    """A question of an exam.

    Attributes:
        share: parameters that have one value in all its parts.
        stem: LaTeX before its parts, with values of what they share.
        head: what is above it, where a section of the exam begins.
        choose: how many of its parts count; 0: all.
        counted: which ones: the best, or the first that are answered.
    """

    title: str
    slots: tuple[Slot, ...]
    share: tuple[str, ...] = ()
    stem: str = ""
    head: str = ""
    choose: int = 0
    counted: Counted = "best"

    @property
    def counting(self) -> Fraction:
        """Return the share of its parts that count."""
        parts = sum(slot.pick for slot in self.slots)
        return Fraction(self.choose or parts, parts)

    @property
    def counts(self) -> list[int]:
        """Return how often the marks of each slot are part of the maximum.

        Of parts to choose, those of the first; those of a bonus are not.
        """
        if not self.choose:
            return [0 if slot.bonus else slot.pick for slot in self.slots]
        return [0 if self.slots[0].bonus else self.choose, *(0 for _ in self.slots[1:])]

    @property
    def bonus(self) -> Fraction:
        """Return the marks that are added to the total and not to the maximum."""
        slots = (slot.marks for slot in self.slots if slot.bonus)
        return sum(slots, Fraction(0)) * self.counting


@dataclass(frozen=True)
class Exam:
    """An exam as its file describes it.

    Attributes:
        code: short name, the default name of the exam folder.
        text: the exam file itself, kept in the manifest.
        shuffle: what is in another order on each paper.
        share: parameters that have one value in all questions.
        guessing: whether a wrong option costs what guessing earns on average.
        floor: over what the marks never add up to less than 0.
        leak: by the number of earlier papers that somebody has seen, the share of the marks whose
            answers may be on them; `check` holds the exam to it.
        bonus_cap: by how much bonus marks may lift the total above the maximum.
        practice: whether HTML papers and feedback show hints.
        marking: how the marks of two people become one.
        appeals: when students may ask about marks.
    """

    code: str
    cover: Cover
    questions: tuple[ExamQuestion, ...]
    text: str
    sha256: str
    layout: Layout = field(default_factory=Layout)
    shuffle: frozenset[Shuffled] = frozenset()
    leak: Mapping[int, Fraction] = field(default_factory=dict)
    share: tuple[str, ...] = ()
    guessing: Guessing = "free"
    floor: Floor = "paper"
    bonus_cap: Fraction = Fraction(0)
    practice: bool = False
    marking: MarkingRule | None = None
    appeals: AppealRule | None = None

    @cached_property
    def parts(self) -> tuple[ExamPart, ...]:
        """Return all parts that a paper may have, in order."""
        slots = (slot for question in self.questions for slot in question.slots)
        return tuple(part for slot in slots for part in slot.candidates)

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """Return the ids of all answers that a paper may ask for, in order."""
        return tuple(
            f"{part.id}.{answer.name}" for part in self.parts for answer in part.question.answers
        )
