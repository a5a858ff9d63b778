"""A decimal comma that was read as a mark of thousands or of elements, and its reverse.

`2,176` for 2.176, `2,5; 4`, `0,5 < x < 1,5`, `10.908` for 10908. Where the language of the paper
has the decimal comma, or nothing else could be meant, this is settled.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import MATHEMATICS, Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

# Where the comma is the decimal sign; from Unicode's CLDR.
COMMA_LANGUAGES = frozenset(
    "tr de fr es it pt nl pl ru uk cs sk sl hr sr ro bg el hu fi sv da nb no et lv lt az id"
    " vi".split()
)
_COMMA = re.compile(r"(?<=\d)\{?,\}?(?=\d)")
_FIRST_POINT = re.compile(r"\d\.\d")
# No group of thousands begins a number with 0: 0.016 is a decimal in every language.
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})+(?![\d.])")
_INDIAN = re.compile(r"(?<![\d.,])\d{1,2}(?:,\d{2})+,\d{3}(?![\d,])")
_COMPARED = re.compile(r"[<>≤≥]|\\[lg]e")
# What parts the elements of `1,5 -2`: a sign behind it belongs to a number.
_GAP = re.compile(r"(?<=\d)\s+(?=[-−+]?\d)")
# Brackets of an interval around one number, which are none.
_ENDS = re.compile(r"\[[^,;()\[\]]*[)\]]|\([^,;()\[\]]*\]")
_OCCURS = re.compile(r"[,.]\}?\d")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    is_usual = setting.options.language[:2] in COMMA_LANGUAGES
    if _INDIAN.search(text):
        joined = _INDIAN.sub(lambda found: found[0].replace(",", ""), text)
        yield Reading(joined, is_settled=True, how="with marks of thousands as in India")
    if _COMMA.search(text) and not _FIRST_POINT.search(text):
        is_set = setting.kind in {"interval", "inequality"}
        is_compared = is_set and bool(_COMPARED.search(text))
        is_settled = is_usual or is_compared
        decimal = _COMMA.sub(".", text)
        count = 2 if setting.kind == "interval" and not is_compared else setting.count
        if count and not _may_have(decimal, count):
            return
        if is_settled or not is_set or not _ENDS.search(decimal):
            yield Reading(decimal, is_settled, how="a decimal comma")
    if _THOUSANDS.search(text):
        joined = _THOUSANDS.sub(lambda found: found[0].replace(".", ""), text)
        yield Reading(joined, is_settled=is_usual, how="points as marks of thousands")


def _may_have(text: str, count: int) -> bool:
    """Return whether a text can have so many elements."""
    separators = text.count(",") + text.count(";")
    are_spaced = separators + len(_GAP.findall(text)) + 1 == count
    is_union = any(sign in text for sign in ("or", "and", "∪", "cup", "U"))
    return separators + 1 == count or are_spaced or is_union


AMBIGUITY = Ambiguity(
    "decimal_comma",
    MATHEMATICS,
    _readings,
    rank=40,
    occurs=_OCCURS,
    signs=",.",
)
