"""Counts and attendance as they come back from the rooms, compared with what was handed in.

Each disagreement is a fault with the file and line of the table. No paper and no student is left
out in silence: rooms and students without a row are faults as well.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from examgen.exam_day.tables import read_table
from examgen.exam_day.write import ATTENDANCE, COUNTS, EXAM_DAY, SEATS
from examgen.ground.errors import Fault
from examgen.ground.wording import format_count
from grader.results.read import read_results, results_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from examgen.exam_day.tables import FilledTable
    from examgen.ground.tables.rows import Row

_PRESENT = frozenset("1 x y yes present true ja evet oui here signed".split())
_ABSENT = frozenset("0 n no absent false nein hayır hayir non -".split())
_COUNTED = ("out", "in", "unused")
_FIX_COUNTS = "fill in counts.csv as `examgen seats` wrote it"
_FIX_ATTENDANCE = "fill in attendance.csv as `examgen seats` wrote it"


@dataclass(frozen=True)
class Day:
    """An exam's day: who sat where, with which paper, and the papers that were handed in."""

    seats: Sequence[Mapping[str, str]]
    handed_in: frozenset[str]

    def papers_in(self, room: str) -> list[str]:
        """Return the papers of a room."""
        return [seat["paper"] for seat in self.seats if seat["room"] == room]


def read_day(folder: Path) -> Day:
    """Return the seats of an exam folder, and the papers that its results have.

    Raises:
        InputError: there are no seats, or nothing was graded.
    """
    columns = ("room", "seat", "paper", "student")
    table = read_table(folder / EXAM_DAY / SEATS, columns, "run `examgen seats` with the rooms")
    seats = [{name: table.cell(row, name) for name in columns} for row in table.rows]
    papers = read_results(results_of(folder))
    return Day(seats, frozenset(paper.paper for paper in papers if paper.handed_in))


def day_faults(folder: Path) -> tuple[Day, list[Fault]]:
    """Return an exam's day, with all that does not agree in the tables that people filled in.

    Raises:
        InputError: a table is missing or damaged, or nothing was graded.
    """
    day = read_day(folder)
    counts, attendance = (folder / EXAM_DAY / name for name in (COUNTS, ATTENDANCE))
    return day, [
        *count_faults(day, counts),
        *attendance_faults(day, attendance),
        *both_faults(day, counts, attendance),
        *unseated_faults(day, folder),
    ]


def count_faults(day: Day, path: Path) -> Iterator[Fault]:
    """Yield where the counts of rooms disagree with themselves or with what was handed in."""
    table = read_table(path, ("room", *_COUNTED), _FIX_COUNTS)
    rooms = dict.fromkeys(seat["room"] for seat in day.seats)
    seen: set[str] = set()
    for row in table.rows:
        room = table.cell(row, "room")
        if what := row.broken or _misplaced("room", room, rooms, seen):
            yield Fault(table.file, row.line, what, _FIX_COUNTS)
            continue
        seen.add(room)
        for what, fix in _room_faults(day, table, row, room):
            yield Fault(table.file, row.line, what, fix)
    for room in rooms:
        if room not in seen:
            yield Fault(table.file, 1, f"there is no row for the room {room!r}", _FIX_COUNTS)


def _misplaced(kind: str, name: str, known: Mapping[str, object], seen: set[str]) -> str:
    """Return why a row is none of this exam, or none of its own; empty where it is."""
    if name in known:
        return f"the {kind} {name!r} is twice in this table" if name in seen else ""
    return f"no {kind} {name!r} has a seat in this exam"


