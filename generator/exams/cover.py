"""The layout of papers, and the texts of their first page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Layout:
    """The layout of papers.

    Attributes:
        name: a file of `templates/papers`, or of a package that offers layouts.
        language: its code, with its words where these do not come with examgen.
        points: the size of the type; large print has its own.
        packages: of LaTeX, that the questions need.
    """

    name: str = "exam"
    size: Literal["a4", "letter"] = "a4"
    language: str = "en"
    points: int = 11
    packages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cover:
    """The first page. All texts are plain text, not LaTeX; an empty text prints nothing.

    Attributes:
        materials: what candidates may use, such as a calculator or a sheet of formulas.
        honour: what candidates declare; a line for their signature follows it.
        closing: the last line of the paper; None: as its language has it.
        answer_book: whether they work in a book of their own, copy results into the boxes and write
            prose in that book.
    """

    university: str
    course: str
    title: str
    department: str = ""
    instructors: tuple[str, ...] = ()
    semester: str = ""
    date: str = ""
    time_allowed: str = ""
    materials: str = ""
    honour: str = ""
    answer_book: bool = False
    instructions: tuple[str, ...] = ()
    closing: str | None = None

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return what is said below the title: the fixed word, and the text."""
        teachers = "instructors" if len(self.instructors) > 1 else "instructor"
        return ((teachers, ", ".join(self.instructors)), ("materials", self.materials))
