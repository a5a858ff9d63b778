"""Downloads of learning platforms, written by hand from their documented columns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from examgen.ground.errors import InputError
from grader.intake import Intake, read_files, read_printed, take_in
from grader.records.printed import Printed
from tests.grader.handed_in import KEYS, answers, counts, said, taken, zipped
from tests.grader.pdf_files import CODE

if TYPE_CHECKING:
    from pathlib import Path

# Moodle: identity, state, times, grade, then "Response N"; "-" is never an answer.
MOODLE = """\
Surname,"First name","ID number","Email address",State,"Started on",Completed,"Time taken",\
Grade/10.00,"Response 1a.size","Response 1b"
1,Student,s0001,a@example.org,Finished,"10 January 2024  2:05 PM","10 January 2024  3:05 PM",\
"1 hour",-,112x112x64,"part 1: 9,472; with 2; part 2: 3 MB"
2,Student,s0002,b@example.org,Finished,"10 January 2024  2:05 PM","10 January 2024  3:05 PM",\
"1 hour",-,-,"part 1: 5; part 2: "
3,Student,s0003,c@example.org,-,-,-,-,-,-,-
"Overall average",,,,,,,,5.00,-,-
"""
GERMAN = """\
Nachname;Vorname;E-Mail-Adresse;Status;Begonnen;Beendet;Antwort 1a.size
1;Student;fremd@example.org;Beendet;10. Januar 2024;10. Januar 2024;7x7x7
"""
# Canvas: pairs of columns, the second headed by the points, which repeat; several blanks joined
# by commas, inner commas escaped.
CANVAS = """\
name,id,sis_id,section,section_id,submitted,\
"811: 1a.size Give the output size",4.0,"812: 1b Area, and cost",4.0,n correct,n incorrect,score
Student 1,90001,s0001,A,1,2024-01-10 14:05:00 UTC,"112,112,64",4.0,"9\\,472,3",0.0,1,1,4.0
Student 2,90002,,A,1,2024-01-10 14:05:00 UTC,5x5x5,0.0,,,0,1,0.0
Nobody,90003,s9999,A,1,2024-01-10 14:05:00 UTC,1,0.0,2,0.0,0,2,0.0
"""
ONLINE = "<p>1a.size: 3&lt;4</p><p>1b.area = 169<br>and more</p><script>1b.cost: 1</script>"
METADATA = """\
---
submission_1:
  :submitters:
  - :name: Student 1
    :sid: s0001
    :email: one@example.org
  :created_at: 2024-01-10 14:05:00 Z
  :score: 0.0
submission_2:
  :submitters:
  - &2 !ruby/hash:Hash
    :name: Student 2
    :sid: s0002
