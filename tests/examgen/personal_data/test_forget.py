"""A student is given out and forgotten: nothing names them, and everybody else's marks stay."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from examgen import Exam, ExamFolder
from examgen.cli import app
from examgen.exam_day import write
from examgen.personal_data.traces import traces
from grader.export.export import export
from grader.export.hand_back import hand_back
from grader.scan.records import Kind, PageRecord, append

ROSTER = """id,name,email
s1001,Ada Lovelace,ada@uni.edu
s1002,Alan Turing,alan@uni.edu
s1003,Grace Hopper,grace@uni.edu
"""
SIGNS = ("s1001", "Ada Lovelace", "ada@uni.edu")
ANSWERS = ("1a.size", "1a.parameters")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made exam, and a table of answers of the class."""
    folder = tmp_path_factory.mktemp("forget")
    (folder / "roster.csv").write_text(ROSTER, encoding="utf-8")
    exam = Exam.load("sample").make(42, folder / "exam", students=folder / "roster.csv", pdf="no")
    return exam.path


def answers(exam: Path, students: Iterable[str]) -> list[list[str]]:
    """A table of right answers; of the first question, as the sample has it."""
    key = [json.loads(line) for line in (exam / "key.jsonl").read_text("utf-8").splitlines()]
    right = {
        paper["student"]: {
            a["id"]: a["expected"] for part in paper["parts"] for a in part["answers"]
        }
        for paper in key
    }
    ids = list(right["s1002"])
    return [["student", *ids], *([name, *(right[name][i] for i in ids)] for name in students)]


def as_csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


@pytest.fixture
def exam(made: Path, tmp_path: Path) -> Path:
    """The exam, graded, with all that commands write of it."""
    folder = Path(shutil.copytree(made, tmp_path / "exam"))
    table = tmp_path / "answers.csv"
    table.write_text(as_csv(answers(folder, ("s1001", "s1002", "s1003"))), encoding="utf-8")
    ExamFolder(folder).grade([table])
    hand_back(folder, None, zipped=True)
    export(folder, "csv")
    return folder


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    return done.exit_code, done.output


def marks(folder: Path) -> dict[str, object]:
    return {paper.student: paper.total for paper in ExamFolder(folder).results}


def test_a_person_is_forgotten(exam: Path) -> None:
    before = marks(exam)
    assert list(traces(exam, SIGNS))
    code, said = run("forget", exam, "s1001", "--yes")
    assert code == 0, said
    assert list(traces(exam, SIGNS)) == []
    assert marks(exam) == {name: total for name, total in before.items() if name != "s1001"}
    assert ExamFolder(exam).verify() == ()
    rows = (exam / "submissions" / "answers.csv").read_text("utf-8").splitlines()
    assert [row.partition(",")[0] for row in rows] == ["student", "s1002", "s1003"]
    assert run("regrade", exam)[0] == 0
    assert run("grade", exam, exam / "submissions")[0] == 0


def test_seats_are_given_out_and_forgotten(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "engine", lambda: None)
    folder = Path(shutil.copytree(made, tmp_path / "exam"))
    rooms = tmp_path / "rooms.csv"
    rooms.write_text("room,seats\n=1+1,2x2\n", encoding="utf-8")
    assert "door.html" in run("seats", folder, rooms)[1]
    file = folder / "exam_day" / "seats.csv"
    rows = file.read_text("utf-8-sig").splitlines()
    assert rows[1] == "'=1+1,A1,001,s1001,Ada Lovelace,,papers/001.pdf"
    assert file.stat().st_mode & 0o077 == 0
    assert run("subject", folder, "s1003", "--out", tmp_path / "own")[0] == 0
    seat = json.loads((tmp_path / "own" / "data.json").read_text("utf-8"))["seat"]
    assert (seat["room"], seat["seat"], seat["paper"]) == ("=1+1", "B1", "003")
    assert run("forget", folder, "s1001", "--yes")[0] == 0
    assert not file.parent.exists()
    run("seats", folder, rooms)
    assert "s1001" not in file.read_text("utf-8-sig")


def test_the_store_guards_its_rows_again(exam: Path) -> None:
    run("forget", exam, "s1001", "--yes")
    store = sqlite3.connect(exam / "gradebook.sqlite")
    for table in ("submission", "verdict", "log"):
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            store.execute(f"DELETE FROM {table}")  # noqa: S608 - our own table
    store.close()


def test_a_mended_key_stays_a_mended_one(exam: Path) -> None:
    key = exam / "key.jsonl"
    key.write_text(key.read_text("utf-8").replace('"share"', '"share" ', 1), encoding="utf-8")
    code, _ = run("forget", exam, "s1001", "--yes")
    assert code == 0
    assert "the key was changed since the papers were made" in run("regrade", exam)[1]


