"""The papers of a made-up class as scanned files, with the faults that stacks have.

scans/stack-0001.pdf    pages in no order, some turned, missing, twice, with their codes hidden;
                        to be printed: as they are, in their order
ink.jsonl               a line for each image: which page it is, and what was meant on it
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import pikepdf
import pypdfium2
from PIL import Image

from examgen.folder.pages.page_boxes import boxes_of
from examgen.simulation.scans.pens import DPI
from examgen.simulation.scans.scanners import SCANNERS, scan_sheet
from examgen.simulation.scans.sheets import Meant, blank_sheet, fill_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from examgen.simulation.scans.pens import Sheet
    from examgen.simulation.scans.scanners import Scanner
    from grader.scan.reading.prints import Picture

FOLDER, INK = "scans", "ink.jsonl"
PRINT = "print"  # instead of a scanner: the pages as they are written on, to print and to scan
PAPERS_A_FILE = 10
WAYS = {"one": 92, "corrected": 5, "odd": 3}  # those by which the answer is still the student's
FAULTS = {"none": 940, "turned": 20, "twice": 15, "missing": 5, "code hidden": 10, "back": 10}
QUALITY = 80


@dataclass(frozen=True)
class Shown:
    """An image of a stack, and what is on it.

    Attributes:
        fault: what is the matter with it: turned, twice, code hidden, back; else none; print of
            a page that has to be printed, and is scanned from another file.
        meant: by answer, what was meant; nothing on a back.
    """

    file: str
    number: int
    paper: str
    page: int
    fault: str
    meant: Mapping[str, Meant] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the line of the image."""
        return json.dumps(asdict(self), ensure_ascii=False)


def write_stacks(
    folder: Path,
    papers: Iterable[tuple[str, Mapping[str, str]]],
    out: Path,
    seed: str,
    scanner: str = "office",
) -> int:
    """Write the papers of a class as scanned files, and return how many images they have.

    Args:
        folder: the exam folder, with the PDFs of its papers.
        papers: each paper's id, and the texts of its answers.
        out: the folder of the class.
        seed: any text; the same seed gives the same stack.
        scanner: a name of `SCANNERS`, or `PRINT`.
    """
    device = SCANNERS.get(scanner)
    dpi = device.dpi if device else DPI
    (out / FOLDER).mkdir()
    left, count = iter(papers), 0
    with (out / INK).open("w", encoding="utf-8") as truth:
        for number in range(1, 1_000_000):
            some = list(islice(left, PAPERS_A_FILE))
            if not some:
                break
            name = f"stack-{number:04d}.pdf"
            images = list(_images(folder, some, seed, device))
            images = _shuffled(images, f"{seed}{name}") if device else images
            _write_pdf(out / FOLDER / name, [image for image, _ in images], dpi)
            for place, (_, shown) in enumerate(images, 1):
                line = Shown(name, place, shown.paper, shown.page, shown.fault, shown.meant)
                truth.write(line.to_json() + "\n")
            count += len(images)
    return count


def _rng(*names: str) -> np.random.Generator:
    return np.random.default_rng([*hashlib.sha256("\x1f".join(names).encode()).digest()])


def _shuffled(images: list[tuple[Picture, Shown]], seed: str) -> list[tuple[Picture, Shown]]:
    return [images[place] for place in _rng(seed).permutation(len(images))]


def _images(
    folder: Path,
    papers: Iterable[tuple[str, Mapping[str, str]]],
    seed: str,
    scanner: Scanner | None,
) -> Iterator[tuple[Picture, Shown]]:
    for paper, texts in papers:
        raw = (folder / "papers" / f"{paper}.pdf").read_bytes()
        pdf = pypdfium2.PdfDocument(raw)
        for page, boxes in enumerate(boxes_of(paper, raw).pages, 1):
            rng = _rng(seed, paper, str(page))
            sheet = blank_sheet(pdf[page - 1])
            meant = fill_in(sheet, boxes, texts, rng, WAYS)
            if scanner is None:
                yield (
                    (sheet * 255).round().astype(np.uint8),
                    Shown("", 0, paper, page, PRINT, meant),
                )
                continue
            names = list(FAULTS)
            share = np.array([FAULTS[name] for name in names], float)
            fault = str(rng.choice(names, p=share / share.sum()))
            for image in _scans(sheet, scanner, rng, fault):
                yield image, Shown("", 0, paper, page, fault, meant)
            if fault == "back":
                empty = np.ones_like(sheet)
                yield scan_sheet(empty, scanner, rng)[0], Shown("", 0, paper, 0, fault)


def _scans(
    sheet: Sheet, scanner: Scanner, rng: np.random.Generator, fault: str
) -> Iterator[Picture]:
    if fault == "missing":
        return
    if fault == "code hidden":
        corner = round(30 / 25.4 * DPI)
        sheet[-corner:, -round(45 / 25.4 * DPI) :] = 1
    quarters = int(rng.integers(1, 4)) if fault == "turned" else 0
    for _ in range(2 if fault == "twice" else 1):
        yield scan_sheet(sheet, scanner, rng, quarters)[0]


def _write_pdf(path: Path, images: list[Picture], dpi: int) -> None:
    """Write images as the pages of a PDF, each a JPEG and nothing else."""
    with pikepdf.new() as pdf:
        for image in images:
            high, wide = image.shape
            packed = io.BytesIO()
            Image.fromarray(image).save(packed, "JPEG", quality=QUALITY)
            page = pdf.add_blank_page(page_size=(wide / dpi * 72, high / dpi * 72))
            picture = pdf.make_stream(
                packed.getvalue(),
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=wide,
                Height=high,
                ColorSpace=pikepdf.Name.DeviceGray,
                BitsPerComponent=8,
                Filter=pikepdf.Name.DCTDecode,
            )
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
            x, y = wide / dpi * 72, high / dpi * 72
            page.obj.Contents = pdf.make_stream(f"q {x:.2f} 0 0 {y:.2f} 0 0 cm /Im0 Do Q".encode())
        pdf.save(path, deterministic_id=True)
