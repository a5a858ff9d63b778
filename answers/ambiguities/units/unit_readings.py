"""Other ways to read the unit of a student's quantity: what their ambiguities share."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from answers.kinds.quantities import number_and_unit
from answers.numbers.currencies import currency, money_in_words
from answers.numbers.other_units import fits
from answers.numbers.units import Unit, find_unit, parse_unit, unit_signs
from answers.syntax.errors import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from answers.ambiguities.base import Reading, Setting

# Wrong answers are many, and each reading costs a comparison.
_MOST = 4
_NAME = re.compile(r"[A-Za-zμΩ°]+")


def unit_or_none(text: str) -> Unit | None:
    """Return the unit of a text; None where it is none."""
    try:
        return parse_unit(text)
    except Unreadable:
        return None


def readings_of_unit(
    text: str, setting: Setting, rewrite: Callable[[str, str], Iterator[Reading]]
) -> Iterator[Reading]:
    """Give the readings of a quantity that other readings of its unit make.

    Args:
        text: the answer.
        setting: the question; a reading has the dimension of its unit.
        rewrite: the readings of a unit, given as signs, beside the expected unit.
    """
    expected = unit_or_none(setting.unit) if setting.unit else None
    if expected is None:
        return
    seen: set[str] = set()
    for before, tail in _parted(text, setting, currency(expected)):
        for reading in rewrite(tail, setting.unit):
            unit = unit_or_none(reading.text)
            whole = f"{before} {reading.text}".strip()
            if unit is None or whole in seen or not fits(unit, expected):
                continue
            seen.add(whole)
            yield replace(reading, text=whole)
            if len(seen) == _MOST:
                return


def is_plain(text: str, setting: Setting) -> bool:
    """Return whether an answer has one unit, which measures what is asked."""
    names = _NAME.findall(text)
    if len(names) != 1:
        return not names
    unit, expected = find_unit(names[0]), unit_or_none(setting.unit) if setting.unit else None
    return unit is not None and expected is not None and unit.dimension == expected.dimension


def _parted(text: str, setting: Setting, money: str) -> Iterator[tuple[str, str]]:
    """Give what is before the unit and the unit, in signs; of sides joined by =, the last."""
    before, equals, last = text.rpartition("=")
    has_number = setting.options.unit_mode != "only"
    last = money_in_words(last, money) if money else last
    try:
        for number, tail in number_and_unit(last, number_needed=has_number):
            if has_number or not number.strip():
                yield f"{before}{equals} {number}", unit_signs(tail)
    except Unreadable:
        return
