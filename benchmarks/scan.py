"""Measure how well made-up scans are read: silent errors, doubts, boxes, time and memory.

    python -m benchmarks.scan EXAM_FOLDER... [--pages 40] [--chunk 10] [--seed 1]
        [--scanner office ...] [--out build/scan.jsonl] [--sum] [--write]

The folders are some that `examgen make` printed. For each folder and scanner so many pages are
written on, in many pens and with the slips that people make, scanned, and read. Every chunk of
pages is a line of the file, and is not done again by a later call; `--sum` only adds them up, and
`--write` puts the tables into docs/benchmarks/scan.md. A run of any length is a sample: the bound
beside 0 is the share that is silently wrong at most, with 95 % confidence (3 / tries).
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2

from benchmarks.watch import line, publish
from examgen.folder.pages.form_fields import NUMBER
from examgen.simulation.scans.scanners import SCANNERS, scan_sheet
from examgen.simulation.scans.sheets import blank_sheet, fill_in
from grader.scan.reading import read_image
from grader.scan.reading.images import scan_of
from grader.scan.reading.prints import Prints
from grader.scan.scan import exam_of, paper_boxes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from examgen.folder.pages.page_boxes import PageBoxes, PaperBoxes
    from examgen.simulation.scans.scanners import Lie
    from examgen.simulation.scans.sheets import Meant
    from grader.scan.reading.read_image import Exam
    from grader.scan.records import ReadRecord

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks" / "scan.md"
STEPS, STEP = 300, 0.01  # bins and their width in millimetres, for how far off corners are
KINDS = {
    "page": "pages taken for another",
    "clean tick": "single ticks",
    "other tick": "ticks corrected, taken back, odd, double, or none",
    "writing": "boxes with writing, taken for empty",
    "person": "numbers of persons, taken for empty",
}
TITLES = (
    "scanner", "pages", "not read", "single ticks", "wait", "other ticks", "wait", "writing",
    "empty boxes", "shown", "silently wrong", "corners p50, p95 mm", "ms of CPU a page",
)  # fmt: skip


@dataclass
class Tally:
    """The counts for some pages of one scanner.

    Attributes:
        off: how many corners are so many hundredths of a millimetre off; the last bin has the rest.
        seconds: of the processor that reading took.
        peak: MiB of memory, at most.
    """

    counts: Counter[str] = field(default_factory=Counter)
    off: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0
    peak: int = 0

    def add(self, read: ReadRecord, meant: Meant) -> None:
        """Count what came of an answer."""
        if meant.way == "written":
            kind = "person" if read.answer == NUMBER else "writing"
            kind = kind if meant.text else "empty"
            lost = read.state == "blank" if meant.text else read.state == "ticked"
            waits = not meant.text and read.state != "blank"
        else:
            kind = "clean tick" if meant.way == "one" else "other tick"
            waits = read.state == "doubt"
            lost = not waits and not (meant.is_clear and read.text == meant.text)
        self.counts[kind] += 1
        self.counts[f"{kind} waits"] += waits
        self.counts[f"{kind} lost"] += lost
        if lost:
            print("  silently wrong:", read.answer, meant, read.state, read.text, read.features)

    def take(self, other: Tally) -> None:
        """Add the counts of other pages."""
        self.counts.update(other.counts)
        self.off.update(other.off)
        self.seconds += other.seconds
        self.peak = max(self.peak, other.peak)

    def percentile(self, share: float) -> float:
        """Return within how many millimetres such a share of the corners is."""
        counts = np.cumsum([self.off[place] for place in range(STEPS + 1)])
        return float(np.searchsorted(counts, share * counts[-1]) + 1) * STEP


@dataclass(frozen=True)
class Stack:
    """An exam whose pages are scanned."""

    folder: Path
    papers: list[PaperBoxes]
    prints: Prints
    exam: Exam

    @classmethod
    def of(cls, folder: Path) -> Stack:
        """Open an exam folder."""
        return cls(folder, list(paper_boxes(folder)), Prints(folder / "papers"), exam_of(folder))


def answers_for(page: PageBoxes, rng: np.random.Generator) -> dict[str, str]:
    """Return an option of each choice, and something in half of the other boxes."""
    found: dict[str, str] = {}
    for box in page.boxes:
        if box.option is None:
            found[box.answer] = str(rng.integers(1, 9_999)) if rng.random() < 0.5 else ""
        elif box.answer not in found or rng.random() < 0.4:
            found[box.answer] = box.text
    return found


def one_page(tally: Tally, stack: Stack, name: str, rng: np.random.Generator) -> None:
    """Write on a page, scan it, read it, and count what came of it; a cover is passed over."""
    paper = stack.papers[int(rng.integers(len(stack.papers)))]
    place = int(rng.integers(min(1, len(paper.pages) - 1), len(paper.pages)))
    page = paper.pages[place]
    pdf = pypdfium2.PdfDocument(stack.folder / "papers" / f"{paper.paper}.pdf")
    sheet = blank_sheet(pdf[place])
    meant = fill_in(sheet, page, answers_for(page, rng), rng)
    image, lie = scan_sheet(sheet, SCANNERS[name], rng, 2 * int(rng.random() < 0.25))
    packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 80])[1]
    task = read_image.Task("i", Path(), "i", 1)
    began = time.process_time()
    scan = scan_of(np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8))
    pages, reads = read_image.read_scan(task, stack.exam, stack.prints, scan)
    tally.seconds += time.process_time() - began
    tally.counts["page"] += 1
    tally.counts["page waits"] += not pages[0].is_read
    is_other = (pages[0].paper, pages[0].page) != (paper.paper, place + 1)
    tally.counts["page lost"] += pages[0].is_read and is_other
    for read in reads:
        tally.off.update(_off(read, page, lie, SCANNERS[name].dpi))
        if read.answer in meant:
            tally.add(read, meant[read.answer])


def _off(read: ReadRecord, page: PageBoxes, lie: Lie, dpi: int) -> list[int]:
    """Return by how many steps the corners of its boxes are off."""
    boxes = [box for box in page.boxes if box.answer == read.answer]
    true = [
        (x, y)
        for b in boxes
        for x, y in (
            (b.x, b.y),
            (b.x + b.width, b.y),
            (b.x + b.width, b.y + b.height),
            (b.x, b.y + b.height),
        )
    ]
    there = lie.place(np.array(true))
    found = np.array(read.corners).reshape(-1, 2)
    far = np.linalg.norm(found - there, axis=1) / dpi * 25.4
    return [min(STEPS, int(one / STEP)) for one in far]


def measure(stack: Stack, name: str, chunk: tuple[int, int, int]) -> Tally:
    """Measure a chunk of pages: its seed, its number, and how many pages it has."""
    seed, number, pages = chunk
    rng, tally = np.random.default_rng([seed, number, *name.encode()]), Tally()
    for _ in range(pages):
        one_page(tally, stack, name, rng)
    tally.peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return tally


def _chunks(given: argparse.Namespace) -> Iterator[tuple[Path, str, tuple[int, int, int]]]:
    """Yield the chunks in turns, so that a run that is cut short has some of everything."""
    for number in range(-(-given.pages // given.chunk)):
        for folder in given.folder:
            for name in given.scanner:
                yield folder, name, (given.seed, number, given.chunk)


def _key(folder: Path, name: str, chunk: tuple[int, int, int]) -> str:
    return "/".join(map(str, (folder.name, name, *chunk)))


def _run(given: argparse.Namespace) -> None:
    """Measure the chunks that the file has not yet."""
    given.out.parent.mkdir(parents=True, exist_ok=True)
    done = {key for key, _, _ in _lines(given.out)}
    stacks = {folder: Stack.of(folder) for folder in given.folder}
    for folder, name, chunk in _chunks(given):
        key = _key(folder, name, chunk)
        if key in done:
            continue
        tally = measure(stacks[folder], name, chunk)
        text = json.dumps({"key": key, "scanner": name, **vars(tally)})
        with given.out.open("a", encoding="utf-8") as file:
            file.write(text + "\n")


def _lines(path: Path) -> Iterator[tuple[str, str, Tally]]:
    """Yield the chunks of a file: the key, the scanner, and what was counted."""
    for text in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        found = json.loads(text)
        key, name, off = found.pop("key"), found.pop("scanner"), found.pop("off")
        counts = Counter(found.pop("counts"))
        yield key, name, Tally(counts, Counter({int(k): n for k, n in off.items()}), **found)


def tables(path: Path) -> str:
    """Return the tables of what a file has."""
    by_scanner: dict[str, Tally] = defaultdict(Tally)
    total = Tally()
    for _, name, tally in _lines(path):
        by_scanner[name].take(tally)
        total.take(tally)
    rows = [_row(name, by_scanner[name]) for name in SCANNERS if name in by_scanner]
    sums = [_sum(total.counts, kind, what) for kind, what in KINDS.items()]
    return "\n".join(
        [
            *_table(("counted", "tries", "silently wrong", "with 95 % below"), sums),
            "",
            *_table(TITLES, rows),
            "",
            f"Peak memory of the process: {total.peak} MiB.",
        ]
    )


def _table(titles: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    return [line(titles), line(("---",) * len(titles)), *map(line, rows)]


def _sum(counts: Counter[str], kind: str, what: str) -> tuple[str, ...]:
    tries, lost = counts[kind], counts[f"{kind} lost"]
    bound = f"{3 / tries:.4%}" if tries and not lost else ""
    return what, f"{tries:,}", f"{lost:,}", bound


def _row(name: str, tally: Tally) -> tuple[str, ...]:
    c = tally.counts
    lost = sum(c[f"{kind} lost"] for kind in KINDS)
    return (
        name, f"{c['page']:,}", f"{c['page waits']:,}", f"{c['clean tick']:,}",
        _share(c, "clean tick"), f"{c['other tick']:,}", _share(c, "other tick"),
        f"{c['writing'] + c['person']:,}", f"{c['empty']:,}", _share(c, "empty"), f"{lost:,}",
        f"{tally.percentile(0.5):.2f}, {tally.percentile(0.95):.2f}",
        f"{tally.seconds / max(1, c['page']) * 1000:.0f}",
    )  # fmt: skip


def _share(counts: Counter[str], kind: str) -> str:
    return f"{counts[f'{kind} waits'] / max(1, counts[kind]):.1%}"


def main() -> None:
    """Run the measurement, or sum it up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="*")
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--chunk", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scanner", nargs="*", default=list(SCANNERS))
    parser.add_argument("--out", type=Path, default=Path("build/scan.jsonl"))
    parser.add_argument("--sum", action="store_true")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    cv2.setNumThreads(1)
    if not given.sum:
        _run(given)
    found = tables(given.out)
    print(found)
    if given.write:
        publish(PAGE, found)


if __name__ == "__main__":
    main()
