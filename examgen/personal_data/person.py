"""One student of an exam folder, and the papers that are about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from examgen.folder.manifest import read_manifest
from examgen.ground.errors import ExamgenError
from grader.grade import open_store
from grader.records.register import nearest
from grader.store.database import GRADEBOOK
from grader.store.personal import papers_of

if TYPE_CHECKING:
    from pathlib import Path

    from examgen.folder.students import Student


@dataclass(frozen=True)
class Person:
    """A student with what is theirs.

    Attributes:
        student: as the roster has them.
        paper: the paper that was made for them; empty where there is none.
        handed_in: the papers on which they handed something in.
    """

    student: Student
    paper: str
    handed_in: tuple[str, ...]

    @property
    def papers(self) -> tuple[str, ...]:
        """Return the papers that are about them, each once."""
        return tuple(dict.fromkeys(filter(None, (self.paper, *self.handed_in))))

    @property
    def signs(self) -> tuple[str, ...]:
        """Return what tells who they are wherever it stands."""
        own = self.student
        return tuple(filter(None, (own.id, own.name, own.email, own.username)))


def find_person(folder: Path, student: str, database: str | None = None) -> Person:
    """Return the student with an id.

    Raises:
        InputError: there is no exam folder, or its manifest is damaged.
        ExamgenError: the exam has no such student.
    """
    manifest = read_manifest(folder)
    own = manifest.people.get(student)
    if own is None or own.is_walk_in:
        near = nearest(student, dict.fromkeys(manifest.people))
        fix = f"did you mean {near[0]}?" if near else "give the id as the roster has it"
        raise ExamgenError(f"{folder}: there is no student {student!r}; {fix}")
    paper = next((paper for paper, owner in manifest.owners.items() if owner == student), "")
    handed_in: tuple[str, ...] = ()
    if database is not None or (folder / GRADEBOOK).exists():
        with open_store(folder, database) as store:
            handed_in = papers_of(store.database, student)
    return Person(own, paper, handed_in)
