"""Units of measurement: exact, from a table of our own in `units.toml`.

A unit is a factor and exponents of base dimensions. Information counts in bits; k, M, G are powers
of 1000 and Ki, Mi, Gi powers of 1024, as IEC 80000-13 has it. Case matters: Mb is not MB.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from answers.numbers.unit_table import UnitRow, fault_in, unit_table
from answers.syntax.errors import Unreadable
from examgen.ground.record import record


@record
class Unit:
    """A unit: how much of the base units it is, and of which dimension.

    Attributes:
        factor: in base units (metre, gram, second, ampere, kelvin, mole, candela, bit, radian).
        dimension: exponents by base dimension, without zeros, in alphabetical order.
        offset: added after the factor (degrees Celsius and Fahrenheit only).
        text: as written.
        parts: the units it is made of, with their exponents: what makes two units the same.
    """

    factor: Fraction
    dimension: tuple[tuple[str, Fraction], ...]
    text: str
    offset: Fraction = Fraction(0)
    parts: tuple[tuple[str, int], ...] = ()

    def times(self, other: Unit, power: Fraction) -> Unit:
        """Return the product with a power of another unit."""
        if power.denominator != 1:
            raise Unreadable(other.text, 0, "a unit has whole exponents")
        exponents = dict(self.dimension)
        for name, exponent in other.dimension:
            exponents[name] = exponents.get(name, Fraction(0)) + exponent * power
        dimension = tuple(sorted((n, e) for n, e in exponents.items() if e))
        parts = dict(self.parts)
        for name, count in other.parts:
            parts[name] = parts.get(name, 0) + count * power.numerator
        made_of = tuple(sorted((n, e) for n, e in parts.items() if e))
        factor = self.factor * other.factor**power.numerator
        return Unit(factor, dimension, self.text, parts=made_of)


ONE = Unit(Fraction(1), (), "")
_DEFINED = re.compile(r"(\d[\d.]*(?:e[+-]?\d+)?(?:/\d+)?)?\s*(.*)")
_TOKEN = re.compile(
    r"\s*(?:(?P<name>°[CFK]?|%|‰|[A-Za-zμΩÅ]+)|(?P<power>(?:\^|\*\*)\s*(?:\(\s*[+-]?\d+\s*\)"
    r"|[+-]?\d+)|[+-]?\d+)|(?P<sign>[*·×/().]))"
)
_SIGNS = "*·×/."
_GAP = re.compile(r"\s*([/^·*])\s*")
_HELD = re.compile(r"\\(?:mathrm|text|textrm|mathit|textbf|mbox|textnormal)\s*\{([^{}]*)\}")
_WORDED = (
    (re.compile(r"\b(?:square|sq)\s+(\w+)", re.IGNORECASE), r"\1^2"),
    (re.compile(r"\b(?:cubic|cu)\s+(\w+)", re.IGNORECASE), r"\1^3"),
    (re.compile(r"\b([A-Za-z]+)\s+squared\b", re.IGNORECASE), r"\1^2"),
    (re.compile(r"\b([A-Za-z]+)\s+cubed\b", re.IGNORECASE), r"\1^3"),
    (re.compile(r"\bmm\s+Hg\b"), "mmHg"),
    (re.compile(r"\s+(?:per|pro)\s+", re.IGNORECASE), "/"),
)
# `deg K^-1` is an angle for each kelvin, `deg K` a kelvin.
_MICRO, _CIRCLE = re.compile(r"\\mu\s*"), re.compile(r"\\circ|\^\s*\{?\\circ\}?")
_DEGREES = re.compile(
    r"(?:°\s*|\b(?:deg(?:ree)?s?|grad|derece)\.?\s*)"
    r"(c(?:elsius|elcius|entigrade)?|f(?:ah?renheit)?"
    r"|(?:(?<=°)|(?<=° )|(?!\w+\s*(?:\^|\*\*|-?\d)))k(?:elvins?)?)\b",
    re.IGNORECASE,
)
_LATEX = re.compile(r"\\(?:mathrm|text|textrm|mathit|rm|operatorname|,|;|:|!| |left|right)")
_BRACED = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
_FRACTION = re.compile(rf"\\[dt]?frac\s*{_BRACED}\s*{_BRACED}")


@lru_cache(maxsize=4_096)
def find_unit(name: str) -> Unit | None:
    """Return the unit of a name, with its prefix; None where there is none.

    >>> find_unit("MiB").factor / 8, find_unit("ms").factor
    (Fraction(1048576, 1), Fraction(1, 1000))
    """
    table = unit_table()
    if name not in table.rows:
        name = table.symbol(name)
    if "/" in name:
        return parse_unit(name)
    if name in table.rows:
        return _unit(table.rows[name], Fraction(1), name)
    for sign, prefix in table.prefixes.items():
        if name.startswith(sign):
            rest = name.removeprefix(sign)
            row = table.rows.get(table.symbol(rest) if len(rest) > 2 else rest)
            if row is not None and row.takes(prefix):
                return _unit(row, prefix.size, name)
    return _in_words(name)


def _in_words(name: str) -> Unit | None:
    """Return a unit with its prefix as a word (kilobytes, mebibits), or of a symbol in capitals."""
    table, lower = unit_table(), name.lower()
    for word, prefix in table.prefix_words.items():
        rest = lower.removeprefix(word)
        row = table.rows.get(table.symbol(rest)) if len(rest) > 2 and rest != lower else None
        if row is not None:
            return _unit(row, prefix.size, name)
    symbol = table.lowered.get(lower)
    return None if symbol is None else _unit(table.rows[symbol], Fraction(1), name)


def _unit(row: UnitRow, prefix: Fraction, text: str) -> Unit:
    base = defined_unit(row.symbol)
    parts = ((f"{prefix} {row.symbol}", 1),)
    return Unit(base.factor * prefix, base.dimension, text, base.offset, parts)


@lru_cache(maxsize=1_024)
def defined_unit(symbol: str) -> Unit:
    """Return a unit as the table defines it.

    Raises:
        InputError: the definition cannot be used.

    >>> defined_unit("mi").factor, defined_unit("degC").offset
    (Fraction(201168, 125), Fraction(5463, 20))
    """
    row = unit_table().rows[symbol]
    if row.measures:
        return Unit(Fraction(1), ((row.measures, Fraction(1)),), symbol)
    try:
        factor, unit = _worth(row.is_)
        zero, in_unit = _worth(row.zero) if row.zero else (Fraction(0), unit)
    except Unreadable as error:
        raise fault_in(row, f"{error.what} in {error.text!r}") from error
    except (ValueError, ZeroDivisionError, RecursionError) as error:
        raise fault_in(row, f"{row.is_!r} has no value") from error
    if in_unit.dimension != unit.dimension:
        raise fault_in(row, f"its zero is in {row.zero!r}, which does not measure the same")
    return Unit(factor * unit.factor, unit.dimension, symbol, zero * in_unit.factor)


def _worth(text: str) -> tuple[Fraction, Unit]:
    """Read a number with units of the table; either may be left out."""
    found = _DEFINED.fullmatch(text)
    number, unit = found.groups() if found else (None, text)
    return Fraction(number or 1), parse_unit(unit) if unit else ONE


@lru_cache(maxsize=4_096)
def parse_unit(text: str) -> Unit:
    """Read a unit: `MB/s`, `kg m^2 s^-2`, `m·s⁻²`, `GFLOPS`.

    Raises:
        Unreadable: with the place that is not a unit.
    """
    clean = unit_signs(text)
    if not clean:
        raise Unreadable(text, 0, "the unit is missing")
    is_whole = text.count("{") == text.count("}")
    place = _Place(clean)
    unit = _read_product(place)
    if place.at < len(clean):
        raise place.error("this is not a unit")
    return replace(unit, text=text.strip() if is_whole else _GAP.sub(r"\1", clean))


@lru_cache(maxsize=1_024)
def unit_signs(text: str) -> str:
    r"""Return a unit without LaTeX and with signs for words such as `per` and `squared`.

    >>> unit_signs(r"\frac{\mathrm{m}}{s^{2}}"), unit_signs("degrees Celsius per second")
    ('( m )/(s^2)', '°C/second')
    """
    clean = _FRACTION.sub(r"(\1)/(\2)", _HELD.sub(r" \1 ", text) if "\\" in text else text)
    clean = _LATEX.sub(" ", clean).replace("\\cdot", "·").replace("\\times", "·")
    clean = _MICRO.sub("μ", clean).replace("\\Omega", "Ω").replace("\\%", "%")
    for worded, signs in _WORDED if " " in clean else ():
        clean = worded.sub(signs, clean)
    clean = _CIRCLE.sub("°", clean)
    clean = clean.replace("{", "").replace("}", "").replace("~", " ")
    return _DEGREES.sub(lambda found: f"°{found[1][0].upper()}", clean).strip()


class _Place:
    """A unit's text, and the place up to which it is read."""

    __slots__ = ("at", "text")

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def next(self) -> re.Match[str] | None:
        """Return the next token; None at the end.

        Raises:
            Unreadable: there is no token of a unit.
        """
        found = _TOKEN.match(self.text, self.at)
        if found is None and self.at < len(self.text):
            raise self.error("this is not a unit")
        return found

    def takes(self, signs: str) -> str:
        """Step over one of some signs and return it; empty where none comes next."""
        found = self.next()
        if found is None or (found["sign"] or found["power"] or "?") not in signs:
            return ""
        self.at = found.end()
        return found[0].strip()

    def error(self, what: str) -> Unreadable:
        """Return the error for a fault at this place."""
        return Unreadable(self.text, self.at, what)