def _room_faults(day: Day, table: FilledTable, row: Row, room: str) -> Iterator[tuple[str, str]]:
    texts = {name: table.cell(row, name) for name in (*_COUNTED, "spare")}
    texts["spare"] = texts["spare"] or "0"
    if wrong := [name for name, text in texts.items() if not text.isdecimal()]:
        found = f"{wrong[0]} of {room!r}: expected a number, found {texts[wrong[0]]!r}"
        yield found, "write how many papers were counted"
        return
    out, back, unused, spare = (int(texts[name]) for name in (*_COUNTED, "spare"))
    papers = day.papers_in(room)
    had, told = len(papers) + spare, out + unused
    if told < had:
        yield (
            f"{room}: {had} papers, {out} out and {unused} unused: {had - told} missing",
            "look for them in the room",
        )
    if told > had:
        yield (
            f"{room}: {had} papers, {out} out and {unused} unused: {told - had} too many",
            "count again, or write spare papers that were given out under spare",
        )
    if back != out:
        what = "did not come back" if back < out else "came back that were not given out"
        yield f"{room}: {out} out, {back} in: {abs(out - back)} {what}", "count them again"
    known = sum(paper in day.handed_in for paper in papers)
    if not known <= back <= known + spare:
        what = f"{room}: {back} in, {format_count(known, 'paper')} of the room in the results"
        fix = "scan or import what is left" if back > known else "see whose papers were not counted"
        yield what, fix


def attendance_faults(day: Day, path: Path) -> Iterator[Fault]:
    """Yield who was present and handed in nothing, or the reverse, and who has no clear row."""
    table = read_table(path, ("student", "present"), _FIX_ATTENDANCE)
    seats = {seat["student"]: seat for seat in day.seats}
    seen: set[str] = set()
    for row in table.rows:
        student, present = table.cell(row, "student"), table.cell(row, "present").casefold()
        if what := row.broken or _misplaced("student", student, seats, seen):
            yield Fault(table.file, row.line, what, _FIX_ATTENDANCE)
            continue
        seen.add(student)
        seat = seats[student]
        for what, fix in _student_faults(seat, present, is_in=seat["paper"] in day.handed_in):
            yield Fault(table.file, row.line, what, fix)
    for student in sorted(seats.keys() - seen):
        yield Fault(table.file, 1, f"there is no row for student {student!r}", _FIX_ATTENDANCE)


def _student_faults(
    seat: Mapping[str, str], present: str, *, is_in: bool
) -> Iterator[tuple[str, str]]:
    who = f"student {seat['student']} ({seat['room']}, seat {seat['seat']})"
    paper = f"paper {seat['paper']}"
    if present not in _PRESENT | _ABSENT:
        yield f"{who}: expected yes or no under present, found {present!r}", "ask who was in charge"
    elif present in _PRESENT and not is_in:
        yield f"{who} was present, and {paper} is not handed in", "look for it, scan or import it"
    elif present in _ABSENT and is_in:
        yield f"{who} was absent, and {paper} is handed in", "find out who wrote it"


def both_faults(day: Day, counts: Path, attendance: Path) -> Iterator[Fault]:
    """Yield rooms in which more or fewer papers are out than students were present."""
    rooms = {seat["student"]: seat["room"] for seat in day.seats}
    people = read_table(attendance, ("student", "present"), _FIX_ATTENDANCE)
    present = Counter(
        rooms.get(people.cell(row, "student"), "")
        for row in people.rows
        if people.cell(row, "present").casefold() in _PRESENT
    )
    table = read_table(counts, ("room", *_COUNTED), _FIX_COUNTS)
    for row in table.rows:
        room, out = table.cell(row, "room"), table.cell(row, "out")
        spare = table.cell(row, "spare")
        more = int(spare) if spare.isdecimal() else 0  # a spare paper may replace a spoiled one
        known = room in rooms.values() and out.isdecimal()
        if known and not present[room] <= int(out) <= present[room] + more:
            what = f"{room}: {out} papers out, {format_count(present[room], 'student')} present"
            yield Fault(table.file, row.line, what, "compare with the list that was signed")


def unseated_faults(day: Day, folder: Path) -> Iterator[Fault]:
    """Yield the papers that were handed in and lay at no seat."""
    if others := sorted(day.handed_in - {seat["paper"] for seat in day.seats}):
        what = f"{format_count(len(others), 'paper')} without a seat handed in: {', '.join(others)}"
        fix = "see whose they are; spare papers are counted under spare"
        yield Fault(str(folder / EXAM_DAY / SEATS), 1, what, fix)
