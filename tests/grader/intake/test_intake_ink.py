"""Nothing is blank that was written: a form with ink or text beside its fields waits."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from answers.verdict import Verdict
from examgen.folder.key import AnswerKey
from examgen.folder.key_file import read_keys
from examgen.folder.pages.page_ink import Ink, ink_of
from generator.pdf.pdflatex import engine
from generator.pdf.split_pdf import printed_ink
from grader.grade import grade
from grader.intake import Intake
from grader.intake.formats import pdf_fields
from grader.records.printed import Printed
from tests.grader.handed_in import KEYS, answers, said, taken
from tests.grader.intake.test_intake_pdf import whole
from tests.grader.pdf_files import CODE, MADE, form, written
from tests.grader.pdf_files import text as text_of
from tests.in_process import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EMPTY = written(form(whole(), "CENG 403 Paper p001"))
OURS = written(form(whole(**{"1a_size": text_of("48×48×128")}), "CENG 403 Paper p001"))
HOW = Intake(Printed(CODE, {key.paper: MADE for key in KEYS}, {}, {"p001": printed_ink(EMPTY)}))


def changed(raw: bytes, change: Callable[[Pdf], object], **how: object) -> bytes:
    target = io.BytesIO()
    with Pdf.open(io.BytesIO(raw)) as pdf:
        change(pdf)
        pdf.save(target, **how)  # type: ignore[arg-type]
    return target.getvalue()


def noted(kind: str) -> Callable[[Pdf], object]:
    note = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=[50, 50, 200, 100])
    return lambda pdf: pdf.pages[0].Annots.append(pdf.make_indirect(note))


def painted(content: bytes) -> Callable[[Pdf], object]:
    return lambda pdf: pdf.pages[0].contents_add(content)


def placed(kind: str, content: bytes) -> Callable[[Pdf], object]:
    def place(pdf: Pdf) -> None:
        size = {"Width": 10, "Height": 1, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray}
        more = size if kind == "Image" else {"BBox": Array([0, 0, 9, 9])}
        thing = pdf.make_stream(content, Subtype=Name(f"/{kind}"), **more)
        pdf.pages[0].Resources.XObject = Dictionary(Zz=thing)
        pdf.pages[0].contents_add(b"q /Zz Do Q")

    return place


def page_added(pdf: Pdf) -> None:
    pdf.add_blank_page()
    pdf.pages[-1].Contents = pdf.make_stream(b"BT /F1 9 Tf (1a: 42) Tj ET")


def shown_only(pdf: Pdf) -> None:
    look = pdf.make_stream(b"/Tx BMC BT (42) Tj ET EMC", Subtype=Name.Form, BBox=[0, 0, 9, 9])
    pdf.Root.AcroForm.Fields[4].AP = Dictionary(N=look)


def own_field(pdf: Pdf) -> None:
    pdf.Root.AcroForm.Fields.append(Dictionary(FT=Name.Tx, T=String("mine"), V=String("42")))


WRITTEN: list[tuple[str, Callable[[Pdf], object]]] = [
    *((kind, noted(kind)) for kind in
      ("Ink", "FreeText", "Stamp", "Text", "Highlight", "Line", "Polygon", "FileAttachment")),
    ("text", painted(b"BT /F1 9 Tf 1 0 0 1 9 9 Tm (42) Tj ET")),
    ("text in hexadecimal", painted(b"BT /F1 9 Tf <3432> Tj ET")),
    ("a stroke", painted(b"q 1 w 9 9 m 20 20 l S Q")),
    ("an area", painted(b"9 9 5 5 re f*")),
    ("a shading", painted(b"/Sh0 sh")),
    ("an inline image", painted(b"q BI /W 1 /H 1 /BPC 8 /CS /G ID \0 EI Q")),
    ("an image", placed("Image", b"\0" * 10)),
    ("a form with text", placed("Form", b"BT (42) Tj ET")),
    ("a form with ink", placed("Form", b"0 0 m 9 9 l S")),
    ("a page", page_added),
    ("a field of its own", own_field),
]  # fmt: skip


@pytest.mark.parametrize("change", [w[1] for w in WRITTEN], ids=[w[0] for w in WRITTEN])
def test_what_is_blank_beside_ink_waits(change: Callable[[Pdf], object], tmp_path: Path) -> None:
    found = taken(tmp_path, {"a.pdf": changed(OURS, change)}, HOW)
    own = answers(found)
    assert own.pop("1a.size") == "48×48×128"
    assert set(own.values()) == {None}
    assert "something is written beside the fields" in said(found)
    assert [(one.student, one.paper) for one in found.waiting] == [("s0001", "p001")]


def test_a_field_that_shows_more_than_it_holds_waits(tmp_path: Path) -> None:
    own = answers(taken(tmp_path, {"a.pdf": changed(OURS, shown_only)}, HOW))
    assert [name for name, text in own.items() if text is None] == ["1b.area"]


def test_a_full_form_with_ink_is_judged_and_named(tmp_path: Path) -> None:
    values = {a.id.replace(".", "_"): text_of("5") for a in KEYS[0].answers}
    full = changed(written(form(whole(**values))), noted("Ink"))
    found = taken(tmp_path, {"a.pdf": full}, HOW)
    assert {text for name, text in answers(found).items() if name != "2b.why"} == {"5"}
    assert "(1 Ink)" in said(found)
    assert not found.waiting


def split_in_two(pdf: Pdf) -> None:
    raw = pdf.pages[0].Contents.read_bytes()
    middle = raw.index(b"Td") + 2
    parts = (raw[:middle], raw[middle:])
    pdf.pages[0].Contents = Array([pdf.make_stream(part) for part in parts])


def wrapped(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"q", prepend=True)
    pdf.pages[0].contents_add(b"Q")


def tidied(pdf: Pdf) -> None:
    raw = pdf.pages[0].Contents.read_bytes()
    tidy = re.sub(rb"\((.*?)\) Tj", lambda m: b"<" + m[1].hex().encode() + b"> Tj", raw)
    pdf.pages[0].Contents = pdf.make_stream(b"/GS0 gs\n" + tidy.replace(b" ", b"\n"))


def nothing(_: Pdf) -> None:
    return


SAVED: list[tuple[str, Callable[[Pdf], object], dict[str, object]]] = [
    ("as it is", nothing, {}),
    ("linearized", nothing, {"linearize": True}),
    ("qdf", nothing, {"qdf": True}),
    ("normalized", nothing, {"normalize_content": True}),
    ("packed anew", nothing, {"recompress_flate": True}),
    ("appearances", Pdf.generate_appearance_streams, {}),
    ("content in two streams", split_in_two, {}),
    ("state saved around", wrapped, {}),
    ("other line ends, texts in hexadecimal", tidied, {}),
    ("a blank page", lambda pdf: pdf.add_blank_page(), {}),
    ("a link", noted("Link"), {}),
]


@pytest.mark.parametrize("saved", SAVED, ids=[row[0] for row in SAVED])
def test_a_form_that_was_only_saved_gives_no_alarm(
    saved: tuple[str, Callable[[Pdf], object], dict[str, object]], tmp_path: Path
) -> None:
    found = taken(tmp_path, {"a.pdf": changed(OURS, saved[1], **saved[2])}, HOW)
    own = answers(found)
    assert (own["1a.size"], own["1b.area"]) == ("48×48×128", "")
    assert not found.waiting


def test_pages_that_cannot_be_read_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr(pdf_fields, "page_ink", failing)
    own = answers(taken(tmp_path, {"a.pdf": OURS}, HOW))
    assert (own["1a.size"], own["1b.area"]) == ("48×48×128", None)


def test_the_untouched_exception_file_costs_no_answer(tmp_path: Path) -> None:
    row = "unreadable: x,s0001,p001,,,look,{}/a.pdf:1\n"
    head = "problem,student,paper,answer,response,suggestion,source\n"
    pdf = changed(OURS, noted("Ink"))
    files: dict[str, str | bytes] = {"a.pdf": pdf, "exceptions.csv": head + row.format(tmp_path)}
    own = answers(taken(tmp_path, files, HOW))
    assert (own["1a.size"], own["1b.area"]) == ("48×48×128", None)
    typed = row.replace("p001,,", "p001,1b.area,121")
    own = answers(
        taken(tmp_path, {"a.pdf": pdf, "exceptions.csv": head + typed.format(tmp_path)}, HOW)
    )
    assert (own["1a.size"], own["1b.area"], own["1b.cost"]) == ("48×48×128", "121", None)


# content of a page, and what is on it, counted by hand
CONTENTS = [
    (b"BT [(a\\)b)-30(c)] TJ (d(e)f) ' <41 42> Tj ET", Ink(11)),
    (b"(S s f B) Tj\n0 0 m 1 1 l S 0 0 1 1 re B* /S gs n W s", Ink(7, 3)),
    (b"q BI /W 1 ID (S EI Q\n(ab) Tj", Ink(2, 0, 1)),
    (b"/Im1 Do /Im2 Do", Ink(0, 0, 2)),
    (b"((((((((", Ink()),
]


@pytest.mark.parametrize(("content", "ink"), CONTENTS)
def test_ink_is_counted(content: bytes, ink: Ink) -> None:
    assert ink_of(content, lambda _: Ink(pictures=1)) == ink


@pytest.fixture(scope="module")
def quiz(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An exam folder with PDFs, made by the command."""
    here = tmp_path_factory.mktemp("quiz")
    (here / "quiz.yaml").write_text(
        "course: Mine\ntitle: Quiz\ncode: quiz\nquestions: [{title: C, parts: [cnn/conv_layer]}]\n"
    )
    words = ("make", str(here / "quiz.yaml"), "--seed", "1", "--copies", "2", "--out", "exam")
    made = run(*words, cwd=here)
    assert made.returncode == 0, made.stderr
    return here / "exam"


