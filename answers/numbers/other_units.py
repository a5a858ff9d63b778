"""Units that are written otherwise than they are meant, seen from the unit that is expected.

A temperature's `C` is no coulomb; a radian is 1 and may be left out; rpm counts turns, and hertz
counts whatever comes back.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.numbers.units import Unit, parse_unit, unit_signs
from answers.syntax.errors import Unreadable
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

ANGLE = "angle"
_COUNTS = frozenset({"Hz", "Bq", "Ci", "rpm"})
_TIME = frozenset({"time"})
_LETTER = re.compile(r"(?<![A-Za-z°μΩ])([CF])(?![A-Za-z])")


@record
class Meant:
    """A unit that has the expected dimension.

    Attributes:
        unit: it.
        is_sure: no other reading is likely, so that an answer in it may be marked right.
    """

    unit: Unit
    is_sure: bool = True


def possible_units(unit: Unit, expected: Unit) -> Iterator[Meant]:
    """Give the units of the expected dimension that one of another dimension could stand for.

    >>> found = possible_units(parse_unit("1/s"), parse_unit("rad/s"))
    >>> [(str(m.unit.factor), m.is_sure) for m in found]
    [('1', True)]
    """
    if (degrees := _degrees(unit, expected)) is not None:
        yield Meant(degrees)
    if _bases(unit) == {"deg"} and expected.text.startswith("°"):
        yield Meant(expected, is_sure=False)
    mine, theirs = dict(unit.dimension), dict(expected.dimension)
    has, wanted = mine.pop(ANGLE, Fraction(0)), theirs.pop(ANGLE, Fraction(0))
    if mine != theirs or has == wanted:
        return
    found = _without_angle(unit, expected, wanted) if not has else _with_angle(unit, expected, has)
    for factor, is_sure in found if not (has and wanted) else ():
        yield Meant(_resized(unit, factor, expected), is_sure)


def _resized(unit: Unit, factor: Fraction, expected: Unit) -> Unit:
    """Return a unit that is so many times as large, of the expected dimension."""
    factor *= unit.factor
    parts = expected.parts if factor == expected.factor else unit.parts
    return replace(unit, factor=factor, dimension=expected.dimension, parts=parts)


def fits(unit: Unit, expected: Unit) -> bool:
    """Return whether a unit measures what the expected one does, or can be meant so."""
    return unit.dimension == expected.dimension or any(possible_units(unit, expected))


def _degrees(unit: Unit, expected: Unit) -> Unit | None:
    """Return the unit with C and F as degrees where a temperature is expected."""
    names = {name for name, _ in expected.dimension}
    if "temperature" not in names or "current" in names:
        return None
    try:
        found = parse_unit(_LETTER.sub(r"°\1", unit_signs(unit.text)))
    except Unreadable:
        return None
    return found if found.dimension == expected.dimension else None


def _without_angle(unit: Unit, expected: Unit, power: Fraction) -> Iterator[tuple[Fraction, bool]]:
    """Give what a unit without an angle is worth where one is expected, as `1/s` for `rad/s`."""
    counted, names = _bases(unit) & _COUNTS, _bases(expected)
    if not counted and "rad" in names:
        yield Fraction(1), True
    elif not counted and "rev" in names:
        yield _turn() ** power.numerator, False
        yield Fraction(1), False
    elif power == 1 and (counted == {"rpm"} or (counted == {"Hz"} and "rev" in names)):
        yield _turn(), True


def _with_angle(unit: Unit, expected: Unit, power: Fraction) -> Iterator[tuple[Fraction, bool]]:
    """Give what a unit with an angle is worth where none is expected, as `rev/s` for `Hz`."""
    counted, names = _bases(expected) & _COUNTS, _bases(unit)
    if not counted:
        yield Fraction(1), "rad" in names and {name for name, _ in expected.dimension} <= _TIME
    if not counted and "rev" in names:
        yield 1 / _turn() ** power.numerator, False
    if power == 1 and (counted == {"rpm"} or (counted == {"Hz"} and "rev" in names)):
        yield 1 / _turn(), True


def _turn() -> Fraction:
    return parse_unit("rev").factor


def _bases(unit: Unit) -> set[str]:
    return {name.partition(" ")[2] for name, _ in unit.parts}
