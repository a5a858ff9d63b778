"""The fixed words of papers in a language: one file of `templates/words` each."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from examgen.ground.wording import marks_text, plural

if TYPE_CHECKING:
    from collections.abc import Mapping

FALLBACK = "en"


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that papers can be printed in.

    >>> languages()
    ('en', 'tr')
    """
    found = (files("templates") / "words").iterdir()
    return tuple(sorted(item.name.removesuffix(".yaml") for item in found))


@cache
def words(language: str) -> Mapping[str, str]:
    """Return the words of a language; what its file lacks is English.

    >>> words("tr")["question"]
    'Soru'
    """
    text = (files("templates") / "words" / f"{language}.yaml").read_text(encoding="utf-8")
    own: dict[str, str] = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - texts only
    return own if language == FALLBACK else {**words(FALLBACK), **own}


def translate_count(number: Fraction | int, thing: str, known: Mapping[str, str]) -> str:
    """Return a number of marks or questions with its word.

    >>> translate_count(1, "mark", words("en")), translate_count(7, "mark", words("en"))
    ('1 mark', '7 marks')
    """
    words_of_it = plural(number, known[f"one_{thing}"], known[f"{thing}s"])
    return f"{marks_text(Fraction(number))} {words_of_it}"
