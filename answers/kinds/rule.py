"""A rule: one kind of answer with its expected side read, to compare many answers with."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from answers.kinds.collections import ListComparer, MatrixComparer, SetComparer
from answers.kinds.equations import EquationComparer
from answers.kinds.expressions import ExpressionComparer
from answers.kinds.inequalities import InequalityComparer
from answers.kinds.intervals import IntervalComparer
from answers.kinds.numbers import NumberComparer
from answers.kinds.quantities import QuantityComparer
from answers.kinds.texts import WordsComparer
from answers.options import Options
from answers.syntax.errors import Unreadable, UnreadableKey
from answers.syntax.unwrap import set_in_signs, unwrapped
from answers.verdict import Ground, Judgement, Verdict, undecided
from examgen.ground.record import record

if TYPE_CHECKING:
    from answers.kinds.base import Comparer


class Kind(StrEnum):
    """The kinds of answers."""

    INTEGER = "integer"
    NUMBER = "number"
    QUANTITY = "quantity"
    SHAPE = "shape"
    LIST = "list"
    SET = "set"
    INTERVAL = "interval"
    EXPRESSION = "expression"
    EQUATION = "equation"
    INEQUALITY = "inequality"
    MATRIX = "matrix"
    CHOICE = "choice"
    TEXT = "text"


_SETS = frozenset({Kind.SET, Kind.INTERVAL, Kind.INEQUALITY})


@record
class Rule:
    """A comparison with its expected side read: to judge many answers to one question.

    Raises:
        UnreadableKey: the expected answer cannot be read as this kind.
    """

    kind: Kind
    expected: str
    options: Options
    comparer: Comparer

    @classmethod
    def of(cls, kind: Kind, expected: str, options: Options | None = None) -> Rule:
        """Read the expected side."""
        options = options or Options()
        if options.abs_unit and kind is not Kind.QUANTITY:
            raise UnreadableKey(f"abs is in {options.abs_unit}, but kind {kind} has no units")
        try:
            return cls(kind, expected, options, _comparer(kind, expected, options))
        except Unreadable as error:
            message = f"the expected answer {expected[:60]!r} is not of kind {kind}: {error}"
            raise UnreadableKey(message) from error

    def expecting(self, expected: str) -> Rule:
        """Return the same comparison with another expected answer."""
        return rule_of(self.kind, expected, self.options)

    def plainly(self, answer: str) -> Judgement:
        """Judge a text by the reading that the grammar prefers, and no other."""
        try:
            return self.comparer.judge(answer)
        except Unreadable as error:
            return unreadable(error)
        except (RecursionError, MemoryError, OverflowError):
            return undecided("", "the answer is too large to compute with", Ground.LIMIT)

    def bare(self, answer: str) -> str:
        """Remove quotes, boxes and formula signs around an answer; a text keeps all its words."""
        if self.kind is Kind.TEXT:
            return answer
        bare = unwrapped(answer)
        return set_in_signs(bare) if self.kind in _SETS else bare


@lru_cache(maxsize=4_096)
def rule_of(kind: Kind, expected: str, options: Options) -> Rule:
    """Return the rule of a kind and an expected answer; errors as for `Rule.of`."""
    return Rule.of(kind, expected, options)


def unreadable(error: Unreadable) -> Judgement:
    """Return the judgement of an answer that cannot be read."""
    return Judgement(Verdict.UNREADABLE, why=error.caret() if error.text else error.what)


def _comparer(kind: Kind, expected: str, options: Options) -> Comparer:
    match kind:
        case Kind.INTEGER:
            return NumberComparer.of(expected, options, whole=True)
        case Kind.NUMBER:
            return NumberComparer.of(expected, options)
        case Kind.QUANTITY:
            return QuantityComparer.of(expected, options)
        case Kind.SHAPE:
            return ListComparer.of(expected, options, shape=True)
        case Kind.LIST:
            return ListComparer.of(expected, options)
        case Kind.SET:
            return SetComparer.of(expected, options)
        case Kind.INTERVAL:
            return IntervalComparer.of(expected, options)
        case Kind.EXPRESSION:
            return ExpressionComparer.of(expected, options)
        case Kind.EQUATION:
            return EquationComparer.of(expected, options)
        case Kind.INEQUALITY:
            return InequalityComparer.of(expected, options)
        case Kind.MATRIX:
            return MatrixComparer.of(expected, options)
        case Kind.CHOICE:
            return WordsComparer.of(expected, options, choice=True)
        case Kind.TEXT:
            return WordsComparer.of(expected, options, choice=False)
        case _:
            assert_never(kind)
