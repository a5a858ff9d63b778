"""The steps of an answer's working: quantities of the derivation, each with a share of the marks.

An answer with working is written in several lines. Its steps are the quantities that its worked
solution prints, without those that an earlier answer of the part has asked for; a result that is
put together of several values is a step of its own. An answer that the author wrote out has two:
an expression that is right, and the result.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.folder.key import AnswerKey
from solvers.graph.worked import worth_showing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from examgen.folder.key import RubricKey
    from solvers.graph.solution import Solution

RESULT = "result"
APPROACH = "approach"
SYMBOLIC = frozenset({"expression", "equation"})


def steps_of(
    answer: AnswerKey, before: Iterable[AnswerKey | RubricKey], solution: Solution | None
) -> tuple[str, ...]:
    """Return the names of the steps of an answer, in the order of its worked solution.

    Args:
        answer: its key.
        before: the answers of the part above it.
        solution: of the part; None where nothing is computed.
    """
    if solution is None or not answer.reads:
        return (APPROACH, RESULT) if answer.kind in SYMBOLIC else ()
    asked = solution.derivation.ancestors(*_asked(answer, before))
    behind = solution.derivation.ancestors(*answer.reads)
    steps = worth_showing(solution, behind - asked)
    if answer.letters:
        steps = tuple(name for name in steps if _is_open(answer, solution, name))
    is_joined = len(answer.reads) > 1
    return (*steps, RESULT) if is_joined and steps else steps


def _is_open(answer: AnswerKey, solution: Solution, name: str) -> bool:
    """Return whether a quantity has letters in it: another one is a number on the way."""
    return bool(answer.letters.keys() & solution.derivation.ancestors(name))


def _asked(answer: AnswerKey, before: Iterable[AnswerKey | RubricKey]) -> list[str]:
    """Return what was asked for above, in letters or in numbers as the answer is."""
    alike = (one for one in before if isinstance(one, AnswerKey) and one.id != answer.id)
    return [
        name for one in alike if bool(one.letters) == bool(answer.letters) for name in one.reads
    ]


def shares_of(steps: tuple[str, ...], weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return the share of the marks of each step: as weighted, all alike where nothing is said.

    >>> shares_of(("weights", "parameters"), {"parameters": Fraction(3), "weights": Fraction(1)})
    {'weights': Fraction(1, 4), 'parameters': Fraction(3, 4)}
    """
    given = {name: weights.get(name, Fraction(0)) if weights else Fraction(1) for name in steps}
    total = sum(given.values(), Fraction(0))
    return {name: weight / total for name, weight in given.items()} if total else {}
