"""What contradicts itself goes to a person, and what the person settled is taken in again."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examgen.ground.csv_cells import guard_cell, unguard_cell
from grader.intake import EXCEPTIONS, Intake, exceptions
from tests.grader.handed_in import answers, counts, said, taken

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = "student,1a.size,1b.area\n"
UNKNOWN = HEAD + "s0001,1x1,5\nnobody,=2+2,1/2\n"
TWICE = HEAD + "s0001,1x1,5\ns0001,2x2,5\ns0002,3x3,6\n"


def edited(text: str, edit: Callable[[dict[str, str]], bool]) -> str:
    """An exception file after a person went through its rows; rows for which edit is false go."""
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(row for row in rows if edit(row))
    return out.getvalue()


def test_an_unknown_student_is_corrected(tmp_path: Path) -> None:
    first = taken(tmp_path, {"a.csv": UNKNOWN})
    assert counts(first.files[0]) == {"imported": 1, "unmatched": 1}

    def is_second(row: dict[str, str]) -> bool:
        row["student"] = "s0002"
        return True

    again = {"a.csv": UNKNOWN, EXCEPTIONS: edited(exceptions(first.waiting), is_second)}
    found = taken(tmp_path, again)
    assert answers(found, "p002") == {"1a.size": "=2+2", "1b.area": "1/2"}
    assert counts(found.files[0]) == {"imported": 1, "settled": 1}
    assert counts(found.files[1]) == {"imported": 2}
    assert found.waiting == ()
    assert "nobody" not in said(found)


def test_one_of_two_submissions_is_chosen(tmp_path: Path) -> None:
    first = taken(tmp_path, {"a.csv": TWICE})
    assert answers(first) == {"1a.size": None, "1b.area": None}
    assert counts(first.files[0]) == {"imported": 2, "duplicate": 1}
    chosen = edited(exceptions(first.waiting), lambda row: row["source"].endswith(":3"))
    found = taken(tmp_path, {"a.csv": TWICE, EXCEPTIONS: chosen})
    assert answers(found) == {"1a.size": "2x2", "1b.area": "5"}
    assert found.waiting == ()
    assert answers(found, "p002") == {"1a.size": "3x3", "1b.area": "6"}


WAITS = [
    ("unknown", UNKNOWN),
    ("twice", TWICE),
    ("another's paper", "student,paper,1a.size,1b.area\ns0001,p002,1,2\ns0002,p002,3,4\n"),
    ("another's paper too", HEAD + "s0001,5,6\nstudent,paper,1a.size\n"),
    ("an open quote", HEAD + 's0001,"1,2\ns0002,3,4\n'),
    ("an open quote of one who handed in", HEAD + 's0001,1,2\ns0001,"3,4\n'),
    ("a broken row of nobody", HEAD + "nobody,1,2,3\ns0001,4,5\n"),
    ("three texts", "student,answer,response\n" + "".join(f"s0001,1a.size,{n}\n" for n in "123")),
    ("long", "student,answer,response\ns0001,1a.size,1\ns0001,1a.size,2\nx,1b.area,3\n"),
]


@pytest.mark.parametrize("text", [row[1] for row in WAITS], ids=[row[0] for row in WAITS])
def test_what_was_not_settled_waits_again(text: str, tmp_path: Path) -> None:
    first = taken(tmp_path, {"a.csv": text})
    found = taken(tmp_path, {"a.csv": text, EXCEPTIONS: exceptions(first.waiting)})
    assert exceptions(found.waiting) == exceptions(first.waiting)


def test_an_exception_file_alone_is_enough(tmp_path: Path) -> None:
    first = taken(tmp_path, {"a.csv": UNKNOWN})
    text = exceptions(first.waiting).replace("'nobody", "s0003")
    found = taken(tmp_path, {"renamed": text})
    assert answers(found, "p003") == {"1a.size": "=2+2", "1b.area": "1/2"}
    assert found.files[0].formats == ("exception file",)


def test_a_file_without_answers_waits_until_they_are_typed_in(tmp_path: Path) -> None:
    first = taken(tmp_path, {"a.json": '{"student": ', "b.csv": HEAD + "s0002,1,2\n"})
    text = exceptions(first.waiting)
    again = taken(tmp_path, {EXCEPTIONS: text})
    assert counts(again.files[0]) == {"unreadable": 1}
    assert exceptions(again.waiting) == text
    typed = text + "x,s0001,,1a.size,'1x1,,\n" + "x,s0001,,1b.area,7,,\n"
    assert answers(taken(tmp_path, {EXCEPTIONS: typed})) == {"1a.size": "1x1", "1b.area": "7"}


def test_somebody_who_hands_in_a_thousand_times_costs_no_time(tmp_path: Path) -> None:
    day = "2025-09-{:02}T{:02}:{:02}:{:02}"
    times = [
        day.format(1 + n // 86_400, n // 3600 % 24, n // 60 % 60, n % 60) for n in range(20_000)
    ]
    rows = "".join(f"s0001,{n},5,{time}\n" for n, time in reversed(list(enumerate(times))))
    text = "student,1a.size,1b.area,time\n" + rows
    found = taken(tmp_path, {"a.csv": text}, Intake(latest=True))
    assert answers(found)["1a.size"] == "19999"
    assert "s0001 handed in 20,000 times; only the last 100 were looked at" in said(found)
    assert counts(found.files[0]) == {"imported": 1, "duplicate": 19_999}


def test_the_same_again_costs_nothing(tmp_path: Path) -> None:
    found = taken(tmp_path, {"a.csv": HEAD + "s0001,1,2\n", "b.csv": HEAD + "s0001,1,2\n"})
    assert answers(found) == {"1a.size": "1", "1b.area": "2"}
    assert counts(found.files[1]) == {"duplicate": 1}
    assert found.waiting == ()


@given(st.text())
def test_what_is_guarded_comes_back(text: str) -> None:
    assert unguard_cell(guard_cell(text)) == text
