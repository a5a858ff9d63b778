"""The lists of an exam's day: which columns each has, and a row for each student or room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from examgen.exam_day.seating import by_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from examgen.exam_day.rooms import Room
    from examgen.exam_day.seating import Seated


@dataclass(frozen=True)
class Column:
    """A column of a list.

    Attributes:
        share: of the width of a page.
        is_empty: whether it is filled in by hand.
        is_name: whether it has a person's name, in any script.
    """

    label: str
    share: float
    is_empty: bool = False
    is_name: bool = False


@dataclass(frozen=True)
class Table:
    """A table of a list, on a page of its own."""

    heading: str
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Listing:
    """A list: a file of the same name, with a table for each room."""

    name: str
    title: str
    columns: Sequence[Column]
    tables: Sequence[Table]

    @property
    def by_hand(self) -> bool:
        """Return whether something is filled in by hand, which needs higher rows."""
        return any(column.is_empty for column in self.columns)


def by_room(seated: Sequence[Seated]) -> Mapping[Room, Sequence[Seated]]:
    """Return who sits in each room that is used, in the order of the seats."""
    rooms: dict[Room, list[Seated]] = {}
    for one in seated:
        rooms.setdefault(one.room, []).append(one)
    return rooms


def all_lists(seated: Sequence[Seated], words: Mapping[str, str]) -> tuple[Listing, ...]:
    """Return the lists for doors and rooms, in the words of a language."""
    rooms = by_room(seated)
    return tuple(make(rooms, words) for make in (_door, _attendance, _seat_order, _count))


def _heading(room: Room, words: Mapping[str, str]) -> str:
    return f"{words['room']}: {room.name}"


def _door(rooms: Mapping[Room, Sequence[Seated]], words: Mapping[str, str]) -> Listing:
    tables = []
    for room, people in rooms.items():
        named = sorted(people, key=lambda one: by_name(one.entry))
        rows = [(one.entry.student.name, one.entry.student.id, one.seat) for one in named]
        tables.append(Table(_heading(room, words), rows))
    name = Column(words["name"], 0.55, is_name=True)
    columns = (name, Column(words["student_number"], 0.28), Column(words["seat"], 0.17))
    return Listing("door", words["door_list"], columns, tables)


def _attendance(rooms: Mapping[Room, Sequence[Seated]], words: Mapping[str, str]) -> Listing:
    tables = [Table(_heading(room, words), [*map(_signer, own)]) for room, own in rooms.items()]
    columns = (
        Column(words["seat"], 0.08),
        Column(words["name"], 0.28, is_name=True),
        Column(words["student_number"], 0.17),
        Column(words["paper"], 0.1),
        Column(words["extra_time"], 0.12),
        Column(words["signature"], 0.25, is_empty=True),
    )
    return Listing("attendance", words["attendance"], columns, tables)


def _signer(one: Seated) -> Sequence[str]:
    student = one.entry.student
    return (one.seat, student.name, student.id, one.entry.paper, student.extra_time, "")


def _seat_order(rooms: Mapping[Room, Sequence[Seated]], words: Mapping[str, str]) -> Listing:
    tables = []
    for number, (room, people) in enumerate(rooms.items(), 1):
        rows = [
            (one.seat, one.entry.paper, one.entry.student.version, file_of(one)) for one in people
        ]
        tables.append(Table(f"{_heading(room, words)} ({bundle_file(number)})", rows))
    columns = (
        Column(words["seat"], 0.15),
        Column(words["paper"], 0.2),
        Column(words["version"], 0.2),
        Column(words["file"], 0.45),
    )
    return Listing("bundles", words["seat_order"], columns, tables)


def bundle_file(number: int) -> str:
    """Return the file with the papers of a room, counted from 1."""
    return f"bundle-{number}.pdf"


def file_of(one: Seated) -> str:
    """Return the file of a student's paper, seen from the exam folder."""
    return f"papers/{one.entry.paper}.pdf"


def _count(rooms: Mapping[Room, Sequence[Seated]], words: Mapping[str, str]) -> Listing:
    counts = {room.name: len(people) for room, people in rooms.items()}
    counts |= {words["total"]: sum(counts.values())} if len(counts) > 1 else {}
    rows = [(name, str(count), *[""] * 5) for name, count in counts.items()]
    empty = ("given_out", "handed_in", "absent", "spare_papers")
    columns = (
        Column(words["room"], 0.2),
        Column(words["expected"], 0.12),
        *(Column(words[name], 0.12, is_empty=True) for name in empty),
        Column(words["signature"], 0.2, is_empty=True),
    )
    return Listing("counts", words["paper_count"], columns, [Table("", rows)])
