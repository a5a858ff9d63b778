"""The students of a class: who they are, and which paper is whose."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Student:
    """A student, or anyone who takes a paper that was made for nobody.

    Attributes:
        id: as in the roster; on a paper for anyone who comes, the paper's own id.
        name: as in the roster, or an empty text.
        username: what the learning management system knows the student by.
        seat: row and column, `B7` or `2-7`.
        extra_time: a sentence printed on the cover, such as `25 %`.
        large_print: whether the paper is set in large type.
        version: of a class that shares a few versions, the one that this student gets.
        is_walk_in: whether the paper is for anyone who comes.
    """

    id: str
    name: str = ""
    email: str = ""
    username: str = ""
    section: str = ""
    seat: str = ""
    extra_time: str = ""
    large_print: bool = False
    version: str = ""
    is_walk_in: bool = False

    def get(self, name: str) -> str:
        """Return what the roster says of one thing; an empty text where it says nothing."""
        return str(getattr(self, name, ""))

    @property
    def particulars(self) -> tuple[tuple[str, str], ...]:
        """Return what the cover says besides name and number: the fixed word, and the text."""
        words = ("section", "seat", "version", "extra_time")
        return tuple((word, getattr(self, word)) for word in words)

    @property
    def stream(self) -> str:
        """Return what the student's numbers are drawn by: students of one version share them."""
        return f"version {self.version}" if self.version else self.id


@dataclass(frozen=True)
class Entry:
    """A paper of the class: its id, and whose it is."""

    paper: str
    student: Student

    def to_mapping(self) -> dict[str, str | bool]:
        """Return what is known of it, without what is not."""
        known = {name: value for name, value in asdict(self.student).items() if value}
        return {**known, "paper": self.paper}

    @classmethod
    def from_mapping(cls, known: Mapping[str, str | bool]) -> Entry:
        """Return the entry of a mapping. Names that a student does not have are passed over."""
        own = {f.name for f in fields(Student)}
        student = {name: value for name, value in known.items() if name in own}
        return cls(str(known["paper"]), Student(**student))  # type: ignore[arg-type]
