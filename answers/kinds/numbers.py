"""Integers, numbers, and quantities with units."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from answers import digits, forms
from answers.errors import Unreadable, UnreadableKey
from answers.evaluation import real_value
from answers.judgement import Judgement, correct, undecided, wrong
from answers.kinds.base import (
    equal,
    read_answer,
    read_expected,
    safe_exact,
    without_name,
)
from answers.numeric import Found
from answers.reading.grammar import Parser
from answers.reading.names import Names
from answers.reading.printing import shown
from answers.reading.text import AUTHOR, STUDENT, Limits, normalized
from answers.reading.tokens import Comma, tokenize
from answers.reading.tree import (
    Logic,
    Node,
    Num,
    Rel,
    Seq,
    Sets,
    Sym,
    has,
    is_infinite,
    put,
    symbols,
)
from answers.tolerance import close, interval_text, slip
from answers.units import ONE, Unit, parse_unit

if TYPE_CHECKING:
    from answers.options import Options

_ANGLE = (("angle", Fraction(1)),)
_ZERO = Num(Fraction(0), "0")
_TIMES_X = re.compile(
    r"(?<=[\d.])(?:\s*[xXｘхХ]\s*(?=10\s*(?:\^|\*\*|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]))|\s+[xX]\s+(?=\d))"
)
_PERCENT = re.compile(
    r"(?<=[\d}.)$])\s*(?:\\text\w*\s*\{\s*)?(?:percent|per cent|pct)\s*\}?\s*\.?$"
)
_CURRENCY = re.compile(r"^\s*[€£¥]\s*|\s*[€£¥]\s*$")
# Where a unit may begin: each place costs a reading of the text before it.
_MOST_PLACES = 24
_IMAGINARY = frozenset({"j", "I"})
_PER = re.compile(r"(.*?\d)(?:\s+1)?\s*(/\s*[A-Za-z(].*)")
_DEGREES = re.compile(r"\s*\^\s*(?:\{\s*\\circ\s*\}|\\circ(?![a-z]))|\\degree(?![a-z])")
_BRACKETED = re.compile(r"\[\s*([A-Za-zμΩ°][^\[\]]*)\]$")
_DOTTED = re.compile(r"(?<=[A-Za-z])\.(?=[A-Za-z])")
_UNIT_TAIL = re.compile(
    r"(?:\\(?:text|mathrm|textrm|mathit|rm|operatorname|,|;|:|!| |left)|[{\s*·×~$])+$"
)


@dataclass(frozen=True)
class NumberComparer:
    """Compares numbers: exactly, within a tolerance, or to a number of figures."""

    expected: Node
    value: Fraction | None
    options: Options
    whole: bool

    @classmethod
    def of(cls, expected: str, options: Options, *, whole: bool = False) -> NumberComparer:
        """Reads the expected number."""
        node = without_name(read_expected(expected, options), _ZERO)
        value = safe_exact(node)
        if symbols(node) or has(node, Rel, Logic, Seq, Sets):
            raise UnreadableKey(f"{expected!r} is not a number")
        if value is None and options.has_tolerance:
            value = real_value(node)
        return cls(node, value, options, whole)

    def judge(self, answer: str) -> Judgement:
        """Judges a number."""
        return self.judge_node(number_node(answer, self.expected, self.options))

    def judge_node(self, node: Node) -> Judgement:
        """Judges a number that was read."""
        read_as, value = shown(node), safe_exact(node)
        if self._must_be_whole() and value is not None and value.denominator != 1:
            return wrong(read_as, "an integer is expected", value)
        if value is None or self.value is None:
            return self._irrational(node, read_as, value)
        fault = _form_fault(node, self.options)
        if not close(value, self.value, self.options):
            why = slip(value, self.value) or _accepted(self.value, self.options)
            return wrong(read_as, why, value)
        if fault is not None:
            return wrong(read_as, f"the right value, but {fault}", value)
        return correct(read_as, interval_text(self.value, self.options), value)

    def _must_be_whole(self) -> bool:
        # What follows from a wrong earlier value, or from a mistake, need not be an integer.
        return self.whole and self.value is not None and self.value.denominator == 1

    def _irrational(self, node: Node, read_as: str, value: Fraction | None) -> Judgement:
        fault = _form_fault(node, self.options)
        if is_infinite(node) or is_infinite(self.expected):
            same = node == self.expected
            return (
                correct(read_as, "infinite") if same else wrong(read_as, "not the expected value")
            )
        if self.options.is_rounded:
            mine = real_value(node) if value is None else value
            theirs = real_value(self.expected) if self.value is None else self.value
            if mine is not None and theirs is not None:
                good = close(mine, theirs, self.options) and fault is None
                why = fault or interval_text(theirs, self.options)
                return correct(read_as, why, mine) if good else wrong(read_as, why, mine)
        equality = equal(node, self.expected, self.options)
        if equality.found is Found.UNDECIDED:
            return undecided(read_as, "the number cannot be computed")
        stated = real_value(node) if value is None else value
        if equality.found is Found.SAME and fault is None:
            return correct(read_as, "exactly the expected value", stated)
        return wrong(read_as, fault or "not the expected value", stated)


def _form_fault(node: Node, options: Options) -> str | None:
    return digits.form_fault(node, options) or forms.form_fault(node, options.form)


def _accepted(expected: Fraction, options: Options) -> str:
    accepted = interval_text(expected, options)
    return "not the expected value" if accepted.startswith("exactly") else f"accepted: {accepted}"


def number_node(answer: str, expected: Node, options: Options) -> Node:
    """Reads a student's number.

    Raises:
        Unreadable: it is no number, or several.
    """
    node = read_answer(_in_signs(answer, options), expected, options)
    node = _stated(without_name(node, expected), options)
    if has(node, Rel, Logic):
        raise Unreadable(answer, 0, "one number is expected, not a comparison")
    if has(node, Seq, Sets):
        raise Unreadable(answer, 0, "one number is expected, not several")
    letters = symbols(node)
    if len(letters) == 1 and letters <= _IMAGINARY:
        return put(node, Sym(*letters), Sym("i"))
    if letters:
        raise Unreadable(answer, 0, f"a number is expected; {', '.join(sorted(letters))} is none")
    return node


def _in_signs(answer: str, options: Options) -> str:
    """A number with its signs for times, percent and money as the reader knows them."""
    text = _TIMES_X.sub("×", answer) if not options.variables else answer
    if not text.isascii():
        text = _CURRENCY.sub("", text)
    return _PERCENT.sub("%", text) if text.rstrip(" .}")[-1:].isalpha() else text


def _stated(node: Node, options: Options) -> Node:
    """What `7*3 = 21` or `1/3 = 0.333` states, if its sides agree: the last of equal ones.

    Where the last is rounded, it counts only if rounding is allowed.
    """
    links = node.parts if isinstance(node, Logic) and node.word == "and" else (node,)
    sides = [side for link in links if isinstance(link, Rel) for side in (link.left, link.right)]
    if not sides or not all(isinstance(link, Rel) and link.sign == "=" for link in links):
        return node
    exact = (safe_exact(side) for side in sides if not symbols(side))
    values = [value for value in exact if value is not None]
    if len(values) < len(sides):
        return node
    first, last = values[0], values[-1]
    if any(abs(value - last) * 100 > abs(last) for value in values):
        return node
    return sides[-1] if options.is_rounded or first == last else sides[0]


@dataclass(frozen=True)
class QuantityComparer:
    """Compares numbers with units."""

    number: NumberComparer
    unit: Unit
    options: Options
    abs_worth: Fraction

    @classmethod
    def of(cls, expected: str, options: Options) -> QuantityComparer:
        """Reads the expected number and unit."""
        if options.unit_mode == "only":
            _, unit = split_unit(expected, AUTHOR, number_needed=False)
            return cls(
                NumberComparer(_ZERO, None, options, whole=False), unit or ONE, options, Fraction(1)
            )
        number, unit = split_unit(expected, AUTHOR)
        plain = replace(options, variables=())
        comparer = NumberComparer.of(number, plain)
        worth = Fraction(1)
        if options.abs_unit:
            slack = parse_unit(options.abs_unit)
            if unit is None or slack.dimension != unit.dimension:
                raise UnreadableKey(f"abs is in {options.abs_unit}, the expected answer is not")
            worth = slack.factor / unit.factor
        return cls(comparer, unit or ONE, options, worth)

    def judge(self, answer: str) -> Judgement:
        """Judges a quantity."""
        if self.options.unit_mode == "only":
            return self._unit_only(answer)
        number, unit = split_unit(answer, STUDENT)
        node = number_node(number, self.number.expected, self.options)
        read_as = shown(node) + (f" {unit.text}" if unit else "")
        if unit is None:
            return self._without_unit(node, read_as)
        if unit.dimension != self.unit.dimension:
            return wrong(read_as, f"{unit.text} does not measure the same as {self.unit.text}")
        if self.options.unit_mode == "same" and unit.parts != self.unit.parts:
            return wrong(read_as, f"the answer is expected in {self.unit.text}")
        return self._value(node, unit, read_as)

    def _value(self, node: Node, unit: Unit, read_as: str) -> Judgement:
        written, expected = safe_exact(node), self.number.value
        is_rounded = written is None or self.unit.dimension == _ANGLE
        if written is None:
            written = real_value(node)
        if expected is None:
            expected = real_value(self.number.expected)
        if written is None or expected is None:
            return undecided(read_as, "the number cannot be computed")
        value = (written * unit.factor + unit.offset - self.unit.offset) / self.unit.factor
        fault = _form_fault(node, self.options)
        accepted = interval_text(expected, self.options, self.abs_worth)
        if is_rounded:
            value = _snapped(value, expected)
        if not close(value, expected, self.options, self.abs_worth):
            why = slip(value, expected)
            return wrong(read_as, why or f"accepted: {accepted} {self.unit.text}", value)
        if fault is not None:
            return wrong(read_as, f"the right value, but {fault}", value)
        return correct(read_as, f"{accepted} {self.unit.text}", value)

    def _without_unit(self, node: Node, read_as: str) -> Judgement:
        judged = self._value(node, self.unit, read_as)
        if self.options.unit_mode == "assume" or not self.unit.dimension:
            if self.options.unit_mode == "assume" or self.unit is ONE:
                return judged
            return self._value(node, ONE, read_as)
        right = judged.verdict == "correct"
        why = "the right value, but the unit is missing" if right else "the unit is missing"
        return wrong(read_as, why)

    def _unit_only(self, answer: str) -> Judgement:
        number, unit = split_unit(answer, STUDENT, number_needed=False)
        if number.strip():
            return wrong(answer.strip(), "a unit without a number is expected")
        if unit is None:
            raise Unreadable(answer, 0, "a unit is expected")
        same = (unit.factor, unit.dimension, unit.offset) == (
            self.unit.factor, self.unit.dimension, self.unit.offset
        )  # fmt: skip
        if same:
            return correct(unit.text, "the expected unit")
        alike = unit.dimension == self.unit.dimension
        why = "another size of the same kind of unit" if alike else "another kind of unit"
        return wrong(unit.text, why)


def _snapped(value: Fraction, expected: Fraction) -> Fraction:
    """The expected value where a number known to 60 digits agrees with it to 40."""
    return expected if abs(value - expected) * 10**40 <= abs(expected) else value


def split_unit(text: str, limits: Limits, *, number_needed: bool = True) -> tuple[str, Unit | None]:
    """Splits a quantity into its number (as text) and its unit; None where there is none.

    Raises:
        Unreadable: what follows the number is not a unit.
    """
    clean = normalized(text, limits).strip("$ ")
    clean = re.sub(r"^\s*[A-Za-z]\w*\s*=\s*|^\s*=\s*|[.\s]+$", "", clean)
    clean = _TIMES_X.sub("×", clean).replace("$", " ")
    clean = _DOTTED.sub("·", _BRACKETED.sub(r"(\1)", _DEGREES.sub("°", clean)))
    trouble: Unreadable | None = None
    for place in _unit_places(clean, limits)[:_MOST_PLACES]:
        number = _UNIT_TAIL.sub("", clean[:place])
        if number_needed and not _is_number(number, limits):
            continue
        try:
            return number, parse_unit(clean[place:])
        except Unreadable as error:
            trouble = trouble or Unreadable(clean, place + error.at, error.what)
    if _is_number(clean, limits):
        return clean, None
    per = _PER.fullmatch(clean)
    if per is not None and _is_number(per[1], limits):
        return per[1], parse_unit(f"1{per[2]}")
    raise trouble or Unreadable(clean, 0, "a number with a unit is expected")


def _unit_places(clean: str, limits: Limits) -> list[int]:
    tokens = tokenize(clean, limits, Comma.IN_NUMBERS)
    starts = {"%", "°", "\\frac"}
    return [
        token.at
        for token, after in pairwise(tokens)
        if token.kind == "name"
        or token.text in starts
        or (token.text == "(" and token.spaced and after.kind == "name")
    ]


def _is_number(text: str, limits: Limits) -> bool:
    try:
        node = Parser(text, Names(), Comma.IN_NUMBERS, limits).everything()
    except Unreadable:
        return False
    return not symbols(node) and not has(node, Rel, Logic, Seq, Sets)
