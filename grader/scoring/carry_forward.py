"""Follow-through: what is right if the student's own wrong earlier values are taken for right."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.comparison.equality import safe_exact
from answers.comparison.reading import read_answer, read_expected
from answers.kinds.base import kind_named
from answers.options import Options
from answers.syntax.errors import Unreadable, UnreadableKey
from answers.syntax.nodes import Num, Sym, free_symbols, substitute, variable
from examgen.folder.expected import expected_text
from examgen.ground.errors import DerivationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from answers.verdict import Values
    from examgen.folder.key import AnswerKey
    from solvers.graph.number import Value
    from solvers.graph.solution import Solution

MAX_FACTOR = 1_000
MAX_EXPECTED = 20_000
_TRIVIAL = frozenset({Fraction(0), Fraction(1)})


@dataclass(frozen=True)
class Earlier:
    """An answer that was given before.

    Attributes:
        value: the number or numbers that it states.
        read_as: how it was read; of a wrong formula, what is worked out with the paper's numbers.
    """

    key: AnswerKey
    value: Values
    read_as: str = ""


@dataclass(frozen=True)
class Consequence:
    """A later answer as it should be if earlier wrong values were right.

    Attributes:
        carried: the ids of the earlier answers.
        mistake: the name of a mistake made besides; empty for a right consequence.
    """

    expected: str
    carried: tuple[str, ...]
    mistake: str = ""


def consequences(
    answer: AnswerKey, earlier: Mapping[str, Earlier], right: Solution
) -> Iterator[Consequence]:
    """Yield what may stand as an answer: from all earlier values together, then from each alone.

    First without a further mistake, then with each mistake that the answer knows.
    """
    own = {name: _own_values(earlier[name], right) for name in answer.follows if name in earlier}
    own = {name: values for name, values in own.items() if values}
    together = [tuple(own)] if own else []
    alone = [(name,) for name in own] if len(own) > 1 else []
    found = []
    for names in (*together, *alone):
        given = {quantity: value for name in names for quantity, value in own[name].items()}
        try:
            solution = right.carry_forward(given)
            expected = expected_text(answer, solution)
        except (DerivationError, ArithmeticError):
            continue  # no value follows from these
        if len(expected) <= MAX_EXPECTED and expected != answer.expected:
            found.append((Consequence(expected, names), solution))
    yield from (consequence for consequence, _ in found)
    for consequence, solution in found:
        yield from _with_mistakes(answer, consequence, solution)


def _with_mistakes(
    answer: AnswerKey, consequence: Consequence, solution: Solution
) -> Iterator[Consequence]:
    known = solution.derivation.mistakes
    for mistake in answer.mistakes:
        if mistake.name not in known:
            continue
        try:
            expected = expected_text(answer, solution.mistaken(known[mistake.name]))
        except (DerivationError, ArithmeticError):
            continue
        if len(expected) <= MAX_EXPECTED and expected != consequence.expected:
            yield Consequence(expected, consequence.carried, mistake.name)


def own_values(
    answer: AnswerKey, earlier: Mapping[str, Earlier], right: Solution
) -> dict[str, Value]:
    """Return the values that a student has for what an answer builds on, where they differ."""
    named = (earlier[name] for name in answer.follows if name in earlier)
    return {name: value for one in named for name, value in _own_values(one, right).items()}


def _own_values(earlier: Earlier, right: Solution) -> dict[str, Value]:
    """Return the quantities for which a student has another plausible value."""
    value = earlier.value
    if earlier.key.letters:
        value = formula_value(earlier.key, earlier.read_as, right)
    elif not kind_named(earlier.key.kind).is_carried:
        return {}
    if value is None:
        return {}
    names = earlier.key.reads
    values = (value,) if len(names) == 1 or not isinstance(value, tuple) else value
    if len(values) != len(names):
        return {}
    own = dict(zip(names, values, strict=True))
    if not all(plausible(value, right[name]) for name, value in own.items()):
        return {}
    return {name: value for name, value in own.items() if value != right[name]}


def formula_value(key: AnswerKey, formula: str, right: Solution) -> Fraction | None:
    """Return what a student's formula gives for the numbers of the paper, worked out exactly.

    None if that is no number, or one for which nothing has to be calculated: a formula without
    letters, or a number that the paper gives.
    """
    options = Options.from_mapping(dict(key.options))
    try:
        node = read_answer(formula, read_expected(key.expected, options), options)
        is_constant = not free_symbols(node)
        for name, letter in key.letters.items():
            for symbol, number in _numbers(letter, right[name]):
                node = substitute(node, Sym(variable(symbol)), Num(number))
        value = None if is_constant or free_symbols(node) else safe_exact(node)
    except (Unreadable, UnreadableKey):
        return None
    is_given = any(right[item.name] == value for item in right.derivation.inputs)
    return None if is_given else value


def _numbers(letter: str, value: Value) -> Iterator[tuple[str, Fraction]]:
    """Yield the numbers of a letter, or of the letters x_1, x_2, ... of a list."""
    if isinstance(value, Fraction):
        yield letter, value
    elif isinstance(value, tuple):
        for place, item in enumerate(value, 1):
            yield from _numbers(f"{letter}_{place}", item)


def plausible(value: Value, right: Value) -> bool:
    """Return whether a wrong value is near enough to the right one to be worth going on from.

    It has the right sign, is right within a factor of 1000, and is not 0 or 1, with which the
    rest of a calculation would be no work.

    >>> plausible(Fraction(225), Fraction(112)), plausible(Fraction(1), Fraction(112))
    (True, False)
    """
    if isinstance(value, tuple) or isinstance(right, tuple):
        if not (isinstance(value, tuple) and isinstance(right, tuple)):
            return False
        return len(value) == len(right) and all(map(plausible, value, right))
    mine, theirs = Fraction(value), Fraction(right)
    if mine == theirs:
        return True
    if mine in _TRIVIAL or not theirs:
        return False
    return Fraction(1, MAX_FACTOR) <= mine / theirs <= MAX_FACTOR