def own_file(exam: Path, place: Path) -> Path:
    """A form that a student handed in alone."""
    ids, row = answers(exam, ("s1001",))
    form = {"student": "s1001", "answers": dict(zip(ids[1:], row[1:], strict=True))}
    (place / "form.json").write_text(json.dumps(form), encoding="utf-8")
    return place / "form.json"


def class_book(exam: Path, place: Path) -> Path:
    """A workbook with the answers of two students."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in answers(exam, ("s1001", "s1002")):
        book.active.append(row)
    book.save(place / "book.xlsx")
    return place / "book.xlsx"


def archive(exam: Path, place: Path) -> Path:
    """An archive with the tables of two students."""
    with zipfile.ZipFile(place / "all.zip", "w") as target:
        for name in ("s1001", "s1002"):
            target.writestr(f"{name}.csv", as_csv(answers(exam, (name,))))
    return place / "all.zip"


@pytest.mark.parametrize(("handed_in", "left"), [(own_file, 0), (class_book, 1), (archive, 1)])
def test_what_was_handed_in_is_deleted_or_named(
    handed_in: object, left: int, made: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "exam"))
    assert callable(handed_in)
    ExamFolder(folder).grade([handed_in(folder, tmp_path)])
    code, said = run("forget", folder, "s1001", "--yes")
    assert (code, len(list(traces(folder, SIGNS)))) == (left, left)
    assert ("still names s1001 or has pages" in said) == bool(left)


def test_doubts_of_others_that_name_the_person_are_said(made: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "exam"))
    (tmp_path / "swapped.csv").write_text("student,paper,1a.size\ns1002,001,3\n", "utf-8")
    ExamFolder(folder).grade([tmp_path / "swapped.csv"])  # "paper 001 belongs to s1001"
    code, said = run("forget", folder, "s1001", "--yes")
    assert code == 1
    assert "exceptions.csv: still names s1001 or has pages" in said
    assert marks(folder) == {"s1002": 0, "s1003": 0}


def test_scans_with_pages_of_the_person_are_said(exam: Path) -> None:
    (exam / "scans").mkdir()
    pictures = exam / "marking" / "marking-pictures"  # of whom, only their names in the page say
    pictures.mkdir(parents=True)
    page = PageRecord("abc#1", "stack.pdf", 1, Kind.PAGE, "001", 1)
    append(exam / "scans", (), [page])
    code, said = run("forget", exam, "s1001", "--yes")
    assert code == 1
    assert "originals/abc: still names s1001" in said
    assert not pictures.exists()


def test_keys_and_solutions_that_were_written_later_are_deleted(exam: Path, tmp_path: Path) -> None:
    (exam / "solutions").mkdir()
    own = [exam / name for name in ("keys/001.pdf", "solutions/001.tex", "solutions/001.pdf")]
    for_all = [exam / kind / "joined.pdf" for kind in ("keys", "solutions")]
    others = [exam / "keys/002.pdf", exam / "solutions/002.pdf"]
    for path in (*own, *for_all, *others):
        path.write_bytes(b"%PDF")  # its text is packed, so no trace of a name is seen in it
    assert run("subject", exam, "s1001", "--out", tmp_path / "given")[0] == 0
    given = sorted(path.name for path in (tmp_path / "given" / "solutions").iterdir())
    assert given == ["001.pdf", "001.tex"]
    assert run("forget", exam, "s1001", "--yes")[0] == 0
    assert [path for path in (*own, *for_all, *others) if path.exists()] == others


def test_it_asks_first(exam: Path) -> None:
    done = CliRunner().invoke(app, ["forget", str(exam), "s1001"], input="n\n")
    assert done.exit_code == 1
    assert list(traces(exam, SIGNS))


def test_an_unknown_student_is_said(exam: Path) -> None:
    done = CliRunner().invoke(app, ["forget", str(exam), "s1010", "--yes"])
    assert "there is no student 's1010'; did you mean s100" in str(done.exception)


def test_a_person_gets_what_is_kept(exam: Path, tmp_path: Path) -> None:
    code, _ = run("subject", exam, "s1001", "--out", tmp_path / "given")
    assert code == 0
    found = json.loads((tmp_path / "given" / "data.json").read_text("utf-8"))
    assert found["roster"]["email"] == "ada@uni.edu"
    assert {row["student"] for row in found["store"]["submissions"]} == {"s1001"}
    assert found["store"]["verdicts"]
    assert (tmp_path / "given" / "papers" / "001.html").exists()
    assert not any("key" in path.name for path in (tmp_path / "given").rglob("*"))
    others = ("s1002", "Alan Turing", "s1003", "Grace Hopper")
    assert list(traces(tmp_path / "given", others)) == []
