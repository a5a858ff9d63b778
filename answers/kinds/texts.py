"""Choices and short texts: compared as words, never as patterns."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from answers.kinds.base import Facts, Group, Kind
from answers.kinds.written import as_it_stands, no_latex
from answers.syntax.errors import Unreadable
from answers.syntax.unwrap import unwrap
from answers.verdict import Ground, Judgement, correct, wrong
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.options import Options

_LETTER = re.compile(r"[(\[]?\s*([+-]?)\s*([A-Za-z]|\d{1,2})\s*[)\].:]?\.?")
_MARKUP = re.compile(r"(?:\\(?:text(?:rm|bf|it|sf)?|math(?:rm|bf|it|sf)?|mbox))?\s*\{([^{}]*)\}\.?")
_OPTION = re.compile(r"(?:option|choice)\s+(?=[(\[]?[a-z0-9][)\]]?\.?$)")
_COMMA = re.compile(r"\s*,\s*")
_MARKS = str.maketrans("‐‑‒–—−‘’′“”", "------" + "'" * 3 + '""')
# Turkish has two letters i, with a dot and without; each may be what a capital I or İ is of.
_TURKISH = str.maketrans("ıİ", "ii")
_HYPHENS = re.compile(r"(?<=\w)-+(?=\w)|_+|\s-+\s")
_FACTORIAL = re.compile(r"(?<!\w)\w!$|\)!$")


@record
class WordsComparer:
    """Compares texts without regard to spacing, hyphens, closing marks and usually capitals."""

    expected: str
    choice: bool
    penalty: float = 0.0
    capitals: bool = False

    @classmethod
    def of(cls, expected: str, options: Options, *, choice: bool) -> WordsComparer:
        """Keep the expected words."""
        bare = unwrap(expected) if choice else expected
        words = fold_text(bare, choice=choice, capitals=options.keeps_capitals)
        return cls(words, choice, float(options.penalty), options.keeps_capitals)

    @property
    def facts(self) -> Facts:
        """Return nothing: words have no letters."""
        return Facts()

    def judge(self, answer: str) -> Judgement:
        """Judge a text."""
        words = fold_text(answer, choice=self.choice, capitals=self.capitals)
        if not words:
            raise Unreadable(answer[:60], 0, "there is no word in this answer")
        if words == self.expected:
            return correct(words, "the expected words", ground=Ground.IDENTICAL)
        is_alike = self.capitals and words.casefold() == self.expected.casefold()
        why = (
            "other capitals than the expected words have" if is_alike else "not the expected words"
        )
        found = wrong(words, why)
        return replace(found, score=-self.penalty) if self.penalty else found


# The options of a choice are the same on many papers.
@lru_cache(maxsize=4_096)
def fold_text(text: str, *, choice: bool, capitals: bool = False) -> str:
    """Return a text without spacing, hyphens, marks and case, as texts are compared.

    Args:
        text: the text.
        choice: it is an option, which may be named by its letter.
        capitals: leave them as they are.

    >>> fold_text("KIRMIZI", choice=True) == fold_text("kırmızı", choice=True)
    True
    """
    plain = unicodedata.normalize("NFKC", text).translate(_MARKS)
    plain = plain if capitals else plain.translate(_TURKISH).casefold()
    plain = _unheld("".join(_visible(character) for character in plain).strip())
    if choice:
        plain = _COMMA.sub(", ", _OPTION.sub("", plain))
        if letter := _LETTER.fullmatch(plain.strip()):
            return letter[1] + letter[2]
        plain = _HYPHENS.sub(" ", plain)
    return _unmarked(" ".join(plain.split()))


def _unheld(text: str) -> str:
    """Remove the dollars, boxes and braces of LaTeX around the whole text."""
    while text[:1] in {"$", "\\", "{"} and text:
        held = _MARKUP.fullmatch(text)
        inner = held[1] if held else unwrap(text)
        if inner == text:
            break
        text = inner.strip()
    return text


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cf":
        return ""
    return " " if category[0] in "CZ" else character


def _unmarked(text: str) -> str:
    """Remove the marks around a text; a mark that is all of it, or mathematics, stays.

    >>> _unmarked("'yes'."), _unmarked("f'"), _unmarked("n!"), _unmarked("-")
    ('yes', "f'", 'n!', '-')
    """
    bare = text.strip(' .,;:?"`')
    if bare.startswith("'") and bare.endswith("'") and len(bare) > 1:
        bare = bare[1:-1]
    if not _FACTORIAL.search(bare):
        bare = bare.rstrip("!")
    return bare.strip(' .,;:?"`')


def _notations(expected: str, options: Options) -> Iterator[str]:
    if "\\" not in expected and not options.keeps_capitals:
        yield expected.upper()
    yield from (f" {expected}  ", f"{expected}.")


def _others(text: str) -> Iterator[str]:
    yield f"not {text}"


TEXT = Kind(
    "text",
    Group.WORDS,
    partial(WordsComparer.of, choice=False),
    neutral="-",
    written=as_it_stands,
    latex=no_latex,
    notations=_notations,
    says="these words",
    bare=str,
    others=_others,
)
CHOICE = replace(
    TEXT,
    name="choice",
    comparer=partial(WordsComparer.of, choice=True),
    says="this option",
    bare=unwrap,
)
KINDS = (CHOICE, TEXT)
