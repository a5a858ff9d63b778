"""The sheets of a paper: how many, how full, and what they say besides the questions."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from examgen.folder.students import Student
from examgen.ground.errors import InputError
from examgen.proof import prove
from examgen.proof.pages import sheets
from generator.exams.exam_file import exam_from_text, read_exam
from generator.exams.find_exam import bundled_exam
from generator.pdf.overfull import Short, short
from generator.pdf.pdflatex import engine, typeset
from generator.render import paper_html, paper_tex
from generator.variants.assemble import copies, papers
from generator.variants.paper import Paper

needs_tex = pytest.mark.skipif(engine() is None, reason="no TeX engine is installed")
BANK = Path("templates/questions")
MM = 72 / 25.4
TOP, BOTTOM = (297 - 17) * MM, 26 * MM  # of the text on A4
MOST = 14  # sheets of A4, with room for the working of ten answers and six tables of matchings

OWN = """---
title: Own
vary: {n: [5, 7]}
values: {y: n**2 + 4}
answers:
ANSWERS
---
"""
Page = tuple[str, float]  # its text, and how full it is


def paper_of(text: str, student: Student | None = None, folder: Path = BANK) -> Paper:
    students = copies(1) if student is None else (student,)
    return next(iter(papers(exam_from_text(text, "x.yaml", [folder]), "1", students)))


def cover(lines: str, part: str = "cnn/padding") -> str:
    return f"course: c\ntitle: t\n{lines}\nquestions: [{{title: q, parts: [{part}]}}]\n"


def own(folder: Path, answers: str, body: str, lines: str = "") -> Paper:
    (folder / "own.tex").write_text(OWN.replace("ANSWERS", answers) + body + "\n")
    return paper_of(cover(lines, "own"), folder=folder)


def read_pages(paper: Paper) -> list[Page]:
    pages = pypdf.PdfReader(BytesIO(typeset(paper_tex(paper), "a paper").pdf)).pages
    return [(page.extract_text(), fullness(page)) for page in pages]


def fullness(page: pypdf.PageObject) -> float:
    """Return how much of the height of a page is used by text and fields."""
    places = [float(note.get_object()["/Rect"][1]) for note in page.get("/Annots", [])]

    def see(text: str, _: object, matrix: list[float], *_more: object) -> None:
        if text.strip() and matrix[5] > BOTTOM:
            places.append(matrix[5])

    page.extract_text(visitor_text=see)
    return (TOP - min(places)) / (TOP - BOTTOM)


@cache
def exam_pages(seed: str) -> list[Page]:
    (paper,) = papers(read_exam(bundled_exam()), seed, copies(1))
    return read_pages(paper)


SEEDS = pytest.mark.parametrize("seed", ["1", "2", "3"])


@pytest.mark.tex
@needs_tex
@SEEDS
def test_the_exam_is_short_and_its_pages_are_used(seed: str) -> None:
    pages = exam_pages(seed)
    assert len(pages) <= MOST
    begins = [re.search(r"^Question \d", text, re.MULTILINE) for text, _ in pages[1:]]
    assert begins[0] is not None
    for number, (_, share) in enumerate(pages[1:-1], 2):
        ended = pages[number][0].splitlines()[1].startswith("Question")
        assert share > 0.5 or ended, f"page {number} is {share:.0%} full"
    assert "END OF PAPER" in pages[-1][0]


@pytest.mark.tex
@needs_tex
def test_a_page_says_whose_it_is() -> None:
    assert all("Name ......" in text for text, _ in exam_pages("1")[1:])
    ada = read_pages(paper_of(cover(""), Student("s1", "Ada Lovelace")))
    assert all("Ada Lovelace" in text and "Name ..." not in text for text, _ in ada)
    unprintable = read_pages(paper_of(cover(""), Student("s2", "李明")))
    assert "s2" in unprintable[0][0]
    assert all("Name ..." not in text for text, _ in unprintable)  # the name is drawn


@pytest.mark.tex
@needs_tex
def test_a_part_with_more_answers_than_a_page_goes_on_on_the_next(tmp_path: Path) -> None:
    answers = "".join(f"  a{place}: {{integer: y, marks: 1}}\n" for place in range(30))
    text = "\n\n".join(rf"Write $y$: \answer{{a{place}}}" for place in range(30))
    pages = read_pages(own(tmp_path, answers, f"With $\\V{{n}}$. {text}"))
    assert len(pages) == 3
    assert all(share < 1 for _, share in pages)
    assert pages[1][1] > 0.9


BOOK = "answer book"
COVERS = [
    ("department: Department of X", "Department of X", True),
    ("instructors: [A. One, B. Two]", "A. One, B. Two", True),
    ("instructors: A. One", "Instructor", True),
    ("materials: a calculator", "Permitted materials", True),
    ("honour: The work is mine.", "The work is mine.", True),
    ("answer_book: yes", BOOK, True),
    ("answer_book: no", BOOK, False),
    ("", BOOK, False),
    ("", "Signature", False),
    ("", "Permitted materials", False),
    ("layout: worksheet\nanswer_book: yes", BOOK, True),
    ("layout: worksheet\nhonour: The work is mine.", "The work is mine.", True),
    ("layout: worksheet\nmaterials: a calculator", "Permitted materials", True),
    ("language: tr\nmaterials: a calculator", "İzin verilen gereçler", True),
]


@pytest.mark.parametrize(("lines", "said", "is_said"), COVERS)
def test_a_cover_says_what_the_exam_file_says(lines: str, said: str, *, is_said: bool) -> None:
    paper = paper_of(cover(lines))
    document = paper_tex(paper).partition(r"\begin{document}")[2]
    assert (said in document, said in paper_html(paper)) == (is_said, is_said)


def test_the_exam_file_of_ceng_403_has_a_whole_cover() -> None:
    found = read_exam(bundled_exam()).cover
    assert found.department == "Department of Computer Engineering"
    assert found.instructors
    assert "calculator" in found.materials
    assert "formula sheet" in found.materials
    assert found.honour
    said = " ".join(found.instructions)
    assert not re.search(r"answer book|method marks", said)


def test_a_sheet_for_a_signature_and_what_is_marked() -> None:
    document = paper_tex(paper_of(cover("honour: Mine."))).partition(r"\begin{document}")[2]
    assert "Signature" in document
    assert "Only answers in the boxes" in document


@pytest.mark.parametrize("language", ["en", "tr"])
def test_marks_have_one_style(language: str) -> None:
    paper = paper_of(cover(f"language: {language}"))
    mark = {"en": "marks?", "tr": "puan"}[language]
    html = re.sub(r"<script>.*?</script>", "", paper_html(paper), flags=re.DOTALL)
    for page in (paper_tex(paper).partition(r"\begin{document}")[2], html):
        assert not re.search(rf"\(\d+ {mark}\)|\[\d+\]", page)
    assert len(re.findall(rf"\[\d+ {mark}\]", paper_html(paper))) == 2 + len(paper.parts[0].rooms)


BLANK = "  a: {integer: y, label: the square, marks: 1}\n"
TWO = BLANK + "  b: {integer: y, label: the same, marks: 1}\n"
PROSE = "  a: {rubric: [{says: x, marks: 3}], label: the reason}\n"
SHORT_TEXT, LONG_TEXT = "What is $n$?", "What is the number that is asked for? " * 4
# The answers, the body, and what stands before the fields.
FIELDS = [
    ("beside", BLANK, f"{SHORT_TEXT} \\answer{{a}}", r"What is \$n\$\?\\sideblank\{"),
    ("an item", BLANK,
     f"\\begin{{enumerate}}\n\\item {SHORT_TEXT} \\answer{{a}}\n\\end{{enumerate}}",
     r"\\item What is \$n\$\?\\sideblank\{"),
    ("below", BLANK, f"{LONG_TEXT} \\answer{{a}}", r"for\?\\blank\{"),
    ("a new paragraph", BLANK, f"{LONG_TEXT}\n\n{SHORT_TEXT} \\answer{{a}}", r"\\sideblank\{"),
    ("in a table", BLANK, r"\begin{tabular}{ll}$n$ & \answer{a}\end{tabular}", r"& ?\\blank\{"),
    ("two in a row", TWO, f"{SHORT_TEXT} \\answer{{a}} \\answer{{b}}",
     r"\\sideblank\{.*\}\s*the same \\blank\{"),
    ("an empty item", TWO, r"$\V{n}$ \begin{itemize}\item \answer{a}\item \answer{b}\end{itemize}",
     r"\\item\s+the square \\blank\{.*\\item\s+the same \\blank\{"),
    ("left out", BLANK, "", r"the square \\blank\{"),
    ("prose", PROSE, r"Why? \answer{a}", r"Why\?\\writingspace\{.*\{26mm\}"),
    ("prose alone", PROSE, r"\answer{a}", r"the reason \\writingspace\{"),
    ("an own space", PROSE.replace("label", "space: 33 mm, label"), r"Why? \answer{a}",
     r"\{33mm\}"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "body", "expected"), [row[1:] for row in FIELDS], ids=[row[0] for row in FIELDS]
)
def test_where_fields_stand(answers: str, body: str, expected: str, tmp_path: Path) -> None:
    document = paper_tex(own(tmp_path, answers, body)).partition(r"\begin{document}")[2]
    assert re.search(expected, document, re.DOTALL)


BOOKS = [
    ("en", "Write this answer in your answer book", "answers in your answer book"),
    ("tr", "yanıt defterinize yazın", "yanıt defterinize yazdıklarınız"),
]


@pytest.mark.parametrize(("language", "said", "cover"), BOOKS)
def test_prose_goes_into_the_answer_book(
    language: str, said: str, cover: str, tmp_path: Path
) -> None:
    lines = f"answer_book: yes\nlanguage: {language}"
    paper = own(
        tmp_path, PROSE + BLANK.replace("  a:", "  b:"), r"Why? \answer{a} \answer{b}", lines
    )
    document = paper_tex(paper).partition(r"\begin{document}")[2]
    assert r"Why?\inbook{1a.a}{" in document
    assert "writingspace" not in document
    assert r"\blank{1a.b}" in document
    assert said in document
    assert cover in document
    page = paper_html(paper)
    assert said in page
    assert "<textarea" not in page
    assert 'name="1a.b"' in page


CASES = "".join(f"\\item How large is it? \\answer{{{name}}}\n" for name in "ab")


@pytest.mark.tex
@needs_tex
def test_items_of_a_part_are_roman(tmp_path: Path) -> None:
    body = f"Let $n=\\V{{n}}$.\n\\begin{{enumerate}}\n{CASES}\\end{{enumerate}}"
    text = read_pages(own(tmp_path, TWO, body))[1][0]
    assert re.search(r"\(i\)\s*How large.*\(ii\)\s*How large", text, re.DOTALL)
    assert "1a.a" in text


@pytest.mark.tex
@needs_tex
def test_a_larger_type_takes_more_room(tmp_path: Path) -> None:
    body = LONG_TEXT * 6 + r"\V{n} \answer{a}"
    shares = [read_pages(own(tmp_path, BLANK, body, f"type_size: {n}"))[1][1] for n in (10, 11, 12)]
    assert shares == sorted(set(shares))
    with pytest.raises(InputError, match="type_size"):
        own(tmp_path, BLANK, body, "type_size: 13")


LOGS = [
    ("examgen-filled: 200.0pt of 700.0pt inside", (Short(1, 0.29),)),
    ("examgen-filled: 349.0pt of 700.0pt inside", (Short(1, 0.5),)),
    ("examgen-filled: 351.0pt of 700.0pt inside", ()),
    ("examgen-filled: 200.0pt of 700.0pt ended", ()),
    ("examgen-filled: 200.0pt of 700.0pt ", ()),
    ("examgen-filled: 690.0pt of 700.0pt inside\nexamgen-filled: 70.0pt of 700.0pt inside",
     (Short(2, 0.1),)),
]  # fmt: skip


@pytest.mark.parametrize(("log", "found"), LOGS)
def test_a_log_says_how_full_pages_are(log: str, found: tuple[Short, ...]) -> None:
    assert short(f"x\n{log}\ny\n") == found


TALL = """---
title: Tall
vary: {n: [5, 7]}
values: {y: n**2 + 4}
answers:
  a: {rubric: [{says: x, marks: 1}], space: 50 mm}
  b: {rubric: [{says: x, marks: 1}], space: SPACE mm}
  c: {integer: y, marks: 1}
