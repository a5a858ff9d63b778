"""Programs that turn pages and drawings into each other, with limits: PDF to SVG, SVG to PDF."""

from __future__ import annotations

import io
import os
import resource
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path

from pikepdf import Pdf

from examgen.ground.errors import ToolError
from examgen.ground.processes import end_with_parent
from generator.pdf.pdflatex import apt_hint
from generator.pdf.sandbox import restrict, ruleset
from generator.pdf.svg_pages import svg_pages

SECONDS, MEMORY, LARGEST = 20, 1 << 30, 64 << 20
LEAST = 3.0  # points, of the sides of a page


@dataclass(frozen=True)
class Program:
    """A program that converts a file, and the package of Debian and Ubuntu with it."""

    name: str
    apt: str
    use: str

    @property
    def path(self) -> str | None:
        """Return where it is; None where it is not."""
        return _found(self.name)

    @property
    def hint(self) -> str:
        """Return the command that installs it."""
        return apt_hint(self.apt)


PDF_TO_SVG = Program("pdftocairo", "poppler-utils", "drawings on HTML papers")
SVG_TO_PDF = Program("rsvg-convert", "librsvg2-bin", "SVG images on printed papers")
PROGRAMS = (PDF_TO_SVG, SVG_TO_PDF)


@cache
def _found(name: str) -> str | None:
    return shutil.which(name)


@lru_cache(maxsize=64)
def svg_to_pdf(svg: bytes) -> bytes:
    """Return an SVG image as a PDF of one page.

    Raises:
        ToolError: the program is missing, or refuses the image.
    """
    with tempfile.TemporaryDirectory(prefix="examgen-") as temporary:
        (Path(temporary) / "in.svg").write_bytes(svg)
        return _run(SVG_TO_PDF, ["-f", "pdf", "-o", "out", "in.svg"], Path(temporary))


def pages_to_svg(pdf: bytes, count: int) -> list[bytes]:
    """Return the pages of a PDF as SVG, all by one process where its SVG can have pages.

    Raises:
        ToolError: the program is missing, or refuses the PDF, or this has more or fewer pages.
    """
    with tempfile.TemporaryDirectory(prefix="examgen-") as temporary:
        folder = Path(temporary)
        sizes = _lead_with_largest(pdf, count, folder / "in.pdf")
        if made := svg_pages(_to_svg(folder, 1, count + 1), sizes):
            return made[1:]
        apart = (svg_pages(_to_svg(folder, at, at), [sizes[at - 1]]) for at in range(2, count + 2))
        return [one for (one,) in apart]


def _lead_with_largest(pdf: bytes, count: int, target: Path) -> list[tuple[str, str]]:
    """Write a PDF with a page before its own that is as large as all; return the sizes.

    What lies outside the first page of an SVG with pages could be cut off.
    """
    with Pdf.open(io.BytesIO(pdf)) as whole, Pdf.new() as led:
        if len(whole.pages) != count:
            raise ToolError(f"{count} drawings have {len(whole.pages)} pages")
        boxes = [page.mediabox for page in whole.pages]
        sizes = [(f"{box[2]}", f"{box[3]}") for box in boxes]
        width, height = (max(LEAST, *(float(box[at]) for box in boxes)) for at in (2, 3))
        led.add_blank_page(page_size=(width, height))
        led.pages.extend(whole.pages)
        led.save(target, deterministic_id=True)
        return [(f"{width}", f"{height}"), *sizes]


def _to_svg(folder: Path, first: int, last: int) -> bytes:
    words = ["-svg", "-f", f"{first}", "-l", f"{last}", "in.pdf", "out"]
    return _run(PDF_TO_SVG, words, folder)


def _run(program: Program, words: list[str], folder: Path) -> bytes:
    if program.path is None:
        raise ToolError(f"{program.name} is needed for {program.use}; install it: {program.hint}")
    rules = ruleset(folder)
    try:
        done = subprocess.run(  # noqa: S603 - a program by its path, no shell
            [program.path, *words],
            cwd=folder,
            env={"PATH": os.defpath, "HOME": str(folder), "SOURCE_DATE_EPOCH": "0", "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            preexec_fn=partial(_limit, rules),
        )
    except subprocess.TimeoutExpired as error:
        raise ToolError(f"{program.name} did not end within {SECONDS} s") from error
    finally:
        if rules is not None:
            os.close(rules)
    if done.returncode != 0 or not (folder / "out").is_file():
        why = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or [
            "no reason given"
        ]
        raise ToolError(f"{program.name} failed: {why[0]}")
    return (folder / "out").read_bytes()


def _limit(rules: int | None) -> None:
    end_with_parent()
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if rules is not None:
        restrict(rules)
