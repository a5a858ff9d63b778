"""What came back from the students, before it is marked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.errors import Fault

MAX_SHOWN = 60
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


@dataclass(frozen=True)
class Submission:
    """What was handed in for one paper.

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


@dataclass(frozen=True)
class Submissions:
    """All that was handed in, at most one submission for each paper, and what was wrong with it."""

    papers: tuple[Submission, ...] = ()
    notices: tuple[Fault, ...] = field(default=())


def shown(text: str, limit: int = MAX_SHOWN) -> str:
    r"""A text from a submission for a message or a terminal: one line, short, nothing invisible.

    >>> shown("a\x1b[2J\u202eb")
    'a\\u001b[2J\\u202eb'
    """
    cut = text if len(text) <= limit else text[: limit - 3] + "..."
    return "".join(map(_visible, _LINE_ENDS.sub(" ", cut)))


def visible(text: str) -> str:
    """A text with its line ends and tabs kept and other control characters shown by number."""
    return "".join(
        char if char in "\n\t" else _visible(char) for char in text.replace("\r\n", "\n")
    )


def _visible(char: str) -> str:
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return f"\\u{ord(char):04x}"
    return char