"""


def test_moodle_responses(tmp_path: Path) -> None:
    found = taken(tmp_path, {"quiz": MOODLE})
    area, cost = "9,472; with 2", "3 MB"
    assert answers(found) == {"1a.size": "112x112x64", "1b.area": area, "1b.cost": cost}
    assert answers(found, "p002") == {"1a.size": "", "1b.area": "5", "1b.cost": ""}
    assert counts(found.files[0]) == {"imported": 2, "blank": 2}
    assert found.files[0].formats == ("Moodle responses",)


def test_moodle_in_german_by_name(tmp_path: Path) -> None:
    assert answers(taken(tmp_path, {"quiz.csv": GERMAN})) == {"1a.size": "7x7x7"}


def test_a_question_that_cannot_be_guessed_is_mapped(tmp_path: Path) -> None:
    quiz = "ID number,Response 1,Frage 2\ns0001,7x7x7,part 1: 1; part 2: 2\n"
    before = taken(tmp_path, {"quiz.csv": quiz})
    assert "quiz.csv:1: unknown column Response 1; it is passed over; say what" in said(before)
    assert "quiz.csv:1: no column is called as an answer of this exam" in said(before)
    assert before.papers == ()
    how = Intake(columns={"1": "1a.size", "Frage 2": "1b"})
    found = taken(tmp_path, {"quiz.csv": quiz}, how)
    assert answers(found) == {"1a.size": "7x7x7", "1b.area": "1", "1b.cost": "2"}


def test_many_unknown_columns_are_one_line(tmp_path: Path) -> None:
    numbers = range(1, 13)
    quiz = ",".join(["ID number", "Response 1a.size", *(f"Response {n}" for n in numbers)])
    found = taken(tmp_path, {"quiz.csv": f"{quiz}\ns0001,7x7x7{',5' * 12}\n"})
    assert answers(found) == {"1a.size": "7x7x7"}
    assert "12 unknown columns: Response 1, Response 2, " in said(found)
    assert said(found).count("unknown column") == 1


def test_a_table_in_an_unknown_language_is_mapped(tmp_path: Path) -> None:
    quiz = 'Kennitala,Svar við 1,Svar við 2\ns0001,-,"9,472"\ns0002,-,-\n'
    columns = {"Kennitala": "student", "Svar við 1": "1a.size", "Svar við 2": "1b.area"}
    found = taken(tmp_path, {"quiz.csv": quiz}, Intake(columns=columns))
    assert answers(found) == {"1a.size": "", "1b.area": "9,472"}
    assert counts(found.files[0]) == {"imported": 1, "blank": 1}


def test_a_cell_of_a_plain_table_is_not_split_at_commas(tmp_path: Path) -> None:
    found = taken(tmp_path, {"a.csv": 'student,1b\ns0001,"9,472"\n'})
    assert answers(found) == {"1b.area": None, "1b.cost": None}


@pytest.mark.parametrize(
    "cell", ["5", "part 1: 5", "part 2: 5; part 1: 6", "part 1: 1; part 2: 2; part 3: 3"]
)
def test_parts_that_cannot_be_told_apart_go_to_a_person(cell: str, tmp_path: Path) -> None:
    found = taken(tmp_path, {"quiz.csv": f"ID number,Response 1b\ns0001,{cell}\n"})
    assert answers(found) == {"1b.area": None, "1b.cost": None}
    assert "does not hold 2 answers" in said(found)


def test_canvas_student_analysis(tmp_path: Path) -> None:
    found = taken(tmp_path, {"Survey.csv": CANVAS})
    assert answers(found) == {"1a.size": "112,112,64", "1b.area": "9,472", "1b.cost": "3"}
    assert answers(found, "p002") == {"1a.size": "5x5x5"}
    assert counts(found.files[0]) == {"imported": 2, "unmatched": 1}
    assert found.files[0].formats == ("Canvas student analysis",)


def test_canvas_questions_are_mapped_by_their_ids(tmp_path: Path) -> None:
    quiz = 'name,id,sis_id,"55: Size?",1.0,"56: Else?",1.0,score\nA,1,s0001,7x7x7,1.0,2,1.0,2\n'
    found = taken(tmp_path, {"q.csv": quiz}, Intake(columns={"55": "1a.size"}))
    assert answers(found) == {"1a.size": "7x7x7"}
    assert "unknown column 56: Else?" in said(found)


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("Surname,First name,Q. 1 /2.00,Q. 2 /3.00", "Moodle's grades report"),
        ("Identifier,Full name,Grade,Grade can be changed", "Moodle's grading worksheet"),
        ("First Name,Last Name,SID,Total Score,Max Points", "Gradescope's scores"),
        ("Assignment Submission ID,Question Submission ID,SID", "Gradescope's evaluations"),
    ],
)
def test_a_table_without_answers_is_refused(header: str, what: str, tmp_path: Path) -> None:
    found = taken(tmp_path, {"a.csv": f"{header}\n1,2,3,4,5\n"})
    assert f"a.csv:1: this is {what}" in said(found)
    assert counts(found.files[0]) == {"unreadable": 1}


def assignment() -> dict[str, str | bytes]:
    return {
        "Student 1_31_assignsubmission_onlinetext/onlinetext.html": ONLINE,
        "2 Student_32_assignsubmission_file/anything": "answers: {1a.size: 5x5x5}\n",
        "Student 3_33_assignsubmission_file/p.json": '{"student": "s0001", "answers": {}}',
        "__MACOSX/._x": "noise",
    }


def test_moodle_assignment_zip(tmp_path: Path) -> None:
    found = taken(tmp_path, {"download": zipped(assignment())})
    assert answers(found)["1a.size"] == "3<4"
    assert answers(found)["1b.area"] == "169\nand more"
    assert "1b.cost" not in answers(found)
    assert answers(found, "p002") == {"1a.size": "5x5x5"}
    assert "paper p001 of s0001 was handed in by s0003" in said(found)
    assert set(answers(found, "p003").values()) == {None}


def test_an_unpacked_assignment_is_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "unpacked"
    packed = taken(tmp_path, {"download": zipped(assignment())})
    for name, content in assignment().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    contents, _ = read_files([folder])
    found = take_in(contents, KEYS)
    assert [answers(found, p) for p in ("p001", "p002")] == [
        answers(packed, p) for p in ("p001", "p002")
    ]
    assert counts(found.files[0]) == counts(packed.files[0])


def test_gradescope_export(tmp_path: Path) -> None:
    export = zipped({
        "assignment_1_export/submission_1/form": "answers: {1a.size: 7x7x7}\n",
        "assignment_1_export/submission_2/form.txt": '{"answers": {"1a.size": "8x8x8"}}',
        "assignment_1_export/submission_9/form.txt": '{"answers": {"1a.size": "9x9x9"}}',
        "assignment_1_export/submission_metadata.yml": METADATA,
    })  # fmt: skip
    found = taken(tmp_path, {"export.zip": export})
    assert answers(found) == {"1a.size": "7x7x7"}
    assert answers(found, "p002") == {"1a.size": "8x8x8"}
    assert "neither a student nor a paper is named" in said(found)


def test_a_name_that_two_students_have_is_not_guessed(tmp_path: Path) -> None:
    found = taken(tmp_path, {"a.csv": "name,1a.size\nStudent 1,1\nSomebody,2\n"})
    assert answers(found) == {"1a.size": "1"}
    assert "unknown student Somebody" in said(found)


def test_the_roster_knows_addresses_and_user_names(tmp_path: Path) -> None:
    students = [
        {"id": "s0001", "email": "One@example.org", "username": "shared"},
        {"id": "s0002", "username": "second"},
        {"id": "s0003", "username": "shared"},
    ]
    (tmp_path / "exam.json").write_text(json.dumps({"code": CODE, "students": students}))
    quiz = "Email address,Username,Response 1a.size\none@EXAMPLE.org,x,1\n,Second,2\n,shared,3\n"
    found = taken(tmp_path, {"quiz.csv": quiz}, Intake(read_printed(tmp_path)))
    assert answers(found) == {"1a.size": "1"}
    assert answers(found, "p002") == {"1a.size": "2"}
    assert "unknown student shared" in said(found)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"students": [1, {"id": 5, "email": "a"}]}'])
def test_a_damaged_manifest_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "exam.json").write_text(text)
    with pytest.raises(InputError, match=r"exam\.json:1: this is not a manifest"):
        read_printed(tmp_path)


def test_a_folder_needs_no_manifest(tmp_path: Path) -> None:
    (tmp_path / "papers.jsonl").write_text("{\n5\n")
    assert read_printed(tmp_path) == Printed()


def test_an_unknown_id_is_not_overruled_by_a_name(tmp_path: Path) -> None:
    found = taken(tmp_path, {"a.csv": "ID number,Full name,Response 1a.size\nX7,Student 1,1\n"})
    assert found.papers == ()
    assert "unknown student X7; did you mean s0001, who has the same name?" in said(found)


def as_another(member: str, content: str | bytes) -> dict[str, str | bytes]:
    """A download in which student 1 hands this in, and student 2 a form of their own."""
    return {
        f"Student 1_31_assignsubmission_file/{member}": content,
        "Student 2_32_assignsubmission_file/p.json": MINE,
    }


MINE = '{"student": "s0002", "answers": {"1a.size": "mine"}}'
YOURS = '{"student": "s0002", "answers": {"1a.size": "yours"}}'
SETTLED = "problem,student,paper,answer,response,suggestion,source\nx,s0002,,1a.size,yours,,a:1\n"
ATTACKS: list[tuple[str, str, str | bytes]] = [
    ("another's form", "a.json", YOURS),
    ("a class of their own", "a.csv", "student,1a.size\ns0001,1\ns0002,yours\n"),
    ("an exception file", "exceptions.csv", SETTLED),
    ("Moodle's folders", "a.zip", zipped({"Student 2_32_assignsubmission_file/a": YOURS})),
    ("a folder in a folder", "Student 2_32_assignsubmission_file/a", "answers: {1a.size: yours}\n"),
    ("Gradescope's metadata", "a.zip", zipped({
        "submission_metadata.yml": "x:\n  :submitters:\n  - :sid: s0002\n",
        "x": "answers: {1a.size: yours}\n"})),
]  # fmt: skip


@pytest.mark.parametrize(("member", "raw"), [a[1:] for a in ATTACKS], ids=[a[0] for a in ATTACKS])
def test_nobody_answers_for_another(member: str, raw: str | bytes, tmp_path: Path) -> None:
    found = taken(tmp_path, {"download.zip": zipped(as_another(member, raw))}, Intake(latest=True))
    assert answers(found, "p002") == {"1a.size": "mine"}


def test_the_latest_of_another_sender_replaces_nothing(tmp_path: Path) -> None:
    download = zipped({
        "Student 2_32_assignsubmission_file/a": MINE,
        "Unknown_33_assignsubmission_file/a": YOURS,
    })  # fmt: skip
    found = taken(tmp_path, {"download.zip": download}, Intake(latest=True))
    assert answers(found, "p002") == {"1a.size": None}
    assert len(found.waiting) == 2


def test_an_unknown_sender_speaks_for_one_paper(tmp_path: Path) -> None:
    table = "student,1a.size\ns0001,1\ns0002,2\n"
    download = zipped({"Somebody Else_3_assignsubmission_file/a": table})
    found = taken(tmp_path, {"download.zip": download})
    assert found.papers == ()
    assert "Somebody Else handed in answers of several papers" in said(found)
    assert [item.paper for item in found.waiting] == ["p001", "p002"]
