"""The options of a comparison, as question files and case files name them."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from answers.errors import UnreadableKey
from answers.points import Domain

if TYPE_CHECKING:
    from collections.abc import Mapping

DigitsRule: TypeAlias = Literal["exact", "at_least", "at_most"]
TrailingZeros: TypeAlias = Literal["ambiguous", "strict"]
UnitMode: TypeAlias = Literal["convert", "same", "only", "assume"]
Form: TypeAlias = Literal["factored", "expanded", "lowest_terms", "single_fraction"]
Scalar: TypeAlias = "str | int | Decimal | Fraction | list[str]"

MAX_TEXT = 200
_QUOTIENT = re.compile(r"\d+/0*[1-9]\d*")
_NUMBER = re.compile(r"\s*([+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,4})?)\s*(%?)\s*(.*)")


@dataclass(frozen=True)
class Options:
    """What besides the expected answer decides about an answer.

    Attributes:
        variables: the letters of an expression; they hide constants and functions of that name.
        rel: relative tolerance, inclusive: 1/100 accepts 1 % of the expected value each way.
        abs: absolute tolerance, inclusive; given both, they add up.
        abs_unit: the unit of `abs` for a quantity; the expected answer's where it is empty.
        log10: agreement within so many decades.
        sigfigs: how many significant figures the answer must be written with.
        accuracy: to how many figures its value must agree; None: as many as `sigfigs`; 0: its
            form only.
        digits_rule: whether `sigfigs` is exact, a minimum or a maximum.
        trailing_zeros: whether the zeros of 100 may or may not count, or never count.
        decimals: how many decimal places it must be written with and agree to.
        unit_mode: convert: any unit of the same kind; same: the expected unit; only: a unit
            without a number; assume: a number without a unit is in the expected unit.
        domain: where expressions must agree.
        form: how an expression must be written besides being equal.
    """

    variables: tuple[str, ...] = ()
    rel: Fraction | None = None
    abs: Fraction | None = None
    abs_unit: str = ""
    log10: Fraction | None = None
    sigfigs: int | None = None
    accuracy: int | None = None
    digits_rule: DigitsRule = "exact"
    trailing_zeros: TrailingZeros = "ambiguous"
    decimals: int | None = None
    unit_mode: UnitMode = "convert"
    domain: Domain = Domain.REAL
    form: Form | None = None

    @property
    def has_tolerance(self) -> bool:
        """Whether values may differ at all."""
        return self.rel is not None or self.abs is not None or self.log10 is not None

    @property
    def is_rounded(self) -> bool:
        """Whether values are compared as rounded numbers or within a tolerance."""
        counted = (self.sigfigs, self.accuracy, self.decimals)
        return self.has_tolerance or any(count is not None for count in counted)

    @classmethod
    def from_mapping(cls, given: Mapping[str, Scalar]) -> Options:
        """Reads options by name.

        Numbers may be ints, Decimals or texts (`0.01`, `1%`, `1 cm` for `abs`).

        Raises:
            UnreadableKey: an option is unknown or has a value it cannot have.

        >>> Options.from_mapping({"rel": "1%"}).rel
        Fraction(1, 100)
        """
        if not given:
            return cls()
        values: dict[str, object] = {}
        for name, value in given.items():
            if name not in _NAMES:
                near = difflib.get_close_matches(name, _NAMES, n=1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                raise UnreadableKey(f"there is no option {name!r}{hint}")
            values |= _read(name, value)
        return cls(**values)  # type: ignore[arg-type]  # each value was read for its name

    def to_mapping(self) -> dict[str, str | int | list[str]]:
        """The options that differ from the defaults, as JSON can hold them."""
        found: dict[str, str | int | list[str]] = {}
        for item in fields(self):
            value = getattr(self, item.name)
            if value == item.default or item.name == "abs_unit":
                continue
            if isinstance(value, tuple):
                found[item.name] = list(value)
            elif isinstance(value, Domain):
                found[item.name] = value.value
            elif isinstance(value, Fraction):
                unit = f" {self.abs_unit}" if item.name == "abs" and self.abs_unit else ""
                found[item.name] = f"{value}{unit}"
            else:
                found[item.name] = value
        return found


_NAMES = {item.name for item in fields(Options)} - {"abs_unit"}
_CHOICES = {
    "digits_rule": get_args(DigitsRule),
    "trailing_zeros": get_args(TrailingZeros),
    "unit_mode": get_args(UnitMode),
    "form": get_args(Form),
    "domain": tuple(item.value for item in Domain),
}


def _read(name: str, value: Scalar) -> dict[str, object]:
    if name == "variables":
        return {name: _variables(value)}
    if name in _CHOICES:
        if value not in _CHOICES[name]:
            raise UnreadableKey(f"{name} is one of {', '.join(_CHOICES[name])}, not {value!r}")
        return {name: Domain(value) if name == "domain" else value}
    if name in {"sigfigs", "accuracy", "decimals"}:
        text = str(value)
        least = 1 if name == "sigfigs" else 0
        if not re.fullmatch(r"\d{1,3}", text) or int(text) < least:
            raise UnreadableKey(f"{name} is a whole number from {least} to 999, not {text[:40]!r}")
        return {name: int(text)}
    number, unit = _tolerance(name, value)
    if unit and name != "abs":
        raise UnreadableKey(f"{name} has no unit: {value!r}")
    return {name: number, "abs_unit": unit} if name == "abs" else {name: number}


def _variables(value: Scalar) -> tuple[str, ...]:
    items = value.replace(",", " ").split() if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise UnreadableKey(f"variables is a list of letters, not {value!r}")
    return tuple(items)


def _tolerance(name: str, value: Scalar) -> tuple[Fraction, str]:
    if isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool):
        number, unit = Fraction(value), ""
    else:
        text = str(value)
        if len(text) <= MAX_TEXT and _QUOTIENT.fullmatch(text):
            return Fraction(text), ""
        match = _NUMBER.fullmatch(text) if len(text) <= MAX_TEXT else None
        if match is None:
            raise UnreadableKey(f"{name} is a number such as 0.01 or 1%, not {text[:40]!r}")
        number, unit = Fraction(match[1]) / (100 if match[2] else 1), match[3].strip()
    if number < 0:
        raise UnreadableKey(f"{name} must not be negative: {value!r}")
    return number, unit
