"""Find the paper that a row of a submission is about."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from examgen.ground.tables.labels import is_shortened, likely, plain_label
from examgen.ground.tables.names import words_of
from grader.records.submissions import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from examgen.folder.key import PaperKey
    from grader.records.printed import Printed

MAX_SUGGESTIONS = 100
_CORRECT = "correct it, or leave the row out"
_CUT = "a spreadsheet cut digits off; look it up, and write it as text"


@dataclass(frozen=True)
class Person:
    """Somebody as a file or a platform names them.

    Attributes:
        id: the student's id, where there is one.
        also: what may be the student's id and may be something else: an address, a login.
        name: the full name, which counts only where no id is given.
    """

    id: str = ""
    also: tuple[str, ...] = ()
    name: str = ""

    @property
    def label(self) -> str:
        """Return what to call them."""
        return next((text for text in (self.id, *self.also, self.name) if text), "")


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

    def __init__(self, keys: Sequence[PaperKey], printed: Printed) -> None:
        self.printed = printed
        self.papers = {key.paper: key for key in keys}
        self.students: dict[str, list[PaperKey]] = {}
        self._by_name: dict[tuple[str, ...], list[PaperKey]] = {}
        for key in keys:
            self.students.setdefault(key.student, []).append(key)
            if words_of(key.name):
                self._by_name.setdefault(words_of(key.name), []).append(key)
        self._by_alias = {n.casefold(): own for n, own in self.students.items() if "@" in n}
        for alias, student in printed.aliases.items():
            if student in self.students:
                self._by_alias.setdefault(alias, self.students[student])
        self.names = self.students.keys() | self.papers.keys()
        self._plain_students = _by_plain_label(self.students)
        self._plain_papers = _by_plain_label(self.papers)
        self.answers = {answer.id: answer for key in keys for answer in key.answers}
        self.parts = {part.id for key in keys for part in key.parts}
        self._suggested = 0

    def find(self, person: Person, paper: str = "") -> Owner | Stranger:
        """Return the paper that a student, a paper's id, or both belong to.

        Nothing may contradict it.
        """
        found = self._find(person, paper.strip())
        other = self._contradiction(person, found.student) if isinstance(found, Owner) else ""
        if isinstance(found, Stranger) or not other:
            return found
        fix = "find out whose answers these are, and correct the row"
        return Stranger(f"the row names {excerpt(found.student)}, and {other}", fix, found.key)

    def _contradiction(self, person: Person, student: str) -> str:
        """Return what is certainly somebody else's: a name, an address, a user name."""
        for text in person.also:
            own = self._by_alias.get(text.casefold())
            if own and student not in {key.student for key in own}:
                return f"{excerpt(text)}, who is {own[0].student}"
        named = {key.student for key in self._called(person.name)}
        if not person.name or not named or student in {*named, person.name}:
            return ""
        return f"the name {excerpt(person.name)}, which is that of {min(named)}"

    def _find(self, person: Person, paper: str) -> Owner | Stranger:
        if paper:
            return self._by_paper(person, paper)
        if not person.label:
            return Stranger("neither a student nor a paper is named", "fill in the student's id")
        own = self._own(person)
        if len(own) > 1:
            several = ", ".join(key.paper for key in own)
            what = f"student {excerpt(person.label)} has several papers ({several})"
            return Stranger(what, "add a column paper that says which one this is")
        if own:
            return Owner(own[0], own[0].student)
        return Stranger(f"unknown student {excerpt(person.label)}", self._suggestion(person))

    def _own(self, person: Person) -> list[PaperKey]:
        """Return the papers of a person.

        By name only where no id is given and nobody else has it.
        """
        for text in (person.id, *person.also):
            own = self.students.get(text) or self._by_alias.get(text.casefold())
            if text and own:
                return own
        return self._damaged(person) or self._named(person)

    def _damaged(self, person: Person) -> list[PaperKey]:
        """Return the papers of those whose id a spreadsheet damaged and who give no other name."""
        for text in (person.id,) if person.id else person.also:
            fits = self._plain_students.get(plain_label(text), [])
            own = self.students[fits[0]] if len(fits) == 1 else []
            if own and _may_be(person.name, own[0].name):
                return own
        return []

    def _damaged_paper(self, paper: str) -> PaperKey | None:
        fits = self._plain_papers.get(plain_label(paper), [])
        return self.papers[fits[0]] if len(fits) == 1 else None

    def _named(self, person: Person) -> list[PaperKey]:
        """Return the papers of a name; people write it where the id should be, too."""
        is_name = not any(char.isdigit() for char in person.id)
        is_one = not person.name or words_of(person.name) == words_of(person.id)
        name = person.id if is_name and is_one else "" if person.id else person.name
        named = self._called(name)
        return named if len({key.student for key in named}) == 1 else []

    def _called(self, name: str) -> list[PaperKey]:
        return self._by_name.get(words_of(name), [])

    def _by_paper(self, person: Person, paper: str) -> Owner | Stranger:
        key = self.papers.get(paper) or self._damaged_paper(paper)
        own = self._own(person)
        suspect = own[0] if len(own) == 1 else None
        if key is None:
            near = self._near(paper, self.papers)
            return Stranger(f"unknown paper {excerpt(paper)}", near, suspect)
        if not person.label or key in own:
            return Owner(key, key.student)
        if self._is_nameless(key):  # anyone who hands it in owns it
            return Owner(key, own[0].student if own else person.label)
        what = f"paper {key.paper} belongs to {key.student}, not to {excerpt(person.label)}"
        return Stranger(what, "correct the student or the paper", suspect)

    def _is_nameless(self, key: PaperKey) -> bool:
        """Return whether a paper was made for nobody; a student's id may be as that of a paper."""
        walk_ins = self.printed.walk_ins
        return key.student == key.paper and (key.paper in walk_ins if walk_ins else not key.name)

    def _suggestion(self, person: Person) -> str:
        named = self._called(person.name)
        if named and self._plain_students.get(plain_label(person.id)):
            return "the number and the name are of two students; find out whose row it is"
        if len(named) == 1:
            return f"did you mean {named[0].student}, who has the same name?"
        if len(named) > 1:
            return "several students have this name; say which one by the id"
        return self._near(person.label, self.students)

    def _near(self, wrong: str, known: Iterable[str]) -> str:
        """Return what to do about a wrong id: no arbitrary classmate is suggested."""
        if is_shortened(wrong):
            return _CUT
        self._suggested += 1
        near = "" if self._suggested > MAX_SUGGESTIONS else likely(wrong, known)
        return f"did you mean {near}?" if near else _CORRECT


def _by_plain_label(ids: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in ids:
        if label := plain_label(name):
            found.setdefault(label, []).append(name)
    return found


def _may_be(theirs: str, ours: str) -> bool:
    """Return whether two names may be one person's: either is missing, or they share a word."""
    left, right = words_of(theirs), words_of(ours)
    return not left or not right or not set(left).isdisjoint(right)


def nearest(wrong: str, known: Iterable[str]) -> list[str]:
    """Return the known name that resembles a wrong one most, if any does."""
    if len(wrong) > MAX_SUGGESTIONS:
        return []
    by_fold = {name.casefold().lstrip("0"): name for name in known}
    match = by_fold.get(wrong.casefold().lstrip("0"))
    return [match] if match else difflib.get_close_matches(wrong, by_fold.values(), n=1, cutoff=0.7)
