"""How papers are laid out, and what their first page says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Layout:
    """How papers are laid out.

    Attributes:
        name: a file of `templates/papers`.
        language: a file of `templates/words`.
    """

    name: Literal["exam", "worksheet"] = "exam"
    size: Literal["a4", "letter"] = "a4"
    language: str = "en"


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
