"""The judge: one answer against the expected one.

>>> judge("quantity", "3211264 B", "3.0625 MiB").verdict
<Verdict.CORRECT: 'correct'>
>>> judge("expression", "4*h*(h+x+1)", "4h^2 + 4hx + 4").why
'at h=2, x=3: yours 44, expected 48'
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from answers.ambiguities.chains import sides_of
from answers.ambiguities.search import other_readings
from answers.kinds.collections import ListComparer, MatrixComparer, SetComparer
from answers.kinds.equations import EquationComparer
from answers.kinds.expressions import ExpressionComparer
from answers.kinds.inequalities import InequalityComparer
from answers.kinds.intervals import IntervalComparer
from answers.kinds.numbers import NumberComparer
from answers.kinds.quantities import QuantityComparer
from answers.kinds.texts import WordsComparer
from answers.options import Options
from answers.second_look.look import second_look
from answers.second_look.other_readings import setting_of
from answers.syntax.errors import Unreadable, UnreadableKey
from answers.syntax.normalize import INVISIBLE, refuse_long
from answers.syntax.unwrap import set_in_signs, unwrapped
from answers.verdict import Ground, Judgement, Verdict, undecided
from examgen.ground.errors import DerivationError
from examgen.ground.record import record
from solvers.graph.number import parse_number

if TYPE_CHECKING:
    from answers.kinds.base import Comparer

__all__ = ["Judgement", "Kind", "Options", "Rule", "Verdict", "accepts", "judge", "same_key"]


class Kind(StrEnum):
    """What kind of thing an answer is."""

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
        """Reads the expected side."""
        options = options or Options()
        if options.abs_unit and kind is not Kind.QUANTITY:
            raise UnreadableKey(f"abs is in {options.abs_unit}, but kind {kind} has no units")
        try:
            return cls(kind, expected, options, _comparer(kind, expected, options))
        except Unreadable as error:
            message = f"the expected answer {expected[:60]!r} is not of kind {kind}: {error}"
            raise UnreadableKey(message) from error

    def judge(self, answer: str, *, is_key: bool = True, is_plain: bool = False) -> Judgement:
        """Judges one answer; never raises, whatever the text.

        Args:
            answer: what the student wrote.
            is_key: compare with the right answer; else with one that someone may have got (a
                mistake, what follows from an earlier value), for which no doubtful reading is
                tried.
            is_plain: try no other reading at all.
        """
        seen = answer if answer.isascii() else answer.translate(INVISIBLE)
        if not seen.strip():
            return Judgement(Verdict.BLANK, why="nothing was written")
        try:
            refuse_long(answer)
        except Unreadable as error:
            return _unreadable(error)
        bare = self._bare(answer)
        plain = self.plainly(bare)
        if is_plain or (plain.verdict is Verdict.CORRECT and "=" not in bare):
            return plain
        return second_look(self, bare, plain, is_key=is_key)

    def has_settled_readings(self, answer: str) -> bool:
        """Return whether the question itself knows another way to read an answer."""
        bare = self._bare(answer)
        readings = other_readings(bare, setting_of(self), settled_only=True)
        return len(sides_of(bare)) > 1 or next(readings, None) is not None

    def expecting(self, expected: str) -> Rule:
        """Return the same comparison with another expected answer."""
        return _rule(self.kind, expected, self.options)

    def plainly(self, answer: str) -> Judgement:
        """Judges a text by the reading that the grammar prefers, and no other."""
        try:
            return self.comparer.judge(answer)
        except Unreadable as error:
            return _unreadable(error)
        except (RecursionError, MemoryError, OverflowError):
            return undecided("", "the answer is too large to compute with", Ground.LIMIT)

    def _bare(self, answer: str) -> str:
        """The answer without what stands around it; a text keeps all its words."""
        if self.kind is Kind.TEXT:
            return answer
        bare = unwrapped(answer)
        return set_in_signs(bare) if self.kind in _SETS else bare


def _unreadable(error: Unreadable) -> Judgement:
    return Judgement(Verdict.UNREADABLE, why=error.caret() if error.text else error.what)


def judge(
    kind: str,
    expected: str,
    answer: str,
    options: Options | None = None,
    *,
    is_key: bool = True,
) -> Judgement:
    """Judges one answer.

    Args:
        kind: a value of `Kind`.
        expected: the right answer, in the notation that students use.
        answer: what the student wrote.
        options: tolerance, form, units; see `Options`.
        is_key: as for `Rule.judge`.

    Raises:
        UnreadableKey: the expected answer cannot be read as this kind.
    """
    return _rule(Kind(kind), expected, options or Options()).judge(answer, is_key=is_key)


def judge_plainly(kind: str, expected: str, answer: str, options: Options) -> Judgement:
    """Judges one answer by the reading that the grammar prefers; errors as for `judge`."""
    return _rule(Kind(kind), expected, options).judge(answer, is_key=False, is_plain=True)


def has_settled_readings(kind: str, expected: str, answer: str, options: Options) -> bool:
    """Return whether the question itself knows another way to read an answer."""
    return _rule(Kind(kind), expected, options).has_settled_readings(answer)


def accepts(kind: str, expected: str, answer: str, options: Options | None = None) -> bool:
    """Whether an answer is judged correct; arguments and errors as for `judge`."""
    return judge(kind, expected, answer, options).verdict is Verdict.CORRECT


_NUMBERS = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.QUANTITY})
_MOST_RELATIVE = Fraction(1, 4)


@lru_cache(maxsize=65_536)
def same_key(kind: str, expected: str, other: str, options: Options) -> bool:
    """Whether two texts of keys, written by examgen itself, are the same answer.

    As `accepts`, but quick where numbers are far apart or the texts of shapes differ.
    """
    if expected == other:
        return True
    if kind == Kind.SHAPE and options == Options():
        return False
    if kind in _NUMBERS and _is_far(expected, other, options):
        return False
    rule = _rule(Kind(kind), expected, options)
    return rule.plainly(other).verdict is Verdict.CORRECT


def _is_far(expected: str, other: str, options: Options) -> bool:
    """Whether one number is over twice the other, in one unit, and no tolerance is as wide."""
    wide = (options.abs, options.log10, options.sigfigs, options.accuracy, options.decimals)
    if any(option is not None for option in wide) or (options.rel or 0) > _MOST_RELATIVE:
        return False
    (one, _, unit), (two, _, other_unit) = expected.partition(" "), other.partition(" ")
    try:
        small, large = sorted((abs(parse_number(one)), abs(parse_number(two))))
    except DerivationError:
        return False
    return unit == other_unit and large > 2 * small


@lru_cache(maxsize=4_096)
def _rule(kind: Kind, expected: str, options: Options) -> Rule:
    return Rule.of(kind, expected, options)


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
