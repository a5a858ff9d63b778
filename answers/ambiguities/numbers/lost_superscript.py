"""Exponents that lost their height in a copy: `5x10-3`, `3.65×10-32`, `a2+b2`, `10 - 30`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import MATHEMATICS, SYMBOLIC, Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_TEN = re.compile(
    r"(?<![\d.])10\s*([-−–]\s*\d{1,3})(?![\d.])|(?<=[x×*·X])\s*10\s?(\d{1,2})(?![\d.])"
)
_LETTER = re.compile(
    r"(?<![\\A-Za-z_\d])([A-Za-z])(\d)(?![\d.])|(?<=[A-Za-z0-9])([A-Za-z])(\d)(?![\d.])"
)
_BRACKET = re.compile(r"\)(\d)(?![\d.])")
_E = re.compile(r"(?<![A-Za-z0-9_\\])e([-−][A-Za-z0-9]+)(?![\w^(])")
_SUSPECT = re.compile(r"[A-Za-z)]\d|e[-−]|[a-z]\s*[A-Za-z]\s*[\^⁰¹²³⁴-⁹ⁿ]")
_OCCURS = re.compile(rf"10\s*[-−–]|[x×*·X]\s*10|{_SUSPECT.pattern}")
_UNRAISED = re.compile(
    r"\b(sin|cos|tan|sinh|cosh|tanh|sigma|log|ln)\s*([A-Za-z])\s*(?=[\^⁰¹²³⁴-⁹ⁿ])"
)
_RAISED_NAME = re.compile(r"\b(tanh|sinh|cosh|sin|cos|tan)(\d)\s*\(")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    if "10" in text:
        tens = _TEN.sub(lambda found: f"10^({(found[1] or found[2]).replace(' ', '')})", text)
        if tens != text:
            yield Reading(tens, is_settled=False, how="a power of ten")
    if setting.kind not in SYMBOLIC or not _SUSPECT.search(text):
        return
    raised = _LETTER.sub(lambda found: _power(found, setting.names), _BRACKET.sub(r")^\1", text))
    raised = _E.sub(r"e^(\1)", raised) if "e" not in setting.names else raised
    raised = _RAISED_NAME.sub(r"\1^\2(", raised)
    if raised != text:
        yield Reading(raised, is_settled=False, how="a raised exponent")
    applied = _UNRAISED.sub(r"\1(\2)", text)
    if applied != text:
        yield Reading(applied, is_settled=False, how="the power of the function")


def _power(found: re.Match[str], names: frozenset[str]) -> str:
    letter, digit = found[1] or found[3], found[2] or found[4]
    is_known = letter in names and f"{letter}{digit}" not in names
    return f"{letter}^{digit}" if is_known and f"{letter}_{digit}" not in names else found[0]


AMBIGUITY = Ambiguity(
    "lost_superscript", MATHEMATICS, _readings, rank=44, occurs=_OCCURS, signs="a-*)"
)
