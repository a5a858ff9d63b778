"""Grounds for which a wrong answer earns marks: a known mistake, or an own earlier value.

Computed from the key and the derivations, apart from the grader, whose work is compared with it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from answers.judge import is_same_key
from answers.kinds.base import kind_named
from answers.options import Options
from examgen.folder.expected import expected_text
from examgen.folder.key import Model
from examgen.folder.model import solution_of
from examgen.ground.errors import DerivationError
from examgen.simulation.values import stated_value
from grader.scoring.carry_forward import MAX_EXPECTED, formula_value, plausible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from fractions import Fraction

    from examgen.folder.key import AnswerKey, FormulaKey, OwnMistake
    from solvers.graph.number import Value
    from solvers.graph.solution import Solution


@dataclass(frozen=True)
class Ground:
    """A wrong answer, the share of the marks for it, and the mistake in it if any."""

    text: str
    share: Fraction
    mistake: str = ""


def known_mistakes(answer: AnswerKey) -> list[Ground]:
    """Return the mistakes that the key names."""
    return [Ground(m.expected, m.share, m.name) for m in answer.mistakes]


def what_follows(
    answer: AnswerKey, before: Mapping[str, tuple[AnswerKey, str]], model: Model
) -> Iterator[Ground]:
    """Yield what follows from all own wrong values or from one; after that, with a mistake besides.

    Args:
        answer: the answer that is asked for.
        before: earlier answers by their ids, with what the student stated.
        model: of the part.
    """
    wrong = [before[name] for name in answer.follows if name in before]
    wrong = [(key, text) for key, text in wrong if text != key.expected]
    if not wrong:
        return
    right = solution_for(model)
    own = [values for key, text in wrong if (values := _own_values(key, text, right))]
    together = {name: value for values in own for name, value in values.items()}
    found: list[tuple[Ground, Solution]] = []
    for given in [together, *own] if len(own) > 1 else own:
        with suppress(DerivationError, ArithmeticError):  # nothing follows from these
            solution = right.carry_forward(given)
            text = expected_text(answer, solution)
            if text != answer.expected and len(text) <= MAX_EXPECTED:
                found.append((Ground(text, answer.carry_share), solution))
    yield from (ground for ground, _ in found)
    for ground, solution in found:
        yield from _with_mistakes(answer, ground, solution)


def _own_values(answer: AnswerKey, text: str, right: Solution) -> dict[str, Value]:
    """Return the quantities for which a student has another value that may be gone on from."""
    value: Value | None = None
    if answer.letters:
        value = formula_value(answer, text, right)
    elif kind_named(answer.kind).is_carried:
        value = stated_value(answer.kind, text)
    if value is None:
        return {}
    values = value if len(answer.reads) > 1 and isinstance(value, tuple) else (value,)
    own = dict(zip(answer.reads, values, strict=True))
    if not all(plausible(other, right[name]) for name, other in own.items()):
        return {}
    return {name: other for name, other in own.items() if other != right[name]}


def _with_mistakes(answer: AnswerKey, after: Ground, solution: Solution) -> Iterator[Ground]:
    known = solution.derivation.mistakes
    for mistake in answer.mistakes:
        if mistake.name in known:
            with suppress(DerivationError, ArithmeticError):
                text = expected_text(answer, solution.mistaken(known[mistake.name]))
                if text != after.text and len(text) <= MAX_EXPECTED:
                    yield Ground(text, after.share * mistake.share, mistake.name)


def same(answer: AnswerKey, expected: str, text: str) -> bool:
    """Return whether two texts in the key's notation are one answer, within its tolerance."""
    return is_same_key(answer.kind, expected, text, Options.from_mapping(dict(answer.options)))


def solution_for(model: Model) -> Solution:
    """Return the values of a part; a class draws from few members, so each is solved once."""
    inputs, symbols = tuple(model.inputs.items()), tuple(model.symbols.items())
    return _solved(model.derivation, inputs, symbols, model.values, model.mistakes, model.without)


@lru_cache(maxsize=2_048)
def _solved(
    derivation: str | None,
    inputs: tuple[tuple[str, str], ...],
    symbols: tuple[tuple[str, str], ...],
    values: tuple[FormulaKey, ...],
    mistakes: tuple[OwnMistake, ...],
    without: tuple[str, ...],
) -> Solution:
    """Solve a draw, each only once: a class draws from few members."""
    model = Model(derivation, dict(inputs), dict(symbols), values, mistakes, without)
    return solution_of(model)
