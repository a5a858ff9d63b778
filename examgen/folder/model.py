"""From a question's model to values: the derivation with the question's own formulas, solved."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from solvers.catalogue import find
from solvers.graph.derivation import Derivation, Mistake, Quantity
from solvers.graph.domain import REAL, Domain, matrix, vector
from solvers.graph.formulas.text import formula
from solvers.graph.number import leaves, parse_number, parse_value, split_list
from solvers.graph.printing.style import name_latex
from solvers.graph.solution import solve

if TYPE_CHECKING:
    from collections.abc import Collection

    from examgen.folder.key import FormulaKey, Model, OwnMistake
    from solvers.graph.number import Exact, Value
    from solvers.graph.solution import Solution

SHORTEST_GIVEN = 4
_DEPTHS: tuple[Domain, ...] = (REAL, vector(REAL), matrix(REAL))


def solution_of(model: Model) -> Solution:
    """Solve a question's model.

    Raises:
        DerivationError: the derivation does not exist, a formula cannot be read, or an input lies
            outside what the derivation allows.

    >>> from examgen.folder.key import FormulaKey, Model
    >>> own = Model(inputs={"k": "3", "c": "8"}, values=(FormulaKey("n", "k**2 * c"),))
    >>> solution_of(own)["n"]
    Fraction(72, 1)
    """
    given = {name: text for name, text in model.inputs.items() if word_of(text) is None}
    inputs = {name: parse_value(text) for name, text in given.items()}
    own = tuple((name, model.symbols.get(name, ""), _depth(inputs[name])) for name in inputs)
    derivation = _derivation(model.derivation, own, model.values, model.mistakes, model.without)
    return solve(derivation, inputs)


def as_word(text: str) -> str:
    """Return a word as the text of an input, which no value has."""
    return f'"{text}"'


def word_of(text: str) -> str | None:
    """Return the word that the text of an input holds; None where it is a value.

    >>> word_of(as_word("a cat")), word_of("[1, 2]")
    ('a cat', None)
    """
    return text[1:-1] if text.startswith('"') else None


def numbers_given(model: Model) -> frozenset[Exact]:
    """Return the numbers in the lists that are given, of four characters or more.

    Shorter ones are the answer of many a draw by chance, and tell nobody so.

    >>> from examgen.folder.key import Model
    >>> sorted(map(str, numbers_given(Model(inputs={"X": "[49.10, 3]", "k": "12.5"}))))
    ['491/10']
    """
    lists = (split_list(text) for text in model.inputs.values() if text.startswith("["))
    return frozenset(parse_number(text) for item in lists for text in leaves(item)
                     if len(text) >= SHORTEST_GIVEN)  # fmt: skip


def _depth(value: Value) -> int:
    return 1 + _depth(value[0]) if isinstance(value, tuple) and value else 0


@lru_cache(maxsize=4_096)
def _derivation(
    name: str | None,
    inputs: tuple[tuple[str, str, int], ...],
    values: tuple[FormulaKey, ...],
    mistakes: tuple[OwnMistake, ...],
    without: tuple[str, ...],
) -> Derivation:
    base = find(name) if name else Derivation("question", "The question's own formulas")
    derivation = base.extensible_copy()
    for own, letter, depth in inputs:
        if own not in derivation.nodes:
            derivation.input(own, letter or name_latex(own), own, _DEPTHS[min(depth, 2)])
    names = {*derivation.nodes, *(item.name for item in values)}
    for item in values:
        derivation.add(_quantity(item, names))
    for wrong in mistakes:
        replaced = {part.name: formula(part.formula, names) for part in wrong.replaced}
        derivation.add_mistake(Mistake(wrong.name, wrong.says, wrong.share, replaced))
    for dropped in without:
        derivation.mistakes.pop(dropped, None)
    return derivation


def _quantity(item: FormulaKey, names: Collection[str]) -> Quantity:
    letter = item.symbol or name_latex(item.name)
    call = formula(item.formula, names)
    return Quantity(item.name, letter, item.says or item.name, call, item.unit)
