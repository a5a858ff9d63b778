"""Submissions of the students, before they are marked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from examgen.ground.errors import Fault

MAX_SHOWN = 60
MAX_TEXTS = 100
_LINE_ENDS = re.compile(r"[\r\n\t]+")


@dataclass(frozen=True)
class Doubt:
    """An answer that cannot be taken at its word: a person has to look at it.

    Attributes:
        why: what is the matter, for the person and for the student.
        texts: what was handed in, as far as that is known; several texts contradict each other.
    """

    why: str
    texts: tuple[str, ...] = ()


Given: TypeAlias = str | Doubt
Texts: TypeAlias = tuple[tuple[str, str], ...]  # answers as they are named, and their texts


@dataclass(frozen=True, slots=True)
class Submission:
    """The answers handed in for one paper.

    Attributes:
        paper: the paper's id.
        student: who handed it in; for a paper without a name, as the submission says.
        answers: the text of each answer, verbatim, by its id; ids that were not handed in are
            absent, and an empty text is an answer left blank.
        sources: where it stands, as `file:line`.
    """

    paper: str
    student: str
    answers: Mapping[str, Given]
    sources: tuple[str, ...] = ()


class Problem(StrEnum):
    """The reason why a row of a file was not simply taken."""

    UNMATCHED = "unmatched"
    DUPLICATE = "duplicate"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Waiting:
    """A row, or a whole file, that a person has to look at.

    Attributes:
        student: as the row names the student.
        paper: as the row names the paper.
        answers: the texts of the row as far as they can be told apart, by what the row calls them.
        fault: where it stands, what is the matter and what to do.
        rows: how many rows of the file it stands for.
        cited: where it was first, if this is a row of an exception file.
    """

    problem: Problem
    fault: Fault
    student: str = ""
    paper: str = ""
    answers: Texts = ()
    rows: int = 1
    cited: str = ""

    @property
    def source(self) -> str:
        """Return where it stands, as `file:line`."""
        return self.cited or f"{self.fault.file}:{self.fault.line}"


@dataclass(frozen=True)
class FileCount:
    """The numbers of rows of a file, or of files of a folder or archive, by what became of them.

    Attributes:
        formats: the kinds of file that were found, in words.
        imported: rows whose answers are marked, or wait because another row contradicts them.
        unmatched: rows of nobody for certain.
        duplicate: rows of a student who had handed in before.
        unreadable: rows and files that a person has to read.
        blank: rows of students who began and wrote nothing, or never began.
        settled: rows in whose place those of an exception file stand.
    """

    file: str
    formats: tuple[str, ...] = ()
    imported: int = 0
    unmatched: int = 0
    duplicate: int = 0
    unreadable: int = 0
    blank: int = 0
    settled: int = 0


@dataclass(frozen=True)
class Submissions:
    """All that was handed in, at most one submission for each paper, and what was wrong with it."""

    papers: tuple[Submission, ...] = ()
    notices: tuple[Fault, ...] = ()
    files: tuple[FileCount, ...] = ()
    waiting: tuple[Waiting, ...] = ()


def contradiction(left: Given, right: Given) -> Doubt:
    """Return what is left of two different texts for one answer."""
    texts = dict.fromkeys((*texts_of(left), *texts_of(right)))
    return Doubt(
        "different texts were handed in for this answer; none was chosen", tuple(texts)[:MAX_TEXTS]
    )


def texts_of(given: Given) -> tuple[str, ...]:
    """Return the texts that were handed in for an answer."""
    return given.texts if isinstance(given, Doubt) else (given,)


def excerpt(text: str, limit: int = MAX_SHOWN) -> str:
    r"""Return a submission's text for a message: one line, short, nothing invisible.

    >>> excerpt("a\x1b[2J\u202eb")
    'a\\u001b[2J\\u202eb'
    """
    cut = text if len(text) <= limit else text[: limit - 3] + "..."
    return "".join(map(_visible, _LINE_ENDS.sub(" ", cut)))


def visible(text: str) -> str:
    """Return a text with line ends and tabs kept, other control characters by number."""
    if text.isprintable():
        return text
    return "".join(
        char if char in "\n\t" else _visible(char) for char in text.replace("\r\n", "\n")
    )


def _visible(char: str) -> str:
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return f"\\u{ord(char):04x}"
    return char
