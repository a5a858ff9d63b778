"""Marking tables as spreadsheets give them back, and marks that take the place of others."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from examgen.ground.csv_cells import to_csv
from examgen.ground.errors import InputError
from examgen.ground.tables.rows import read_rows
from grader.by_hand.people import take_marks, write_marking
from grader.grade import grade
from grader.results.read import read_results
from tests.grader.exams import class_of, write_exam
from tests.grader.ods import ods

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REMARK = "düşünülmüş, ışık ğ"
HOSTILE = "same keeps size\r=cmd|'/C calc'!A0"


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    folder = write_exam(tmp_path / "exam", class_of(3))
    handed_in = tmp_path / "in.csv"
    rows = [["student", "2b.why"], ["s0001", HOSTILE], ["s0002", "1;=1+1"], ["s0003", "plain"]]
    handed_in.write_text(to_csv(rows), encoding="utf-8", newline="")
    grade(folder, [handed_in])
    write_marking(folder)
    return folder


def rows_of(exam: Path) -> list[list[str]]:
    text = (exam / "marking/marking-first.csv").read_text("utf-8-sig")
    return [list(row.cells) for row in read_rows(text, ",")]


def filled(exam: Path, remark: str = REMARK, marks: str = "2") -> list[list[str]]:
    header, *rows = rows_of(exam)
    for row in rows:
        row[header.index("marks")], row[header.index("remark")] = marks, remark
    return [header, *rows]


def _xlsx(rows: list[list[str]]) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append([cell.replace("\r", "\n") if cell[:1] != "=" else "" for cell in row])
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


SAVED: list[tuple[str, Callable[[list[list[str]]], bytes]]] = [
    ("csv", lambda rows: to_csv(rows).encode()),
    ("csv", lambda rows: to_csv(rows, ";", "\r\n").encode("utf-8-sig")),
    ("csv", lambda rows: to_csv(rows, ";", "\r\n").encode("cp1254")),
    ("txt", lambda rows: to_csv(rows, "\t", "\r\n").encode("utf-16")),
    ("csv", lambda rows: b"sep=;\r\n" + to_csv(rows, ";", "\r\n").encode()),
    ("csv", lambda rows: ("Marking,,\n" + to_csv(rows, quoted=True)).encode()),
    ("xlsx", _xlsx),
    ("ods", ods),
]
IDS = ["as written", "European", "Turkish Windows", "UTF-16", "sep", "a title", "XLSX", "ODS"]


@pytest.mark.parametrize(("suffix", "saved"), SAVED, ids=IDS)
def test_marks_come_back_from_whatever_saved_them(
    suffix: str, saved: Callable[[list[list[str]]], bytes], exam: Path, tmp_path: Path
) -> None:
    file = tmp_path / f"back.{suffix}"
    file.write_bytes(saved(filled(exam)))
    report = take_marks(exam, file, "Ada")
    assert report.given == 3
    papers = read_results(exam / "grades")
    remarks = {answer.note for paper in papers for answer in paper.answers if answer.note}
    assert all(REMARK in remark for remark in remarks)
    assert remarks
    is_guess = any("Windows-1254 (Turkish)" in notice.what for notice in report.notices)
    assert is_guess == (saved is SAVED[2][1])


def test_the_untouched_table_comes_back(exam: Path) -> None:
    report = take_marks(exam, exam / "marking/marking-first.csv", "Ada")
    assert (report.given, report.notices) == (0, ())


@pytest.mark.parametrize("name", ["verdicts.csv", "for_human.csv", "exceptions.csv"])
def test_no_row_begins_within_a_cell(name: str, exam: Path) -> None:
    text = (exam / "grades" / name).read_bytes().decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text, newline="")):
        assert not row[0].startswith("=")
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        assert not any(cell.startswith("=") for cell in row)


@pytest.mark.parametrize(
    "name",
    ["grades/gradebook.csv", "grades/verdicts.csv", "grades/for_human.csv",
     "grades/exceptions.csv", "marking/marking-first.csv"],
)  # fmt: skip
def test_spreadsheets_know_the_encoding_by_its_mark(name: str, exam: Path) -> None:
    assert (exam / name).read_bytes().startswith(b"\xef\xbb\xbf")


def test_marks_of_another_person_are_not_replaced_in_silence(exam: Path, tmp_path: Path) -> None:
    file = tmp_path / "back.csv"
    file.write_text(to_csv(filled(exam, "")), encoding="utf-8", newline="")
    assert take_marks(exam, file, "Ada").notices == ()
    assert take_marks(exam, file, "Ada").notices == ()
    file.write_text(to_csv(filled(exam, "", "1")), encoding="utf-8", newline="")
    said = [str(notice) for notice in take_marks(exam, file, "Grace").notices]
    assert len(said) == 1
    assert "3 marks replace another person's; 2b.why: 2 by Ada becomes 1;" in said[0]


def test_a_table_without_its_columns_is_named(exam: Path, tmp_path: Path) -> None:
    file = tmp_path / "back.xlsx"
    file.write_bytes(_xlsx([["group", "marks"], ["x", "1"]]))
    with pytest.raises(InputError, match="not all columns are there"):
        take_marks(exam, file, "Ada")
