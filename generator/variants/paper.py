"""A paper before it is printed: what the layouts and forms read, whatever they make of it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from examgen.folder.key import AnswerKey, RubricKey
from examgen.folder.pages.form_fields import checksum
from examgen.ground.latex_escape import escape_prose
from generator.exams.cover import Layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from examgen.folder.key import Counted, PaperKey, PartKey
    from examgen.folder.students import Student
    from generator.exams.cover import Cover
    from generator.questions.answer_space import Room
    from generator.questions.model import QuestionFile
    from solvers.graph.solution import Solution


_LISTED = re.compile(
    r"\\begin\{(enumerate|itemize)\}(?:(?!\\(?:end|begin)\{(?:enumerate|itemize)\}).)*?\\answer\{",
    re.DOTALL,
)
_LAST = re.compile(r"\\answer\{([^{}]*)\}\s*\Z")


def letter(number: int) -> str:
    """Return the letter of a question's part by its number from 1."""
    return chr(ord("a") + number - 1)


@dataclass(frozen=True, eq=False)
class Part:
    r"""One part of a question: one question file with its values put in.

    Papers with the same values share it, so layouts may keep what they made of it.

    Attributes:
        marks: the sum of the marks of its answers; 0 for a bonus.
        bonus: the same of a bonus; 0 for other parts.
        body: LaTeX with numbers in it; a macro `\answer{name}` is where an answer goes.
        solution: LaTeX of the author's own solution, for keys only; may be empty.
        conventions: sentences that the body must be read with, with formulas in LaTeX; printed
            after its text, or before the list of what is asked.
        solved: the values and worked steps; None where nothing is computed.
        question: whose values these are; None in tests of layouts.
        rooms: for each answer of the key, the room that the author sets; None: the usual.
        file: the question file; `line` is that of the body, `solution_line` of the solution.
        images: in its texts, by the names under which TeX finds them.
    """

    marks: Fraction
    body: str
    solution: str
    conventions: tuple[str, ...]
    solved: Solution | None
    key: PartKey
    rooms: tuple[Room | None, ...]
    file: str = ""
    line: int = 1
    solution_line: int = 1
    images: Mapping[str, bytes] = field(default_factory=dict)
    question: QuestionFile | None = None
    bonus: Fraction = Fraction(0)

    @cached_property
    def text(self) -> str:
        """Return the body with its conventions, in the paragraph that they follow."""
        before, after = self.halves
        stated = " ".join(map(escape_prose, self.conventions))
        if not stated:
            return before + after
        begin = "\n\n" if before.rstrip().endswith(":") else "\n"
        return f"{before.rstrip()}{begin}\\textit{{{stated}}}\n{after}"

    @cached_property
    def halves(self) -> tuple[str, str]:
        """Return the body up to the place of its conventions, and what follows.

        That is the list of what is asked, if the answers are in one; else room for prose, if any.
        """
        listed = _LISTED.search(self.body)
        if listed is not None and "\\answer{" not in self.body[: listed.start()]:
            return self.body[: listed.start()], self.body[listed.start() :]
        found = _LAST.search(self.body)
        prose = {one.id.partition(".")[2] for one in self.key.answers if isinstance(one, RubricKey)}
        if found is None or found[1] not in prose:
            return self.body, ""
        return self.body[: found.start()], self.body[found.start() :]


@dataclass(frozen=True)
class Question:
    """A numbered question: a title and its parts.

    Attributes:
        marks: what can be earned, of the parts that count.
        stem: LaTeX before its parts, with values.
        head: what is above it, where a section begins.
        choose: how many of its parts count; 0: all.
        counted: which ones.
        bonus: the marks that are added to the total and not to the maximum.
    """

    number: int
    title: str
    marks: Fraction
    parts: tuple[Part, ...]
    stem: str = ""
    head: str = ""
    choose: int = 0
    counted: Counted = "best"
    bonus: Fraction = Fraction(0)


@dataclass(frozen=True)
class Paper:
    """A whole paper for one student.

    Attributes:
        id: short, unique within the exam, safe as a file name.
        names_student: whether its line in `papers.jsonl` says whose it is, as in older folders.
    """

    id: str
    exam: str
    student: Student
    cover: Cover
    questions: tuple[Question, ...]
    key: PaperKey
    layout: Layout = field(default_factory=Layout)
    names_student: bool = False

    @cached_property
    def public(self) -> str:
        """Return the paper's line in `papers.jsonl`: what was drawn.

        No answers, and not for whom.
        """
        parameters = {part.id: dict(part.model.inputs) for part in self.key.parts}
        owner = {"student": self.student.id} if self.names_student else {}
        line = {"paper": self.id, **owner, "parameters": parameters}
        return json.dumps(line, ensure_ascii=False)

    @property
    def title(self) -> str:
        """Return the title of its PDFs."""
        return f"{self.cover.course}: {self.cover.title}, {self.id}"

    @property
    def checksum(self) -> str:
        """Return the checksum in the names of the paper's form fields."""
        return checksum(self.public)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return all parts in order."""
        return tuple(part for question in self.questions for part in question.parts)

    @property
    def says_boxes(self) -> str:
        """Return the fixed word on what is marked: the boxes, and an answer book for prose."""
        rooms = (room for part in self.parts for room in part.rooms)
        return "boxes_and_book" if any(room and room.is_in_book for room in rooms) else "boxes"

    @property
    def has_options(self) -> bool:
        """Return whether something on it is ticked."""
        return any(isinstance(one, AnswerKey) and one.choices for one in self.key.answers)

    @property
    def marks(self) -> Fraction:
        """Return the marks of all questions together."""
        return sum((question.marks for question in self.questions), Fraction(0))

    @property
    def bonus(self) -> Fraction:
        """Return the marks that are added to the total and not to the maximum."""
        return sum((question.bonus for question in self.questions), Fraction(0))

    @property
    def most(self) -> Fraction:
        """Return the highest total."""
        return self.marks + min(self.bonus, self.key.bonus_cap)
