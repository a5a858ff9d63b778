"""Programs that turn pages and drawings into each other, with limits: PDF to SVG, SVG to PDF."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path

from examgen.ground.errors import ToolError
from examgen.ground.processes import end_with_parent
from generator.pdf.pdflatex import apt_hint
from generator.pdf.sandbox import restrict, ruleset

SECONDS, MEMORY, LARGEST = 20, 1 << 30, 64 << 20


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
    """Return the first pages of a PDF as SVG.

    Raises:
        ToolError: the program is missing, or refuses the PDF.
    """
    with tempfile.TemporaryDirectory(prefix="examgen-") as temporary:
        (Path(temporary) / "in.pdf").write_bytes(pdf)
        pages = (
            ["-svg", "-f", f"{at}", "-l", f"{at}", "in.pdf", "out"] for at in range(1, count + 1)
        )
        return [_run(PDF_TO_SVG, words, Path(temporary)) for words in pages]


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
