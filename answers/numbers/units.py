"""Units of measurement: a table of our own, exact, loaded in no time.

A unit is a factor and exponents of base dimensions. Information counts in bits; k, M, G are powers
of 1000 and Ki, Mi, Gi powers of 1024, as IEC 80000-13 has it. Case matters: Mb is not MB.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from answers.numbers.unit_names import (
    ALIASES,
    BINARY,
    BINARY_WORDS,
    BY_LOWER,
    BY_WORD,
    OFFSETS,
    PREFIX_WORDS,
    PREFIXES,
    SAME,
    TABLE,
)
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
        """The product with a power of another unit."""
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
_COUNTED_BY_1024 = frozenset("B b bit byte bps Bps bits bytes Bit Byte Bits Bytes".split())
_TOKEN = re.compile(
    r"\s*(?:(?P<name>°[CFK]?|%|‰|[A-Za-zμΩÅ]+)|(?P<power>(?:\^|\*\*)\s*(?:\(\s*[+-]?\d+\s*\)"
    r"|[+-]?\d+)|[+-]?\d+)|(?P<sign>[*·×/().]))"
)
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
_DEGREES = re.compile(
    r"(?:°\s*|\b(?:deg(?:ree)?s?|grad|derece)\.?\s*)"
    r"(c(?:elsius|elcius|entigrade)?|f(?:ah?renheit)?"
    r"|(?:(?<=°)|(?<=° )|(?!\w+\s*(?:\^|\*\*|-?\d)))k(?:elvins?)?)\b",
    re.IGNORECASE,
)
_LATEX = re.compile(r"\\(?:mathrm|text|textrm|mathit|rm|operatorname|,|;|:|!| |left|right)")
_BRACED = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
_FRACTION = re.compile(rf"\\[dt]?frac\s*{_BRACED}\s*{_BRACED}")


_KILO = re.compile(r"K(?:[Bb]ytes?|[Bb]its?)")


@lru_cache(maxsize=4_096)
def named(name: str) -> Unit | None:
    """The unit of a name, with its prefix; None where there is none.

    >>> named("MiB").factor / 8, named("ms").factor
    (Fraction(1048576, 1), Fraction(1, 1000))
    """
    if name not in TABLE:
        name = ALIASES.get(name) or BY_WORD.get(name.lower(), name)
    if _KILO.fullmatch(name):
        name = f"k{name[1:]}"
    if "/" in name:
        return parse_unit(name)
    if name in TABLE:
        return _unit(name, Fraction(1), name)
    for prefix, power in PREFIXES.items():
        rest = name.removeprefix(prefix)
        rest = _symbol(rest) if len(rest) > 2 or rest == "Ω" else rest
        if rest != name and TABLE.get(rest, (0, 0, False))[2]:
            return _unit(rest, Fraction(10) ** power, name)
    for prefix, power in BINARY.items():
        rest = name.removeprefix(prefix)
        if rest in _COUNTED_BY_1024 and rest != name:
            symbol = _symbol(rest)
            return _unit(
                symbol if symbol in TABLE else symbol.lower(), Fraction(1024) ** power, name
            )
    return _spelled(name)


def _symbol(name: str) -> str:
    """Return the symbol of a unit that is given by symbol or word."""
    return ALIASES.get(name) or BY_WORD.get(name.lower(), name)


def _spelled(name: str) -> Unit | None:
    """Return a unit with its prefix as a word (kilobytes, mebibits), or of a symbol in capitals."""
    lower = name.lower()
    for words, base in ((PREFIX_WORDS, 10), (BINARY_WORDS, 1024)):
        for word, power in words.items():
            rest = lower.removeprefix(word)
            if rest != lower and _symbol(rest) in TABLE and len(rest) > 2:
                return _unit(_symbol(rest), Fraction(base) ** power, name)
    symbol = BY_LOWER.get(lower)
    return None if symbol is None else _unit(symbol, Fraction(1), name)


def _unit(base: str, prefix: Fraction, text: str) -> Unit:
    factor, dimension, _ = TABLE[base]
    exponents = tuple(sorted((n, Fraction(e)) for n, e in dimension.items()))
    offset = OFFSETS.get(base, Fraction(0))
    return Unit(
        factor * prefix, exponents, text, offset, ((f"{prefix} {SAME.get(base, base)}", 1),)
    )


@lru_cache(maxsize=4_096)
def parse_unit(text: str) -> Unit:
    """Reads a unit: `MB/s`, `kg m^2 s^-2`, `m·s⁻²`, `GFLOPS`.

    Raises:
        Unreadable: with the place that is not a unit.
    """
    clean = unit_signs(text)
    if not clean:
        raise Unreadable(text, 0, "the unit is missing")
    return _UnitReader(clean, text.strip()).read()


def unit_signs(text: str) -> str:
    r"""Return a unit without LaTeX and with signs for words such as `per` and `squared`.

    >>> unit_signs(r"\frac{\mathrm{m}}{s^{2}}"), unit_signs("degrees Celsius per second")
    ('( m )/(s^2)', '°C/second')
    """
    clean = _FRACTION.sub(r"(\1)/(\2)", _HELD.sub(r" \1 ", text) if "\\" in text else text)
    clean = _LATEX.sub(" ", clean).replace("\\cdot", "·").replace("\\times", "·")
    clean = re.sub(r"\\mu\s*", "μ", clean).replace("\\Omega", "Ω").replace("\\%", "%")
    for worded, signs in _WORDED if " " in clean else ():
        clean = worded.sub(signs, clean)
    clean = re.sub(r"\\circ|\^\s*\{?\\circ\}?", "°", clean)
    clean = clean.replace("{", "").replace("}", "").replace("~", " ")
    return _DEGREES.sub(lambda found: f"°{found[1][0].upper()}", clean).strip()


class _UnitReader:
    """Reads products and quotients of units with whole exponents."""

    def __init__(self, text: str, written: str) -> None:
        self.text, self.at, self.written = text, 0, written

    def read(self) -> Unit:
        """The whole text as one unit."""
        unit, parts = self._group(closing=False)
        offset = unit.offset if parts == 1 else Fraction(0)
        return replace(unit, text=self.written, offset=offset)

    def _group(self, *, closing: bool) -> tuple[Unit, int]:
        result, sign, parts = ONE, 1, 0
        is_open = False
        while self.at < len(self.text):
            match = _TOKEN.match(self.text, self.at)
            if match is None:
                raise Unreadable(self.text, self.at, "this is not a unit")
            start, self.at = self.at, match.end()
            was_open, is_open = is_open, (match["sign"] or "()") not in "()"
            if was_open and is_open:
                raise Unreadable(self.text, start, "this is not a unit")
            if match["sign"] == ")" and closing and self.text[:start].rstrip()[-1:] != "(":
                return result, parts
            if match["sign"] == "(":
                inner, _ = self._group(closing=True)
                result, sign = result.times(inner, self._power() * sign), 1
            elif match["sign"] == "/":
                sign = -1
            elif match["sign"] in {"*", "·", "×", "."}:
                continue
            elif match["name"]:
                unit = named(match["name"])
                if unit is None:
                    raise Unreadable(self.text, start, f"the unit {match['name']!r} is not known")
                power = self._power() * sign
                plain = not parts and power == 1
                result = unit if plain else result.times(unit, power)
                sign, parts = 1, parts + 1
            elif match["power"] and not parts and match["power"].strip() == "1":
                continue  # 1/s
            else:
                raise Unreadable(self.text, start, "this is not a unit")
        if closing or is_open:
            what = "')' is missing here" if closing else "the unit ends too early"
            raise Unreadable(self.text, self.at, what)
        return result, parts

    def _power(self) -> Fraction:
        match = _TOKEN.match(self.text, self.at)
        if match is None or not match["power"]:
            return Fraction(1)
        self.at = match.end()
        power = Fraction(re.sub(r"[^\d+-]", "", match["power"]))
        if abs(power) > 12:
            raise Unreadable(self.text, self.at, "the exponent of the unit is out of range")
        return power
