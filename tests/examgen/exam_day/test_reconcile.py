"""Counts and attendance that come back from the rooms."""

from __future__ import annotations

from pathlib import Path

import pytest

from examgen.exam_day.reconcile import Day, attendance_faults, both_faults, count_faults
from examgen.exam_day.write import ATTENDANCE, BY_HAND, COUNTS, EXAM_DAY, write_seats
from examgen.ground.errors import ExamgenError, InputError

SEATS = [
    {"room": room, "seat": seat, "paper": paper, "student": student}
    for room, seat, paper, student in (
        ("Hall", "A1", "001", "s1"),
        ("Hall", "A2", "002", "s2"),
        ("Hall", "A3", "003", "s3"),
        ("B 12", "1", "004", "s4"),
    )
]
DAY = Day(
    SEATS, frozenset({"001", "002"})
)  # the third of the hall, and who sat in B 12, are absent
HEAD, GOOD = "room,expected,out,in,unused,spare\n", "B 12,1,0,0,1,\n"
COUNTED = [
    # the rows, and what is said on them
    ("Hall,3,2,2,1,\n" + GOOD, ""),
    ("Hall,3,3,3,1,1\n" + GOOD, ""),  # a spare paper was given out and came back
    ("Hall,3,2,2,0,0\n" + GOOD, "counts.csv:2: Hall: 3 papers, 2 out and 0 unused: 1 missing"),
    ("Hall,3,2,2,2,0\n" + GOOD, "counts.csv:2: Hall: 3 papers, 2 out and 2 unused: 1 too many"),
    ("Hall,3,2,1,1,\n" + GOOD, "counts.csv:2: Hall: 2 out, 1 in: 1 did not come back"),
    ("Hall,3,2,1,1,\n" + GOOD, "counts.csv:2: Hall: 1 in, 2 papers of the room in the results"),
    ("Hall,3,3,3,0,\n" + GOOD, "counts.csv:2: Hall: 3 in, 2 papers of the room in the results"),
    ("Hall,3,2,3,1,\n" + GOOD, "1 came back that were not given out"),
    ("Hall,3,,2,1,\n" + GOOD, "counts.csv:2: out of 'Hall': expected a number, found ''"),
    ("Hall,3,2,-2,1,\n" + GOOD, "in of 'Hall': expected a number, found '-2'"),
    ("Hall,3,2,2,1,\n", "counts.csv:1: there is no row for the room 'B 12'"),
    ("Hall,3,2,2,1,\n" + GOOD + GOOD, "counts.csv:4: the room 'B 12' is twice in this table"),
    ("Hall,3,2,2,1,\nC,1,0,0,1,\n" + GOOD, "counts.csv:3: no room 'C' has a seat in this exam"),
]


def filled(folder: Path, name: str, text: str) -> Path:
    """A table as somebody filled it in."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(("rows", "said"), COUNTED, ids=[said or "agrees" for _, said in COUNTED])
def test_counts(rows: str, said: str, tmp_path: Path) -> None:
    found = [str(fault) for fault in count_faults(DAY, filled(tmp_path, COUNTS, HEAD + rows))]
    assert any(said in fault for fault in found) if said else not found


SIGNED = "student,present\ns1,yes\ns2,X\ns3,no\ns4,0\n"
PRESENT = [
    # replaced, by what, and what is said
    ("", "", ""),
    ("s3,no", "s3,yes", "attendance.csv:4: student s3 (Hall, seat A3) was present, and paper 003"),
    ("s1,yes", "s1,no", "attendance.csv:2: student s1 (Hall, seat A1) was absent, and paper 001"),
    ("s2,X", "s2,", "attendance.csv:3: student s2 (Hall, seat A2): expected yes or no"),
    ("s2,X", "s2,perhaps", "found 'perhaps'"),
    ("s4,0\n", "", "attendance.csv:1: there is no row for student 's4'"),
    ("s4,0", "s9,1", "attendance.csv:5: no student 's9' has a seat in this exam"),
    ("s4,0", "s3,no", "attendance.csv:5: the student 's3' is twice in this table"),
]


@pytest.mark.parametrize(
    ("old", "new", "said"), PRESENT, ids=[row[2] or "agrees" for row in PRESENT]
)
def test_attendance(old: str, new: str, said: str, tmp_path: Path) -> None:
    path = filled(tmp_path, ATTENDANCE, SIGNED.replace(old, new) if old else SIGNED)
    found = [str(fault) for fault in attendance_faults(DAY, path)]
    assert any(said in fault for fault in found) if said else not found


def test_papers_out_are_compared_with_those_present(tmp_path: Path) -> None:
    counts = filled(tmp_path, COUNTS, HEAD + "Hall,3,3,3,0,\n" + GOOD)
    found = both_faults(DAY, counts, filled(tmp_path, ATTENDANCE, SIGNED))
    (fault,) = map(str, found)
    assert "counts.csv:2: Hall: 3 papers out, 2 students present" in fault


def test_a_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected the columns student and present, found name"):
        list(attendance_faults(DAY, filled(tmp_path, ATTENDANCE, "name,present\na,1\n")))


@pytest.mark.parametrize(("name", "text"), [(COUNTS, HEAD + GOOD), (ATTENDANCE, SIGNED)])
def test_what_people_wrote_is_not_replaced(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / EXAM_DAY).mkdir()
    if name == COUNTS:
        assert BY_HAND[COUNTS] == ("out", "in", "unused", "spare")
    filled(tmp_path / EXAM_DAY, name, text)
    with pytest.raises(ExamgenError, match=f"{name} has been filled in; move it away"):
        write_seats(tmp_path, [], "paper", print)