@pytest.mark.tex
@pytest.mark.skipif(engine() is None, reason="no TeX engine is installed")
def test_a_printed_paper_is_known_without_its_pdf(quiz: Path, tmp_path: Path) -> None:
    raw = (quiz / "papers" / "001.pdf").read_bytes()
    for path in (quiz / "papers").iterdir():
        path.rename(tmp_path / path.name)
    (tmp_path / "in.pdf").write_bytes(raw)
    report = grade(quiz, [tmp_path / "in.pdf"])
    assert report.counts[Verdict.UNDECIDED] == 0
    (tmp_path / "in.pdf").write_bytes(changed(raw, painted(b"0 0 m 9 9 l S")))
    report = grade(quiz, [tmp_path / "in.pdf"])
    answers = [a for a in read_keys(quiz / "key.jsonl")[0].answers if isinstance(a, AnswerKey)]
    assert report.counts[Verdict.BLANK] == 0
    assert report.counts[Verdict.UNDECIDED] == len(answers)


@pytest.mark.tex
@pytest.mark.skipif(engine() is None, reason="no TeX engine is installed")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "PDF"])
def test_a_scan_waits_with_its_paper(kind: str, quiz: Path, tmp_path: Path) -> None:
    pytest.importorskip("zxingcpp")
    image = pytest.importorskip("PIL.Image")
    segno = pytest.importorskip("segno")
    code = io.BytesIO()
    segno.make_qr("quiz/002/01", error="m").save(code, kind="png", scale=6, border=8)
    image.open(code).convert("L").save(tmp_path / "scan.bin", format=kind)
    (tmp_path / "good.json").write_text('{"paper": "001", "answers": {"1a.size": "5"}}')
    report = grade(quiz, [tmp_path / "scan.bin", tmp_path / "good.json"])
    assert any("it seems to be paper 002" in str(notice) for notice in report.notices)
    scanned = next(paper for paper in report.papers if paper.paper == "002")
    assert all(answer.waits for answer in scanned.answers)


def test_without_a_reader_of_codes_the_message_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "zxingcpp", None)
    scan = changed(written(form({})), placed("Image", b"\0" * 10))
    found = taken(tmp_path, {"a.pdf": scan}, HOW)
    assert "it was scanned; its codes cannot be read without zxing-cpp" in said(found)
    assert len(found.waiting) == 1
