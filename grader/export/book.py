"""The gradebook: each student's state, and the grade on the platform's scale.

A paper that nobody handed in, one handed in blank, one that waits for a person, a student who is
exempt and a zero are five things, and every writer says how it keeps them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from examgen.folder.students import Student
from examgen.ground.translator import ENGLISH, Translator
from examgen.ground.wording import marks_text
from grader.scoring.marked import EMPTY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from examgen.folder.manifest import Manifest
    from examgen.ground.errors import Fault
    from grader.scoring.marked import MarkedAnswer, MarkedPaper


_CELLS = {"blank": "left blank", "absent": "not handed in", "pending": "waits for a person"}


class State(StrEnum):
    """The state of a student's exam."""

    GRADED = "graded"
    BLANK = "blank"
    ABSENT = "absent"
    PENDING = "pending"
    EXEMPT = "exempt"


@dataclass(frozen=True)
class Wishes:
    """The options of the person who exports.

    Attributes:
        column: the platform's column or item; empty: the one called as the exam.
        out_of: the platform's maximum, to which marks are scaled; None: marks as they are.
        answers: whether the marks of each answer go along.
        exempt: ids of students who do not take part.
        pending_as_blank: whether students whose marks wait for a person get no grade for now.
        skip_missing: whether students whom the platform's file does not know are left out.
    """

    column: str = ""
    out_of: Fraction | None = None
    answers: bool = False
    exempt: frozenset[str] = frozenset()
    pending_as_blank: bool = False
    skip_missing: bool = False


@dataclass(frozen=True)
class Entry:
    """One student's line of the gradebook.

    Attributes:
        marks: that are certain; on the paper's own scale, as are the next two.
        out_of: the paper's maximum.
        pending: that wait for a person.
        grade: on the platform's scale, with two decimals; None where there is none to give.
        answers: only where they are wanted.
        say: what is said to the student is in the language of the papers.
    """

    person: Student
    paper: str
    state: State
    marks: Fraction
    out_of: Fraction
    pending: Fraction
    grade: Fraction | None
    answers: tuple[MarkedAnswer, ...] = ()
    say: Translator = ENGLISH

    @property
    def text(self) -> str:
        """Return the grade as every platform reads it: `87.5`, or an empty text."""
        return "" if self.grade is None else marks_text(self.grade)

    @property
    def summary(self) -> str:
        """Return the state in a sentence for the student.

        Empty where there is nothing to say yet.
        """
        match self.state:
            case State.GRADED:
                most = self.say.count(self.out_of)
                return self.say("{0} of {1}.", self.say.marks(self.marks), most)
            case State.BLANK:
                return self.say("Handed in with every answer left blank.")
            case State.ABSENT:
                return self.say("Nothing was handed in.")
            case _:
                return ""

    @property
    def says(self) -> str:
        """Return the summary, with the marks of each answer of a paper that has some, if wanted."""
        details = self.answers if self.state is State.GRADED else ()
        return " ".join([self.summary, *(_answer_text(one, self.say) for one in details)])


def _answer_text(answer: MarkedAnswer, say: Translator) -> str:
    is_number = answer.cell[0].isdigit()
    said = _CELLS.get(answer.cell, answer.cell)
    return f"{answer.id}: {answer.earned_in(say) if is_number else say(said)}."


@dataclass(frozen=True)
class Book:
    """All that goes back, and how."""

    title: str
    entries: tuple[Entry, ...]
    wishes: Wishes = Wishes()


@dataclass(frozen=True)
class Made:
    """A file for a platform.

    Attributes:
        faults: why it must not be written; all of them.
        notices: what a person should know, though the file is right.
        left_out: students with a grade who are not in it, as was wished.
    """

    content: bytes
    suffix: str
    faults: tuple[Fault, ...] = ()
    notices: tuple[Fault, ...] = ()
    left_out: tuple[Entry, ...] = ()


def entries(
    papers: Iterable[MarkedPaper], manifest: Manifest, wishes: Wishes, *, answers: bool
) -> tuple[Entry, ...]:
    """Return the lines of the gradebook, in the order of the papers.

    Of a student who handed in another paper, the own one that is absent is no line.
    """
    found = [(p.handed_in, _entry(p, manifest, wishes, answers=answers)) for p in papers]
    here = {entry.person.id for is_here, entry in found if is_here}
    return tuple(entry for is_here, entry in found if is_here or entry.person.id not in here)


def _entry(paper: MarkedPaper, manifest: Manifest, wishes: Wishes, *, answers: bool) -> Entry:
    person = manifest.people.get(paper.student) or Student(paper.student, paper.name)
    state, out_of = _state(paper, wishes), paper.out_of
    has_grade = state in {State.GRADED, State.BLANK}
    return Entry(
        person,
        paper.paper,
        state,
        paper.total,
        out_of,
        paper.pending,
        scale_marks(paper.total, out_of, wishes.out_of) if has_grade else None,
        paper.answers if answers else (),
        Translator(manifest.spoken),
    )


def _state(paper: MarkedPaper, wishes: Wishes) -> State:
    if paper.student in wishes.exempt:
        return State.EXEMPT
    if not paper.handed_in:
        return State.ABSENT
    if paper.pending:
        return State.PENDING
    is_empty = all(answer.verdict in EMPTY for answer in paper.answers)
    if is_empty and not paper.total:  # a ruling may give it marks
        return State.BLANK
    return State.GRADED


def scale_marks(marks: Fraction, out_of: Fraction, maximum: Fraction | None) -> Fraction:
    """Return marks on another scale, rounded once, half up, to two decimals.

    >>> scale_marks(Fraction(1), Fraction(3), Fraction(100))
    Fraction(3333, 100)
    >>> scale_marks(Fraction("2.005"), Fraction(3), None)
    Fraction(201, 100)
    """
    grade = marks if maximum is None or not out_of else marks * maximum / out_of
    return Fraction(floor(grade * 100 + Fraction(1, 2)), 100)
