"""Decimals that repeat, with the period in brackets: `0.(3)` is 1/3, `0,1(6)` is 1/6."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.ambiguities.base import NUMBERS, Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_MOST_DIGITS = 30
_PERIOD = re.compile(
    rf"(?<![\w.,)])(\d{{1,{_MOST_DIGITS}}})[.,](\d{{0,{_MOST_DIGITS}}})\((\d{{1,{_MOST_DIGITS}}})\)"
)


def _readings(text: str, setting: Setting) -> Iterator[Reading]:  # noqa: ARG001
    """Give the fraction; 0.1(6) may be a product, 0.(6) is none."""
    settled = all(not part for _, part, _ in _PERIOD.findall(text))
    yield Reading(_PERIOD.sub(_fraction, text), settled, "a decimal that repeats")


def _fraction(found: re.Match[str]) -> str:
    whole, part, period = found.groups()
    places = 10 ** len(part)
    value = Fraction(int(whole + part), places)
    value += Fraction(int(period), places * (10 ** len(period) - 1))
    return f"({value})"


AMBIGUITY = Ambiguity("repeating_decimals", NUMBERS, _readings, rank=42, occurs=_PERIOD, signs="(")
