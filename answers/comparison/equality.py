"""Equality of two expressions: exactly, within a tolerance, or by points as functions."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from answers.algebra import identity_test as modular
from answers.algebra.rational_value import exact_value
from answers.comparison.outcome import Comparison, Found
from answers.numbers.tolerance import within_tolerance
from answers.syntax.errors import TooLarge, Unreadable
from answers.syntax.nodes import Node, Num, Sym, children, free_symbols
from answers.verdict import Ground
from examgen.ground.record import record

if TYPE_CHECKING:
    from fractions import Fraction

    from answers.evaluation.sample_points import Domain
    from answers.options import Options


def seed_of(expected: Node, answer: Node) -> bytes:
    """Choose the points of a comparison: the same two sides are always compared alike."""
    marks = [*_marks(expected), "|", *_marks(answer)]
    return hashlib.blake2b("\x1f".join(marks).encode(), digest_size=32).digest()


def _marks(node: Node) -> list[str]:
    """Return a tree as a row of words."""
    marks, nodes = [], [node]
    for each in nodes:  # which grows on the way
        if isinstance(each, Sym):
            marks.append(each.name)
        elif isinstance(each, Num):
            marks.append(f"{each.value.numerator:x}/{each.value.denominator:x}")
        else:
            parts = children(each)
            marks.append(f"{type(each).__name__}{len(parts)}{getattr(each, 'name', '')}")
            nodes += parts
    return marks


@record
class Equality:
    """The outcome of comparing two expressions, with its ground in words and as one word."""

    found: Found
    why: str
    ground: Ground = Ground.PROVED


_UNPROVED = "no difference was found, but equality is not proved"
_UNMET = "no points were found at which both sides have a value"
_PROVED = Equality(Found.SAME, "proved equal to the expected expression")
_SAME = Equality(Found.SAME, "equal to the expected answer")
_IDENTICAL = Equality(Found.SAME, "equal to the expected answer", Ground.IDENTICAL)
_WITHIN = Equality(Found.SAME, "equal to the expected answer", Ground.WITHIN)
_WITHIN_OR_NOT = {
    Found.SAME: _WITHIN,
    Found.DIFFERENT: Equality(Found.DIFFERENT, "not the expected value"),
    Found.UNDECIDED: Equality(Found.UNDECIDED, "whether it is within the tolerance is not known"),
}


def equal(answer: Node, expected: Node, options: Options) -> Equality:
    """Compare two expressions, numbers with the options' tolerance."""
    if answer == expected:
        return _IDENTICAL
    mine, theirs = safe_exact(answer), safe_exact(expected)
    if mine is not None and theirs is not None:
        return _numbers(mine, theirs, options)
    if options.is_rounded and not free_symbols(answer) and not free_symbols(expected):
        from answers.comparison.within import within  # noqa: PLC0415 - imports FLINT

        return _WITHIN_OR_NOT[within(answer, expected, options)]
    return _expressions(answer, expected, options.domain)


def _numbers(mine: Fraction, theirs: Fraction, options: Options) -> Equality:
    if within_tolerance(mine, theirs, options):
        return _WITHIN if options.is_rounded else _SAME
    return Equality(Found.DIFFERENT, "not the expected value")


def safe_exact(node: Node) -> Fraction | None:
    """Return the exact value of a reading without letters; None where it has none.

    Raises:
        Unreadable: it is too large to compute, or divides by zero.
    """
    try:
        return exact_value(node)
    except TooLarge as error:
        raise Unreadable("", 0, "the number is too large to compute") from error
    except ZeroDivisionError as error:
        raise Unreadable("", 0, "this divides by zero") from error


def _expressions(answer: Node, expected: Node, domain: Domain) -> Equality:
    seed = seed_of(expected, answer)
    same = modular.are_identical(answer, expected, seed)
    if same:
        return _PROVED
    from answers.comparison.compare import compare  # noqa: PLC0415 - imports FLINT

    if same is False and modular.is_rational(answer) and modular.is_rational(expected):
        return Equality(Found.DIFFERENT, _example(compare(answer, expected, domain, seed)))
    comparison = compare(answer, expected, domain, seed)
    match comparison.found:
        case Found.SAME:
            return _PROVED
        case Found.DIFFERENT:
            return Equality(Found.DIFFERENT, _example(comparison))
        case Found.UNDECIDED:
            why = _UNPROVED if comparison.is_met else _UNMET
            return Equality(Found.UNDECIDED, why)


def _example(comparison: Comparison) -> str:
    if comparison.found is not Found.DIFFERENT:
        return "not the expected expression, though close to it"
    place = f"at {comparison.point}: " if comparison.point else ""
    return f"{place}yours {comparison.left}, expected {comparison.right}"
