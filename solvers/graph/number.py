"""Exact numbers: a `Fraction` wherever the value is rational, else a `Decimal` of 50 digits.

No value is ever a binary float: a key that says 20,695.68 must not carry 20695.680000000001, and
0.3^99 has to be the rational number 3^99 / 10^99. Only roots, exponentials and logarithms leave
the rationals; they are computed to `PRECISION` significant digits, far below any tolerance.
"""

from __future__ import annotations

import re
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from examgen.ground.errors import DerivationError

if TYPE_CHECKING:
    from collections.abc import Iterator

Exact: TypeAlias = Fraction | Decimal
Value: TypeAlias = "Exact | tuple[Value, ...]"
Texts: TypeAlias = "str | tuple[Texts, ...]"

PRECISION = 50
CONTEXT = Context(prec=PRECISION + 15, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX)
MAX_TEXT = 100_000
MAX_DIGITS = 200
MAX_EXPONENT = 5_000

_NUMBER = re.compile(r"([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,5}))?(?:/(\d+))?")
_FLAGS = {"true": Fraction(1), "yes": Fraction(1), "false": Fraction(0), "no": Fraction(0)}


def to_decimal(value: Exact) -> Decimal:
    """Return the value as a decimal of more than `PRECISION` digits.

    >>> to_decimal(Fraction(1, 4))
    Decimal('0.25')
    """
    if isinstance(value, Decimal):
        return value
    return CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def parse_value(text: str) -> Value:
    """Read a number, a fraction, a flag, or a list of them in brackets.

    Raises:
        DerivationError: the text is none of these; the message shows it.

    >>> parse_value("0.25"), parse_value("-7/2"), parse_value("true")
    (Fraction(1, 4), Fraction(-7, 2), Fraction(1, 1))
    >>> parse_value("[1, [2, 3]]")
    (Fraction(1, 1), (Fraction(2, 1), Fraction(3, 1)))
    """
    return _valued(split_list(text))


def _valued(texts: Texts) -> Value:
    return parse_number(texts) if isinstance(texts, str) else tuple(map(_valued, texts))


def split_list(text: str) -> Texts:
    """Split a list in brackets into its elements, as they are written; one number is itself.

    Raises:
        DerivationError: the brackets do not match.

    >>> split_list("[1.50, [2, 3]]")
    ('1.50', ('2', '3'))
    """
    if len(text) > MAX_TEXT:
        raise DerivationError(f"a value of {len(text)} characters is too long")
    tokens = re.findall(r"[\[\](),]|[^\[\](),\s]+", text)
    if "," in tokens and tokens[0] not in "[(":
        tokens = ["[", *tokens, "]"]
    value, rest = _split(tokens, text, depth=0)
    if rest:
        raise DerivationError(f"cannot read {text!r} as a value: {rest[0]!r} is left over")
    return value


def leaves(texts: Texts) -> Iterator[str]:
    """Yield the numbers of a nested list, as they are written."""
    if isinstance(texts, str):
        yield texts
    else:
        for item in texts:
            yield from leaves(item)


def _split(tokens: list[str], text: str, *, depth: int) -> tuple[Texts, list[str]]:
    if not tokens or depth > 3:
        raise DerivationError(f"cannot read {text!r} as a value")
    head, rest = tokens[0], tokens[1:]
    if head not in {"[", "("}:
        return head, rest
    items: list[Texts] = []
    while rest and rest[0] not in {"]", ")"}:
        item, rest = _split(rest, text, depth=depth + 1)
        items.append(item)
        if rest and rest[0] == ",":
            rest = rest[1:]
    if not rest:
        raise DerivationError(f"cannot read {text!r} as a list: the closing bracket is missing")
    return tuple(items), rest[1:]


def parse_number(text: str) -> Fraction:
    """Read one exact number: digits, decimals, powers of ten, a quotient, or true/false.

    >>> parse_number("1e-5")
    Fraction(1, 100000)
    """
    if text.lower() in _FLAGS:
        return _FLAGS[text.lower()]
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise DerivationError(f"cannot read {text!r} as a number; write digits, 0.25, 1e-5 or 1/4")
    sign, whole, part, exponent, below = match.groups()
    if len(text) > MAX_DIGITS or abs(int(exponent or 0)) > MAX_EXPONENT:
        raise DerivationError(f"{text[:20]}... has too many digits")
    if below is not None and not int(below):
        raise DerivationError(f"{text!r} divides by zero")
    shift = int(exponent or 0) - len(part or "")
    value = Fraction(int(sign + whole + (part or ""))) * Fraction(10) ** shift
    return value / int(below) if below else value


def value_text(value: Value) -> str:
    """Return the value as text: digits, `p/q`, 50 digits of a real, or a list in brackets.

    >>> value_text((Fraction(3), Fraction(1, 3)))
    '[3, 1/3]'
    """
    if isinstance(value, tuple):
        return "[" + ", ".join(map(value_text, value)) + "]"
    if isinstance(value, Decimal):
        return str(Context(prec=PRECISION).plus(value)) if value else "0"
    below = "" if value.denominator == 1 else f"/{_digits(value.denominator)}"
    return _digits(value.numerator) + below


def _digits(number: int) -> str:
    """Return all digits of an integer: `str(int)` stops at 4,300, a decimal does not."""
    return format(Decimal(number), "f")


def approx_text(value: Exact, digits: int = 15) -> str:
    """Return the value rounded to significant digits, in Python's notation for floats.

    >>> approx_text(Fraction(3, 10) ** 99)
    '1.7179250691067e-52'
    >>> approx_text(Fraction(1, 8))
    '0.125'
    """
    rounded = Context(prec=digits, Emin=MIN_EMIN, Emax=MAX_EMAX).plus(to_decimal(value))
    if not rounded:
        return "0"
    rounded = rounded.normalize()
    if -5 <= rounded.adjusted() < digits:
        return format(rounded, "f")
    mantissa = format(rounded.scaleb(-rounded.adjusted(), CONTEXT), "f")
    return f"{mantissa}e{rounded.adjusted():+03d}"


def is_integer(value: Value) -> bool:
    """Return whether the value is a whole number."""
    return isinstance(value, Fraction) and value.denominator == 1
