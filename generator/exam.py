"""An exam: a cover, and questions made of parts, each part one question file or one of a pool."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from generator.paper import Layout
from solvers.graph.number import value_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from generator.paper import Cover
    from generator.question import QuestionFile

Shuffled: TypeAlias = Literal["questions", "parts", "options"]


@dataclass(frozen=True, eq=False)
class ExamPart:
    """A part of an exam: its question, the marks it is worth here, and what is fixed.

    Attributes:
        id: number and letter, `1a`; where papers differ in order, a name after the question file.
    """

    id: str
    question: QuestionFile
    marks: Fraction
    fixed: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Slot:
    """Places of a question for some of several parts; for most parts, one place for the one."""

    candidates: tuple[ExamPart, ...]
    pick: int = 1

    @property
    def marks(self) -> Fraction:
        """The marks of the parts that a paper gets; all candidates of a pool have the same."""
        return self.candidates[0].marks * self.pick


@dataclass(frozen=True, eq=False)
class ExamQuestion:
    """A question of an exam."""

    title: str
    slots: tuple[Slot, ...]


@dataclass(frozen=True)
class Exam:
    """An exam as its file describes it.

    Attributes:
        code: short name, the default name of the exam folder.
        text: the exam file itself, kept in the manifest.
        shuffle: what stands in another order on each paper.
    """

    code: str
    cover: Cover
    questions: tuple[ExamQuestion, ...]
    text: str
    sha256: str
    layout: Layout = field(default_factory=Layout)
    shuffle: frozenset[Shuffled] = frozenset()

    @cached_property
    def parts(self) -> tuple[ExamPart, ...]:
        """All parts that a paper may have, in order."""
        slots = (slot for question in self.questions for slot in question.slots)
        return tuple(part for slot in slots for part in slot.candidates)

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """The ids of all answers that a paper may ask for, in order."""
        return tuple(
            f"{part.id}.{answer.name}" for part in self.parts for answer in part.question.answers
        )


def marks_text(marks: Fraction) -> str:
    """Marks as printed: 4, 2.5 or 10/3."""
    return value_text(marks) if (marks * 2).denominator > 1 else f"{float(marks):g}"
