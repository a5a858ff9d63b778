"""Assign rooms and seats: in order, and so that neighbours never have the same version."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from examgen.ground.errors import ExamgenError
from examgen.ground.tables.names import fold_letters
from examgen.ground.wording import format_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from examgen.exam_day.rooms import Place, Room
    from examgen.folder.students import Entry

DIAGONAL = 4  # so many versions are enough for corners to differ as well
Order: TypeAlias = Callable[["Entry"], tuple[str, ...]]
_Waiting: TypeAlias = "dict[str, deque[Entry]]"
_Choose: TypeAlias = Callable[["Place", "Mapping[Place, str]", "_Waiting"], str | None]


@dataclass(frozen=True)
class Seated:
    """A student with a seat in a room, and the paper that lies there."""

    room: Room
    seat: str
    entry: Entry


@dataclass(frozen=True)
class Seating:
    """A class with its seats.

    Attributes:
        seated: room by room, in the order of the seats.
        shares_corners: whether some who sit diagonally to each other may share one of four or more
            versions.
    """

    seated: tuple[Seated, ...]
    shares_corners: bool = False


def order_named(name: str, seed: str) -> Order:
    """Return what students are sorted by: `paper`, `name`, or `drawn` by the exam's seed."""
    orders: Mapping[str, Order] = {
        "paper": lambda entry: (entry.paper,),
        "name": by_name,
        "drawn": lambda entry: (_drawn(seed, entry.student.id),),
    }
    return orders[name]


def by_name(entry: Entry) -> tuple[str, ...]:
    """Return what students are sorted by for a list by name; those without one by their ids."""
    student = entry.student
    return (fold_letters(student.name or student.id), student.id)


def _drawn(seed: str, student: str) -> str:
    return hashlib.sha256(f"seat/{seed}/{student}".encode()).hexdigest()


def assign_seats(entries: Iterable[Entry], rooms: Sequence[Room], order: Order) -> Seating:
    """Return a seat for each student, room by room in the order of the seats.

    Where students have versions, who sits beside or before somebody has another one; from four
    versions on, where that can be found, also across a corner. Seats stay empty where that needs
    it. Students with a seat in the roster, which their papers say, keep it.

    Raises:
        ExamgenError: there are too few seats, or seats of the roster that the room does not have.
    """
    people = sorted(entries, key=order)
    total = sum(room.rows * room.columns for room in rooms)
    if len(people) > total:
        seats = format_count(total, "seat")
        raise ExamgenError(
            f"{format_count(len(people), 'student')} and {seats}: {len(people) - total:,} too few;"
            " add rooms or seats"
        )
    kept = _kept(people, rooms)
    sits = {entry.paper for entry in kept.values()}
    free = [entry for entry in people if entry.paper not in sits]
    versions = sorted({entry.student.version for entry in people})
    with_corners = (True, False) if len(versions) >= DIAGONAL else (False,)
    for corners, way in product(with_corners, (_most_left, _by_pattern)):
        found, left = _fill(free, rooms, kept, partial(way, versions, corners))
        if not left:
            return Seating(tuple(found), shares_corners=corners != with_corners[0])
    raise ExamgenError(
        f"{format_count(total, 'seat')} for {format_count(len(people), 'student')}, of whom {left}"
        " would sit next to their own version; add seats, or make papers with more versions"
    )


def _kept(people: Sequence[Entry], rooms: Sequence[Room]) -> dict[Place, Entry]:
    """Return who has a seat in the roster, by seats of the only room."""
    given = [entry for entry in people if entry.student.seat]
    if not given:
        return {}
    if len(rooms) > 1:
        raise ExamgenError(
            f"{format_count(len(given), 'student')} have a seat in the roster, which their papers"
            f" say, and no room; expected one room, found {len(rooms)}"
        )
    places = {rooms[0].seat(place): place for place in rooms[0].places}
    places |= {f"{row + 1}-{column + 1}": (row, column) for row, column in rooms[0].places}
    kept: dict[Place, Entry] = {}
    for entry in given:
        seat = entry.student.seat.strip().upper()
        if seat not in places or kept.setdefault(places[seat], entry) is not entry:
            what = "is twice in the roster" if seat in places else f"is not in {rooms[0].name!r}"
            raise ExamgenError(f"the seat {seat!r} of student {entry.student.id} {what}; mend it")
    return kept


def _fill(
    people: Sequence[Entry], rooms: Sequence[Room], kept: Mapping[Place, Entry], choose: _Choose
) -> tuple[list[Seated], int]:
    """Return who sits where, and how many are left without a seat."""
    waiting: _Waiting = {entry.student.version: deque() for entry in people}
    for person in people:
        waiting[person.student.version].append(person)
    found = []
    for room in rooms:
        board = {place: owner.student.version for place, owner in kept.items()}
        for place in room.places:
            version = None if place in kept else choose(place, board, waiting)
            entry = kept.get(place) if version is None else waiting[version].popleft()
            if entry is not None:
                board[place] = entry.student.version
                found.append(Seated(room, room.seat(place), entry))
    return found, sum(map(len, waiting.values()))


def _most_left(
    _: Sequence[str],
    corners: bool,  # noqa: FBT001 - one of two rules, given by place
    place: Place,
    board: Mapping[Place, str],
    waiting: _Waiting,
) -> str | None:
    """Return the version that most students wait with, of those that no neighbour has."""
    taken = {board.get(near) for near in neighbours(place, corners=corners)} - {""}
    fit = sorted(version for version, queue in waiting.items() if queue and version not in taken)
    return max(fit, key=lambda version: len(waiting[version]), default=None)


def _by_pattern(
    versions: Sequence[str],
    corners: bool,  # noqa: FBT001
    place: Place,
    board: Mapping[Place, str],
    waiting: _Waiting,
) -> str | None:
    """Return the version that a seat has in a pattern in which no neighbours share one."""
    row, column = place
    version = versions[((2 if corners else 1) * row + column) % len(versions)]
    taken = {board.get(near) for near in neighbours(place, corners=corners)}
    return version if waiting.get(version) and version not in taken else None


def neighbours(place: Place, *, corners: bool) -> list[Place]:
    """Return the seats beside, before and behind a seat, and those across its corners."""
    row, column = place
    steps = [(0, -1), (0, 1), (-1, 0), (1, 0)]
    if corners:
        steps += [(-1, -1), (-1, 1), (1, -1), (1, 1)]
    return [(row + down, column + right) for down, right in steps]
