"""What is handed in: every format and every trouble, named by file and line; the rest is graded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from answers.verdict import Verdict
from examgen.ground.errors import ExamgenError, InputError
from grader.grade import grade
from grader.intake import read_files, take_in
from tests.grader.exams import class_of
from tests.grader.in_memory import mark_class

if TYPE_CHECKING:
    from pathlib import Path

    from grader.scoring.marked import MarkedPaper

KEYS = class_of(3)
HEAD = "student,1a.size,1a.parameters"
SIZE = KEYS[0].parts[0].answers[0].expected  # type: ignore[union-attr]
ROW = f"s0001,{SIZE},5"

# name, file name, bytes: the first student's size is right however the file is written
GOOD = [
    ("wide", "a.csv", f"{HEAD}\n{ROW}\n"),
    ("byte order mark", "a.csv", f"\ufeff{HEAD}\n{ROW}\n"),
    ("carriage returns", "a.csv", f"{HEAD}\r\n{ROW}\r\n"),
    ("old Macintosh", "a.csv", f"{HEAD}\r{ROW}\r"),
    ("semicolons", "a.csv", f"{HEAD}\n{ROW}\n".replace(",", ";")),
    ("tabs", "a.tsv", f"{HEAD}\n{ROW}\n".replace(",", "\t")),
    ("quoted", "a.csv", f'{HEAD}\n"s0001","{SIZE}","5"\n'),
    ("no line at the end", "a.csv", f"{HEAD}\n{ROW}"),
    ("blank lines", "a.csv", f"{HEAD}\n\n{ROW}\n\n"),
    ("other columns first", "a.csv", f"1a.size,name,student\n{SIZE},Student 1,s0001\n"),
    ("capitals in the header", "a.csv", f"Student,1A.SIZE\ns0001,{SIZE}\n"),
    ("by paper", "a.csv", f"paper,1a.size\np001,{SIZE}\n"),
    ("spaces around the number", "a.csv", f"student,1a.size\n s0001 ,{SIZE}\n"),
    ("long", "a.csv", f"student,answer,response\ns0001,1a.size,{SIZE}\n"),
    ("JSON form", "a.json", json.dumps({"student": "s0001", "answers": {"1a.size": SIZE}})),
    ("JSON list", "a.json", json.dumps([{"student": "s0001", "answers": {"1a.size": SIZE}}])),
]

# name, file name, bytes, what is said
BAD = [
    ("empty", "a.csv", "", ":1: the file is empty"),
    ("header only", "a.csv", f"{HEAD}\n", "no submission was found"),
    ("no student column", "a.csv", f"1a.size\n{SIZE}\n", ":1: no column is called student"),
    ("two student columns", "a.csv", "student,student\ns0001,s0001\n", ":1: several columns"),
    ("unknown student", "a.csv", f"{HEAD}\nnobody,1,2\n{ROW}\n", ":2: "),
    ("unknown column", "a.csv", f"{HEAD},1a.sise\n{ROW},3\n", ":1: unknown column 1a.sise"),
    ("column of a typing error", "a.csv", "student,1a.sze\ns0001,x\n", "did you mean 1a.size?"),
    ("too many cells", "a.csv", f"{HEAD}\n{ROW},extra\n", ":2: the row has 4 cells, the header 3"),
    ("too few cells", "a.csv", f"{HEAD}\ns0001\n", ":2: the row has 1 cell, the header 3"),
    ("handed in twice alike", "a.csv", f"{HEAD}\n{ROW}\n{ROW}\n", ":3: s0001 handed in before"),
    ("handed in twice, differing", "a.csv", f"{HEAD}\n{ROW}\ns0001,1x1,2\n", "neither is marked"),
    ("NUL characters", "a.csv", f"{HEAD}\ns0001,a\0b,5\n", ":2: an answer holds NUL characters"),
    ("a giant cell", "a.csv", f"{HEAD}\ns0001,{'9' * 200_000},5\n", ":2: the answer has 200,000"),
    ("an open quote", "a.csv", f'{HEAD}\ns0001,"1x1,5\ns0002,2x2,6\n', ":2: "),
    ("no JSON", "a.json", '{"student": ', ":1: "),
    ("JSON nested too deeply", "a.json", "[" * 100_000, ":1: "),
    ("JSON that is a number", "a.json", "5", ":1: "),
    ("JSON without answers", "a.json", '{"student": "s0001"}', ":1: "),
    ("JSON with a name twice", "a.json",
     '{"student": "s0001", "answers": {"1a.size": "1", "1a.size": "2"}}', "1a.size"),
    ("JSON with an unknown answer", "a.json",
     '{"student": "s0001", "answers": {"1a.sze": "1"}}', "did you mean 1a.size?"),
]  # fmt: skip


def first(papers: tuple[MarkedPaper, ...]) -> dict[str, Verdict]:
    return {answer.id: answer.verdict for answer in papers[0].answers}


@pytest.mark.parametrize(("name", "text"), [row[1:] for row in GOOD], ids=[r[0] for r in GOOD])
def test_a_format_is_read(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    contents, faults = read_files([path])
    taken = take_in(contents, KEYS)
    assert faults == []
    assert first(mark_class(KEYS, taken))["1a.size"] is Verdict.CORRECT


@pytest.mark.parametrize(
    ("name", "text", "said"), [row[1:] for row in BAD], ids=[row[0] for row in BAD]
)
def test_a_trouble_is_named(name: str, text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode())
    good = tmp_path / "good.csv"
    good.write_text("student,1b.area\ns0003,169\n")
    contents, _ = read_files([path])
    taken = take_in(contents, KEYS)
    notices = "\n".join(map(str, taken.notices))
    if not taken.papers:
        exam = tmp_path / "exam"
        exam.mkdir()
        (exam / "key.jsonl").write_text("".join(key.to_json() + "\n" for key in KEYS))
        with pytest.raises(InputError) as error:
            grade(exam, [path])
        notices += str(error.value)
    assert said in notices
    both, _ = read_files([path, good])
    marked = mark_class(KEYS, take_in(both, KEYS))
    assert {a.id: a.verdict for a in marked[2].answers}["1b.area"] is Verdict.CORRECT


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_another_encoding_is_read_or_named(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"{HEAD},name\n{ROW},Özgür\n".encode(encoding))
    contents, _ = read_files([path])
    taken = take_in(contents, KEYS)
    assert taken.notices
    assert str(path) in str(taken.notices[0])
    if taken.papers:
        assert first(mark_class(KEYS, taken))["1a.size"] is Verdict.CORRECT


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "photo.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "link.csv").symlink_to("/etc/passwd")
    paths = [tmp_path / "missing.csv", tmp_path / "folder", tmp_path / "link.csv"]
    contents, faults = read_files(paths)
    said = "\n".join(map(str, (*faults, *take_in(contents, KEYS).notices)))
    for words in ("missing.csv:1: cannot be read", "photo.png:1: this is a picture", "is a link"):
        assert words in said


def test_a_formula_is_kept_verbatim_and_made_harmless_in_tables(tmp_path: Path) -> None:
    exam = tmp_path / "exam"
    exam.mkdir()
    (exam / "key.jsonl").write_text("".join(key.to_json() + "\n" for key in KEYS))
    path = tmp_path / "a.csv"
    path.write_text("student,1a.size\ns0001,\"=cmd|' /C calc'!A0\"\n")
    grade(exam, [path])
    assert "\n=cmd" not in (exam / "grades" / "verdicts.csv").read_text()
    assert ",=cmd" not in (exam / "grades" / "verdicts.csv").read_text()
    lines = (exam / "grades" / "verdicts.jsonl").read_text().splitlines()
    assert "=cmd|' /C calc'!A0" in [json.loads(line)["response"] for line in lines]


def test_markup_in_an_answer_is_text_in_the_feedback(tmp_path: Path) -> None:
    exam = tmp_path / "exam"
    exam.mkdir()
    (exam / "key.jsonl").write_text("".join(key.to_json() + "\n" for key in KEYS))
    path = tmp_path / "a.csv"
    path.write_text("student,1a.size\ns0001,<script>alert(1)</script>\n")
    grade(exam, [path])
    for page in (exam / "grades" / "feedback").glob("*.html"):
        assert "<script>alert" not in page.read_text()


def test_several_processes_give_the_same_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD}\n{ROW}\ns0002,1x1x1,77\n")
    contents, _ = read_files([path])
    taken = take_in(contents, KEYS)
    assert mark_class(KEYS, taken, jobs=2) == mark_class(KEYS, taken)


def test_a_folder_of_something_else_is_not_replaced(tmp_path: Path) -> None:
    exam = tmp_path / "exam"
    exam.mkdir()
    (exam / "key.jsonl").write_text("".join(key.to_json() + "\n" for key in KEYS))
    path = tmp_path / "a.csv"
    path.write_text(f"{HEAD}\n{ROW}\n")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.tex").write_text("years of work")
    with pytest.raises(ExamgenError, match="holds other things"):
        grade(exam, [path], tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.tex").read_text() == "years of work"
