"""Formats of preambles: TeX reads a preamble once where many documents of a program share it."""

from __future__ import annotations

import atexit
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

from examgen.ground.errors import ToolError
from generator.pdf.pdflatex import dump_format

WORTH = 3  # to make a format takes as long as to read its preamble twice

_ASKED: Counter[str] = Counter()


def format_of(preamble: str) -> Path | None:
    """Return the format of a preamble; None where too few documents share it or TeX makes none.

    The files are deleted when the program ends.
    """
    _ASKED[preamble] += 1
    return _made(preamble) if _ASKED[preamble] >= WORTH else None


@cache
def _made(preamble: str) -> Path | None:
    target = _folder() / f"{_made.cache_info().currsize}.fmt"
    try:
        dump_format(preamble, target)
    except ToolError:  # what is wrong is said of a document that has it
        return None
    return target


@cache
def _folder() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="examgen-formats-")
    atexit.register(folder.cleanup)
    return Path(folder.name)
