"""Papers back to students: whose pages are in a file, what stands on them, and where."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageOps

pytest.importorskip("pypdfium2")
pytest.importorskip("reportlab")
pytest.importorskip("zxingcpp")

import pypdfium2
from pypdf import PdfReader
from typer.testing import CliRunner

from answers.verdict import Verdict
from examgen.annotation.annotate import annotate
from examgen.annotation.pen import Pen, width_of, wrap
from examgen.annotation.pictures import Picture, picture_of
from examgen.annotation.scanned import Found, Scans, build_scanned
from examgen.annotation.sheets import Sheet, join_sheets
from examgen.annotation.space import SCALE, Area, Space
from examgen.annotation.stamps import Sign, plain, stamp_of
from examgen.cli import app
from examgen.ground.translator import Translator
from generator.pdf.pdflatex import engine
from grader.by_hand.people import take_marks
from grader.grade import grade
from grader.scan.reading.images import load
from grader.scan.records import Kind, PageRecord, ReadRecord, append, read_journal
from grader.scan.scan import scan, sum_up
from grader.scoring.marked import BY_HAND, MarkedAnswer
from tests.grader.scan.stacks import SCANNERS, Paper, share_exam, stack

pytestmark = [
    pytest.mark.tex,
    pytest.mark.skipif(engine() is None, reason="no TeX engine is installed"),
]
REMARK = "Düşünülmüş → şekil yok"
LONG = "no fewer than nine legs of one long and exceedingly hairy spider of the garden"
TABLE = (
    "student,1a.n,1a.why,1b.spam,1b.ham,1c.one,1c.two\n"
    f"003,12,=prose ığ,many-to-one,no,seven,{LONG}\n"
)


def handed_in(folder: Path) -> Path:
    """The exam, graded: paper 001 flat, 002 with a telephone and upside down, 003 on a screen.

    The prose of 002 waits for a person.
    """
    first, second = Paper(folder, "001"), Paper(folder, "002")
    for own in (first, second):
        own.tick("1b.spam", 2)
        own.write("1a.n", "4711")
        own.write("1a.why", "filters slide over it")
        own.write("1c.one", "seven")
    upside = np.ascontiguousarray(second.scan(2, SCANNERS["phone"])[::-1, ::-1])
    scan(folder, [stack(folder.parent / "stack.pdf", [first.scan(2), upside, first.scan(1)])])
    reads = read_journal(folder / "scans").reads.values()
    typed = {"1a.n": "4711", "1c.one": "seven", "1c.two": ""}
    append(folder / "scans", list(_settled(reads, typed)), [])
    sum_up(folder)
    (folder.parent / "typed.csv").write_text(TABLE, encoding="utf-8")
    grade(folder, [folder / "scans", folder.parent / "typed.csv"])
    marks = "paper,1a.why 1 [1],1b.ham [1],1a.why remark\n001,1,0," + REMARK + "\n003,0,,\n"
    (folder.parent / "marks.csv").write_text(marks, encoding="utf-8")
    take_marks(folder, folder.parent / "marks.csv", "Ada")
    return folder


def _settled(reads: Iterable[ReadRecord], typed: dict[str, str]) -> Iterator[ReadRecord]:
    for read in reads:
        if read.answer in typed:
            text = typed[read.answer]
            about = (read.image, read.paper, read.page, read.answer)
            yield ReadRecord(*about, "typed" if text else "blank", text, by="Grace")


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("annotated")
    return handed_in(Path(shutil.copytree(share_exam(), place / "exam")))


@pytest.fixture(scope="module")
def all_papers(exam: Path) -> Path:
    return annotate(exam, exam.parent / "all", incomplete=True, zipped=True).folder


def streams(pdf: Path) -> list[str]:
    """The pictures of a PDF by the hash of their packed bytes, unused ones and all."""
    with pikepdf.open(pdf) as whole:
        return [
            hashlib.sha256(one.read_raw_bytes()).hexdigest()
            for one in whole.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]


def text_of(pdf: Path, page: int | None = None) -> str:
    pages = PdfReader(pdf).pages
    return "\n".join(one.extract_text() for one in (pages if page is None else [pages[page]]))


def test_a_file_has_the_pages_of_its_paper_untouched_and_no_others(
    exam: Path, all_papers: Path
) -> None:
    handed = streams(exam.parent / "stack.pdf")
    assert len(handed) == len(set(handed)) == 3
    assert streams(all_papers / "001.pdf") == [handed[2], handed[0]]
    assert streams(all_papers / "002.pdf") == [handed[1]]
    assert not set(streams(all_papers / "003.pdf")) & set(handed)


def test_papers_that_wait_are_left_out(exam: Path) -> None:
    done = CliRunner().invoke(app, ["annotate", str(exam), "--zip", "plain", "--jobs", "1"])
    assert "2 papers and mail.csv\n1 paper waits for a person: 002;" in done.stdout
    assert {p.name for p in (exam / "annotated").iterdir()} == {"001.pdf", "003.pdf", "mail.csv"}
    with zipfile.ZipFile(exam / "annotated-plain.zip") as packed:
        assert packed.namelist() == ["001.pdf", "003.pdf"]
    assert CliRunner().invoke(app, ["annotate", str(exam), "--zip", "moodle"]).exit_code == 2


def test_what_stands_on_the_pages(all_papers: Path) -> None:
    first = text_of(all_papers / "001.pdf")
    assert {"0/2", "1/1", "0/1"} <= set(first.split())
    assert REMARK in " ".join(first.split())
    assert re.findall(r"^3$", text_of(all_papers / "001.pdf", 0), re.MULTILINE) == ["3", "3"]
    second = text_of(all_papers / "002.pdf")
    assert "?/1" in second
    assert "Total: 2+?/7" in second  # its cover was not scanned
    third = text_of(all_papers / "003.pdf")
    assert LONG in " ".join(third.split())
    assert {"12", "=prose ığ", "0/2", "1/1"} <= set(third.splitlines())


def shown(pdf: Path, page: int, scale: int = 2) -> np.ndarray:
    drawn = pypdfium2.PdfDocument(pdf)[page].render(scale=scale).to_numpy()
    return np.asarray(drawn, np.int16)


@pytest.mark.parametrize("paper", ["001", "002", "003"])
def test_nothing_covers_print_or_handwriting(paper: str, all_papers: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.pdf"
    with pikepdf.open(all_papers / f"{paper}.pdf") as whole:
        for sheet in whole.pages:
            content = sheet.Contents.read_bytes().replace(b"/Drawn Do", b"")
            sheet.Contents = whole.make_stream(content)
        whole.save(bare)
    for page in range(len(pypdfium2.PdfDocument(bare))):
        before, after = shown(bare, page), shown(all_papers / f"{paper}.pdf", page)
        changed = np.abs(after - before).max(axis=2) > 60
        assert changed.sum() > 50
        paper_white = np.median(before)
        covered = changed & (before.min(axis=2) < paper_white - 90)
        typed = 0.06 if paper == "003" else 0  # ticks and letters in boxes touch no frame
        assert covered.sum() <= typed * changed.sum()


def test_pages_are_upright_and_stamps_stand_beside_their_boxes(all_papers: Path) -> None:
    with pikepdf.open(all_papers / "002.pdf") as whole:
        assert [page.obj.get("/Rotate") for page in whole.pages] == [180]
    for paper, page in (("001", 1), ("002", 0)):
        drawn = shown(all_papers / f"{paper}.pdf", page)
        high, wide = drawn.shape[:2]
        red = (drawn[..., 2] - drawn[..., 0] > 60) & (drawn[..., 2] - drawn[..., 1] > 60)
        rows, columns = np.nonzero(red)
        assert (columns > 0.6 * wide).mean() > 0.5
        assert (rows < 0.9 * high).all()


def test_turned_images_become_the_same_sheet(exam: Path, tmp_path: Path) -> None:
    found = Scans(exam).of("001")[1]
    grey = load(found.path, found.number).grey
    matrix = np.array(found.matrix).reshape(3, 3)
    drawn = [_said_beside(found, tmp_path)]
    for quarters in (1, 2, 3):
        wide = grey.shape[1]
        grey = np.ascontiguousarray(np.rot90(grey))
        matrix = np.array([[0, 1, 0], [-1, 0, wide - 1], [0, 0, 1]]) @ matrix
        Image.fromarray(grey).save(tmp_path / f"{quarters}.jpg", quality=90)
        turned = replace(
            found,
            path=tmp_path / f"{quarters}.jpg",
            number=1,
            matrix=tuple(matrix.ravel()),
            turn=(found.turn - 90 * quarters) % 360,
        )
        drawn.append(_said_beside(turned, tmp_path))
    for other in drawn[1:]:
        assert other.shape == drawn[0].shape
        assert (np.abs(other - drawn[0]).max(axis=2) > 90).mean() < 0.003


def _said_beside(found: Found, place: Path) -> np.ndarray:
    """An image as a sheet with words at a point of the printed page, as it is shown."""
    sheet, pen = build_scanned(found), Pen()
    assert sheet is not None
    assert sheet.printed is not None
    pen.begin(*sheet.size)
    pen.lines(sheet.printed.frame(30, 150), ["beside the box"], size=9)
    pen.end()
    (place / "sheet.pdf").write_bytes(join_sheets([sheet], pen))
    return shown(place / "sheet.pdf", 0, 1)


def test_an_image_of_two_papers_is_cut(exam: Path, tmp_path: Path) -> None:
    found = Scans(exam).of("001")[1]
    left = load(found.path, found.number).grey
    Image.fromarray(np.concatenate([left, left], axis=1)).save(tmp_path / "both.jpg")
    raw = hashlib.sha256((tmp_path / "both.jpg").read_bytes()).hexdigest()
    both = replace(found, path=tmp_path / "both.jpg", number=1)
    for one in (both, replace(found, is_shared=True)):
        sheet = build_scanned(one)
        assert sheet is not None
        assert sheet.picture is not None
        image = sheet.picture.painted
        assert hashlib.sha256(image.read_raw_bytes()).hexdigest() != raw
        assert abs(int(image.Width) / int(image.Height) - 210 / 297) < 0.01
        assert sheet.size == pytest.approx((595.3, 841.9), abs=0.1)
    assert build_scanned(replace(both, boxes=None, is_shared=True)) is None


def test_an_image_says_that_it_shows_two_pages(exam: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(exam, tmp_path / "two"))
    page = next(iter(read_journal(folder / "scans").pages.values()))
    other = PageRecord(f"{page.image}.2", page.source, page.number, Kind.FOREIGN, why="other")
    append(folder / "scans", (), [other])
    assert [one.is_shared for one in Scans(folder).of(page.paper)].count(True) == 1


# -- pictures -------------------------------------------------------------------------------------


def painted(picture: Picture | None, size: tuple[int, int], path: Path) -> np.ndarray:
    assert picture is not None
    pen = Pen()
    pen.begin(*size)
    pen.end()
    path.write_bytes(join_sheets([Sheet(picture, size)], pen))
    return shown(path, 0)[::2, ::2, 0]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_pictures_of_cameras_lie_as_they_say(orientation: int, tmp_path: Path) -> None:
    picture = Image.new("L", (80, 48), 255)
    picture.paste(0, (0, 0, 40, 12))
    picture.paste(120, (0, 12, 12, 48))
    exif = Image.Exif()
    exif[274] = orientation
    path = tmp_path / "photo.jpg"
    picture.save(path, quality=95, exif=exif)
    upright = ImageOps.exif_transpose(Image.open(path))
    wide, high = upright.size
    drawn = painted(picture_of(path, 1), (wide, high), tmp_path / "out.pdf")
    assert np.abs(drawn - np.asarray(upright, np.int16)).mean() < 8
    assert streams(tmp_path / "out.pdf") == [hashlib.sha256(path.read_bytes()).hexdigest()]


FORMATS: list[tuple[str, Callable[[Image.Image], Image.Image], str]] = [
    ("png", lambda image: image, "L"),
    ("png", lambda image: image.convert("RGBA"), "RGBA"),
    ("tiff", lambda image: image.convert("1"), "1"),
    ("jpg", lambda image: image.convert("CMYK"), "CMYK"),
]


@pytest.mark.parametrize(("suffix", "made"), [f[:2] for f in FORMATS], ids=[f[2] for f in FORMATS])
def test_pictures_of_any_format_are_painted(
    suffix: str, made: Callable[[Image.Image], Image.Image], tmp_path: Path
) -> None:
    picture = Image.new("L", (60, 40), 255)
    picture.paste(0, (0, 0, 30, 20))
    path = tmp_path / f"a.{suffix}"
    made(picture).save(path)
    drawn = painted(picture_of(path, 1), (60, 40), tmp_path / "out.pdf")
    assert np.abs(drawn - np.asarray(picture, np.int16)).mean() < 20


def shared_stack(path: Path, turn: int) -> list[bytes]:
    """Two pages with a text each, whose pictures and forms lie in one dictionary of the file."""
    pdf, raws = pikepdf.new(), []
    images = pikepdf.Dictionary()
    for number in range(2):
        file = io.BytesIO()
        Image.new("L", (60, 80), 90 + 100 * number).save(file, "JPEG")
        raws.append(file.getvalue())
        image = pikepdf.Stream(pdf, raws[-1])
        image.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=60, Height=80,
            ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        image.write(raws[-1], filter=pikepdf.Name.DCTDecode)
        images[f"/Im{number}"] = pdf.make_indirect(image)
    for number in range(2):
        form = pikepdf.Stream(pdf, b"60 0 0 80 0 0 cm /Im%d Do" % number)
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox = pikepdf.Array([0, 0, 60, 80])
        form.Resources = pikepdf.Dictionary(XObject=images)
        images[f"/Fm{number}"] = pdf.make_indirect(form)
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    shared = pdf.make_indirect(
        pikepdf.Dictionary(XObject=images, Font=pikepdf.Dictionary({"/F1": font}))
    )
    for number in range(2):
        page = pdf.add_blank_page(page_size=(60, 80))
        page.obj.Resources = shared
        page.obj.Rotate = turn
        words = b"/Fm%d Do BT /F1 9 Tf (own %d) Tj ET" % (number, number)
        page.Contents = pdf.make_stream(words)
    pdf.save(path)
    return raws


HIDDEN: list[tuple[str, str, bytes]] = [
    ("a mask", "/ExtGState", b" /X1 gs"),
    ("a pattern", "/Pattern", b" /Pattern cs /X1 scn"),
    ("letters that are drawn", "/Font", b" BT /X1 9 Tf ET"),
]


@pytest.mark.parametrize(("kind", "words"), [h[1:] for h in HIDDEN], ids=[h[0] for h in HIDDEN])
def test_what_may_hold_other_pages_is_not_taken(kind: str, words: bytes, tmp_path: Path) -> None:
    shared_stack(tmp_path / "shared.pdf", 0)
    with pikepdf.open(tmp_path / "shared.pdf") as pdf:
        page = pdf.pages[0]
        group = pdf.make_stream(b"/Im1 Do")
        group.Resources = page.obj.Resources
        held = {"/ExtGState": "/SMask", "/Pattern": "/P", "/Font": "/CharProcs"}[kind]
        one = pikepdf.Dictionary({held: pikepdf.Dictionary(G=group)})
        page.obj.Resources = pikepdf.Dictionary({**dict(page.obj.Resources.items()), kind: {}})
        page.obj.Resources[kind] = pikepdf.Dictionary(X1=one)
        page.Contents = pdf.make_stream(b"/Im0 Do" + words)
        pdf.save(tmp_path / "held.pdf")
    assert picture_of(tmp_path / "held.pdf", 1) is None
    assert picture_of(tmp_path / "held.pdf", 2) is not None


@pytest.mark.parametrize("turn", [0, 90])
def test_a_page_of_a_shared_file_takes_no_other_page_along(turn: int, tmp_path: Path) -> None:
    raws = shared_stack(tmp_path / "shared.pdf", turn)
    for number in range(2):
        out = tmp_path / f"{number}.pdf"
        size = (80, 60) if turn else (60, 80)
        drawn = painted(picture_of(tmp_path / "shared.pdf", number + 1), size, out)
        assert streams(out) == [hashlib.sha256(raws[number]).hexdigest()]
        assert abs(np.median(drawn) - (90 + 100 * number)) < 3
        assert text_of(out).strip() == f"own {number}"


# -- what is said, and where ----------------------------------------------------------------------


def answer(verdict: Verdict, marks: str | None, **more: str) -> MarkedAnswer:
    given = None if marks is None else Fraction(marks)
    return MarkedAnswer("1a.x", "", "integer", verdict, Fraction(4), given, **more)  # type: ignore[arg-type]


STAMPS = [
    (answer(Verdict.CORRECT, "4"), Sign.RIGHT, "4/4", ""),
    (answer(Verdict.WRONG, "0"), Sign.WRONG, "0/4", ""),
    (answer(Verdict.WRONG, "-4/3"), Sign.WRONG, "-1.3333/4", ""),
    (answer(Verdict.WRONG, "1"), Sign.PART, "1/4", "A part of it is right."),
    (answer(Verdict.BLANK, "0"), Sign.WRONG, "0/4", ""),
    (answer(Verdict.UNDECIDED, None, note="x"), Sign.WAITS, "?/4", "x"),
    (
        answer(Verdict.MISTAKE, "3/2", says="the bias $b_1$ was left out"),
        Sign.PART,
        "1.5/4",
        "The bias b_1 was left out.",
    ),
    (
        answer(Verdict.FOR_HUMAN, "3", why=f"{BY_HAND}: Ada", note="No arrow.\n \u202eSee me"),
        Sign.PART,
        "3/4",
        "No arrow. \\u202eSee me",
    ),
]


@pytest.mark.parametrize(("given", "sign", "marks", "says"), STAMPS)
def test_stamps(given: MarkedAnswer, sign: Sign, marks: str, says: str) -> None:
    stamp = stamp_of(given)
    assert (stamp.sign, stamp.marks, stamp.says) == (sign, marks, says)


def test_stamps_are_in_the_language_of_the_paper() -> None:
    say = Translator("tr")
    mistake = answer(Verdict.MISTAKE, "3/2", says="it was forgotten", note="iyi")
    assert stamp_of(mistake, say).marks == "1,5/4"
    assert stamp_of(answer(Verdict.WRONG, "1"), say).says == "Bir bölümü doğru."
    assert stamp_of(replace(mistake, out_of=Fraction(0)), say).marks == "sayılmıyor"


def test_formulas_of_sentences_are_text() -> None:
    assert plain(r"it costs $\frac{1}{2}$ of it; pay $5") == r"it costs $\frac{1}{2}$ of it; pay $5"
    assert plain(r"take $\alpha \le 3$") == "take α≤3"


def test_lines_are_within_their_width_and_lose_no_letter() -> None:
    text = "a word and averyveryveryverylongwordindeed 漢字 ığş"
    lines = wrap(text, 15)
    assert max(map(width_of, lines)) <= 15
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_stamps_are_beside_what_they_belong_to() -> None:
    page = np.full((297 * SCALE, 210 * SCALE), 240, np.uint8)
    page[100 * SCALE : 110 * SCALE, 20 * SCALE : 191 * SCALE] = 30
    space, box = Space.of(page), Area(150, 100, 40, 8)
    found = space.nearest(9, 4, box)
    assert found is not None
    assert found[1].x >= 191
    assert 98 <= found[1].y <= 108
    space.take(Area(191, 90, 15, 30))
    below = space.nearest(30, 4, box)
    assert below is not None
    assert space.is_free(below[1])
    assert not space.is_free(Area(150, 105, 5, 5))
    assert space.nearest(300, 4, box) is None
    space.take(Area(0, 0, 210, 297))
    assert space.nearest(9, 4, box) is None
