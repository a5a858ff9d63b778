"""Sentences in the language of a paper: those that are written here, and those that were stored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from examgen.ground.separators import localize_plain
from examgen.ground.translations import FALLBACK, own_words, translate_count, words
from examgen.ground.wording import marks_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

_GAP = "{}"
_DEEPEST = 4
_TELLING = 15  # letters of a sentence that is known whatever it holds


@dataclass(frozen=True)
class Translator:
    """Says in a language what is written in English.

    >>> say = Translator("tr")
    >>> say("Your answer"), say.translate("at x=2: yours 4, expected 5")
    ('Yanıtınız', 'x=2 için: sizinki 4, beklenen 5')
    >>> say.translate("seen by Ada")
    'seen by Ada'
    """

    language: str = FALLBACK

    @property
    def known(self) -> Mapping[str, str]:
        """Return the words of the language."""
        return words(self.language)

    def __call__(self, english: str, *values: object) -> str:
        """Return a sentence of the table with values put in."""
        text = self.known.get(english, english)
        return text.format(*values) if values else text

    def translate(self, text: str, least: int = 0) -> str:
        """Return a sentence that was put together before, if the table has one like it.

        Args:
            text: the sentence; one that people may have written stays as it is.
            least: of how many letters its fixed words are at least.
        """
        if not text or self.language == FALLBACK:
            return text
        return _translated(text, self.language, least, 0)

    def translate_note(self, text: str) -> str:
        """Return a note in the language if it is one of examgen's, else as a person wrote it."""
        return self.translate(text, _TELLING)

    def marks(self, marks: Fraction) -> str:
        """Return marks with the decimal sign of the language."""
        return self.number(marks_text(marks))

    def number(self, text: str) -> str:
        """Return a text whose numbers have the signs of the language.

        >>> Translator("tr").number("from 1,250.5 to 1,300")
        'from 1.250,5 to 1.300'
        """
        return localize_plain(text, self.known)

    def percent(self, number: str) -> str:
        """Return a number of hundredths as the language writes them.

        >>> Translator("tr").percent("66.7"), ENGLISH.percent("66.7")
        ('%66,7', '66.7 %')
        """
        return self.known["percent"].format(share=self.number(number))

    def count(self, number: Fraction | int, thing: str = "mark") -> str:
        """Return a number of marks or questions with its word."""
        return translate_count(number, thing, self.known)


ENGLISH = Translator()


@lru_cache(maxsize=16_384)
def _translated(text: str, language: str, least: int, depth: int) -> str:
    found = words(language).get(text)
    if found is not None and (" " in text or not depth):
        return found
    if depth == _DEEPEST:
        return text
    first, newline, rest = text.partition("\n")
    if newline:  # a place in an answer is shown below what is said of it
        return f"{_translated(first, language, least, depth)}\n{rest}"
    for pattern, letters, translation in _patterns(language):
        if letters >= least and (match := pattern.fullmatch(text)):
            # What is put in may be a student's own words.
            inner = (_translated(x, language, _TELLING, depth + 1) for x in match.groups())
            return translation.format(*inner)
    return text


@lru_cache(maxsize=64)
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], int, str], ...]:
    """Return the sentences into which something is put, the most particular ones first."""
    own = [(name, text) for name, text in own_words(language).items() if _GAP in name]
    ranked = sorted(own, key=lambda pair: -_letters(pair[0]))
    return tuple(
        (re.compile("(.*?)".join(map(re.escape, name.split(_GAP)))), _letters(name), text)
        for name, text in ranked
    )


def _letters(name: str) -> int:
    return len(name.replace(_GAP, ""))
