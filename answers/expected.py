"""From exact values to the key: the expected answer in student notation, and as it is printed."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from answers.errors import Unreadable
from answers.kinds.base import read_expected
from answers.options import Options
from answers.reading.latex import latex
from answers.reading.tokens import Comma
from solvers.errors import DerivationError
from solvers.graph.notation import show, show_value
from solvers.graph.number import to_decimal, value_text
from solvers.graph.style import LATEX
from solvers.graph.symbolic import expression, factored_latex, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.key import AnswerKey
    from solvers.graph.derivation import Mistake
    from solvers.graph.number import Exact, Value
    from solvers.graph.solution import Solution


_WITH_COMMAS = frozenset({"shape", "list", "set", "interval", "inequality", "matrix"})


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


def mistaken_texts(answer: AnswerKey, solution: Solution) -> Iterator[tuple[Mistake, str]]:
    """The mistakes that bear on an answer, each with the text that someone gets who makes it."""
    needed = solution.derivation.ancestors(*answer.reads)
    for mistake in solution.derivation.mistakes.values():
        if needed & mistake.replaced.keys():
            with suppress(DerivationError):
                yield mistake, expected_text(answer, solution.mistaken(mistake))


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


def literal_latex(answer: AnswerKey) -> str:
    """An answer that the author wrote down, in LaTeX math; empty for words."""
    if answer.kind in {"choice", "text"}:
        return ""
    comma = Comma.BETWEEN if answer.kind in _WITH_COMMAS else Comma.IN_NUMBERS
    options = Options.from_mapping(dict(answer.options))
    try:
        return latex(read_expected(answer.expected, options, comma))
    except Unreadable:
        return ""


def shown_latex(answer: AnswerKey, solution: Solution) -> str:
    """The right answer as the printed key shows it, in LaTeX math."""
    if answer.letters:
        return factored_latex(expression(solution, answer.reads[0], answer.letters))
    values: tuple[Value, ...] = tuple(solution[name] for name in answer.reads)
    if answer.kind == "shape":
        return r" \times ".join(show_value(value).latex for value in values)
    shown = show_value(values if len(values) > 1 else values[0]).latex + LATEX.unit(answer.unit)
    first = values[0]
    return shown + (_larger(first) if answer.unit == "B" and not isinstance(first, tuple) else "")


def _larger(value: Exact) -> str:
    r"""The same bytes in the larger units, decimal and binary, where they make it shorter.

    >>> from fractions import Fraction
    >>> _larger(Fraction(3_211_264))
    ' = 3.211264\\,\\mathrm{MB} = 3.0625\\,\\mathrm{MiB}'
    """
    size = to_decimal(value).copy_abs()
    if size < 1_000:
        return ""
    power = min(3, size.adjusted() // 3)
    units = (("kMG"[power - 1] + "B", 1_000**power), ("KMG"[power - 1] + "iB", 1_024**power))
    return "".join(_in_unit(value, size, unit) for unit, size in units)


def _in_unit(value: Exact, size: int, unit: str) -> str:
    shown = show(value / size)
    return f" {'=' if shown.exact else LATEX.approx} {shown.latex}{LATEX.unit(unit)}"
