"""From exact values to the key: the expected answer in student notation, and as it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.errors import DerivationError
from solvers.graph.notation import show_value
from solvers.graph.number import value_text
from solvers.graph.style import LATEX
from solvers.graph.symbolic import expression, factored_latex, plain

if TYPE_CHECKING:
    from answers.key import AnswerKey
    from solvers.graph.number import Value
    from solvers.graph.solution import Solution


def expected_text(answer: AnswerKey, solution: Solution) -> str:
    """What the judge compares with, for the values of a solution.

    An answer that reads no quantity keeps its own text. The solution may be the right one, one
    with a mistake, or one that carries a student's earlier value.

    Raises:
        DerivationError: a quantity has no value of the kind that is asked for.
    """
    if not answer.reads:
        return answer.expected
    if answer.letters:
        return plain(expression(solution, answer.reads[0], answer.letters))
    values = tuple(solution[name] for name in answer.reads)
    return value_expected(answer.kind, values if len(values) > 1 else values[0], answer.unit)


def value_expected(kind: str, value: Value, unit: str | None) -> str:
    """A value in the notation of a kind of answer.

    >>> from fractions import Fraction
    >>> value_expected("shape", (Fraction(112), Fraction(64)), None)
    '112x64'
    >>> value_expected("quantity", Fraction(1, 2), "MiB")
    '1/2 MiB'
    """
    if not isinstance(value, tuple):
        return f"{value_text(value)} {unit}" if unit else value_text(value)
    items = [value_expected(kind, item, None) for item in value]
    if any(isinstance(item, tuple) for item in value) or kind == "matrix":
        return "[" + ", ".join(items) + "]"
    match kind:
        case "shape":
            return "x".join(items)
        case "list":
            return "(" + ", ".join(items) + ")"
        case "set":
            return "{" + ", ".join(items) + "}"
        case "interval":
            return "[" + ", ".join(items) + "]"
        case _:
            raise DerivationError(f"a list of values cannot be the answer of kind {kind}")


def shown_latex(answer: AnswerKey, solution: Solution) -> str:
    """The right answer as the printed key shows it, in LaTeX math."""
    if answer.letters:
        return factored_latex(expression(solution, answer.reads[0], answer.letters))
    values: tuple[Value, ...] = tuple(solution[name] for name in answer.reads)
    if answer.kind == "shape":
        return r" \times ".join(show_value(value).latex for value in values)
    return show_value(values if len(values) > 1 else values[0]).latex + LATEX.unit(answer.unit)
