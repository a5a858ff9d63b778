"""Working that a made-up student writes: the steps in their order, and then the result.

The lines are the values of the key's own worked solution. Before a right result they earn nothing
more; before a wrong one they earn the steps that they state.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.folder.working import RESULT
from examgen.ground.errors import DerivationError
from examgen.simulation.grounds import solution_for
from solvers.graph.number import value_text
from solvers.graph.worked import symbol_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examgen.folder.key import AnswerKey, Model
    from solvers.graph.number import Value
    from solvers.graph.solution import Solution

_LONGEST = 60


def with_steps(
    answer: AnswerKey, text: str, marks: Fraction, model: Model
) -> tuple[str, Fraction | None]:
    """Return an answer with the steps before its result, and what it earns.

    Args:
        answer: its key.
        text: a right result, or one for which there is no ground at all.
        marks: of the result alone.
        model: of the part.

    Returns:
        The text and its marks; the text as it was where its steps cannot be written, and no marks
        where a result is right in part.
    """
    lines = _lines(answer, model)
    if not lines:
        is_whole = bool(marks) or (len(answer.reads) == 1 and not _is_list(answer, model))
        return text, marks if is_whole else None
    worked = "\n".join((*lines, text.strip()))
    *before, _ = answer.working.values()
    return worked, marks or sum(before, Fraction(0)) * answer.marks


def _is_list(answer: AnswerKey, model: Model) -> bool:
    return bool(answer.reads) and isinstance(solution_for(model)[answer.reads[0]], tuple)


def _lines(answer: AnswerKey, model: Model) -> tuple[str, ...]:
    """Return the lines for all steps but the last; none where one is a formula or too long."""
    if answer.letters or not answer.reads or len(answer.working) < 2:
        return ()
    solution = solution_for(model)
    *steps, last = answer.working
    try:
        lines = [line for name in steps for line in _stated(solution, name)]
    except DerivationError:
        return ()
    is_one = last != RESULT and not isinstance(solution[last], tuple)
    return tuple(lines) if is_one and all(len(line) <= _LONGEST for line in lines) else ()


def _stated(solution: Solution, name: str) -> Iterator[str]:
    for index, number in _numbers(solution[name]):
        yield f"{symbol_at(solution, name, index)} = {value_text(number)}"


def _numbers(value: Value, index: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Value]]:
    if not isinstance(value, tuple):
        yield index, value
        return
    for place, item in enumerate(value):
        yield from _numbers(item, (*index, place))
