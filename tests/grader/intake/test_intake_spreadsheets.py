"""Hand-ins that went through a spreadsheet or were typed by a person, and what becomes of them."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from examgen.ground.csv_cells import to_csv
from examgen.ground.errors import InputError
from grader.export.book import Wishes
from grader.export.export import export
from grader.grade import grade
from grader.intake import Intake, read_files, take_in
from tests.grader.exams import class_of, write_exam
from tests.grader.handed_in import answers, counts, said, zipped
from tests.grader.ods import ods

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.records.submissions import Submissions

PEOPLE = [
    ("001", "0012345", "İpek Çağlar Şahin"),
    ("002", "0012346", "Ada Lovelace"),
    ("003", "2019003", "Jane O'Brien"),
    ("012", "2019016", "Işıl Öz"),
]
KEYS = [
    replace(key, paper=paper, student=student, name=name)
    for key, (paper, student, name) in zip(class_of(4), PEOPLE, strict=True)
]


def taken(folder: Path, content: str | bytes, name: str = "in.csv") -> Submissions:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    contents, faults = read_files([path])
    assert faults == []
    return take_in(contents, KEYS, Intake())


def sizes(found: Submissions) -> dict[str, str | None]:
    """The answer 1a.size of each paper."""
    return {item.paper: answers(found, item.paper).get("1a.size", "-") for item in found.papers}


def workbook(rows: Sequence[Sequence[object]], formats: dict[str, str] | None = None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for cell, form in (formats or {}).items():
        sheet[cell].number_format = form
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


# Ids that a spreadsheet damaged.

FOUND = [
    ("paper,student,1a.size\n1,12345,5\n", "001"),
    ("paper,student,1a.size\n001,12345,5\n", "001"),
    ("paper,1a.size\n1,5\n", "001"),
    ("paper,1a.size\n12.0,5\n", "012"),
    ("paper,1a.size\n'001,5\n", "001"),
    ("student,1a.size\n12345,5\n", "001"),
    ("student,1a.size\n12345.0,5\n", "001"),
    ("student;1a.size\n12345,00;5\n", "001"),
    ("student,1a.size\n2019003.0,5\n", "003"),
    ("student,1a.size\n'2019003,5\n", "003"),
    ("student,1a.size\n’2019003,5\n", "003"),
    ('student,1a.size\n"=""0012345""",5\n', "001"),
    ('student,1a.size\n"2,019,003",5\n', "003"),
    ("student;1a.size\n2.019.003;5\n", "003"),
    ("student,1a.size\n２０１９００３,5\n", "003"),
    ("student,1a.size\n\u200b2019003\u00a0,5\n", "003"),
    ("student,name,1a.size\n12345,IPEK CAGLAR SAHIN,5\n", "001"),
    ("Student ID,Student,1a.size\n12346,\"Lovelace, Ada\",5\n", "002"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "paper"), FOUND)
def test_a_damaged_id_finds_its_student(text: str, paper: str, tmp_path: Path) -> None:
    assert sizes(taken(tmp_path, text)) == {paper: "5"}


WAITS = [
    ("student,1a.size\n2.019E+06,5\n", "a spreadsheet cut digits off"),
    ("student;1a.size\n2,019E+06;5\n", "a spreadsheet cut digits off"),
    ("student,1a.size\n2E+06,5\n", "a spreadsheet cut digits off"),
    ("paper,1a.size\n1E+00,5\n", "a spreadsheet cut digits off"),
    ("student,1a.size\n2019004,5\n", "correct it, or leave the row out"),
    ("student,1a.size\n2019061,5\n", "correct it, or leave the row out"),
    ("student,1a.size\n12347,5\n", "correct it, or leave the row out"),
    ("student,1a.size\n201901,5\n", "correct it, or leave the row out"),
    ("student,1a.size\n20I9016,5\n", "did you mean 2019016?"),
    ("student,1a.size\n20190016,5\n", "did you mean 2019016?"),
    ("paper,1a.size\n4,5\n", "correct it, or leave the row out"),
    ("student,paper,1a.size\n12346,1,5\n", "paper 001 belongs to 0012345"),
    ("student,name,1a.size\n12345,Ada Lovelace,5\n", "the number and the name are of two students"),
]


