"""Whose paper is whose: finding the paper that a row of a submission is about."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.submissions import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from answers.key import PaperKey

MAX_SUGGESTIONS = 100


@dataclass(frozen=True)
class Owner:
    """A paper, and the student who handed it in."""

    key: PaperKey
    student: str


@dataclass(frozen=True)
class Stranger:
    """A row that belongs to nobody for certain.

    Attributes:
        suspect: the paper whose owner is named, though something about the row contradicts it.
    """

    what: str
    fix: str
    suspect: PaperKey | None = None


class Register:
    """The papers of an exam by their ids and by their students."""

    def __init__(self, keys: Sequence[PaperKey]) -> None:
        self.papers = {key.paper: key for key in keys}
        self.students: dict[str, list[PaperKey]] = {}
        for key in keys:
            self.students.setdefault(key.student, []).append(key)
        self.answers = {answer.id: answer for key in keys for answer in key.answers}
        self._suggested = 0

    def find(self, student: str, paper: str) -> Owner | Stranger:
        """The paper that a student's id, a paper's id, or both belong to."""
        student, paper = student.strip(), paper.strip()
        if paper:
            return self._by_paper(student, paper)
        if not student:
            return Stranger("neither a student nor a paper is named", "fill in the student's id")
        own = self.students.get(student, [])
        if len(own) > 1:
            several = ", ".join(key.paper for key in own)
            what = f"student {shown(student)} has several papers ({several})"
            return Stranger(what, "add a column paper that says which one this is")
        if own:
            return Owner(own[0], student)
        return Stranger(f"unknown student {shown(student)}", self._near(student, self.students))

    def _by_paper(self, student: str, paper: str) -> Owner | Stranger:
        key = self.papers.get(paper)
        own = self.students.get(student, [])
        suspect = own[0] if len(own) == 1 else None
        if key is None:
            near = self._near(paper, self.papers)
            return Stranger(f"unknown paper {shown(paper)}", near, suspect)
        if student in {"", key.student}:
            return Owner(key, key.student)
        if key.student == key.paper:  # a paper without a name: whoever hands it in owns it
            return Owner(key, student)
        what = f"paper {key.paper} belongs to {key.student}, not to {shown(student)}"
        return Stranger(what, "correct the student or the paper", suspect)

    def _near(self, wrong: str, known: Iterable[str]) -> str:
        self._suggested += 1
        near = [] if self._suggested > MAX_SUGGESTIONS else nearest(wrong, known)
        return f"did you mean {near[0]}?" if near else "correct it, or leave the row out"


def nearest(wrong: str, known: Iterable[str]) -> list[str]:
    """The known name that resembles a wrong one most, if any does."""
    if len(wrong) > MAX_SUGGESTIONS:
        return []
    by_fold = {name.casefold().lstrip("0"): name for name in known}
    match = by_fold.get(wrong.casefold().lstrip("0"))
    return [match] if match else difflib.get_close_matches(wrong, by_fold.values(), n=1, cutoff=0.7)
