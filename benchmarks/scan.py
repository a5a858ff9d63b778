"""Measure how well made-up scans are read: silent errors, doubts, boxes, time and memory.

    python benchmarks/scan.py EXAM_FOLDER [--pages 40] [--seed 1] [--scanner office ...]

The folder is one that `examgen make` printed. For each scanner so many pages are written on, in
many pens and with the slips that people make, scanned, and read. A run of any length is a sample:
the bound beside 0 is the share that is silently wrong at most, with 95 % confidence.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2

from examgen.simulation.scans.scanners import SCANNERS, scan_sheet
from examgen.simulation.scans.sheets import blank_sheet, fill_in
from grader.scan.reading import read_image
from grader.scan.reading.images import scan_of
from grader.scan.reading.prints import Prints
from grader.scan.scan import exam_of, paper_boxes

if TYPE_CHECKING:
    from examgen.folder.pages.page_boxes import PageBoxes, PaperBoxes
    from examgen.simulation.scans.scanners import Lie
    from examgen.simulation.scans.sheets import Meant
    from grader.scan.records import ReadRecord


@dataclass
class Tally:
    """The counts for the pages of one scanner."""

    counts: Counter[str] = field(default_factory=Counter)
    off: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, read: ReadRecord, meant: Meant) -> None:
        """Count what came of an answer."""
        if meant.way == "written":
            kind = "writing" if meant.text else "empty"
            lost = bool(meant.text) and read.state == "blank"
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


def answers_for(page: PageBoxes, rng: np.random.Generator) -> dict[str, str]:
    """Return an option of each choice, and something in half of the other boxes."""
    found: dict[str, str] = {}
    for box in page.boxes:
        if box.option is None:
            found[box.answer] = str(rng.integers(1, 9_999)) if rng.random() < 0.5 else ""
        elif box.answer not in found or rng.random() < 0.4:
            found[box.answer] = box.text
    return found


def one_page(
    tally: Tally,
    folder: Path,
    paper: PaperBoxes,
    prints: Prints,
    name: str,
    rng: np.random.Generator,
) -> None:
    place = int(rng.integers(1, len(paper.pages)))
    page, pdf = paper.pages[place], pypdfium2.PdfDocument(folder / "papers" / f"{paper.paper}.pdf")
    sheet = blank_sheet(pdf[place])
    meant = fill_in(sheet, page, answers_for(page, rng), rng)
    image, lie = scan_sheet(sheet, SCANNERS[name], rng, 2 * int(rng.random() < 0.25))
    packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, 80])[1]
    task, exam = read_image.Task("i", Path(), "i", 1), exam_of(folder)
    began = time.process_time()
    scan = scan_of(np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8))
    pages, reads = read_image.read_scan(task, exam, prints, scan)
    tally.seconds += time.process_time() - began
    tally.counts["pages"] += 1
    tally.counts["pages not read"] += not pages[0].is_read
    tally.counts["pages lost"] += pages[0].is_read and (pages[0].paper, pages[0].page) != (
        paper.paper,
        place + 1,
    )
    for read in reads:
        tally.off += list(_off(read, page, lie, SCANNERS[name].dpi))
        if read.answer in meant:
            tally.add(read, meant[read.answer])


def _off(read: ReadRecord, page: PageBoxes, lie: Lie, dpi: int) -> list[float]:
    """Return by how many millimetres the corners of its boxes are off."""
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
    return [float(d) for d in np.linalg.norm(found - there, axis=1) / dpi * 25.4]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scanner", nargs="*", default=list(SCANNERS))
    given = parser.parse_args()
    cv2.setNumThreads(1)
    papers, prints = list(paper_boxes(given.folder)), Prints(given.folder / "papers")
    total: Counter[str] = Counter()
    for name in given.scanner:
        rng, tally = np.random.default_rng([given.seed, *name.encode()]), Tally()
        for _ in range(given.pages):
            paper = papers[int(rng.integers(len(papers)))]
            one_page(tally, given.folder, paper, prints, name, rng)
        c = tally.counts
        total.update(c)
        p95 = float(np.percentile(tally.off, 95)) if tally.off else float("nan")
        print(
            f"{name}: {c['pages']} pages, {c['pages not read']} not read;"
            f" clean ticks {c['clean tick']}, {c['clean tick waits']} wait;"
            f" other ticks {c['other tick']}, {c['other tick waits']} wait;"
            f" writing {c['writing']}; empty boxes {c['empty']}, {c['empty waits']} shown;"
            f" corners p95 {p95:.2f} mm; {tally.seconds / c['pages'] * 1000:.0f} ms of CPU a page",
            flush=True,
        )
    for kind in ("pages", "clean tick", "other tick", "writing", "empty"):
        lost, tries = total[f"{kind} lost"], total[kind]
        bound = f"below {3 / tries:.3%} with 95 %" if tries and not lost else ""
        print(f"{kind}: {lost} of {tries} silently wrong {bound}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