@pytest.mark.parametrize(("text", "why"), WAITS)
def test_what_may_be_another_students_waits(text: str, why: str, tmp_path: Path) -> None:
    found = taken(tmp_path, text)
    assert {size for size in sizes(found).values() if size} == set()
    assert why in said(found)
    assert len(found.waiting) == 1


def test_two_ids_that_are_one_without_zeros_wait(tmp_path: Path) -> None:
    keys = [replace(KEYS[0], student="0700"), replace(KEYS[1], student="00700")]
    path = tmp_path / "in.csv"
    path.write_text("student,1a.size\n700,5\n0700,6\n", encoding="utf-8")
    found = take_in(read_files([path])[0], keys, Intake())
    assert sizes(found) == {"001": "6"}
    assert "unknown student 700" in said(found)


# Names.

NAMES = [
    "İPEK ÇAĞLAR ŞAHİN", "ipek caglar sahin", "Şahin, İpek Çağlar", "IPEK ÇAGLAR SAHIN",
    "i̇pek çağlar şahi̇n", "ŞAHİN İPEK ÇAĞLAR",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_found_whatever_its_case(name: str, tmp_path: Path) -> None:
    for head in ("name", "Adı Soyadı", "student", "Öğrenci", "Vollständiger Name"):
        assert sizes(taken(tmp_path, f'{head};1a.size\n"{name}";5\n')) == {"001": "5"}
    both = f'student;name;1a.size\n"{name}";İpek Çağlar Şahin;5\n'
    assert sizes(taken(tmp_path, both)) == {"001": "5"}
    text = f'{{"student": "{name}", "answers": {{"1a.size": "5"}}}}'
    assert sizes(taken(tmp_path, text, "in.json")) == {"001": "5"}


# Delimiters, titles, encodings, languages.

ROWS = [["Öğrenci No", "Adı Soyadı", "1a.size", "2b.why"], ["2019003", "Ayşe", "5", "ışık ğ"]]
TABLES = [
    ("comma", to_csv(ROWS).encode(), ""),
    ("semicolon", to_csv(ROWS, ";", "\r\n").encode("utf-8-sig"), ""),
    ("tab in UTF-16", to_csv(ROWS, "\t", "\r\n").encode("utf-16"), ""),
    ("Turkish Windows", to_csv(ROWS, ";", "\r\n").encode("cp1254"), "Windows-1254 (Turkish)"),
    ("sep", b"sep=;\r\n" + to_csv(ROWS, ";", "\r\n").encode(), ""),
    ("sep in quotes", ('\ufeff"sep=|"\n' + to_csv(ROWS, "|")).encode(), ""),
    ("title", ("CENG 403 Final;;;\n\n;;;\n" + to_csv(ROWS, ";")).encode(), ""),
    ("long title", ("Exam\n" + "Group: 1, of 3\n" * 5 + to_csv(ROWS, ";")).encode(), ""),
    ("returns", to_csv(ROWS, ";", "\r").encode(), ""),
    ("XLSX", workbook(ROWS), ""),
    ("XLSX with a title", workbook([["CENG 403"], [], *ROWS]), ""),
    ("ODS", ods(ROWS), ""),
]


@pytest.mark.parametrize(("raw", "guess"), [t[1:] for t in TABLES], ids=[t[0] for t in TABLES])
def test_a_table_is_read_as_it_was_saved(raw: bytes, guess: str, tmp_path: Path) -> None:
    found = taken(tmp_path, raw, "in.dat")
    assert answers(found, "003") == {"1a.size": "5", "2b.why": "ışık ğ"}
    assert (guess in said(found)) if guess else "read as" not in said(found)
    assert counts(found.files[0]) == {"imported": 1}


WESTERN = [("Müller – weiß", "cp1252"), ("Þór Guðrún Sigurðsson", "cp1252"), ("Íñigo ½", "cp1252"),
           ("değil", "cp1254"), ("Işık İÇİN", "cp1254"), ("Ağaoğlu, Uğur", "cp1254")]  # fmt: skip


@pytest.mark.parametrize(("text", "encoding"), WESTERN)
def test_an_encoding_is_guessed_by_its_letters(text: str, encoding: str, tmp_path: Path) -> None:
    found = taken(tmp_path, f'student;2b.why\n2019003;"{text}"\n'.encode(encoding))
    assert answers(found, "003") == {"2b.why": text}
    assert "this is not UTF-8" in said(found)


# tables that were put together or shifted; sizes (None: they wait), what is said, who waits
MISPLACED: list[tuple[str, str, dict[str, str | None], str, list[str]]] = [
    ("a quote that another row ends",
     'student,1a.size,2b.why\n2019003,5,"open\n0012346,6,x"\n2019016,7,y\n',
     {"003": None, "012": "7"}, "holds what looks like another student's row; mend the row",
     ["0012346", "2019003"]),
    ("a quote that ends two rows further",
     'paper,1a.size,2b.why\n003,5,"open\n002,6,x\n001,6,"\n012,7,y\n',
     {"003": None, "012": "7"}, "another student's row", ["002", "001", "2019003"]),
    ("lines in a cell", 'student,1a.size,2b.why\n2019003,5,"a, b\nc, d"\n', {"003": "5"}, "", []),
    ("the header again", "student,1a.size\n2019003,5\nStudent,1A.size\n0012346,6\n",
     {"003": "5", "002": "6"}, "in.csv:3: the header occurs here again; it is passed over", []),
    ("another header below",
     "student,1a.size,2b.why\n2019003,5,a\nstudent,2b.why,1a.size\n0012346,b,6\n",
     {"003": "5", "002": "6"}, "", []),
    ("an unusable header below", "student,1a.size\n2019003,5\nstudent,name\n0012346,6\n",
     {"003": "5"}, "in.csv:3: no column is called as an answer of this exam", [""]),
    ("answers shifted beyond the header", "student;1a.size;2b.why;\n2019003;9;5;a\n",
     {"003": None}, "the row has 4 cells, the header 3", ["2019003"]),
    ("empty columns", "student;1a.size;;\n2019003;5;;\n;;;\n", {"003": "5"}, "", []),
    ("a column without a name", "student,1a.size,,2b.why\n2019003,5,or 6,a\n0012346,5,,a\n",
     {"003": "5", "002": "5"}, "in.csv:2: unknown answer in column 3", ["2019003"]),
    ("a count of the rows", ",student,1a.size\n0,2019003,5\n", {"003": "5"}, "", []),
]  # fmt: skip


@pytest.mark.parametrize("row", MISPLACED, ids=[row[0] for row in MISPLACED])
def test_what_stands_where_it_should_not_is_not_lost(
    row: tuple[str, str, dict[str, str | None], str, list[str]], tmp_path: Path
) -> None:
    _, text, wanted, what, who = row
    found = taken(tmp_path, text)
    assert sizes(found) == wanted
    assert what in said(found)
    assert [one.student or one.paper for one in found.waiting] == who


NO_HEADER = [
    "1;2;3\n4;5;6\n",
    "CENG 403 Final\nspring term\n",
    "a,b\nx,y\n",
]


@pytest.mark.parametrize("text", NO_HEADER)
def test_a_table_without_a_header_says_so(text: str, tmp_path: Path) -> None:
    found = taken(tmp_path, text)
    assert "in.csv:1: line 1 is no header: no column is called student or paper" in said(found)
    assert len(found.waiting) == 1


# Workbooks.

CELLS = [
    (100663808, "General", "100663808"),
    (100663808.0, "0.00E+00", "100663808"),
    (0.1 + 0.2, "General", "0.3"),
    (0.25, "0%", "25%"),
    (1.5e-7, "General", "0.00000015"),
    (True, "General", "TRUE"),
    (dt.date(2025, 2, 1), "d-mmm", "2025-02-01"),
    (dt.time(1, 30), "h:mm", "01:30:00"),
    ("=3*4", "General", "=3*4"),
    ("'1/2", "@", "'1/2"),
    ("48x48x16", "@", "48x48x16"),
]


@pytest.mark.parametrize(("value", "form", "text"), CELLS, ids=[text for *_, text in CELLS])
def test_a_cell_has_all_its_digits(value: object, form: str, text: str, tmp_path: Path) -> None:
    rows: list[list[object]] = [["student", "1a.size"], ["2019003", value]]
    found = taken(tmp_path, workbook(rows, {"B2": form}), "in.xlsx")
    assert answers(found, "003") == {"1a.size": text}


def test_ids_that_are_numbers_with_zeros(tmp_path: Path) -> None:
    rows: list[list[object]] = [["student", "1a.size"], [12345, "5"], [2019003, "6"]]
    found = taken(tmp_path, workbook(rows, {"A2": "0000000"}))
    assert sizes(found) == {"001": "5", "003": "6"}


def test_a_second_table_in_a_workbook_waits(tmp_path: Path) -> None:
    book = Workbook()
    for name in ("notes", "first", "second"):
        sheet = book.create_sheet(name)
        sheet.append(["hello"] if name == "notes" else ["student", "1a.size"])
        sheet.append(["2019003", "5"])
    target = io.BytesIO()
    book.save(target)
    found = taken(tmp_path, target.getvalue())
    assert sizes(found) == {"003": "5"}
    assert "only the sheet first was read; second holds a table" in said(found)


def bomb() -> bytes:
    return zipped({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "0" * (70 * 2**20)})


ENTITY = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
WIDE = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
WIDE += '<text:p xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">x</text:p>'
HOSTILE = [
    ("bomb", bomb(), "larger than 64 MiB when it is unpacked"),
    ("entities", ods([["student", "1a.size"]], ENTITY), "the workbook is damaged"),
    ("no sheet", zipped({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "x"}), "is damaged"),
    ("cut off", workbook(ROWS)[:-400], "the archive is damaged"),
    ("wide", ods([[WIDE + "</table:table-cell>"]] * 100), "more than 400,000 cells"),
    ("a letter", zipped({"word/document.xml": "<a/>", "[Content_Types].xml": "x"}),
     "this is an Office document"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "what"), [h[1:] for h in HOSTILE], ids=[h[0] for h in HOSTILE])
def test_a_hostile_workbook_waits(raw: bytes, what: str, tmp_path: Path) -> None:
    found = taken(tmp_path, raw, "in.xlsx")
    assert found.papers == ()
    assert what in said(found)
    assert len(found.waiting) == 1


# JSON by hand.

BY_HAND = [
    '{"student": "2019003", // me\n "answers": {"1a.size": "5"}}',
    '// my answers\n{"student": "2019003", "answers": {"1a.size": "5"}}',
    '/* my\nanswers */ {"student": "2019003", "answers": {"1a.size": "5"}}',
    '{"student": "2019003", "answers": {"1a.size": "5",},}',
    '[{"student": "2019003", "answers": {"1a.size": "5", // last\n}},]',
    "{“student”: “2019003”, “answers”: {“1a.size”: “5”}}",
    "{„student“: „2019003“, „answers“: {„1a.size“: „5“}}",
    "{'student': '2019003', 'answers': {'1a.size': '5'}}",
]


@pytest.mark.parametrize("text", BY_HAND)
def test_json_by_hand_is_read(text: str, tmp_path: Path) -> None:
    found = taken(tmp_path, text, "in.json")
    assert sizes(found) == {"003": "5"}
    assert "this is nearly JSON" in said(found)


VERBATIM = ["http://x//y, ]", "a /* b */", "‘x’ “y”", "it's,}", "//"]


@pytest.mark.parametrize("text", VERBATIM)
def test_an_answer_in_json_is_verbatim(text: str, tmp_path: Path) -> None:
    record = f'{{"student": "2019003", "answers": {{"1a.size": "{text}"}}}}'
    found = taken(tmp_path, record, "in.json")
    assert sizes(found) == {"003": text}
    assert "JSON" not in said(found)


BROKEN = [
    '{"student": "2019003", "answers": {"1a.size": "5"',
    '{"student": "2019003", "answers": {"1a.size": "5" "1b.area": "6"}}',
    '{"paper": "003", "answers": {"1a.size" = "5"}}',
]


@pytest.mark.parametrize("text", BROKEN)
def test_broken_json_waits_with_its_student(text: str, tmp_path: Path) -> None:
    found = taken(tmp_path, text, "in.json")
    assert sizes(found) == {"003": None}
    assert "in.json:1: this is not JSON: " in said(found)
    assert "(column " in said(found)


# Cells of HTML.

HTML = [
    ("<p>48 &times; 48 &times; 16</p>", "48 × 48 × 16"),
    ('<p><span style="color: red">9728</span>&nbsp;</p>', "9728"),
    ("<p>10<sup>3</sup></p>", "10^{3}"),
    ("<div>a</div><div>b</div>", "a\nb"),
    ("5&nbsp;", "5"),
    ("<p>&nbsp;</p>", ""),
    ("x<y", "x<y"),
    ("x<p and q>2", "x<p and q>2"),
    ("<3", "<3"),
    ('<p><img class="equation_image" data-equation-content="\\frac{1}{2}" /></p>', "\\frac{1}{2}"),
    ('<p><img src="mine.png"></p>', None),
]


@pytest.mark.parametrize(("cell", "text"), HTML)
def test_a_cell_of_canvas_is_read_as_its_reader_sees_it(
    cell: str, text: str | None, tmp_path: Path
) -> None:
    rows = [["name", "id", "sis_id", "7: 1a.size", "2.0"], ["Jane", "9", "2019003", cell, "0"]]
    assert sizes(taken(tmp_path, to_csv(rows))) == {"003": text}
    own = [["student", "1a.size"], ["2019003", cell]]
    assert sizes(taken(tmp_path, to_csv(own))) == {"003": cell}


# From end to end.


def test_the_exception_file_is_written_when_nobody_is_found(tmp_path: Path) -> None:
    folder = write_exam(tmp_path / "exam", KEYS)
    lost = tmp_path / "lost.csv"
    lost.write_text("student,1a.size\n999,5\n998,6\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(InputError, match=r"exceptions.csv:1: 2 rows wait, and no other"):
            grade(folder, [lost])
    file = folder / "grades" / "exceptions.csv"
    assert sorted(path.name for path in file.parent.iterdir()) == ["exceptions.csv"]
    text = file.read_text("utf-8-sig").replace("'999", "'0012345").replace("'998", "'2019003")
    file.write_text(text, encoding="utf-8")
    report = grade(folder, [lost, file])
    assert (report.handed_in, report.to_settle) == (2, 0)


def test_an_export_is_known_as_a_workbook(tmp_path: Path) -> None:
    folder = write_exam(tmp_path / "exam", KEYS)
    (folder / "exam.json").write_text('{"title": "Final", "students": []}', encoding="utf-8")
    handed_in = tmp_path / "in.csv"
    handed_in.write_text("student,1a.size\n2019003,5\n", encoding="utf-8")
    grade(folder, [handed_in])
    file = export(folder, "xlsx", wishes=Wishes(pending_as_blank=True)).file
    found = taken(tmp_path, file.read_bytes(), "grades.xlsx")
    assert "no column is called as an answer of this exam" in said(found)
    assert len(found.waiting) == 1
