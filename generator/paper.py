"""A paper before it is printed: what the layouts and forms read, whatever they make of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from answers.key import PaperKey, PartKey
    from solvers.graph.solution import Solution


@dataclass(frozen=True)
class Student:
    """Who a paper is for.

    Attributes:
        id: as in the roster; on a paper without a name, the paper's own id.
        name: as in the roster, or an empty text.
    """

    id: str
    name: str = ""


@dataclass(frozen=True)
class Cover:
    """The first page. All texts are plain text, not LaTeX; an empty text prints nothing."""

    university: str
    course: str
    title: str
    semester: str = ""
    date: str = ""
    time_allowed: str = ""
    instructions: tuple[str, ...] = ()
    closing: str = "END OF PAPER"


@dataclass(frozen=True, eq=False)
class Part:
    r"""One part of a question: one question file with its values put in.

    Papers with the same values share it, so layouts may keep what they made of it.

    Attributes:
        letter: `a`, `b`, ... within its question.
        marks: the sum of the marks of its answers.
        body: LaTeX with numbers in it; a macro `\answer{name}` stands where an answer goes.
        solution: LaTeX of the author's own solution, for keys only; may be empty.
        conventions: sentences that the body must be read with; printed before it.
        solved: the values and worked steps; None where nothing is computed.
    """

    letter: str
    marks: Fraction
    body: str
    solution: str
    conventions: tuple[str, ...]
    solved: Solution | None
    key: PartKey


@dataclass(frozen=True)
class Question:
    """A numbered question: a title and its parts."""

    number: int
    title: str
    marks: Fraction
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Paper:
    """A whole paper for one student.

    Attributes:
        id: short, unique within the exam, safe as a file name.
    """

    id: str
    exam: str
    student: Student
    cover: Cover
    questions: tuple[Question, ...]
    key: PaperKey

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts in order."""
        return tuple(part for question in self.questions for part in question.parts)

    @property
    def marks(self) -> Fraction:
        """The marks of all questions together."""
        return sum((question.marks for question in self.questions), Fraction(0))
