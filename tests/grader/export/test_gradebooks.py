"""Each platform's file passes a reader written here by that platform's own documented rules."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import openpyxl
import pytest

from answers.verdict import Verdict
from examgen.ground.errors import ExamgenError, InputError
from grader.export.book import State, Wishes
from grader.export.export import export
from grader.export.systems.search import all_systems
from tests.grader.platforms import (
    BLACKBOARD,
    CANVAS,
    MOODLE,
    PAPERS,
    RIGHT,
    THIRD,
    WAITING,
    WORKSHEET,
    answer,
    graded_folder,
    paper,
)

if TYPE_CHECKING:
    from pathlib import Path

    from grader.export.export import ExportReport

FILES = {"canvas": CANVAS, "moodle": WORKSHEET, "blackboard": BLACKBOARD}
HUNDRED = Wishes(out_of=Fraction(100))


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    return graded_folder(tmp_path / "exam")


def exported(
    exam: Path,
    system: str,
    theirs: str | bytes | None = None,
    wishes: Wishes = Wishes(),  # noqa: B008
) -> tuple[bytes, ExportReport]:
    into = None
    if theirs is not None:
        into = exam / "theirs.csv"
        into.write_bytes(theirs if isinstance(theirs, bytes) else theirs.encode())
    report = export(exam, system, into, exam / "ours", wishes)
    return report.file.read_bytes(), report


def table(content: bytes, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), ""), delimiter=delimiter))


# Canvas: identity columns, then assignments as `Title (id)`; rows above the students have no ID.


def canvas_import(content: bytes, known: set[str]) -> dict[str, dict[str, str]]:
    """What Canvas would take from a file: by user id, the scores by assignment id."""
    header, *rows = table(content)
    assert "Student" in header[0]
    assert header[1] == "ID"
    assert header[4] == "Section"
    above = [row for row in rows if not row[1]]
    assert above == rows[: len(above)]
    assert above[-1][0] == "    Points Possible"
    possible = above[-1]
    assert all(len(row) == len(header) for row in rows)
    scores: dict[str, dict[str, str]] = {}
    for at, title in enumerate(header[5:], start=5):
        if possible[at] == "(read only)":
            continue
        number = title.rpartition("(")[2].rstrip(")")
        assert number in known, "Canvas would make a new assignment"
        for row in rows[len(above) :]:
            scores.setdefault(row[1], {})[number] = row[at]
    return scores


def test_canvas_takes_the_grades_and_nothing_else_changes(exam: Path) -> None:
    content, report = exported(exam, "canvas", CANVAS)
    taken = canvas_import(content, {"501", "777"})
    finals = {user: scores["777"] for user, scores in taken.items()}
    assert finals == {"91": "42.33", "92": "0", "93": "0", "94": "", "95": "60", "99": ""}
    before, after = table(CANVAS.encode()), table(content)
    for row in (*before, *after):
        del row[6]
    assert before == after
    assert report.states == {
        State.GRADED: 3, State.BLANK: 1, State.ABSENT: 1
    }  # fmt: skip
    assert report.blank == ("1003",)


def test_canvas_keeps_an_ex_and_writes_one(exam: Path) -> None:
    theirs = CANVAS.replace("CENG 403,9.5,,", "CENG 403,9.5,EX,")
    content, report = exported(exam, "canvas", theirs, Wishes(exempt=frozenset({"1002"})))
    taken = canvas_import(content, {"501", "777"})
    assert (taken["91"]["777"], taken["92"]["777"]) == ("EX", "EX")
    assert ":4: 1001 is exempt there and stays so" in str(report.notices[0])


@pytest.mark.parametrize("mark", [";", ","])
def test_canvas_separator_stays(mark: str, exam: Path) -> None:
    rows = table(CANVAS.encode())
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows(rows)
    content, _ = exported(exam, "canvas", text.getvalue())
    assert content.endswith(b"\r\n")
    assert table(content, mark)[3][6] == "42.33"


# Moodle, import of grades: a row is as long as the header, a grade a number, empty or a dash.


def moodle_import(content: bytes, key: str, item: str, known: set[str]) -> dict[str, str]:
    header, *rows = table(content)
    assert len(set(header)) == len(header)
    grades = {}
    for row in rows:
        assert len(row) == len(header), "Moodle cancels the whole import"
        cells = dict(zip(header, row, strict=True))
        assert cells[key] in known, "Moodle cancels the whole import"
        assert cells[key] not in grades
        assert cells[item] in {"", "-"} or 0 <= float(cells[item]) <= 100
        grades[cells[key]] = cells[item]
    return grades


def test_moodle_import_of_our_own_roster(exam: Path) -> None:
    content, _ = exported(exam, "moodle", wishes=HUNDRED)
    known = {"ada@uni.edu", "ayse@uni.edu", "grace@uni.edu", "alan@uni.edu", "evil@uni.edu"}
    assert moodle_import(content, "Email address", "Final", known) == {
        "ada@uni.edu": "70.56", "ayse@uni.edu": "0", "grace@uni.edu": "0",
        "alan@uni.edu": "", "evil@uni.edu": "100",
    }  # fmt: skip
    said = {row[0]: row[-1] for row in table(content)}
    assert said["ID number"] == "Feedback: Final"
    assert said["1002"] == "0 of 60 marks."
    assert said["1003"] == "Handed in with every answer left blank."
    assert said["1004"] == "Nothing was handed in."


def test_moodle_import_with_the_users_of_moodle(exam: Path) -> None:
    wishes = Wishes(out_of=Fraction(100), exempt=frozenset({"1005"}), column="Exam 1")
    content, _ = exported(exam, "moodle", MOODLE, wishes)
    grades = moodle_import(content, "ID number", "Exam 1", {"1001", "1002", "1003", "1004"})
    assert grades == {"1001": "70.56", "1002": "0", "1003": "0", "1004": ""}
    rows = table(content)
    assert rows[0] == [
        "Last name", "First name", "ID number", "Email address", "Exam 1", "Feedback: Exam 1",
        "Last downloaded from this course",
    ]  # fmt: skip
    assert rows[1][-1] == "1767225600"


# Moodle, grading worksheet: Identifier, Grade and Last modified (grade), with a byte order mark.


def test_moodle_worksheet_is_filled_in_place(exam: Path) -> None:
    content, report = exported(exam, "moodle", WORKSHEET)
    assert content.startswith(b"\xef\xbb\xbf")
    before, after = table(WORKSHEET.encode()), table(content)
    assert [row[5] for row in after] == ["Grade", "42.33", "0", "0", "", "60"]
    assert [row[10] for row in after[1:]] == [
        "42.3333 of 60 marks.",
        "0 of 60 marks.",
        "Handed in with every answer left blank.",
        "by hand",
        "60 of 60 marks.",
    ]
    for row in (*before, *after):
        del row[5], row[9]
    assert before == after
    assert "the feedback of 1004 is kept" in str(report.notices[0])


# Blackboard: Username, and columns whose number stands after a bar; every field quoted or tabs.


def test_blackboard_comma_file_is_quoted_throughout(exam: Path) -> None:
    content, _ = exported(exam, "blackboard", BLACKBOARD)
    lines = content.decode().splitlines()
    assert all(line.startswith('"') and line.endswith('"') for line in lines)
    assert all(line.count('","') == 7 for line in lines)
    grades = {row[2]: row[6] for row in table(content)[1:]}
    assert grades == {"ada": "42.33", "ayse": "0", "grace": "0", "alan": "", "evil": "60"}
    assert table(content)[0] == table(BLACKBOARD.encode())[0]


def test_blackboard_tab_file_stays_one(exam: Path) -> None:
    theirs = BLACKBOARD.replace('","', "\t").replace('"', "").encode("utf-16")
    content, _ = exported(exam, "blackboard", theirs)
    assert content.startswith((b"\xff\xfe", b"\xfe\xff"))
    rows = [line.split("\t") for line in content.decode("utf-16").splitlines()]
    assert [row[6] for row in rows[1:]] == ["42.33", "0", "0", "", "60"]


def test_blackboard_file_of_one_column_takes_a_sentence(exam: Path) -> None:
    head = "Last Name,First Name,Username,Final [Total Pts: 60 Score] |4711,Feedback to Learner,"
    head += "Feedback Format,Grading Notes,Notes Format\n"
    people = "".join(f"x,y,{name},,,,,\n" for name in ("ada", "ayse", "grace", "alan", "evil"))
    content, _ = exported(exam, "blackboard", head + people)
    cells = {row[2]: row[3:6] for row in table(content)[1:]}
    assert cells["grace"] == ["0", "Handed in with every answer left blank.", "SMART_TEXT"]
    assert cells["alan"] == ["", "Nothing was handed in.", "SMART_TEXT"]


# Gradescope: results.json with keys that its autograder documentation names, and no others.

RESULT_KEYS = {
    "score", "execution_time", "output", "output_format", "test_output_format", "test_name_format",
    "visibility", "stdout_visibility", "extra_data", "tests", "leaderboard",
}  # fmt: skip
TEST_KEYS = {
    "score", "max_score", "status", "name", "name_format", "number", "output", "output_format",
    "tags", "visibility", "extra_data",
}  # fmt: skip


def test_gradescope_has_results_for_each_student_with_a_grade(exam: Path) -> None:
    content, _ = exported(exam, "gradescope", wishes=HUNDRED)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        results = {name: json.loads(archive.read(name)) for name in archive.namelist()}
    assert set(results) == {
        f"{student}/results.json" for student in ("1001", "1002", "1003", "1005")
    }
    for result in results.values():
        assert set(result) <= RESULT_KEYS
        assert all(set(test) <= TEST_KEYS for test in result["tests"])
        assert {test["status"] for test in result["tests"]} <= {"passed", "failed"}
    ada = results["1001/results.json"]
    assert ada["score"] == 70.56
    assert set(ada["extra_data"]) <= {"student", "email", "state"}
    assert [(t["number"], t["score"], t["max_score"], t["status"]) for t in ada["tests"]] == [
        ("1a.x", 50, 50, "passed"), ("1b.y", 20.56, 50, "failed"),
    ]  # fmt: skip
    assert results["1003/results.json"]["output"] == "Handed in with every answer left blank."


def test_gradescope_is_told_of_no_score_for_what_was_dropped(tmp_path: Path) -> None:
    dropped = replace(RIGHT, marks=Fraction(0), out_of=Fraction(0))
    exam = graded_folder(tmp_path / "e", (paper(1, dropped, THIRD),))
    content, _ = exported(exam, "gradescope")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first, second = json.loads(archive.read("1001/results.json"))["tests"]
    assert set(first) == {"number", "name", "output"}
    assert (second["score"], second["max_score"]) == (12.33, 30)


# Plain tables.


def test_csv_says_every_state_and_runs_nothing(exam: Path) -> None:
    content, _ = exported(exam, "csv", wishes=Wishes(answers=True, exempt=frozenset({"1002"})))
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row["state"] for row in rows] == ["graded", "exempt", "blank", "absent", "graded"]
    assert [row["grade"] for row in rows] == ["42.33", "", "0", "", "60"]
    assert [row["marks"] for row in rows] == ["42.3333", "", "0", "", "60"]
    assert [row["1a.x"] for row in rows] == ["30", "0", "blank", "absent", "30"]
    assert rows[4]["name"] == "'=cmd|'/C calc'!A0"


def test_xlsx_has_numbers_as_numbers_and_text_as_text(exam: Path) -> None:
    content, _ = exported(exam, "xlsx", wishes=Wishes(answers=True))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    types = [[cell.data_type for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:6] == ["id", "name", "email", "username", "paper", "state"]
    grade = rows[0].index("grade")
    assert [row[grade] for row in rows[1:]] == [42.33, 0, 0, None, 60]
    assert (rows[5][1], types[5][1]) == ("=cmd|'/C calc'!A0", "s")
    assert not any("f" in row for row in types)
    assert types[1][0] == "s", "an id is no number"


# What stops an export: all of it at once, by line, and nothing is written.

REFUSED = [
    ("canvas missing", "canvas", CANVAS.replace(",1002,ayse@", ",1020,aise@"),
     ["theirs.csv:1: 1002 Ayşe Öztürk is not in the file"]),
    ("canvas missing, and the nearest row is another's", "canvas",
     "".join(line for line in CANVAS.splitlines(keepends=True) if ",1002," not in line),
     ["1002 Ayşe Öztürk is not in the file (looked for in SIS User ID); enrol the student there"]),
    ("canvas user twice", "canvas", CANVAS.replace(",1002,ayse", ",1001,ayse"),
     ["theirs.csv:5: SIS User ID 1001 is in line 4 already"]),
    ("canvas column twice", "canvas", CANVAS.replace("Homework 1 (501)", "Final (501)"),
     ["theirs.csv:1: several columns are called final"]),
    ("canvas without an id", "canvas", CANVAS.replace("Final (777)", "Final"),
     ["theirs.csv:1: no column is called final; name one with --column; those with an id of the"]),
    ("canvas two ID columns", "canvas", CANVAS.replace("Section", "ID"),
     ["theirs.csv:1: 2 columns are called ID"]),
    ("canvas read only", "canvas", CANVAS.replace("60.00", "(read only)"),
     ["theirs.csv:3: Final is read only"]),
    ("canvas no points row", "canvas", "".join(CANVAS.splitlines(keepends=True)[i] for i in (0, 3)),
     ["theirs.csv:2: the row Points Possible is missing"]),
    ("canvas thousands", "canvas", CANVAS.replace("CENG 403,9.5,,", 'CENG 403,"1,234","1,234.5",'),
     ["theirs.csv:4: Homework 1 (501) holds 1,234, with a thousands separator",
      "theirs.csv:4: Final (777) holds 1,234.5, with a thousands separator"]),
    ("canvas not assigned", "canvas", CANVAS.replace("CENG 403,8,,", "CENG 403,8,N/A,"),
     ["theirs.csv:5: Final (777) holds N/A, which is no grade"]),
    ("canvas other maximum", "canvas", CANVAS.replace("60.00", "100"),
     ["theirs.csv:4: the maximum there is 100, the grades are out of 60; scale them with"]),
    ("canvas short row", "canvas", CANVAS + "x,1\n", ["theirs.csv:10: 2 cells, the header has 8"]),
    ("canvas open quote", "canvas", CANVAS + '"x,1\n', ["theirs.csv:10: a quote is unbalanced"]),
    ("canvas empty", "canvas", "", ["theirs.csv:1: the file is empty"]),
    ("canvas not UTF-8", "canvas", CANVAS.encode("cp1254"), ["theirs.csv:5: this is not UTF-8"]),
    ("worksheet locked", "moodle", WORKSHEET.replace("60.00,Yes", "60.00,No", 1),
     ["theirs.csv:2: the grade of 1001 cannot be changed"]),
    ("worksheet above its maximum", "moodle", WORKSHEET.replace("60.00", '"50,00"'),
     ["theirs.csv:2: the maximum there is 50, the grades are out of 60"]),
    ("worksheet a scale", "moodle", WORKSHEET.replace(',,60', ',Good,60', 1),
     ["theirs.csv:2: Grade holds Good, which is no grade"]),
    ("worksheet anonymous", "moodle", "Identifier,Grade,Last modified (grade)\nParticipant 1,,-\n",
     ["theirs.csv:1: the worksheet says only Identifier"]),
    ("worksheet participant twice", "moodle", WORKSHEET.replace("Participant 12", "Participant 11"),
     ["theirs.csv:3: participant 11 is in line 2 already"]),
    ("worksheet without its stamp", "moodle", WORKSHEET.replace("Last modified (grade)", "When"),
     ["theirs.csv:1: no column for when a grade was changed"]),
    ("moodle nobody", "moodle", "Name,Grade\nx,1\n", ["neither an ID number, nor a Username"]),
    ("blackboard computed", "blackboard", BLACKBOARD.replace("Pts: 60", "Pts: up to 60"),
     ["theirs.csv:1: Final is computed by Blackboard"]),
    ("blackboard letters", "blackboard", BLACKBOARD.replace("60 Score", "60 Letter"),
     ["theirs.csv:1: Final is shown as Letter"]),
    ("blackboard in words", "blackboard", BLACKBOARD.replace('"Yes",""', '"Yes","See me"'),
     ["theirs.csv:2: Final [Total Pts: 60 Score] |4711 holds See me, which is no grade",
      "theirs.csv:6: "]),
    ("blackboard without an id", "blackboard", BLACKBOARD.replace(" |4711", ""),
     ["theirs.csv:1: no column is called final"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("system", "theirs", "said"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_a_file_is_refused(system: str, theirs: str, said: list[str], exam: Path) -> None:
    with pytest.raises(InputError) as error:
        exported(exam, system, theirs)
    for words in said:
        assert words in str(error.value)
    assert not (exam / "ours").exists()


@pytest.mark.parametrize("system", FILES)
def test_marks_that_wait_are_refused_or_left_out(system: str, tmp_path: Path) -> None:
    exam = graded_folder(tmp_path / "exam", (*PAPERS[:4], WAITING))
    with pytest.raises(InputError, match="1 student has marks that wait for a person: 1005"):
        exported(exam, system, FILES[system])
    content, report = exported(exam, system, FILES[system], Wishes(pending_as_blank=True))
    assert report.states[State.PENDING] == 1
    assert table(content)[-1 if system != "canvas" else -2][5 if system == "moodle" else 6] == ""


def test_all_troubles_are_listed_at_once(tmp_path: Path) -> None:
    exam = graded_folder(tmp_path / "exam", (*PAPERS[:4], WAITING))
    theirs = CANVAS.replace(",1002,ayse@", ",1020,aise@").replace("9.5,,", "9.5,good,")
    with pytest.raises(InputError) as error:
        exported(exam, "canvas", theirs, Wishes(exempt=frozenset({"9"})))
    assert len(error.value.faults) == 4


def test_students_who_are_not_there_can_be_left_out(exam: Path) -> None:
    theirs = CANVAS.replace(",1002,ayse@", ",1020,aise@")
    _, report = exported(exam, "canvas", theirs, Wishes(skip_missing=True))
    said = "\n".join(map(str, report.notices))
    assert "1002 Ayşe Öztürk is not in the file (looked for in SIS User ID); left out" in said
    assert "theirs.csv:5: no student of the exam is Öztürk, Ayşe" in said
    _, everybody = exported(exam, "canvas", CANVAS, Wishes())
    assert report.left_out == 1
    assert sum(report.states.values()) == sum(everybody.states.values()) - 1


def test_an_absent_student_may_be_missing_there(exam: Path) -> None:
    theirs = "".join(line for line in CANVAS.splitlines(keepends=True) if "1004" not in line)
    exported(exam, "canvas", theirs)


def test_users_are_found_by_address_or_name_too(exam: Path) -> None:
    for wrong in ("SIS User ID", "Unit"), ("SIS Login ID", "Unit"):
        content, _ = exported(exam, "canvas", CANVAS.replace(*wrong))
        assert table(content)[3][6] == "42.33"


def test_a_grade_above_the_maximum_is_refused_where_it_does_not_fit(tmp_path: Path) -> None:
    bonus = paper(1, RIGHT, answer("1b.y", Verdict.CORRECT, "40"))
    exam = graded_folder(tmp_path / "exam", (bonus,))
    with pytest.raises(InputError, match="the grade 70 of 1001 is above 60"):
        exported(exam, "moodle", WORKSHEET)
    content, _ = exported(exam, "canvas", CANVAS)
    assert "70" in content.decode()


def test_marks_without_a_scale_do_not_fit_moodle(tmp_path: Path) -> None:
    exam = graded_folder(
        tmp_path / "exam", tuple(replace(p, answers=p.answers * 2) for p in PAPERS)
    )
    with pytest.raises(InputError, match="the maximum there is 100, the grades are out of 120"):
        exported(exam, "moodle")
    content, _ = exported(exam, "moodle", wishes=Wishes(out_of=Fraction(120)))
    assert table(content)[1][3] == "84.67"


def test_names_never_overrule_an_id(exam: Path) -> None:
    theirs = CANVAS.replace("ada@uni.edu", "x").replace("ayse@uni.edu", "y")
    theirs = theirs.replace(",1001,", ",1002,", 1).replace(",1002,y", ",1001,y")
    content, report = exported(exam, "canvas", theirs)
    assert [row[6] for row in table(content)[3:5]] == ["0", "42.33"]
    said = "1002 is Ayşe Öztürk here and Lovelace, Ada, 1002, x, 91 there"
    assert said in "\n".join(map(str, report.notices))


def test_a_cell_that_is_not_written_may_hold_words(exam: Path) -> None:
    theirs = CANVAS.replace("CENG 403,N/A,,", "CENG 403,N/A,N/A,")
    content, _ = exported(exam, "canvas", theirs)
    assert table(content)[6][6] == "N/A"


def test_a_grade_that_is_replaced_is_said(exam: Path) -> None:
    theirs = CANVAS.replace("9.5,,", "9.5,41,")
    _, report = exported(exam, "canvas", theirs)
    assert any(
        ":4: 1 grade replaces another; here 41 becomes 42.33" in str(n) for n in report.notices
    )


@pytest.mark.parametrize("system", [name for name, s in all_systems().items() if s.make is None])
def test_a_platform_that_needs_its_own_file_says_so(system: str, exam: Path) -> None:
    with pytest.raises(ExamgenError, match="name it with --into"):
        export(exam, system)


def test_the_platforms_own_file_is_never_overwritten(exam: Path) -> None:
    into = exam / "canvas.csv"
    into.write_text(CANVAS, encoding="utf-8")
    with pytest.raises(ExamgenError, match="platform's own file"):
        export(exam, "canvas", into, into)
    assert into.read_text(encoding="utf-8") == CANVAS


def test_a_column_for_each_answer_is_refused_where_it_makes_assignments(exam: Path) -> None:
    with pytest.raises(ExamgenError, match="new assignment"):
        exported(exam, "canvas", CANVAS, Wishes(answers=True))


@pytest.mark.parametrize("system", ["gradescope", "csv", "xlsx"])
def test_a_column_is_refused_where_there_is_none_to_choose(system: str, exam: Path) -> None:
    with pytest.raises(ExamgenError, match=r"--column: .*; leave it out"):
        export(exam, system, wishes=Wishes("Exam 1"))