---
For $n = \\V{n}$, why? \\answer{a}

How? \\answer{b}

What is $n^2 + 4$? \\answer{c}
"""


@pytest.mark.tex
@needs_tex
@pytest.mark.parametrize(("space", "is_told"), [(200, True), (90, False)])
def test_check_tells_of_a_page_that_is_half_empty(
    space: int, *, is_told: bool, tmp_path: Path
) -> None:
    path = tmp_path / "tall.tex"
    path.write_text(TALL.replace("SPACE", str(space)))
    (report,) = prove([path], jobs=1)
    assert report.faults == []
    said = "tall.tex: page 2 is only "
    assert any(said in notice and "full" in notice for notice in report.notices) == is_told
    exam = exam_from_text(cover("", "tall"), "x.yaml", [tmp_path])
    pages, *halves = sheets(exam)
    assert pages == f"a paper has {3 if is_told else 2} pages"
    assert bool(halves) == is_told


COLUMNS = [
    ("", ["1", "0.5", "12"], "a"),
    ("", ["1", "3"], "a_rather_long_name"),
    ("layout: worksheet", ["0.25", "2", "10.125"], "a"),
    ("language: tr", ["0.5", "1"], "a"),
    ("type_size: 12", ["1", "1.25"], "a"),
]


@pytest.mark.tex
@needs_tex
@pytest.mark.parametrize(("lines", "marks", "name"), COLUMNS)
def test_boxes_beside_any_marks_have_one_right_edge(
    lines: str, marks: list[str], name: str, tmp_path: Path
) -> None:
    kinds = ["integer: y", "quantity: y, unit: m", "shape: [y, y]"]
    rows = enumerate(zip(marks, kinds, strict=False))
    answers = "\n".join(f"  {name}{i}: {{{kind}, marks: {mark}}}" for i, (mark, kind) in rows)
    items = "\n".join(rf"\item Give this one. \answer{{{name}{i}}}" for i in range(len(marks)))
    body = f"Let $n = \\V{{n}}$.\n\\begin{{enumerate}}\n{items}\n\\end{{enumerate}}"
    source = paper_tex(own(tmp_path, answers, body, lines))
    pages = pypdf.PdfReader(BytesIO(typeset(source, "a paper").pdf)).pages
    notes = [note.get_object() for page in pages for note in page.get("/Annots", [])]
    boxes = [note["/Rect"] for note in notes if "cover" not in str(note.get("/T"))]
    assert len(boxes) == len(marks)
    assert len({round(float(box[2]), 1) for box in boxes}) == 1
    assert len({round(float(box[2]) - float(box[0]), 1) for box in boxes}) == 1
