"""Answers that a spreadsheet changed: a date made of `1/2`, a long number cut to a few digits.

Nobody writes such texts as an answer, and what was there cannot be found out from them. They wait
for a person where they would be wrong, whatever file they come in: it may once have been a table.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from answers.kinds.base import Group, kind_named
from answers.syntax.errors import UnreadableKey
from examgen.ground.tables.names import fold_letters
from grader.scoring.rules import judge_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from examgen.folder.key import AnswerKey

_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_CLOCK = r"\d{1,2}:\d\d:\d\d(?:\.\d+)?(?: ?[ap]m)?"
# English, German, Turkish, Spanish, French, Italian, Portuguese, Dutch; as a cell shows them.
_NAMES = """jan januar january janv janvier oca ocak ene enero gen gennaio janeiro januari
    feb februar february fevr fevrier sub subat febrero febbraio fev fevereiro februari
    mar mart march marz mrz mars mars marzo marco maart mrt
    apr april avr avril nis nisan abr abril aprile
    may mai mayis mayo mag maggio maio mei
    jun june juni juin haz haziran junio giu giugno junho
    jul july juli juil juillet tem temmuz julio lug luglio julho
    aug august aout agu agustos ago agosto augustus
    sep sept september septembre eyl eylul septiembre set settembre setembro
    oct okt october oktober octobre eki ekim octubre ott ottobre out outubro
    nov november novembre kas kasim noviembre novembro
    dec dez december dezember decembre ara aralik dic diciembre dicembre dezembro"""
_NAME = f"(?:{'|'.join(sorted(_NAMES.split(), key=len, reverse=True))})"
_DATES = re.compile(
    "|".join((
        rf"{_YEAR}([-/.]){_MONTH}\1{_DAY}(?:[t ]{_CLOCK})?",
        rf"(?:{_DAY}([-/.]){_MONTH}|{_MONTH}([-/.]){_DAY})(?:\2|\3)\.?{_YEAR}(?: {_CLOCK})?",
        rf"{_DAY}[-/. ]{{1,2}}{_NAME}\.?(?:[-/. ]{{1,2}}(?:{_YEAR}|\d\d))?",
        rf"{_NAME}\.?[-/. ]{{1,2}}(?:{_YEAR}|\d\d?)(?:, {_YEAR})?",
        r"(?:0[1-9]|[12]\d|3[01])([/.])(?:0[1-9]|1[0-2])\4\d\d",
        _CLOCK,
    ))
)  # fmt: skip
_ERROR = re.compile(r"#(?:[a-z]+(?:/[a-z0]+)?[!?]?|sayi/0!|#+)")
_SHORT = re.compile(r"[+-]?(\d)(?:[.,](\d{1,14})E[+-]|E\+)\d{2,3}(?=$|\s|[A-Za-zµ%])")
_ZEROS = re.compile(r"[+-]?[1-9]\d{14}0+")
_KEPT = ("unit_mode", "variables", "language", "prefixes")


def is_date(text: str) -> bool:
    """Return whether a text is what a cell shows of a date, a time, or an error.

    >>> [is_date(text) for text in ("2025-02-01", "2-Jan", "23.May", "1.Şub", "1/2", "3x4x5")]
    [True, True, True, True, False, False]
    """
    if text.isdecimal():
        return False
    words = " ".join(fold_letters(text[:100]).split())
    return bool(_DATES.fullmatch(words) or _ERROR.fullmatch(words))


def damage_in(answer: AnswerKey, text: str, values: Iterable[str]) -> str:
    """Return why a wrong answer may be a spreadsheet's work, in words; empty where it is not.

    Args:
        answer: the key.
        text: what was handed in.
        values: what earns marks in full or in part: the right answer, mistakes, what follows.
    """
    text = text.strip()
    if is_date(text):
        is_asked_for = is_date(answer.expected)
        return "" if is_asked_for else f"a spreadsheet may have made {text} of another answer"
    digits = _digits(text)
    if not digits or kind_named(answer.kind).group is not Group.NUMBER:
        return ""
    options = {name: value for name, value in answer.options.items() if name in _KEPT}
    rounded = replace(answer, options={**options, "accuracy": digits})
    if any(_agrees(rounded, value, text) or _is_cut(value, text) for value in values):
        return f"a spreadsheet may have cut the number to {digits} digits; cut so, it agrees"
    return ""


def _digits(text: str) -> int:
    """Return to how many digits a spreadsheet cut a number; 0 where it did not."""
    if found := _SHORT.match(text):
        return 1 + len(found[2] or "")
    return 15 if _ZEROS.fullmatch(text) else 0


def _is_cut(value: str, text: str) -> bool:
    """Return whether a whole number is another one with zeros from its sixteenth digit on."""
    found = _SHORT.fullmatch(text)
    if not _ZEROS.fullmatch(text) and not (found and len(found[2] or "") == 14):
        return False
    digits = str(int(Decimal(text.replace(",", "."))))
    return len(value) == len(digits) > 15 and value[:15] == digits[:15]


def _agrees(rounded: AnswerKey, value: str, text: str) -> bool:
    try:
        found = judge_text(rounded, value, text.replace(",", ".", 1))
    except UnreadableKey:
        return False
    return found.verdict == "correct"
