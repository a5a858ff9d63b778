"""Quantities: numbers with units."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from answers.algebra.rational_value import exact_value
from answers.comparison.equality import safe_exact
from answers.comparison.reading import read_expected
from answers.evaluation.number import real_value
from answers.kinds.base import Facts, Group, Kind, Sides, Written
from answers.kinds.numbers import (
    TIMES_X,
    NumberComparer,
    are_far,
    form_fault,
    not_accepted,
    number_node,
    number_stated,
    spellings,
    terminating,
    trivial_numbers,
)
from answers.kinds.written import formula_latex, number_written
from answers.numbers.byte_names import by_1024
from answers.numbers.currencies import currency, has_sign, money_in_words
from answers.numbers.other_units import ANGLE, possible_units
from answers.numbers.significant_figures import rounding_said
from answers.numbers.tolerance import diagnose_slip, interval_text, within_tolerance
from answers.numbers.units import ONE, Unit, find_unit, parse_unit
from answers.options import Options
from answers.syntax.errors import Unreadable, UnreadableKey
from answers.syntax.nodes import Logic, Node, Num, Rel, Seq, Sets, free_symbols, has
from answers.syntax.normalize import AUTHOR, STUDENT, Limits, normalize
from answers.syntax.parser import read_tokens
from answers.syntax.printer import format_expression
from answers.syntax.tokenizer import Comma, tokenize
from answers.syntax.vocabulary import Names
from answers.verdict import Ground, Judgement, correct, undecided, wrong
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.syntax.tokenizer import Token

_ZERO = Num(Fraction(0), "0")
_NO_NAMES = Names()
_UNIT_SIGNS = frozenset({"%", "°", "\\frac"})
_ANGLE = ((ANGLE, Fraction(1)),)
# Where a unit may begin: each place costs a reading of the text before it.
_MOST_PLACES = 24
_PER = re.compile(r"(.*?\d)(?:\s+1)?\s*(/\s*[A-Za-z(].*)")
_ONE_OF = re.compile(r"(\d+(?:\.\d+)?)\s*([A-Za-z]+)\s*")
_SEVERAL = re.compile(rf"(?:{_ONE_OF.pattern}){{2,4}}")
_NAMED_OR_STOP = re.compile(r"^\s*[A-Za-z]\w*\s*=\s*|^\s*=\s*|[.\s]+$")
_CLOCK = re.compile(r"\d\s*:\s*\d")
_IN_BRACKETS = re.compile(r"([+-]?)\s*\(((?:[^()]|\([^()]*\))*)\)\s*(.*)")
# Letters of German and Turkish words for units.
_FOLDED = str.maketrans("üÜşŞıİğĞçÇöÖäÄ", "uUsSiIgGcCoOaA")
_DEGREES = re.compile(r"\s*\^\s*(?:\{\s*\\circ\s*\}|\\circ(?![a-z]))|\\degree(?![a-z])")
_BRACKETED = re.compile(r"\[\s*([A-Za-zμΩ°][^\[\]]*)\]$")
_DOTTED = re.compile(r"(?<=[A-Za-z])\.(?=[A-Za-z])")
_ABBREVIATED = re.compile(r"(?<=[A-Za-z])\.(?=\s)")
_UNIT_TAIL = re.compile(
    r"(?:\\(?:text|mathrm|textrm|mathit|rm|operatorname|,|;|:|!| |left)|[{\s*·×~$])+$"
)


@record
class QuantityComparer:
    """Compares numbers with units."""

    number: NumberComparer
    unit: Unit
    options: Options
    abs_worth: Fraction

    @classmethod
    def of(cls, expected: str, options: Options) -> QuantityComparer:
        """Read the expected number and unit."""
        expected = _rewritten(expected, options, "USD" if has_sign(expected) else "")
        if options.unit_mode == "only":
            _, unit = split_unit(expected, AUTHOR, number_needed=False)
            return cls(
                NumberComparer(_ZERO, None, options, whole=False), unit or ONE, options, Fraction(1)
            )
        number, unit = split_unit(expected, AUTHOR)
        plain = replace(options, variables=()) if options.variables else options
        comparer = NumberComparer.of(number, plain)
        worth = Fraction(1)
        if options.abs_unit:
            slack = parse_unit(_rewritten(options.abs_unit, options, ""))
            if unit is None or slack.dimension != unit.dimension:
                raise UnreadableKey(f"abs is in {options.abs_unit}, the expected answer is not")
            worth = slack.factor / unit.factor
        return cls(comparer, unit or ONE, options, worth)

    @property
    def facts(self) -> Facts:
        """Return the expected unit, and the value in it."""
        return Facts(unit=self.unit.text, value=self.number.value)

    def judge(self, answer: str) -> Judgement:
        """Judge a quantity."""
        answer = _rewritten(answer, self.options, currency(self.unit))
        if self.options.unit_mode == "only":
            return self._unit_only(answer)
        if ":" in answer and self.unit.dimension and (colon := _CLOCK.search(answer)):
            what = "a colon between numbers: a time, or a ratio? one number is expected"
            raise Unreadable(answer, colon.start(), what)
        number, unit = split_unit(answer, STUDENT)
        node = None if self.options.variables else _number(number, STUDENT)
        if node is None:
            node = number_node(number, self.number.expected, self.options)
        read_as = format_expression(node) + (f" {unit.text}" if unit else "")
        if unit is None:
            return self._without_unit(node, read_as)
        if unit.dimension != self.unit.dimension:
            return self._meant(node, unit, read_as)
        return self._in_unit(node, unit, read_as)

    def _in_unit(self, node: Node, unit: Unit, read_as: str) -> Judgement:
        if self.options.unit_mode == "same" and unit.parts != self.unit.parts:
            why = f"the answer is expected in {self.unit.text}"
            value = self._value(node, unit, read_as).value
            return wrong(read_as, why, value, Ground.UNIT)
        judged = self._value(node, unit, read_as)
        if judged.verdict == "wrong" and unit.offset != self.unit.offset:
            return self._as_difference(node, unit, judged)
        return judged

    def _as_difference(self, node: Node, unit: Unit, judged: Judgement) -> Judgement:
        """Judge a temperature on another scale, which is wrong as it is written."""
        if judged.ground is Ground.FORM:  # 25 °C has two figures, 298.15 K has five
            why = f"figures in {unit.text} and in {self.unit.text} cannot be compared"
            return undecided(judged.read_as, f"{judged.why}; {why}", Ground.AMBIGUOUS)
        alike = replace(unit, offset=self.unit.offset)
        if not self._value(node, alike, judged.read_as).score:
            return judged
        why = f"right if a difference is meant: one in {unit.text} has no zero to start from"
        return undecided(judged.read_as, why, Ground.AMBIGUOUS)

    def _meant(self, node: Node, unit: Unit, read_as: str) -> Judgement:
        """Judge a number in a unit that has another dimension as it is written."""
        why = f"{unit.text} does not measure the same as {self.unit.text}"
        judged = wrong(read_as, why, ground=Ground.UNIT)
        for other in possible_units(unit, self.unit):
            judged = self._in_unit(node, other.unit, read_as)
            if judged.verdict == "correct":
                why = f"right if {unit.text} is meant as {self.unit.text}"
                return judged if other.is_sure else undecided(read_as, why, Ground.AMBIGUOUS)
        return judged

    def _value(self, node: Node, unit: Unit, read_as: str) -> Judgement:
        written, expected = safe_exact(node), self.number.value
        is_rounded = written is None or ANGLE in dict(self.unit.dimension + unit.dimension)
        if written is None:
            written = real_value(node)
        if expected is None:
            expected = real_value(self.number.expected)
        if written is None or expected is None:
            return undecided(read_as, "the number cannot be computed")
        value = _converted(written, unit, self.unit)
        fault = form_fault(node, self.options)
        interval = interval_text(expected, self.options, self.unit.text, self.abs_worth)
        if is_rounded:
            value = _snapped(value, expected)
        if not within_tolerance(value, expected, self.options, self.abs_worth):
            why = diagnose_slip(value, expected) or self._bit_slip(value, expected)
            own = _converted(expected, self.unit, unit) if not self.options.is_rounded else None
            why = why or rounding_said(node, own, self.options)
            return wrong(read_as, why or not_accepted(interval), value)
        if fault is not None:
            return wrong(read_as, f"the right value, but {fault}", value, Ground.FORM)
        ground = Ground.WITHIN if self.options.is_rounded else Ground.PROVED
        return correct(read_as, interval, value, ground)

    def _bit_slip(self, value: Fraction, expected: Fraction) -> str:
        is_counted = "information" in dict(self.unit.dimension)
        if is_counted and value in {8 * expected, expected / 8}:
            return "off by 8: mixed up bits and bytes"
        return ""

    def _without_unit(self, node: Node, read_as: str) -> Judgement:
        judged = self._value(node, self.unit, read_as)
        if self.options.unit_mode == "assume" or not self.unit.dimension:
            if self.options.unit_mode == "assume" or self.unit is ONE:
                return judged
            return self._value(node, ONE, read_as)
        if self.unit.dimension == _ANGLE and self._value(node, parse_unit("rad"), read_as).score:
            why = "right if radians are meant; the unit is missing"
            return undecided(read_as, why, Ground.AMBIGUOUS)
        right = judged.verdict == "correct"
        why = "the right value, but the unit is missing" if right else "the unit is missing"
        found = wrong(read_as, why, ground=Ground.UNIT if right else Ground.DIFFERS)
        return replace(found, score=float(self.options.missing_unit)) if right else found

    def _unit_only(self, answer: str) -> Judgement:
        number, unit = split_unit(answer, STUDENT, number_needed=False)
        if number.strip():
            return wrong(answer.strip(), "a unit without a number is expected")
        if unit is None:
            raise Unreadable(answer, 0, "a unit is expected")
        if unit.dimension != self.unit.dimension:
            sure = (other.unit for other in possible_units(unit, self.unit) if other.is_sure)
            unit = next(sure, unit)
        same = (unit.factor, unit.dimension, unit.offset) == (
            self.unit.factor, self.unit.dimension, self.unit.offset
        )  # fmt: skip
        if same:
            return correct(unit.text, "the expected unit")
        alike = unit.dimension == self.unit.dimension
        why = "another size of the same kind of unit" if alike else "another kind of unit"
        return wrong(unit.text, why)


def _converted(value: Fraction, unit: Unit, other: Unit) -> Fraction:
    """Return a number of one unit as a number of another one."""
    if unit.factor == other.factor and unit.offset == other.offset:
        return value
    return (value * unit.factor + unit.offset - other.offset) / other.factor


def _snapped(value: Fraction, expected: Fraction) -> Fraction:
    """Return the expected value where a number known to 60 digits agrees with it to 40."""
    return expected if abs(value - expected) * 10**40 <= abs(expected) else value


@lru_cache(maxsize=256)  # one text is compared with the key and with each mistake
def split_unit(text: str, limits: Limits, *, number_needed: bool = True) -> tuple[str, Unit | None]:
    """Split a quantity into its number (as text) and its unit; None where there is none.

    Raises:
        Unreadable: what follows the number is not a unit.
    """
    clean = _cleaned(text, limits)
    if (compound := _compound(clean)) is not None:
        return compound
    trouble: Unreadable | None = None
    for number, rest in _parts(clean, limits, number_needed=number_needed):
        try:
            return number, parse_unit(rest)
        except Unreadable as error:
            place = len(clean) - len(rest)
            trouble = trouble or Unreadable(clean, place + error.at, error.what)
    if _number(clean, limits) is not None:
        return clean, None
    per = _PER.fullmatch(clean)
    if per is not None and _number(per[1], limits) is not None:
        return per[1], parse_unit(f"1{per[2]}")
    if (held := _held(clean, limits)) is not None:
        return held
    raise trouble or Unreadable(clean, 0, "a number with a unit is expected")


def number_and_unit(text: str, *, number_needed: bool = True) -> Iterator[tuple[str, str]]:
    """Give the ways to part a student's quantity into a number and what may be its unit, as text.

    Raises:
        Unreadable: the text has signs that have no place in a quantity.
    """
    clean = _cleaned(text, STUDENT)
    yield from _parts(clean, STUDENT, number_needed=number_needed)
    per = _PER.fullmatch(clean)
    if per is not None and _number(per[1], STUDENT) is not None:
        yield per[1], f"1{per[2]}"


def _rewritten(text: str, options: Options, money: str) -> str:
    """Return a quantity with codes for signs of money, and bytes by the convention asked for."""
    if money:
        text = money_in_words(text, money)
    return by_1024(text) if options.prefixes == "binary" else text


# A quantity is parted to be judged, and again by each ambiguity of units.
@lru_cache(maxsize=64)
def _cleaned(text: str, limits: Limits) -> str:
    if not text.isascii():
        text = text.translate(_FOLDED)
    clean = normalize(text, limits).strip("$ ")
    clean = _NAMED_OR_STOP.sub("", clean)
    clean = _ABBREVIATED.sub("", TIMES_X.sub("×", clean).replace("$", " "))
    return _DOTTED.sub("·", _BRACKETED.sub(r"(\1)", _DEGREES.sub("°", clean)))


def _parts(clean: str, limits: Limits, *, number_needed: bool) -> Iterator[tuple[str, str]]:
    """Give what is before and behind each place where a unit may begin."""
    for place in _unit_places(clean, limits)[:_MOST_PLACES]:
        number = _UNIT_TAIL.sub("", clean[:place])
        if not number_needed or _number(number, limits) is not None:
            yield number, clean[place:]


def _held(clean: str, limits: Limits) -> tuple[str, Unit] | None:
    """Return a number and its unit that are in brackets, as `-(42 kJ)/mol`."""
    held = _IN_BRACKETS.fullmatch(clean)
    if held is None or (held[3] and held[3][0] not in "/*·"):
        return None
    number, unit = split_unit(held[2], limits)
    if unit is None:
        return None
    whole = parse_unit(f"({unit.text}){held[3]}") if held[3] else unit
    return f"{held[1]}{number}" if number[:1].isdigit() else f"{held[1]}({number})", whole


def _compound(clean: str) -> tuple[str, Unit] | None:
    """Read units that become smaller, `1 h 30 min` or `5 ft 6 in`, as the first one."""
    if not _SEVERAL.fullmatch(clean):
        return None
    try:
        parts = [(Fraction(found[1]), parse_unit(found[2])) for found in _ONE_OF.finditer(clean)]
    except Unreadable:
        return None
    units = [unit for _, unit in parts]
    if any(a.dimension != b.dimension or a.factor <= b.factor for a, b in pairwise(units)):
        return None
    total = sum(number * unit.factor for number, unit in parts) / units[0].factor
    return str(total), units[0]


@lru_cache(maxsize=64)
def _unit_places(clean: str, limits: Limits) -> list[int]:
    tokens = tokenize(clean, limits, Comma.IN_NUMBERS)
    return [
        token.at
        for token, after in pairwise(tokens)
        if _begins_unit(token)
        or (token.text == "(" and (token.spaced or not token.at) and _begins_unit(after))
    ]


def _begins_unit(token: Token) -> bool:
    return token.kind == "name" or token.text in _UNIT_SIGNS


# A number is read to find its unit, then judged; each ambiguity of units parts the same text again.
@lru_cache(maxsize=256)
def _number(text: str, limits: Limits) -> Node | None:
    """Return a number without letters as it is read; None where a text is none."""
    try:
        tokens = tokenize(text, limits, Comma.IN_NUMBERS)
        node = read_tokens(text, tokens, _NO_NAMES, Comma.IN_NUMBERS, limits)
    except Unreadable:
        return None
    return None if free_symbols(node) or has(node, Rel, Logic, Seq, Sets) else node


def _notations(expected: str, options: Options) -> Iterator[str]:  # noqa: ARG001 - as others are called
    number, _, unit = expected.partition(" ")
    value = exact_value(read_expected(number, Options()))
    yield from (f"{number}{unit}", rf"{number}\,\mathrm{{{unit}}}", f"x = {number} {unit}")
    if value is None:
        return
    yield from (f"{text} {unit}" for text in spellings(value))
    known = find_unit(unit)
    if unit == "B" and known is not None:
        for other in ("kB", "KiB", "MB", "MiB", "GB", "bit", "Mbit"):
            size = find_unit(other)
            if size is not None:
                same = value * known.factor / size.factor
                yield f"{terminating(same) or f'{same.numerator}/{same.denominator}'} {other}"


def _written(expected: str, options: Options) -> Written:
    number, unit = split_unit(expected, AUTHOR)
    return number_written(read_expected(number, Options()), options, unit)


def _latex(read_as: str, names: Names) -> str:
    number, _, unit = read_as.partition(" ")
    found = formula_latex(number, names)
    return found + (rf"\,\mathrm{{{unit}}}" if unit and found else "")


QUANTITY = Kind(
    "quantity",
    Group.NUMBER,
    QuantityComparer.of,
    neutral="0 B",
    written=_written,
    latex=_latex,
    notations=_notations,
    value=number_stated,
    trivial=trivial_numbers,
    differ=are_far,
    sides=Sides.UNREAD,
    has_units=True,
    is_carried=True,
    blank=34,
)
KINDS = (QUANTITY,)
