"""Every fault that stacks have: how it is noticed, and that no answer on it becomes blank."""

from __future__ import annotations

import json
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

pytest.importorskip("pypdfium2")
pytest.importorskip("zxingcpp")

from examgen.folder.pages.page_boxes import Box
from examgen.simulation.scans.pens import Stroke, check, circle, cross, fill, slash
from generator.pdf.pdflatex import engine
from grader.scan.reading.prints import Picture
from grader.scan.records import Kind, read_journal
from grader.scan.scan import ScanReport, scan
from tests.grader.scan.stacks import (
    SCANNERS,
    Paper,
    empty_sheet,
    make_exam,
    share_exam,
    stack,
)

pytestmark = [
    pytest.mark.tex,
    pytest.mark.skipif(engine() is None, reason="no TeX engine is installed"),
]
WAITS = "waits"


@pytest.fixture(scope="module")
def printed() -> Path:
    return share_exam()


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Another make of the exam, and another exam."""
    place = tmp_path_factory.mktemp("other")
    return {"make": make_exam(place, seed="7"), "exam": make_exam(place, code="test")}


@pytest.fixture
def exam(printed: Path, tmp_path: Path) -> Path:
    """The printed exam in a folder of its own; what is made of it is left behind."""
    return shutil.copytree(printed, tmp_path / "exam")


FILLED: dict[tuple[str, str], Paper] = {}


def filled(exam: Path, paper: str = "001", *, fresh: bool = False) -> Paper:
    """A paper on which everything but the last answer is answered; only a fresh one is changed."""
    key = ((exam / "exam.json").read_text(), paper)
    if key in FILLED and not fresh:
        return FILLED[key]
    own = Paper(exam, paper)
    if not fresh:
        FILLED[key] = own
    own.tick("1b.spam", 2)
    own.tick("1b.ham", 0)
    own.write("1a.n", "4711")
    own.write("1a.why", "filters slide over it")
    own.write("1c.one", "seven")
    return own


def answers(exam: Path, paper: str = "001") -> dict[str, Any]:
    """What is handed on to grading; WAITS for what a person has to look at."""
    records = json.loads((exam / "scans" / "answers.json").read_text(encoding="utf-8"))
    found = (record["answers"] for record in records if record["paper"] == paper)
    own: dict[str, Any] = next(found, {})
    return {name: WAITS if isinstance(text, dict) else text for name, text in own.items()}


READ = {
    "1a.n": WAITS, "1a.why": WAITS, "1b.spam": "many-to-one", "1b.ham": "yes", "1c.one": WAITS,
    "1c.two": "",
}  # fmt: skip
ALL_WAIT = dict.fromkeys(READ, WAITS)


def read(exam: Path, *images: Picture) -> ScanReport:
    return scan(exam, [stack(exam.parent / "stack.pdf", list(images))])


def said(report: ScanReport) -> str:
    return "\n".join(map(str, report.notices))


def test_a_clean_stack_is_read(exam: Path) -> None:
    own = filled(exam)
    report = read(exam, own.scan(2), own.scan(1))
    assert report.kinds == {Kind.PAGE: 2}
    assert (report.found, report.missing, report.incomplete, report.notices) == (2, (), (), ())
    assert answers(exam) == READ
    assert report.waiting == 3
    assert answers(exam, "002") == {}


def covered(image: Picture) -> Picture:
    """A page whose code is under a sticker."""
    image = image.copy()
    high, wide = image.shape
    image[int(high * 0.88) :, int(wide * 0.75) :] = 250
    return image


def fax_shaped(image: Picture) -> Picture:
    """A page whose lower half is squeezed: the print is not where it must be."""
    upper, lower = np.array_split(image, 2)
    short = cv2.resize(upper, (upper.shape[1], upper.shape[0] // 3))
    return np.concatenate([short, lower])


# what happened to page 2 of the paper: what its image is, what is said of it, what is read
PAGES: list[tuple[str, Callable[[Picture], Picture], Kind, str, Mapping[str, str]]] = [
    ("upside down", lambda image: np.ascontiguousarray(image[::-1, ::-1]), Kind.PAGE, "", READ),
    ("sideways", lambda image: np.ascontiguousarray(np.rot90(image)), Kind.PAGE, "", READ),
    ("a code that is covered", covered, Kind.UNKNOWN, "no code is found", ALL_WAIT),
    ("misplaced", fax_shaped, Kind.PAGE, "the print is not found where it must be", ALL_WAIT),
    (
        "black and white",
        lambda image: np.where(image > 140, 255, 0).astype(np.uint8),
        Kind.PAGE,
        "scan in grey, with 200 dots an inch",
        ALL_WAIT,
    ),
    (
        "coarse",
        lambda image: cv2.resize(image, None, fx=0.55, fy=0.55, interpolation=cv2.INTER_AREA),
        Kind.PAGE,
        "scan in grey, with 200 dots an inch",
        ALL_WAIT,
    ),
]


@pytest.mark.parametrize(
    ("change", "kind", "what", "wanted"), [p[1:] for p in PAGES], ids=[p[0] for p in PAGES]
)
def test_a_page_that_is_not_as_it_should_be(
    change: Callable[[Picture], Picture],
    kind: Kind,
    what: str,
    wanted: Mapping[str, str],
    exam: Path,
) -> None:
    own = filled(exam)
    report = read(exam, own.scan(1), change(own.scan(2)))
    assert report.kinds.get(kind, 0) == (2 if kind is Kind.PAGE else 1)
    assert sum(report.kinds.values()) == 2
    assert what in said(report)
    assert {name: answers(exam)[name] for name in wanted} == wanted


def test_a_missing_page_makes_a_paper_incomplete(exam: Path) -> None:
    report = read(exam, filled(exam).scan(1))
    assert report.missing == (("001", 2),)
    assert report.incomplete == ("001",)
    assert answers(exam) == ALL_WAIT


def test_papers_wait_as_long_as_an_image_is_not_settled(exam: Path) -> None:
    own = filled(exam)
    read(exam, own.scan(1), covered(own.scan(2)))
    assert set(answers(exam, "002").values()) == {WAITS}


@pytest.mark.parametrize(("which", "what"), [("make", "another make"), ("exam", "another exam")])
def test_a_page_of_another_print_is_foreign(
    which: str, what: str, exam: Path, other: Mapping[str, Path]
) -> None:
    report = read(exam, filled(other[which]).scan(2), filled(exam).scan(1))
    assert report.kinds == {Kind.FOREIGN: 1, Kind.PAGE: 1}
    assert what in said(report)
    assert answers(exam) == ALL_WAIT


def test_a_paper_that_was_not_made_is_unknown(exam: Path, tmp_path: Path) -> None:
    more = make_exam(tmp_path / "more", papers=5)
    report = read(exam, Paper(more, "005").scan(2))
    assert report.kinds == {Kind.UNKNOWN: 1}
    assert "there is no such page in this exam (quiz/005/02" in said(report)


def test_a_page_scanned_twice_counts_once(exam: Path) -> None:
    own = filled(exam)
    report = read(exam, own.scan(1), own.scan(2), own.scan(2, seed=2))
    assert report.kinds == {Kind.PAGE: 2, Kind.DUPLICATE: 1}
    assert answers(exam) == READ


def test_a_page_scanned_twice_with_other_ink_waits(exam: Path) -> None:
    own = filled(exam, fresh=True)
    before = own.scan(2)
    own.write("1c.two", "8")
    report = read(exam, own.scan(1), before, own.scan(2, seed=2))
    assert report.kinds == {Kind.PAGE: 3}
    assert "scanned twice, with other ink" in said(report)
    assert answers(exam) == ALL_WAIT
    assert report.incomplete == ("001",)


def test_two_pages_in_one_image_are_two(exam: Path) -> None:
    own = filled(exam)
    report = read(exam, np.concatenate([own.scan(1), own.scan(2)], axis=1))
    assert report.kinds == {Kind.PAGE: 2}
    assert answers(exam) == READ


def test_empty_backs_are_blank_and_others_wait(exam: Path) -> None:
    own = filled(exam)
    back = np.ascontiguousarray(empty_sheet())
    cv2.putText(back, "continued", (300, 500), cv2.FONT_HERSHEY_SIMPLEX, 2, 80, 3)
    report = read(exam, own.scan(1), empty_sheet(), own.scan(2), back)
    assert report.kinds == {Kind.PAGE: 2, Kind.BLANK: 1, Kind.UNKNOWN: 1}
    assert "no code is found on it" in said(report)


def test_where_something_is_written_beside_the_boxes_nothing_is_blank(exam: Path) -> None:
    own = filled(exam, fresh=True)
    box = own.box("1c.two", None)
    below = type(box)(box.answer, None, 60, box.y + 40, 40, 8)
    own.hand().write(own.sheet(2), below, "see here: 8")
    read(exam, own.scan(1), own.scan(2))
    assert answers(exam) == {**READ, "1c.two": WAITS}


TICKS: list[tuple[str, list[int], str]] = [
    ("none", [], ""),
    ("one", [0], "one-to-one"),
    ("another", [3], "many-to-many"),
    ("two", [0, 2], WAITS),
]


@pytest.mark.parametrize(("ticks", "wanted"), [t[1:] for t in TICKS], ids=[t[0] for t in TICKS])
@pytest.mark.parametrize("scanner", ["office", "office150", "office300", "dark", "pale"])
def test_ticks_are_read_or_wait(ticks: list[int], wanted: str, scanner: str, exam: Path) -> None:
    own = Paper(exam)
    for option in ticks:
        own.tick("1b.spam", option, "blue")
    read(exam, own.scan(2, SCANNERS[scanner]))
    may_wait = scanner == "dark"  # its noise and shadow are such that a person may have to look
    assert answers(exam)["1b.spam"] in ({wanted, WAITS} if may_wait else {wanted})


@pytest.mark.parametrize("pen", ["blue", "black", "pencil", "gel"])
@pytest.mark.parametrize(
    ("shape", "wanted"),
    [(check, "one-to-many"), (cross, "one-to-many"), (slash, "one-to-many"), (fill, WAITS),
     (circle, WAITS)],
)  # fmt: skip
def test_what_is_drawn_into_a_box(
    shape: Callable[[Box, np.random.Generator], tuple[Stroke, ...]],
    wanted: str,
    pen: str,
    exam: Path,
) -> None:
    own = Paper(exam)
    hand = own.hand(pen)
    hand.draw(own.sheet(2), *shape(own.box("1b.spam", 1), hand.rng))
    read(exam, own.scan(2))
    assert answers(exam)["1b.spam"] == wanted


def png_of(wide: int, high: int) -> bytes:
    """The head of a picture that would take much room."""
    head = b"IHDR" + struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    lead = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head
    return lead + struct.pack(">I", zlib.crc32(head)) + struct.pack(">I", 0) + b"IDAT"


def test_a_bad_file_costs_itself_only(exam: Path, tmp_path: Path) -> None:
    own = filled(exam)
    (tmp_path / "note.txt").write_text("hello")
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    (tmp_path / "bomb.png").write_bytes(png_of(20_000, 20_000))
    good = stack(tmp_path / "stack.pdf", [own.scan(1), own.scan(2)])
    files = [tmp_path / name for name in ("note.txt", "cut.pdf", "bomb.png")]
    report = scan(exam, [*files, good])
    assert "note.txt:1: this is no PDF, TIFF, JPEG or PNG" in said(report)
    assert "cut.pdf:1: the PDF is damaged" in said(report)
    assert "the picture is too large" in said(report)
    assert report.kinds == {Kind.PAGE: 2}
    assert [Path(fault.file).name for fault in report.left_out] == [
        "note.txt",
        "cut.pdf",
        "bomb.png",
    ]
    assert answers(exam) == READ


def test_pictures_of_all_kinds_come_in_folders_and_zips(exam: Path, tmp_path: Path) -> None:
    own = filled(exam)
    pages = [Image.fromarray(own.scan(page)) for page in (1, 2)]
    folder = tmp_path / "photos"
    folder.mkdir()
    pages[0].save(folder / "a.png")
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        pages[1].save(tmp_path / "b.jpg", quality=90)
        archive.write(tmp_path / "b.jpg", "b.jpg")
    more = filled(exam, "002")
    first, second = (Image.fromarray(more.scan(page)) for page in (1, 2))
    first.save(tmp_path / "c.tiff", save_all=True, append_images=[second], compression="tiff_lzw")
    report = scan(exam, [folder, tmp_path / "c.tiff"])
    assert report.kinds == {Kind.PAGE: 4}
    assert answers(exam) == answers(exam, "002") == READ


@pytest.mark.processes
def test_an_interrupted_run_is_taken_up_again(exam: Path, tmp_path: Path) -> None:
    own = filled(exam)
    file = stack(tmp_path / "stack.pdf", [own.scan(2), own.scan(1), empty_sheet()])
    scan(exam, [file])
    folder = exam / "scans"
    whole = read_journal(folder)
    texts = {name: (folder / name).read_bytes() for name in ("pages.jsonl", "reads.jsonl")}
    for name, share in (("pages.jsonl", 0.4), ("pages.jsonl", 0.9), ("reads.jsonl", 0.6)):
        for own_name, raw in texts.items():
            (folder / own_name).write_bytes(raw)
        (folder / name).write_bytes(texts[name][: int(share * len(texts[name]))])
        if name == "reads.jsonl":
            (folder / "pages.jsonl").unlink()
        scan(exam, [file], jobs=2)
        again = read_journal(folder)
        assert (again.pages, again.reads) == (whole.pages, whole.reads)
        assert answers(exam) == READ


def test_what_was_scanned_stays_as_it_was(exam: Path, tmp_path: Path) -> None:
    file = stack(tmp_path / "stack.pdf", [filled(exam).scan(1)])
    scan(exam, [file])
    (kept,) = (exam / "scans" / "originals").iterdir()
    assert kept.read_bytes() == file.read_bytes()
    report = scan(exam, [file, file])
    assert report.kinds == {Kind.PAGE: 1}
    assert "the same file" in said(report)