def _read_product(place: _Place) -> Unit:
    """Read units up to the end or a bracket that closes; one alone keeps its zero.

    unit := ["1"] [sign factor] {[sign] factor}     sign := "*" | "·" | "×" | "." | "/"
    """
    is_one = bool(place.takes("1"))
    factors: list[tuple[Unit, Fraction]] = []
    sign = place.takes(_SIGNS)
    while sign or not _is_at_end(place):
        factors.append(_read_factor(place, -1 if sign == "/" else 1))
        sign = place.takes(_SIGNS)
    if not factors and not is_one:
        raise place.error("this is not a unit")
    if len(factors) == 1 and factors[0][1] == 1:
        return factors[0][0]
    result = ONE
    for unit, power in factors:
        result = result.times(unit, power)
    return result


def _is_at_end(place: _Place) -> bool:
    found = place.next()
    return found is None or found["sign"] == ")"


def _read_factor(place: _Place, sign: int) -> tuple[Unit, Fraction]:
    """Read one unit with its exponent, which is negative below a solidus.

    factor := (name | "(" unit ")") [["^" | "**"] ["("] exponent [")"]]
    """
    found = place.next()
    if found is None:
        raise place.error("the unit ends too early")
    if place.takes("("):
        unit = _read_product(place)
        if not place.takes(")"):
            raise place.error("')' is missing here")
        return unit, _read_power(place) * sign
    known = find_unit(found["name"]) if found["name"] else None
    if known is None:
        name = found["name"]
        raise place.error(f"the unit {name!r} is not known" if name else "this is not a unit")
    place.at = found.end()
    return known, _read_power(place) * sign


def _read_power(place: _Place) -> Fraction:
    found = _TOKEN.match(place.text, place.at)
    if found is None or not found["power"]:
        return Fraction(1)
    place.at = found.end()
    power = Fraction(re.sub(r"[^\d+-]", "", found["power"]))
    if abs(power) > 12:
        raise place.error("the exponent of the unit is out of range")
    return power
