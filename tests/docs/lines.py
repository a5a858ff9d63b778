"""The command lines of the documentation: those of blocks, and those within sentences."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
README = DOCS.parent / "README.md"
PAGES = (README, *sorted(DOCS.glob("*.md")))


def block_lines(page: Path) -> list[str]:
    """Return the command lines that a page shows on lines of their own."""
    text = page.read_text(encoding="utf-8")
    return re.findall(r"^ {4,}(?:\$ )?(examgen \S.*?) *$", text, re.MULTILINE)


def inline_lines(page: Path) -> Iterator[str]:
    """Yield the command lines within a page's sentences."""
    text = page.read_text(encoding="utf-8")
    for line in re.findall(r"`(examgen\s+[a-z][^`]*\s[^`]+)`", text):
        yield " ".join(line.split())


def pattern_of(line: str) -> re.Pattern[str]:
    """Return a pattern of what may be typed for a line: a word in capitals may be any other."""
    words = (re.escape(word) for word in shlex.split(line))
    return re.compile(" ".join(re.sub(r"\b[A-Z]{3,}\b", r"\\S+", word) for word in words))
