"""Marks by paper: what the table asks, what comes back, and what is refused cell by cell."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from examgen.cli import app
from examgen.ground.errors import InputError
from examgen.ground.html.mathml import content_hash
from grader.by_hand.people import take_marks, write_papers
from grader.grade import grade
from grader.results.read import read_results
from tests.grader.exams import class_of, hand_in, write_exam

HEAD = ["paper", "1a.size [4]", "2b.why 1 [2]", "2b.why 2 [1]", "1a.size remark", "2b.why remark"]
SAYS = ["", "output dimensions (height x width x channels)", "names the product of derivatives"]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three papers: prose of two waits, and a size that cannot be read; the third is absent."""
    place = tmp_path_factory.mktemp("by-paper")
    folder = write_exam(place / "exam", class_of(3))
    rows = {"s0001": {"2b.why": "It shrinks.", "1a.size": "about 3 ?"}, "s0002": {"1a.size": ""}}
    grade(folder, [hand_in(place / "a.csv", rows)])
    return folder


@pytest.fixture
def exam(graded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(graded, tmp_path / "exam"))


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def table(*rows: Mapping[str, str], head: list[str] = HEAD) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, head)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def given(paper: str = "p001", **more: str) -> dict[str, str]:
    """Return a row: `size`, `one` and `two` are its marks, `remark` is on the prose."""
    names = {"size": HEAD[1], "one": HEAD[2], "two": HEAD[3], "remark": HEAD[5]}
    return {"paper": paper, **{names[name]: text for name, text in more.items()}}


def marks(exam: Path) -> dict[tuple[str, str], Fraction | None]:
    papers = read_results(exam / "grades")
    return {(p.paper, a.id): a.marks for p in papers for a in p.answers if a.by_hand}


def test_the_table_has_papers_in_order_and_marks_in_the_head(exam: Path) -> None:
    files, waiting = write_papers(exam)
    assert ([file.name for file in files], waiting) == (
        ["by-paper.csv", "by-paper.html", "by-paper.xlsx"], 3
    )  # fmt: skip
    says, head, *rows = rows_of(files[0].read_text("utf-8-sig"))
    assert says[:3] == SAYS
    assert head == HEAD
    assert rows == [
        ["p001", "", "", "", "", ""],
        ["p002", "done", "", "", "", ""],
        ["p003", "absent", "absent", "absent", "", ""],
    ]
    sheet = load_workbook(files[2]).active
    assert sheet is not None
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == [
        says, head, *rows
    ]  # fmt: skip
    rules = {str(rule.sqref): rule.formula2 for rule in sheet.data_validations.dataValidation}
    assert rules == {"B3:B5": "4", "C3:C5": "2", "D3:D5": "1"}


def test_the_page_is_sealed_and_its_marks_are_of_this_exam(exam: Path) -> None:
    page = write_papers(exam)[0][1].read_text()
    assert not re.search(r"https?://|src=|href=|style=| on[a-z]+=", page)
    script = page.rpartition("<script>")[2].partition("</script>")[0]
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert all(content_hash(text) in page for text in (script, style))
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    assert [row["paper"] for row in data["rows"]] == ["p001", "p002", "p003"]
    assert [column["most"] for column in data["columns"]] == ["4", "2", "1"]
    assert re.fullmatch("[b-t]{12}", data["exam"])
    assert "s0001" not in page


TAKEN: list[tuple[str, str, dict[tuple[str, str], Fraction]]] = [
    ("a point", table(given(one="1.5", two="0")), {("p001", "2b.why"): Fraction(3, 2)}),
    ("a comma", table(given(one="1,5", two="1")), {("p001", "2b.why"): Fraction(5, 2)}),
    ("the whole", table(given(size="1/3")), {("p001", "1a.size"): Fraction(1, 3)}),
    ("over a verdict", table(given("p002", size="4")), {("p002", "1a.size"): Fraction(4)}),
    ("nothing", table(given()), {}),
    ("half of it", table(given(one="2")), {}),
    ("words stay words", table(given("p003", one="absent", size="Done")), {}),
    ("twice alike", table(given(size="1"), given(size="1,0")), {("p001", "1a.size"): Fraction(1)}),
    (
        "two people's rows",
        table(given(one="1"), given(two="1")),
        {("p001", "2b.why"): Fraction(2)},
    ),
    (
        "semicolons, a title and another order",
        "Marks\n2b.why 2;paper;2b.why 1\n1;p002;0,5\n",
        {("p002", "2b.why"): Fraction(3, 2)},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), [t[1:] for t in TAKEN], ids=[t[0] for t in TAKEN])
def test_marks_are_taken(
    text: str, wanted: dict[tuple[str, str], Fraction], exam: Path, tmp_path: Path
) -> None:
    (tmp_path / "back.csv").write_text(text)
    report = take_marks(exam, tmp_path / "back.csv", "Ada")
    assert marks(exam) == wanted
    assert report.given == len(wanted)
    left = sorted({"p001 1a.size", "p001 2b.why", "p002 2b.why"} - {" ".join(o) for o in wanted})
    notices = [str(notice) for notice in report.notices]
    assert sum("with empty cells: " + ", ".join(left) in one for one in notices) == bool(left)


