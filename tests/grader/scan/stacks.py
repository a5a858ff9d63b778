"""A small exam that is printed, and stacks of its pages as scanners deliver them."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

from examgen.folder.pages.page_boxes import Box, PaperBoxes, boxes_of
from examgen.simulation.scans.pens import PENS, Hand, Sheet, check
from examgen.simulation.scans.scanners import SCANNERS, Scanner, scan_sheet
from examgen.simulation.scans.sheets import blank_sheet
from generator.exams.exam_file import read_exam
from generator.folder.make import Job, make
from generator.variants.assemble import copies
from grader.scan.reading.prints import Picture

EXAM = """course: c
title: t
code: quiz
questions:
  - title: Counting
    parts: [own/count, own/sort, own/sums]
"""
SORT = r"""---
title: Patterns
answers:
  spam:
    {choice: many-to-one, marks: 1, options: [one-to-one, one-to-many, many-to-one, many-to-many]}
  ham: {choice: "yes", marks: 1, options: ["yes", "no"]}
---
An e-mail is marked as spam or not. \answer{spam}

Such a network is recurrent, and its last state is what decides. \answer{ham}
"""
SUMS = r"""---
title: Sums
answers:
  one: {text: seven, marks: 1}
  two: {text: eight, marks: 1}
---
How many days does a week have, in words? \answer{one}

How many legs does a spider have, in words? \answer{two}
"""
QUESTION = r"""---
title: Weights
vary: {k: [3, 5, 7, 9], c: [16, 32, 64, 128], f: [10, 12, 14]}
values: {n: k**2 * c * f}
answers:
  n: {integer: n, marks: 2, space: 3 cm}
  why: {rubric: [{says: it is said why, marks: 1}], lines: 4}
---
A filter has \V{k} rows and columns and \V{c} channels, and there are \V{f} of them in a layer.
It has no biases. Calculate the number of weights of the layer. \answer{n}

Explain why the number does not depend on the size of the picture. \answer{why}
"""
OFFICE = Scanner(noise=2)


def make_exam(place: Path, code: str = "quiz", seed: str = "42", papers: int = 3) -> Path:
    """Print the exam; return its folder."""
    (place / "own").mkdir(parents=True, exist_ok=True)
    for name, text in (("count", QUESTION), ("sort", SORT), ("sums", SUMS)):
        (place / "own" / f"{name}.tex").write_text(text)
    (place / "exam.yaml").write_text(EXAM.replace("quiz", code))
    exam = read_exam(place / "exam.yaml")
    make(Job(exam, seed, copies(papers), place / f"{code}-{seed}", pdf="yes", workers=1))
    return place / f"{code}-{seed}"


@cache
def share_exam() -> Path:
    """Print the exam once for all tests of a process; who changes it makes a copy."""
    return make_exam(Path(tempfile.mkdtemp(prefix="examgen-stacks-")))


@dataclass
class Paper:
    """A printed paper that is filled in and scanned."""

    folder: Path
    id: str = "001"
    sheets: dict[int, Sheet] = field(default_factory=dict)
    scans: dict[object, Picture] = field(default_factory=dict)

    @cached_property
    def pdf(self) -> pypdfium2.PdfDocument:
        return pypdfium2.PdfDocument(self.folder / "papers" / f"{self.id}.pdf")

    @cached_property
    def boxes(self) -> PaperBoxes:
        return boxes_of(self.id, (self.folder / "papers" / f"{self.id}.pdf").read_bytes())

    def hand(self, pen: str = "black") -> Hand:
        digest = hashlib.sha256(f"{self.id}{pen}".encode()).digest()
        return Hand(PENS[pen], np.random.default_rng([*digest]))

    def sheet(self, page: int) -> Sheet:
        if page not in self.sheets:
            self.sheets[page] = blank_sheet(self.pdf[page - 1])
        return self.sheets[page]

    def tick(self, answer: str, option: int, pen: str = "black") -> None:
        box = self.box(answer, option)
        self.hand(pen).draw(self.sheet(self.page(answer)), *check(box, self.hand(pen).rng))

    def write(self, answer: str, text: str, pen: str = "black") -> None:
        self.hand(pen).write(self.sheet(self.page(answer)), self.box(answer, None), text)

    def box(self, answer: str, option: int | None) -> Box:
        boxes = (box for page in self.boxes.pages for box in page.boxes)
        return next(box for box in boxes if (box.answer, box.option) == (answer, option))

    def page(self, answer: str) -> int:
        pages = enumerate(self.boxes.pages, 1)
        return next(n for n, page in pages if answer in {box.answer for box in page.boxes})

    def scan(
        self, page: int, scanner: Scanner = OFFICE, quarters: int = 0, seed: int = 1
    ) -> Picture:
        key = (page, scanner, quarters, seed, float(self.sheet(page).sum()))
        if key not in self.scans:
            rng = np.random.default_rng([seed, page, int(self.id)])
            self.scans[key] = scan_sheet(self.sheet(page), scanner, rng, quarters)[0]
        return self.scans[key]


def empty_sheet(*, seed: int = 1) -> Picture:
    """Scan a sheet on which nothing is."""
    sheet = np.ones((3508, 2481), np.float32)
    return scan_sheet(sheet, OFFICE, np.random.default_rng(seed))[0]


def stack(path: Path, images: list[Picture], dpi: int = 200) -> Path:
    """Write a stack as a PDF of JPEGs, as office scanners do."""
    first, *more = (Image.fromarray(image) for image in images)
    first.save(path, save_all=True, append_images=more, resolution=dpi, quality=85)
    return path


__all__ = ["OFFICE", "SCANNERS", "Paper", "empty_sheet", "make_exam", "stack"]
