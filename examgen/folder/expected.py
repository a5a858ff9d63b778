"""From exact values to the key: the expected answer in student notation, and as it is printed."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from answers.comparison.reading import read_expected
from answers.kinds.base import Group, Written, kind_named
from answers.kinds.collections.ticks import BETWEEN, TO
from answers.kinds.written import format_expected
from answers.options import Options
from answers.syntax.errors import Unreadable
from answers.syntax.nodes import free_symbols
from examgen.ground.errors import DerivationError
from solvers.graph.closed import closed_form
from solvers.graph.number import PRECISION, to_decimal, value_text
from solvers.graph.printing.notation import show
from solvers.graph.printing.style import LATEX
from solvers.graph.symbolic import expression, factored_latex, plain
from solvers.graph.term import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from answers.kinds.base import Kind
    from examgen.folder.key import AnswerKey, OptionValue
    from solvers.graph.derivation import Mistake
    from solvers.graph.number import Exact, Value
    from solvers.graph.solution import Solution

_Texts: TypeAlias = "str | list[_Texts]"
# With one of these, digits are enough; without, a value is kept as it is.
_ROUNDED = frozenset({"rel", "abs", "log10", "sigfigs", "accuracy", "decimals"})
MAX_CLOSED = 200


def written_answer(answer: AnswerKey, expected: str | None = None) -> Written:
    """Return the right answer, or another expected one such as a mistake's."""
    options = Options.from_mapping(dict(answer.options))
    return format_expected(answer.kind, answer.expected if expected is None else expected, options)


def right_options(answer: AnswerKey) -> tuple[str, ...]:
    """Return the options that are right."""
    several = kind_named(answer.kind).group is Group.TICKS
    return tuple(answer.expected.split(BETWEEN)) if several else (answer.expected,)


def right_in_words(answer: AnswerKey) -> str:
    """Return the right options of an answer, of a matching beside what they belong to."""
    if not answer.beside:
        return BETWEEN.join(right_options(answer))
    pairs = (pair.partition(TO) for pair in right_options(answer))
    return BETWEEN.join(f"{answer.beside[int(place) - 1]}{TO}{text}" for place, _, text in pairs)


def expected_text(answer: AnswerKey, solution: Solution) -> str:
    """Return what the judge compares with, for the values of a solution.

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
    if is_exact(answer.options) and not all(map(_is_rational, values)):
        return _closed_text(answer, solution)
    return value_expected(answer.kind, values if len(values) > 1 else values[0], answer.unit)


def is_exact(options: Mapping[str, OptionValue]) -> bool:
    """Return whether an answer is asked for exactly, by the options of its comparison."""
    return not _ROUNDED & options.keys()


def _is_rational(value: Value) -> bool:
    return all(map(_is_rational, value)) if isinstance(value, tuple) else not _is_real(value)


def _is_real(value: Exact) -> bool:
    return isinstance(value, Decimal)


def _closed_text(answer: AnswerKey, solution: Solution) -> str:
    """Return an answer that is asked for exactly: numbers that do not end as expressions."""
    texts = [_closed(solution, Ref(name), solution[name]) for name in answer.reads]
    if answer.unit and isinstance(texts[0], str):
        return f"({texts[0]}) {answer.unit}"
    return _laid_out(kind_named(answer.kind), texts if len(texts) > 1 else texts[0], None)


def without_exact_form(answer: AnswerKey, solution: Solution) -> str | None:
    """Return digits of a number that an answer asks for exactly and that has no exact form."""
    if answer.letters or not is_exact(answer.options):
        return None
    texts = (_closed(solution, Ref(name), solution[name]) for name in answer.reads)
    return next((text for item in texts for text in _flat(item) if _is_cut(text)), None)


def _flat(texts: _Texts) -> Iterator[str]:
    if isinstance(texts, str):
        yield texts
    else:
        for item in texts:
            yield from _flat(item)


def _is_cut(text: str) -> bool:
    """Return whether a number is there as the digits that are kept of it."""
    return (
        "." in text and sum(map(str.isdigit, text.partition("E")[0].lstrip("-0."))) >= PRECISION - 1
    )


def _closed(solution: Solution, ref: Ref, value: Value) -> _Texts:
    if isinstance(value, tuple):
        places = enumerate(value)
        return [_closed(solution, Ref(ref.name, (*ref.index, i)), item) for i, item in places]
    term = closed_form(solution, ref) if _is_real(value) else None
    text = plain(term).replace(" ", "") if term is not None else ""
    return text if text and len(text) <= MAX_CLOSED and _is_read(text) else value_text(value)


def _is_read(text: str) -> bool:
    """Return whether the judge knows every function in an expression."""
    try:
        return not free_symbols(read_expected(text, Options()))
    except Unreadable:
        return False


def mistaken_texts(answer: AnswerKey, solution: Solution) -> Iterator[tuple[Mistake, str]]:
    """Yield the mistakes that bear on an answer, each with the text that it leads to."""
    needed = solution.derivation.ancestors(*answer.reads)
    for mistake in solution.derivation.mistakes.values():
        if needed & mistake.replaced.keys():
            with suppress(DerivationError):
                yield mistake, expected_text(answer, solution.mistaken(mistake))


def value_expected(kind: str, value: Value, unit: str | None) -> str:
    """Return a value in the notation of a kind of answer.

    >>> from fractions import Fraction
    >>> value_expected("shape", (Fraction(112), Fraction(64)), None)
    '112x64'
    >>> value_expected("quantity", Fraction(1, 2), "MiB")
    '1/2 MiB'
    >>> value_expected("set", (Fraction(3), Fraction(3), Fraction(6)), None)
    '{3, 6}'
    """
    return _laid_out(kind_named(kind), _texts(value), unit)


def _texts(value: Value) -> _Texts:
    return [_texts(item) for item in value] if isinstance(value, tuple) else value_text(value)


def _laid_out(kind: Kind, texts: _Texts, unit: str | None) -> str:
    if isinstance(texts, str):
        return f"{texts} {unit}" if unit else texts
    if kind.joined is None:
        raise DerivationError(f"a list of values cannot be the answer of kind {kind.name}")
    items = [_laid_out(kind, item, None) for item in texts]
    if any(isinstance(item, list) for item in texts):
        return f"[{', '.join(items)}]"
    return kind.joined(items)


def shown_latex(answer: AnswerKey, solution: Solution | None = None) -> str:
    """Return the right answer as the printed key shows it, in LaTeX math; empty for words.

    Args:
        answer: its key, with the expected answer.
        solution: of the part; None for an answer that the author wrote down.
    """
    if answer.letters and solution is not None:
        return factored_latex(expression(solution, answer.reads[0], answer.letters))
    shown = written_answer(answer).latex
    first = solution[answer.reads[0]] if solution is not None else ()
    return shown + (_larger(first) if answer.unit == "B" and not isinstance(first, tuple) else "")


def _larger(value: Exact) -> str:
    r"""Return the same bytes in the larger units, decimal and binary, where they make it shorter.

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
