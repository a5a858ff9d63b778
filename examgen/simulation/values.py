"""Values for made-up answers: the key's, a wrong one by design, and a rounded right one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.kinds.base import kind_named
from answers.options import Options
from examgen.folder.expected import value_expected
from examgen.ground.errors import DerivationError
from examgen.simulation.ticked import is_ticked, other_ticks
from solvers.graph.number import approx_text, to_decimal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from examgen.folder.key import AnswerKey
    from solvers.graph.number import Exact, Value

MOST_FIGURES = 15


def stated_value(kind: str, text: str) -> Value | None:
    """Return the value that a text of a key states; None for a kind or a text without one.

    >>> stated_value("shape", "112x64"), stated_value("text", "12")
    ((Fraction(112, 1), Fraction(64, 1)), None)
    """
    try:
        return kind_named(kind).value(text)
    except DerivationError:
        return None


def other_values(answer: AnswerKey) -> Iterator[str]:
    """Yield texts with another value than the expected one, in the notation of the key.

    Each is wrong by design: no rule of comparison decides about it.
    """
    if is_ticked(answer):
        yield from other_ticks(answer)
        return
    text, value = answer.expected, stated_value(answer.kind, answer.expected)
    if value is not None:
        options = Options.from_mapping(dict(answer.options))
        for other in _other_numbers(_last(value), options):
            yield value_expected(answer.kind, _with_last(value, other), answer.unit)
        return
    if answer.choices:
        yield from (option for option in answer.choices if option != text)
    else:
        yield from kind_named(answer.kind).others(text)


def _last(value: Value) -> Fraction:
    while isinstance(value, tuple):
        value = value[-1]
    return Fraction(value)


def _with_last(value: Value, other: Fraction) -> Value:
    return (*value[:-1], _with_last(value[-1], other)) if isinstance(value, tuple) else other


def _other_numbers(value: Fraction, options: Options) -> Iterator[Fraction]:
    size, slack = abs(value), _slack(value, options)
    if options.log10 is not None:
        return  # whole decades may be right
    if options.has_tolerance and not options.abs_unit:
        yield from (value + 2 * slack, value - 2 * slack)  # not far outside of what is accepted
    elif value.denominator == 1 and options == Options():
        yield from (value + 1, value - 1)
    yield from (value + size + 3, value + 9 * size + 7, value + 2 * size + Fraction(1, 2))


def round_to_tolerance(answer: AnswerKey) -> str | None:
    """Return the expected answer with no more figures than its tolerance asks for.

    None without one.
    """
    options = Options.from_mapping(dict(answer.options))
    value = stated_value(answer.kind, answer.expected)
    if value is None or not options.has_tolerance or options.abs_unit:
        return None
    short = _each(value, lambda item: _shortest(item, _slack(Fraction(item), options)))
    return None if short is None else value_expected(answer.kind, short, answer.unit)


def is_rounding(answer: AnswerKey, text: str) -> bool:
    """Return whether a text states the right number in fewer figures, at least two.

    Written so, a person has to decide whether it is a rounding or another value.
    """
    options = Options.from_mapping(dict(answer.options))
    right, value = stated_value(answer.kind, answer.expected), stated_value(answer.kind, text)
    if (
        not options.has_tolerance
        or isinstance(right, tuple | None)
        or isinstance(value, tuple | None)
    ):
        return False
    return _rounds_to(Fraction(right), Fraction(value))


def _rounds_to(right: Fraction, value: Fraction) -> bool:
    """Return whether a value is another one in fewer figures, a half up or down.

    >>> [_rounds_to(Fraction(2_250_000), Fraction(n, 10) * 10**6) for n in (22, 23, 24)]
    [True, True, False]
    """
    power = to_decimal(right).adjusted() + 1
    steps = (Fraction(10) ** (power - figures) for figures in range(2, MOST_FIGURES))
    return any(not value % step and 2 * abs(value - right) <= step for step in steps)


def _each(value: Value, change: Callable[[Exact], Exact | None]) -> Value | None:
    if not isinstance(value, tuple):
        return change(value)
    items = tuple(_each(item, change) for item in value)
    return None if any(item is None for item in items) else tuple(i for i in items if i is not None)


def _shortest(value: Exact, slack: Fraction) -> Decimal | None:
    texts = (approx_text(value, figures) for figures in range(1, MOST_FIGURES))
    return next((Decimal(t) for t in texts if abs(Fraction(t) - Fraction(value)) <= slack), None)


def _slack(value: Fraction, options: Options) -> Fraction:
    return (options.rel or Fraction(0)) * abs(value) + (options.abs or Fraction(0))
