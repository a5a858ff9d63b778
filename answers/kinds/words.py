"""Choices and short texts: compared as words, never as patterns."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from answers.errors import Unreadable
from answers.judgement import Judgement, correct, wrong

if TYPE_CHECKING:
    from answers.options import Options

MAX_LENGTH = 1_000
_LETTER = re.compile(r"[(\[]?\s*([A-Za-z]|\d{1,2})\s*[)\].:]?")


@dataclass(frozen=True)
class WordsComparer:
    """Compares texts without regard to case, spacing, hyphens and closing marks."""

    expected: str
    choice: bool

    @classmethod
    def of(cls, expected: str, options: Options, *, choice: bool) -> WordsComparer:  # noqa: ARG003
        """Keeps the expected words."""
        return cls(_folded(expected, choice=choice), choice)

    def judge(self, answer: str) -> Judgement:
        """Judges a text."""
        if len(answer) > MAX_LENGTH:
            raise Unreadable(answer[:60], 0, f"the answer has more than {MAX_LENGTH} characters")
        folded = _folded(answer, choice=self.choice)
        if not folded:
            raise Unreadable(answer[:60], 0, "there is no word in this answer")
        if folded == self.expected:
            return correct(folded, "the expected words")
        return wrong(folded, "not the expected words")


def _folded(text: str, *, choice: bool) -> str:
    plain = unicodedata.normalize("NFKC", text[:MAX_LENGTH]).casefold()
    if choice and (letter := _LETTER.fullmatch(plain.strip())):
        return letter[1]
    plain = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in plain)
    plain = re.sub(r"[‐‑‒–—_-]+", " ", plain) if choice else re.sub(r"[‐‑‒–—]", "-", plain)
    return " ".join(plain.split()).strip(" .,;:!?\"'`")
