"""The rooms of an exam: a table with a name and seats each, in rows and columns or a number."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from examgen.exam_day.tables import read_table
from examgen.ground.errors import Fault, InputError
from examgen.ground.tables.names import fold_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from examgen.ground.tables.rows import Row

Place: TypeAlias = tuple[int, int]  # row and column, from 0
COLUMNS = ("room", "seats")
MOST = 10_000
_SEATS = re.compile(r"(\d{1,5})(?:\s*[xX×*]\s*(\d{1,5}))?")
_FIX = "write a number, 48, or rows x columns, 6x8"


@dataclass(frozen=True)
class Room:
    """A room with its seats.

    Attributes:
        columns: the seats of a row; of a room whose rows nobody gave, all of its seats.
        is_grid: whether rows were given: seats are then A1, A2, ... and else 1, 2, ...
    """

    name: str
    rows: int
    columns: int
    is_grid: bool = True

    @property
    def places(self) -> Iterator[Place]:
        """Yield the seats, row by row."""
        return ((row, column) for row in range(self.rows) for column in range(self.columns))

    def seat(self, place: Place) -> str:
        """Return the name of a seat, as a spreadsheet names its cells.

        >>> Room("Hall", 30, 4).seat((27, 0)), Room("R1", 1, 9, is_grid=False).seat((0, 8))
        ('AB1', '9')
        """
        row, column = place
        return f"{_letters(row) if self.is_grid else ''}{column + 1}"


def _letters(row: int) -> str:
    return (_letters(row // 26 - 1) if row >= 26 else "") + chr(ord("A") + row % 26)


def read_rooms(path: Path) -> tuple[Room, ...]:
    """Read a table of rooms.

    Raises:
        InputError: with every fault: no such columns, a room twice, seats that are no number.
    """
    found = read_table(path, COLUMNS, _FIX)
    return _rooms(found.rows, [found.columns.index(name) for name in COLUMNS], found.file)


def _rooms(rows: Iterator[Row], places: Sequence[int], file: str) -> tuple[Room, ...]:
    rooms: dict[str, Room] = {}
    faults: list[Fault] = []
    for row in rows:
        name, seats = (row.cells[at] if at < len(row.cells) else "" for at in places)
        room = row.broken or _room(_clean(name), seats.strip())
        if isinstance(room, str):
            faults.append(Fault(file, row.line, room, _FIX))
        elif rooms.setdefault(fold_letters(room.name), room) is not room:
            what = f"there is a room {room.name!r} already"
            faults.append(Fault(file, row.line, what, "give each room a name of its own"))
    if not rooms and not faults:
        faults.append(Fault(file, 1, "there is no room", "write one row for each room"))
    if faults:
        raise InputError(faults)
    return tuple(rooms.values())


def _clean(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(c if c.isprintable() else " " for c in composed).split())


def _room(name: str, seats: str) -> Room | str:
    """Return a room, or what is wrong with it."""
    if not name:
        return "this room has no name"
    found = _SEATS.fullmatch(seats)
    if found is None:
        return f"expected the seats of {name!r}, found {seats!r}"
    rows, columns = (int(found[1]), int(found[2])) if found[2] else (1, int(found[1]))
    if not 1 <= rows * columns <= MOST:
        return f"expected 1 to {MOST:,} seats in {name!r}, found {rows * columns:,}"
    return Room(name, rows, columns, is_grid=bool(found[2]))
