"""Units of measurement: a table of our own, exact, loaded in no time.

A unit is a factor and exponents of base dimensions. Information counts in bits; k, M, G are powers
of 1000 and Ki, Mi, Gi powers of 1024, as IEC 80000-13 has it. Case matters: Mb is not MB.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from answers.errors import Unreadable

_PREFIXES = {
    "Y": 24, "Z": 21, "E": 18, "P": 15, "T": 12, "G": 9, "M": 6, "k": 3, "h": 2, "da": 1,
    "d": -1, "c": -2, "m": -3, "u": -6, "μ": -6, "mu": -6, "n": -9, "p": -12, "f": -15, "a": -18,
}  # fmt: skip
_BINARY = {"Ki": 1, "Mi": 2, "Gi": 3, "Ti": 4, "Pi": 5, "Ei": 6}
_WORDS = {
    "yotta": 24, "zetta": 21, "exa": 18, "peta": 15, "tera": 12, "giga": 9, "mega": 6, "kilo": 3,
    "hecto": 2, "deca": 1, "deci": -1, "centi": -2, "milli": -3, "micro": -6, "nano": -9,
    "pico": -12, "femto": -15,
}  # fmt: skip
_BINARY_WORDS = {"kibi": 1, "mebi": 2, "gibi": 3, "tebi": 4, "pebi": 5}
_F = Fraction


@dataclass(frozen=True)
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
# name: (factor, {dimension: exponent}, may it have SI prefixes?)
_TABLE: dict[str, tuple[Fraction, dict[str, int], bool]] = {
    "m": (_F(1), {"length": 1}, True), "g": (_F(1), {"mass": 1}, True),
    "s": (_F(1), {"time": 1}, True), "A": (_F(1), {"current": 1}, True),
    "K": (_F(1), {"temperature": 1}, True), "mol": (_F(1), {"amount": 1}, True),
    "cd": (_F(1), {"light": 1}, True), "Hz": (_F(1), {"time": -1}, True),
    "N": (_F(1000), {"mass": 1, "length": 1, "time": -2}, True),
    "Pa": (_F(1000), {"mass": 1, "length": -1, "time": -2}, True),
    "J": (_F(1000), {"mass": 1, "length": 2, "time": -2}, True),
    "W": (_F(1000), {"mass": 1, "length": 2, "time": -3}, True),
    "C": (_F(1), {"current": 1, "time": 1}, True),
    "V": (_F(1000), {"mass": 1, "length": 2, "time": -3, "current": -1}, True),
    "F": (_F(1, 1000), {"mass": -1, "length": -2, "time": 4, "current": 2}, True),
    "ohm": (_F(1000), {"mass": 1, "length": 2, "time": -3, "current": -2}, True),
    "S": (_F(1, 1000), {"mass": -1, "length": -2, "time": 3, "current": 2}, True),
    "Wb": (_F(1000), {"mass": 1, "length": 2, "time": -2, "current": -1}, True),
    "T": (_F(1000), {"mass": 1, "time": -2, "current": -1}, True),
    "H": (_F(1000), {"mass": 1, "length": 2, "time": -2, "current": -2}, True),
    "lm": (_F(1), {"light": 1}, True), "lx": (_F(1), {"light": 1, "length": -2}, True),
    "Bq": (_F(1), {"time": -1}, True), "Gy": (_F(1), {"length": 2, "time": -2}, True),
    "Sv": (_F(1), {"length": 2, "time": -2}, True), "kat": (_F(1), {"amount": 1, "time": -1}, True),
    "L": (_F(1, 1000), {"length": 3}, True), "l": (_F(1, 1000), {"length": 3}, True),
    "t": (_F(10**6), {"mass": 1}, True), "eV": (_F("1.602176634e-16"),
    {"mass": 1, "length": 2, "time": -2}, True), "bar": (_F(10**8),
    {"mass": 1, "length": -1, "time": -2}, True), "atm": (_F(101325000),
    {"mass": 1, "length": -1, "time": -2}, False), "cal": (_F(4184),
    {"mass": 1, "length": 2, "time": -2}, True), "Wh": (_F(3600000),
    {"mass": 1, "length": 2, "time": -2}, True), "min": (_F(60), {"time": 1}, False),
    "h": (_F(3600), {"time": 1}, False), "d": (_F(86400), {"time": 1}, False),
    "wk": (_F(604800), {"time": 1}, False), "yr": (_F(31557600), {"time": 1}, False),
    "in": (_F("0.0254"), {"length": 1}, False), "ft": (_F("0.3048"), {"length": 1}, False),
    "yd": (_F("0.9144"), {"length": 1}, False), "mi": (_F("1609.344"), {"length": 1}, False),
    "lb": (_F("453.59237"), {"mass": 1}, False), "oz": (_F("28.349523125"), {"mass": 1}, False),
    "ha": (_F(10000), {"length": 2}, False), "bit": (_F(1), {"information": 1}, True),
    "b": (_F(1), {"information": 1}, True), "B": (_F(8), {"information": 1}, True),
    "byte": (_F(8), {"information": 1}, True), "FLOP": (_F(1), {"operations": 1}, True),
    "op": (_F(1), {"operations": 1}, True), "OP": (_F(1), {"operations": 1}, True),
    "FLOPS": (_F(1), {"operations": 1, "time": -1}, True),
    "OPS": (_F(1), {"operations": 1, "time": -1}, True),
    "MAC": (_F(1), {"macs": 1}, True), "px": (_F(1), {"pixels": 1}, True),
    "rad": (_F(1), {"angle": 1}, True), "deg": (_F(
    "0.0174532925199432957692369076848861271344287188854172545609719144"), {"angle": 1}, False),
    "%": (_F(1, 100), {}, False), "ppm": (_F(1, 10**6), {}, False),
    "dB": (_F(1), {"level": 1}, False),
    "degC": (_F(1), {"temperature": 1}, False), "degF": (_F(5, 9), {"temperature": 1}, False),
    "rpm": (_F(1, 60), {"time": -1}, False), "bps": (_F(1), {"information": 1, "time": -1}, True),
    "Bps": (_F(8), {"information": 1, "time": -1}, True), "fps": (_F(1), {"frames": 1, "time": -1},
    False), "frame": (_F(1), {"frames": 1}, False), "au": (_F(149597870700), {"length": 1}, False),
    "Å": (_F(1, 10**10), {"length": 1}, False),
    "kn": (_F(1852, 3600), {"length": 1, "time": -1}, False),
    "Da": (_F("1.66053906660e-24"), {"mass": 1}, True), "u": (_F("1.66053906660e-24"),
    {"mass": 1}, False), "M": (_F(1000), {"amount": 1, "length": -3}, True),
    "torr": (_F(101325000, 760), {"mass": 1, "length": -1, "time": -2}, False),
    "mmHg": (_F("133322.387415"), {"mass": 1, "length": -1, "time": -2}, False),
    "psi": (_F("6894757.293168"), {"mass": 1, "length": -1, "time": -2}, False),
    "Btu": (_F("1055055.85262"), {"mass": 1, "length": 2, "time": -2}, False),
    "erg": (_F(1, 10**4), {"mass": 1, "length": 2, "time": -2}, False),
    "dyn": (_F(1, 100), {"mass": 1, "length": 1, "time": -2}, False),
    "Nm": (_F(1000), {"mass": 1, "length": 2, "time": -2}, True),
    "VA": (_F(1000), {"mass": 1, "length": 2, "time": -3}, True),
    "Ah": (_F(3600), {"current": 1, "time": 1}, True),
    "hp": (_F("745699.8715822702"), {"mass": 1, "length": 2, "time": -3}, False),
    "rem": (_F(1, 100), {"length": 2, "time": -2}, True),
    "Ci": (_F(37 * 10**9), {"time": -1}, True),
    "cc": (_F(1, 10**6), {"length": 3}, False), "gal": (_F("0.003785411784"), {"length": 3}, False),
    "ly": (_F(9460730472580800), {"length": 1}, False), "sr": (_F(1), {"solid": 1}, False),
    "rev": (_F("6.28318530717958647692528676655900576839433879875021164194989"),
    {"angle": 1}, False), "acre": (_F("4046.8564224"), {"length": 2}, False),
    "EUR": (_F(1), {"euro": 1}, False), "USD": (_F(1), {"dollar": 1}, False),
}  # fmt: skip
_OFFSETS = {"degC": Fraction("273.15"), "degF": Fraction("459.67") * Fraction(5, 9)}
_ALIASES = {
    "meter": "m", "metre": "m", "meters": "m", "metres": "m", "gram": "g", "grams": "g",
    "second": "s", "seconds": "s", "sec": "s", "secs": "s", "minute": "min", "minutes": "min",
    "mins": "min", "hour": "h", "hours": "h", "hr": "h", "hrs": "h", "day": "d", "days": "d",
    "week": "wk", "weeks": "wk", "year": "yr", "years": "yr", "ampere": "A", "amp": "A",
    "amps": "A", "amperes": "A", "kelvin": "K", "mole": "mol", "moles": "mol", "hertz": "Hz",
    "newton": "N", "newtons": "N", "pascal": "Pa", "pascals": "Pa", "joule": "J", "joules": "J",
    "watt": "W", "watts": "W", "coulomb": "C", "coulombs": "C", "volt": "V", "volts": "V",
    "farad": "F", "farads": "F", "ohms": "ohm", "Ohm": "ohm", "Omega": "ohm", "Ω": "ohm",
    "siemens": "S", "tesla": "T", "henry": "H", "liter": "L", "litre": "L", "liters": "L",
    "litres": "L", "tonne": "t", "tonnes": "t", "inch": "in", "inches": "in", "foot": "ft",
    "feet": "ft", "yard": "yd", "yards": "yd", "mile": "mi", "miles": "mi", "pound": "lb",
    "pounds": "lb", "lbs": "lb", "ounce": "oz", "bits": "bit", "bytes": "byte", "Bytes": "byte",
    "Byte": "byte", "Bit": "bit", "Bits": "bit", "FLOPs": "FLOP", "flop": "FLOP", "flops": "FLOP",
    "Flop": "FLOP", "ops": "op", "MACs": "MAC", "pixel": "px", "pixels": "px", "radian": "rad",
    "radians": "rad", "degree": "deg", "degrees": "deg", "°": "deg", "percent": "%",
    "°C": "degC", "°F": "degF", "celsius": "degC", "Celsius": "degC", "KB": "kB", "Kb": "kb",
    "KiB": "KiB", "kph": "km/h", "kmh": "km/h", "mph": "mi/h", "frames": "frame", "Liter": "L",
    "gigaflops": "GFLOPS", "teraflops": "TFLOPS", "megaflops": "MFLOPS", "petaflops": "PFLOPS",
    "amu": "u", "Torr": "torr", "BTU": "Btu", "AU": "au", "angstrom": "Å", "angstroms": "Å",
    "revolution": "rev", "revolutions": "rev", "revs": "rev", "gallon": "gal", "gallons": "gal",
    "acres": "acre", "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD",
    "Ohms": "ohm", "calorie": "cal", "calories": "cal", "Cal": "kcal", "Mflops": "MFLOPS",
    "Gflops": "GFLOPS", "Tflops": "TFLOPS", "MFlops": "MFLOPS", "GFlops": "GFLOPS",
    "TFlops": "TFLOPS", "kilogram": "kg", "kilograms": "kg", "kilos": "kg", "μ": "μm",
}  # fmt: skip
_TOKEN = re.compile(
    r"\s*(?:(?P<name>°[CF]?|%|‰|[A-Za-zμΩÅ]+)|(?P<power>(?:\^|\*\*)\s*(?:\(\s*[+-]?\d+\s*\)"
    r"|[+-]?\d+)|[+-]?\d+)|(?P<sign>[*·×/().]))"
)
_HELD = re.compile(r"\\(?:mathrm|text|textrm|mathit|textbf|mbox|textnormal)\s*\{([^{}]*)\}")
_WORDED = (
    (re.compile(r"\bdeg(?:ree)?s?\s+(C|F)(?:elsius|ahrenheit)?\b"), r"°\1"),
    (re.compile(r"\b(?:square|sq)\s+(\w+)"), r"\1^2"),
    (re.compile(r"\b(?:cubic|cu)\s+(\w+)"), r"\1^3"),
    (re.compile(r"\b([A-Za-z]+)\s+squared\b"), r"\1^2"),
    (re.compile(r"\b([A-Za-z]+)\s+cubed\b"), r"\1^3"),
    (re.compile(r"\s+per\s+"), "/"),
)
_LATEX = re.compile(r"\\(?:mathrm|text|textrm|mathit|rm|operatorname|,|;|:|!| |left|right)")
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")


@lru_cache(maxsize=4_096)
def named(name: str) -> Unit | None:
    """The unit of a name, with its prefix; None where there is none.

    >>> named("MiB").factor / 8, named("ms").factor
    (Fraction(1048576, 1), Fraction(1, 1000))
    """
    name = _ALIASES.get(name, name)
    if "/" in name:
        return parse_unit(name)
    if name in _TABLE:
        return _unit(name, Fraction(1), name)
    for prefix, power in _PREFIXES.items():
        rest = name.removeprefix(prefix)
        rest = _ALIASES.get(rest, rest) if len(rest) > 2 or rest == "Ω" else rest
        if rest != name and _TABLE.get(rest, (0, 0, False))[2]:
            return _unit(rest, Fraction(10) ** power, name)
    for prefix, power in _BINARY.items():
        rest = name.removeprefix(prefix)
        if rest in {"B", "b", "bit", "byte", "bps", "Bps", "bits", "bytes"} and rest != name:
            return _unit(_ALIASES.get(rest, rest), Fraction(1024) ** power, name)
    return _spelled(name)


def _spelled(name: str) -> Unit | None:
    """Prefixes as words: kilobytes, mebibits, milliseconds."""
    lower = name.lower()
    for words, base in ((_WORDS, 10), (_BINARY_WORDS, 1024)):
        for word, power in words.items():
            rest = lower.removeprefix(word)
            if rest != lower and (_ALIASES.get(rest, rest) in _TABLE) and len(rest) > 2:
                return _unit(_ALIASES.get(rest, rest), Fraction(base) ** power, name)
    return None


def _unit(base: str, prefix: Fraction, text: str) -> Unit:
    factor, dimension, _ = _TABLE[base]
    exponents = tuple(sorted((n, Fraction(e)) for n, e in dimension.items()))
    offset = _OFFSETS.get(base, Fraction(0))
    return Unit(factor * prefix, exponents, text, offset, ((f"{prefix} {base}", 1),))


@lru_cache(maxsize=4_096)
def parse_unit(text: str) -> Unit:
    """Reads a unit: `MB/s`, `kg m^2 s^-2`, `m·s⁻²`, `GFLOPS`.

    Raises:
        Unreadable: with the place that is not a unit.
    """
    clean = _FRACTION.sub(r"(\1)/(\2)", _HELD.sub(r" \1 ", text) if "\\" in text else text)
    clean = _LATEX.sub(" ", clean).replace("\\cdot", "·").replace("\\times", "·")
    clean = re.sub(r"\\mu\s*", "μ", clean).replace("\\Omega", "Ω").replace("\\%", "%")
    for worded, signs in _WORDED if " " in clean else ():
        clean = worded.sub(signs, clean)
    clean = re.sub(r"\\circ|\^\s*\{?\\circ\}?", "°", clean)
    clean = re.sub(
        r"°\s+([CF])\b", r"°\1", clean.replace("{", "").replace("}", "").replace("~", " ")
    )
    if not clean.strip():
        raise Unreadable(text, 0, "the unit is missing")
    return _UnitReader(clean.strip(), text.strip()).read()


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
            if match["sign"] == ")" and closing:
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
