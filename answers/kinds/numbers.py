"""Integers and other numbers."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, partial
from typing import TYPE_CHECKING

from answers.algebra.rational_value import exact_value
from answers.comparison import form as forms
from answers.comparison.equality import equal, safe_exact
from answers.comparison.outcome import Found
from answers.comparison.reading import read_answer, read_expected, without_name
from answers.evaluation.number import real_value
from answers.kinds.base import Facts, Group, Kind, Sides, Written
from answers.kinds.written import formula_latex, in_full_width, number_written
from answers.numbers import significant_figures as digits
from answers.numbers.tolerance import EXACTLY, diagnose_slip, interval_text, within_tolerance
from answers.syntax.errors import Unreadable, UnreadableKey
from answers.syntax.latex_printer import latex
from answers.syntax.nodes import (
    Logic,
    Node,
    Num,
    Rel,
    Seq,
    Sets,
    Sym,
    free_symbols,
    has,
    is_infinite,
    substitute,
)
from answers.syntax.printer import format_expression
from answers.syntax.tokenizer import Comma
from answers.verdict import Ground, Judgement, correct, undecided, wrong
from examgen.ground.errors import DerivationError
from examgen.ground.record import record
from solvers.graph.number import CONTEXT, Value, parse_number, to_decimal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from answers.options import Options

_ZERO = Num(Fraction(0), "0")
_X = frozenset("xXｘхХ")
TIMES_X = re.compile(
    r"(?<=[\d.])(?:\s*[xXｘхХ]\s*(?=10\s*(?:\^|\*\*|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]))|\s+[xX]\s+(?=\d))"
)
_PERCENT = re.compile(
    r"(?<=[\d}.)$])\s*(?:\\text\w*\s*\{\s*)?(?:percent|per cent|pct)\s*\}?\s*\.?$"
)
_CURRENCY = re.compile(r"^\s*[€£¥]\s*|\s*[€£¥]\s*$")
_IMAGINARY = frozenset({"j", "I"})
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_MOST_RELATIVE = Fraction(1, 4)


@record
class NumberComparer:
    """Compares numbers: exactly, within a tolerance, or to a number of figures."""

    expected: Node
    value: Fraction | None
    options: Options
    whole: bool

    @classmethod
    def of(cls, expected: str, options: Options, *, whole: bool = False) -> NumberComparer:
        """Read the expected number."""
        node = without_name(read_expected(expected, options), _ZERO)
        value = safe_exact(node)
        if free_symbols(node) or has(node, Rel, Logic, Seq, Sets):
            raise UnreadableKey(f"{expected!r} is not a number")
        return cls(node, value, options, whole)

    @property
    def facts(self) -> Facts:
        """Return the value: a number has no letters."""
        return Facts(value=self.value)

    def judge(self, answer: str) -> Judgement:
        """Judge a number."""
        return self.judge_node(number_node(answer, self.expected, self.options))

    def judge_node(self, node: Node) -> Judgement:
        """Judge a number that was read."""
        read_as, value = format_expression(node), safe_exact(node)
        if self._must_be_whole() and value is not None and value.denominator != 1:
            return wrong(read_as, "an integer is expected", value)
        if value is None or self.value is None:
            return self._irrational(node, read_as, value)
        fault = form_fault(node, self.options)
        if not within_tolerance(value, self.value, self.options):
            why = diagnose_slip(value, self.value) or digits.rounding_said(
                node, self.value, self.options
            )
            why = why or not_accepted(interval_text(self.value, self.options))
            return wrong(read_as, why, value)
        if fault is not None:
            return wrong(read_as, f"the right value, but {fault}", value, Ground.FORM)
        ground = Ground.WITHIN if self.options.is_rounded else Ground.PROVED
        ground = Ground.IDENTICAL if node == self.expected else ground
        return correct(read_as, interval_text(self.value, self.options), value, ground)

    def _must_be_whole(self) -> bool:
        # What follows from a wrong earlier value, or from a mistake, need not be an integer.
        return self.whole and self.value is not None and self.value.denominator == 1

    def _irrational(self, node: Node, read_as: str, value: Fraction | None) -> Judgement:
        if is_infinite(node) or is_infinite(self.expected):
            same = node == self.expected
            return (
                correct(read_as, "infinite") if same else wrong(read_as, "not the expected value")
            )
        equality = equal(node, self.expected, self.options)
        if equality.found is Found.UNDECIDED:
            return undecided(read_as, equality.why)
        fault = form_fault(node, self.options)
        stated = real_value(node) if value is None else value
        if equality.found is Found.SAME and fault is None:
            return correct(read_as, self._accepted(), stated, equality.ground)
        ground = Ground.FORM if fault else Ground.DIFFERS
        fault = fault or digits.rounding_said(node, self.real, self.options)
        return wrong(read_as, fault or not_accepted(self._accepted()), stated, ground)

    @cached_property
    def real(self) -> Fraction | None:
        """Return the value of the expected number; None where it is not surely real."""
        return real_value(self.expected) if self.value is None else self.value

    def _accepted(self) -> str:
        """Return which numbers are accepted, in words."""
        if not self.options.is_rounded or self.real is None:
            return EXACTLY
        return interval_text(self.real, self.options)


def form_fault(node: Node, options: Options) -> str | None:
    """Return what is wrong with how a number is written.

    None if the options ask for nothing else.
    """
    return digits.form_fault(node, options) or forms.form_fault(node, options.form)


def not_accepted(interval: str) -> str:
    """Return what is said of a value outside of what is accepted."""
    return "not the expected value" if interval == EXACTLY else f"accepted: {interval}"


def number_node(answer: str, expected: Node, options: Options) -> Node:
    """Read a student's number.

    Raises:
        Unreadable: it is no number, or several.
    """
    node = read_answer(_in_signs(answer, options), expected, options)
    node = without_name(node, expected)
    if has(node, Rel, Logic):
        raise Unreadable(answer, 0, "one number is expected, not a comparison")
    if has(node, Seq, Sets):
        raise Unreadable(answer, 0, "one number is expected, not several")
    letters = free_symbols(node)
    if len(letters) == 1 and letters <= _IMAGINARY:
        return substitute(node, Sym(*letters), Sym("i"))
    if letters:
        raise Unreadable(
            answer, 0, f"expected a number, found the letter {', '.join(sorted(letters))}"
        )
    return node


def _in_signs(answer: str, options: Options) -> str:
    """Return a number with its signs for times, percent and money as the reader knows them."""
    text = answer if options.variables or _X.isdisjoint(answer) else TIMES_X.sub("×", answer)
    if not text.isascii():
        text = _CURRENCY.sub("", text)
    return _PERCENT.sub("%", text) if text.rstrip(" .}")[-1:].isalpha() else text


def _notations(expected: str, options: Options) -> Iterator[str]:
    yield from (f" {expected} ", f"= {expected}", f"x = {expected}", f"${expected}$")
    yield from (expected.replace("-", "−"), in_full_width(expected), f"({expected})")
    node = read_expected(expected, options)
    value = None if free_symbols(node) else exact_value(node)
    if value is not None:
        yield from spellings(value)
    yield latex(node)


def spellings(value: Fraction) -> Iterator[str]:
    """Yield a rational number in the notations of students."""
    above, below = value.numerator, value.denominator
    if below == 1:
        yield from (f"{above:,}", f"{above:,}".replace(",", " "), f"{above:,}".replace(",", "{,}"))
        yield from (f"{above}.0", f"{2 * above}/2")
    else:
        yield from (f"{above}/{below}", rf"\frac{{{above}}}{{{below}}}", f"{2 * above}/{2 * below}")
    decimal = terminating(value)
    if decimal is None or len(decimal) > 60:
        return
    whole, _, part = decimal.partition(".")
    yield from (decimal, f"{decimal}0" if part else decimal)
    if part and (len(part) != 3 or whole.strip("-0") == ""):  # 16,875 is a thousand and more
        yield f"{whole},{part}"
    yield from _scientific(decimal)


def terminating(value: Fraction) -> str | None:
    """Return a number as a decimal with all its digits; None where they do not end.

    >>> terminating(Fraction(1, 8)), terminating(Fraction(1, 3))
    ('0.125', None)
    """
    decimal = to_decimal(value)
    return f"{decimal.normalize(CONTEXT):f}" if Fraction(decimal) == value else None


def _scientific(decimal: str) -> Iterator[str]:
    number = Decimal(decimal)
    if not number:
        return
    power = number.adjusted()
    mantissa = f"{number.scaleb(-power, CONTEXT).normalize(CONTEXT):f}"
    yield from (f"{mantissa}e{power}", f"{mantissa}E{power:+d}", f"{mantissa}*10^{power}")
    yield from (f"{mantissa} x 10^{power}", f"{mantissa}×10{str(power).translate(_RAISED)}")
    yield rf"{mantissa} \times 10^{{{power}}}"


def _written(expected: str, options: Options) -> Written:
    return number_written(read_expected(expected, options), options)


def number_stated(text: str) -> Value:
    """Return the number with which a text of a key begins."""
    return parse_number(text.split(maxsplit=1)[0])


def trivial_numbers(given: Sequence[str], unit: str | None) -> list[str]:
    """Return 0, 1 and the given numbers."""
    copied = [text for text in given if not text.startswith("[")]
    return [f"{text} {unit}" if unit else text for text in ("0", "1", *copied)]


def are_far(expected: str, other: str, options: Options) -> bool:
    """Return whether one number is over twice the other, in one unit, and no tolerance as wide."""
    wide = (options.abs, options.log10, options.sigfigs, options.accuracy, options.decimals)
    if any(option is not None for option in wide) or (options.rel or 0) > _MOST_RELATIVE:
        return False
    (one, _, unit), (two, _, other_unit) = expected.partition(" "), other.partition(" ")
    try:
        small, large = sorted((abs(parse_number(one)), abs(parse_number(two))))
    except DerivationError:
        return False
    return unit == other_unit and large > 2 * small


NUMBER = Kind(
    "number",
    Group.NUMBER,
    NumberComparer.of,
    neutral="0",
    written=_written,
    latex=partial(formula_latex, comma=Comma.IN_NUMBERS),
    notations=_notations,
    value=number_stated,
    trivial=trivial_numbers,
    differ=are_far,
    sides=Sides.UNREAD,
    is_carried=True,
    blank=34,
)
INTEGER = replace(
    NUMBER, name="integer", comparer=partial(NumberComparer.of, whole=True), is_whole=True
)
KINDS = (INTEGER, NUMBER)
