"""Formulas written as text by the author of a question: `(kernel**2 * in_channels + 1) * filters`.

Python's arithmetic, with names, exact decimals, `//` and `%`, comparisons joined by `and`, `or`,
`not`, `a if n > 4 else b`, lists in brackets, `[x**2 for x in X]`, `A @ B`, the constants pi and e,
and the functions of `KNOWN`. The text is parsed, never run: what is not in this list is an error
that shows the place.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from examgen.ground.errors import DerivationError
from solvers.graph.derivation import Call, arguments, element
from solvers.graph.formulas.builder import CONSTANTS, Builder, calls
from solvers.graph.term import Ref, Written

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from solvers.graph.number import Value

MAX_LENGTH = 1_000


@dataclass(frozen=True)
class TextFormula:
    """A formula from text: a function of the names that are in it."""

    text: str
    tree: ast.expr
    call: Call

    def __call__(self, *values: Written) -> Written:
        """Return the formula with terms in the place of its names."""
        names = dict(zip(self.call.needs, values, strict=True))
        return Builder(self.text, names).shape(self.tree)

    def check(self) -> None:
        """Refuse a formula that cannot be built, without values."""
        names: dict[str, Written] = {name: Ref(name) for name in self.call.needs}
        Builder(self.text, names, knows_shapes=False).shape(self.tree)


@dataclass(frozen=True)
class TextCondition:
    """A condition from text, such as `kernel > stride and padding <= kernel // 2`."""

    text: str
    tree: ast.expr
    call: Call

    @property
    def needs(self) -> tuple[str, ...]:
        """Return the names in it."""
        return self.call.needs

    def holds(self, values: Mapping[str, Value]) -> bool:
        """Return whether the condition is true for values by name."""
        names = dict(zip(self.needs, arguments(self.call, values), strict=True))
        truth = Builder(self.text, names).truth(self.tree)
        return bool(truth.evaluate(lambda ref: element(values[ref.name], ref.index)))


def formula(text: str, own: Collection[str] = ()) -> TextFormula:
    """Read a formula.

    Args:
        text: the formula.
        own: names that stand for what they are given, even where one is a constant's.

    Raises:
        DerivationError: the text is not a formula; the message shows the place.
    """
    tree = _parsed(text)
    result = TextFormula(text, tree, _call(tree, own))
    result.check()  # a formula that cannot be built is an error now, not later
    return result


def condition(text: str, own: Collection[str] = ()) -> TextCondition:
    """Read a condition; arguments and errors as for `formula`.

    >>> from fractions import Fraction
    >>> condition("k > 2 and (k - 1) % 2 == 0").holds({"k": Fraction(5)})
    True
    """
    tree = _parsed(text)
    result = TextCondition(text, tree, _call(tree, own))
    names: dict[str, Written] = {name: Ref(name) for name in result.needs}
    Builder(text, names, knows_shapes=False).truth(tree)
    return result


def _parsed(text: str) -> ast.expr:
    if len(text) > MAX_LENGTH:
        raise DerivationError(f"a formula of {len(text)} characters is too long ({MAX_LENGTH})")
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        place = getattr(error, "offset", None)
        where = f" near character {place}" if place else ""
        raise DerivationError(f"cannot read the formula {text!r}{where}") from error


def _call(tree: ast.expr, own: Collection[str]) -> Call:
    """Return the names that a formula needs; those in an index or a range as whole numbers."""
    places = [node.slice for node in ast.walk(tree) if isinstance(node, ast.Subscript)]
    places += [part for node in ast.walk(tree) if calls(node, "range") for part in _args(node)]
    needed = tuple(name for name in _names(tree) if name in own or name not in CONSTANTS)
    counts = {name for place in places for name in _names(place)}
    return Call(needed, frozenset(counts.intersection(needed)))


def _args(node: ast.AST) -> list[ast.expr]:
    return node.args if isinstance(node, ast.Call) else []


def _names(tree: ast.expr) -> tuple[str, ...]:
    """Return the names in a formula that are neither functions nor its own running ones."""
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    running = {
        name.id
        for node in ast.walk(tree)
        if isinstance(node, ast.comprehension)
        for name in ast.walk(node.target)
        if isinstance(name, ast.Name)
    }
    names = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and id(n) not in called]
    return tuple(dict.fromkeys(name for name in names if name not in running))