REFUSED: list[tuple[str, str, str]] = [
    ("unknown paper", table(given("p009", one="1")), "2: there is no paper 'p009'"),
    ("no paper", table(given("", one="1")), "2: no paper is named"),
    ("over", table(given(two="1.5")), "2: paper p001, 2b.why 2: 1.5 of 1 marks are given"),
    ("over alone", table(given(one="3")), "paper p001, 2b.why 1: 3 of 2 marks are given"),
    ("below", table(given(one="-1")), "'-1' is no number of marks"),
    ("a word", table(given(one="good")), "'good' is no number of marks"),
    ("thousands", table(given(size="1,000.5")), "is no number of marks"),
    ("a formula", table(given(one="=1+1")), "'=1+1' looks like a formula"),
    ("a formula, guarded", table(given(one="'=1+1")), "'=1+1' looks like a formula"),
    ("not a number", table(given(one="nan")), "is no number of marks"),
    (
        "twice otherwise",
        table(given(one="1"), given(one="2")),
        "3: paper p001, 2b.why 1: 1 in line 2 and 2 here",
    ),
    ("absent", table(given("p003", one="1")), "2b.why 1: the paper was not handed in"),
    ("a remark alone", table(given(remark="see me")), "has a remark to 2b.why without marks"),
    ("a long remark", table(given(one="1", two="1", remark="x" * 2_001)), "more than 2000"),
    (
        "a head that was changed",
        "paper,1a.size [4],2b.wy 1 [2]\np001,,1\n",
        "'1' is in a column that is none of the table's",
    ),
    ("a remark on what was not handed in", table(given("p003", remark="x")), "without marks"),
    ("no head", "paper,2b.why 1 [2],\np001,1,1\n", "'1' is in a column that is none of"),
    ("a head twice", "paper,2b.why 1 [2],2b.why 1 [2]\np001,1,2\n", "occurs twice"),
    ("a row too short", "paper,2b.why 1 [2],2b.why 2 [1]\np001,1\n", "2: the row has 2 cells"),
]


@pytest.mark.parametrize(("text", "said"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_a_faulty_cell_is_named_and_nothing_is_taken(
    text: str, said: str, exam: Path, tmp_path: Path
) -> None:
    row = text.splitlines()[0].count(",") == len(HEAD) - 1
    (tmp_path / "back.csv").write_text(text + ("p002,,1,1,,\n" if row else ""))
    with pytest.raises(InputError) as error:
        take_marks(exam, tmp_path / "back.csv", "Ada")
    assert said in str(error.value)
    assert marks(exam) == {}


CHANGED: list[tuple[str, Callable[[str], str]]] = [
    ("as it was written", lambda text: text),
    ("zeros lost", lambda text: text.replace("\n001,", "\n1,")),
    ("in quotes", lambda text: text.replace("\n001,", "\n'001,")),
]


@pytest.mark.parametrize("changed", [c[1] for c in CHANGED], ids=[c[0] for c in CHANGED])
def test_numbers_of_papers_come_back_from_spreadsheets(
    changed: Callable[[str], str], tmp_path: Path
) -> None:
    keys = [replace(key, paper=key.paper[1:]) for key in class_of(2)]
    folder = write_exam(tmp_path / "exam", keys)
    grade(
        folder, [hand_in(tmp_path / "a.csv", {"s0001": {"2b.why": "a"}, "s0002": {"2b.why": "b"}})]
    )
    path = write_papers(folder)[0][0]
    text = changed(path.read_text("utf-8-sig")).replace(",,,\n", ",2,1,\n", 1)
    path.write_text(text)
    take_marks(folder, path, "Ada")
    assert marks(folder) == {("001", "2b.why"): Fraction(3)}


def test_the_workbook_comes_back(exam: Path) -> None:
    path = write_papers(exam)[0][2]
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet["C3"], sheet["D3"], sheet["F3"] = 0.5, 1, "düşünülmüş"
    book.save(path)
    report = take_marks(exam, path, "Ada")
    assert report.given == 1
    assert marks(exam) == {("p001", "2b.why"): Fraction(3, 2)}
    answers = [a for paper in read_results(exam / "grades") for a in paper.answers if a.by_hand]
    assert [(a.criteria, a.note) for a in answers] == [(("1/2", "1"), "düşünülmüş")]


def test_the_command_writes_and_reads(exam: Path, tmp_path: Path) -> None:
    def run(*words: str) -> Result:
        return CliRunner().invoke(app, ["mark", str(exam), *words])

    assert "3 answers wait\n" in run("--by-paper").stdout
    (tmp_path / "back.csv").write_text(table(given(one="1", two="1")))
    done = run(str(tmp_path / "back.csv"), "--by", "Ada")
    assert "1 answer marked by Ada" in done.stdout
    assert "2 answers wait with empty cells: p001 1a.size, p002 2b.why" in done.stderr
    assert run("--by-paper", "--double", "5%").exit_code == 2
