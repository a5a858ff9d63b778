"""Two scans of a page: the same however it was scanned, another one with any change of its ink."""

from __future__ import annotations

from math import inf
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("pypdfium2")
pytest.importorskip("zxingcpp")

from PIL import Image

from examgen.folder.pages.page_boxes import BOXES
from examgen.simulation.scans.pens import Stroke, fill
from examgen.simulation.scans.scanners import Scanner
from generator.pdf.pdflatex import engine
from grader.scan.reading.prints import Picture, Prints
from grader.scan.reading.read_image import Task, read_image
from grader.scan.reading.writing import pieces
from grader.scan.records import PageRecord
from grader.scan.scan import exam_of
from grader.scan.twice import LEAST_PIECE, SAME, SCALE, Pair, difference, find_ink_alone
from tests.grader.scan.stacks import OFFICE, SCANNERS, Paper, share_exam

pytestmark = [
    pytest.mark.tex,
    pytest.mark.skipif(engine() is None, reason="no TeX engine is installed"),
]
PEN = "blue"


@pytest.fixture(scope="module")
def prints() -> Prints:
    return Prints(share_exam() / "papers")


def written() -> Paper:
    """A page with a number, a sentence, two ticks and a word."""
    own = Paper(share_exam())
    own.tick("1b.spam", 2, PEN)
    own.tick("1b.ham", 0, PEN)
    own.write("1a.n", "4711", PEN)
    own.write("1a.why", "filters slide over it", PEN)
    own.write("1c.one", "seven", PEN)
    return own


def page(image: Picture, path: Path, prints: Prints) -> tuple[Task, PageRecord]:
    Image.fromarray(image).save(path, quality=60)
    task = Task(f"{path.name}#1", path, path.name, 1)
    (found,), _ = read_image(task, exam_of(share_exam()), prints)
    return task, found


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, prints: Prints) -> tuple[Task, PageRecord]:
    return page(written().scan(2, OFFICE), tmp_path_factory.mktemp("first") / "first.jpg", prints)


# how a page that nobody changed is scanned again: the scanner, and quarters that it is turned by
AGAIN = {
    "coarser, pale, upside down": (Scanner(dpi=150, turn=2, black=0.5, paper=0.98), 2),
    "finer, dark, sideways": (Scanner(dpi=300, paper=0.75, noise=6, shadow=0.1), 1),
}


@pytest.mark.parametrize(("scanner", "quarters"), AGAIN.values(), ids=AGAIN)
def test_a_page_is_the_same_however_it_is_scanned(
    scanner: Scanner,
    quarters: int,
    first: tuple[Task, PageRecord],
    prints: Prints,
    tmp_path: Path,
) -> None:
    again = page(written().scan(2, scanner, quarters, seed=5), tmp_path / "again.jpg", prints)
    assert difference(Pair(first, again), prints) <= SAME


@pytest.mark.parametrize("seed", [4, 5])
def test_a_page_by_telephone_is_the_same_or_seen_by_a_person(
    seed: int, first: tuple[Task, PageRecord], prints: Prints, tmp_path: Path
) -> None:
    """Lay a photograph on a scan; where that cannot be done, nothing is called different."""
    again = page(written().scan(2, SCANNERS["phone"], seed=seed), tmp_path / "again.jpg", prints)
    found = difference(Pair(first, again), prints)
    assert found <= SAME or found == inf


def stroke(own: Paper, *points: tuple[float, float]) -> Stroke:
    line = np.array(points)
    own.hand(PEN).draw(own.sheet(2), line)
    return line


def change(own: Paper) -> dict[str, Stroke]:
    """Change the ink of a page in every way; return about which points each change is."""

    def at(answer: str, option: int | None, u: float, v: float) -> tuple[float, float]:
        box = own.box(answer, option)
        return box.x + u * box.width, box.y + v * box.height

    def corners(answer: str, option: int | None = None) -> Stroke:
        return np.array([at(answer, option, 0, 0), at(answer, option, 1, 1)])

    own.write("1a.n", "9068", PEN)
    own.write("1c.one", "seventeen", PEN)
    own.tick("1b.spam", 1, PEN)
    taken_back = own.box("1b.ham", 0)
    own.hand(PEN).draw(own.sheet(2), *fill(taken_back, own.hand(PEN).rng))
    return {
        "other digits over a number": corners("1a.n"),
        "a longer text over a shorter one": corners("1c.one"),
        "a tick added": corners("1b.spam", 1),
        "a tick taken back": corners("1b.ham", 0),
        "a line struck": stroke(own, at("1a.why", None, 0.1, 0.15), at("1a.why", None, 0.4, 0.15)),
        "a 1 added": stroke(own, at("1c.two", None, 0.1, 0.3), at("1c.two", None, 0.1, 0.7)),
        "a minus": stroke(own, at("1c.two", None, 0.6, 0.5), at("1c.two", None, 0.62, 0.5)),
        "a note outside boxes": stroke(own, (150, 230), (154, 231)),
    }


def test_a_page_is_another_one_with_any_change_of_its_ink(
    first: tuple[Task, PageRecord], prints: Prints, tmp_path: Path
) -> None:
    own = written()
    changes = change(own)
    changed = page(own.scan(2, SCANNERS["office150"], 2, seed=5), tmp_path / "other.jpg", prints)
    alone = find_ink_alone(Pair(changed, first), prints)
    assert alone is not None
    for what, points in changes.items():
        (left, upper), (right, lower) = np.sort(points, axis=0)[[0, -1]]
        x, y = (slice(int((a - 1) * SCALE), int((b + 1) * SCALE))
                for a, b in ((left, right), (upper, lower)))  # fmt: skip
        assert pieces(alone[y, x], SCALE, LEAST_PIECE)[0] > SAME, what


def test_boxes_are_read_from_their_file_or_from_the_pdf(tmp_path: Path) -> None:
    exam = share_exam()
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "001.pdf").write_bytes((exam / "papers" / "001.pdf").read_bytes())
    there = [box for page in Paper(exam).boxes.pages for box in page.boxes]
    lines = (exam / BOXES).read_text(encoding="utf-8").splitlines(keepends=True)
    for text in (
        "".join(reversed(lines)),
        lines[1],
        lines[0][:80],
        '{"paper": "001", "pages": []}',
        None,
    ):
        if text is not None:
            (tmp_path / BOXES).write_text(text, encoding="utf-8")
        else:
            (tmp_path / BOXES).unlink()
        prints = Prints(tmp_path / "papers")
        pages = range(1, prints.pages("001") + 1)
        assert [box for page in pages for box in prints.page("001", page).boxes.boxes] == there
