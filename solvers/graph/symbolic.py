"""A quantity as one expression in chosen letters: the key of "derive the parameter count"."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, TypeGuard

from examgen.ground.errors import DerivationError
from solvers.graph.derivation import Input, Quantity, element
from solvers.graph.number import is_integer, value_text
from solvers.graph.printing.printer import print_term
from solvers.graph.printing.style import ATOM, POWER, PRODUCT, SUM
from solvers.graph.simplify import children, fold_constants, leaves, replace_references
from solvers.graph.term import (
    Apply,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Ref,
    Shaped,
    Sum,
    Term,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import sympy

    from solvers.graph.functions.arithmetic import Function
    from solvers.graph.solution import Solution

# SymPy takes other integers by itself where it finds them installed. What it prints must not depend
# on that; this is the one place that imports it.
os.environ.setdefault("SYMPY_GROUND_TYPES", "python")


def expression(solution: Solution, name: str, letters: Mapping[str, str]) -> Term:
    """Return a quantity with everything it depends on worked in.

    Args:
        solution: gives the number of every input that has no letter.
        name: the quantity.
        letters: the letter by the name of an input (or of a quantity that is not to be opened).

    Raises:
        DerivationError: the quantity is a list, or a letter's name is unknown.
    """
    return expand_reference(solution, Ref(name), letters)


def expand_reference(solution: Solution, ref: Ref, letters: Mapping[str, str]) -> Term:
    """Return a quantity, or an element of a list, as `expression` does."""
    for unknown in letters.keys() - solution.derivation.nodes.keys():
        raise DerivationError(f"{solution.derivation.name} has no {unknown!r} to name by a letter")
    return fold_constants(_opened(solution, ref, letters))


def _opened(solution: Solution, ref: Ref, letters: Mapping[str, str]) -> Term:
    if ref.name in letters:
        return Ref(letters[ref.name], ref.index)
    node = solution.derivation.nodes.get(ref.name)
    match node:
        case Input():
            return Number(element(solution[ref.name], ref.index))
        case Quantity() if ref.name in solution.stated:
            return Number(element(solution[ref.name], ref.index))
        case Quantity():
            shaped = solution.derivation.trace(node.function, solution.values)
            return replace_references(
                term_at(shaped, ref), lambda inner: _opened(solution, inner, letters)
            )
        case None:
            raise DerivationError(f"{solution.derivation.name} has no quantity {ref.name!r}")


def term_at(shaped: Shaped, ref: Ref) -> Term:
    """Return the term at a reference's place in a list of terms.

    Raises:
        DerivationError: a list is there.
    """
    for i in ref.index:
        if not isinstance(shaped, Term):
            shaped = shaped[i]
    if not isinstance(shaped, Term):
        raise DerivationError(f"{ref.name} is a list; an expression needs one of its elements")
    return shaped


def plain(term: Term) -> str:
    """Return the term as a student may write it, every operation explicit.

    >>> plain(4 * (Ref("h") + 1) / Ref("x"))
    '4*(h + 1)/x'
    """
    return _plain(term)[0]


def _plain(term: Term) -> tuple[str, int]:
    """Return the text, and how tightly it binds."""
    match term:
        case Ref(name, index):
            return name + "".join(f"_{i + 1}" for i in index), ATOM
        case Number(value):
            text = value_text(value)
            return (text if text.isdigit() else f"({text})"), ATOM
        case Sum(terms):
            return _first(terms[0]) + "".join(map(_signed, terms[1:])), SUM
        case Product(factors):
            first, *rest = factors
            return "*".join(
                [_at_least(first, PRODUCT), *(_at_least(f, POWER) for f in rest)]
            ), PRODUCT
        case Negative(of):
            return f"-{_at_least(of, PRODUCT)}", SUM
        case Quotient(above, below):
            return f"{_at_least(above, PRODUCT)}/{_at_least(below, POWER)}", PRODUCT
        case Power(base, exponent):
            return f"{_at_least(base, ATOM)}^{_at_least(exponent, ATOM)}", POWER
        case Apply(function, args):
            called = f"({', '.join(map(_argument, args))})" if args else ""
            return f"{function.name}{called}", ATOM
        case _:
            raise TypeError(f"cannot write {term!r}")


def _argument(term: Term) -> str:
    return value_text(term.value) if isinstance(term, Number) else plain(term)


def _first(term: Term) -> str:
    return value_text(term.value) if _is_negative(term) else _at_least(term, SUM)


def _is_negative(term: Term) -> TypeGuard[Number]:
    return isinstance(term, Number) and term.value < 0 and is_integer(term.value)


def _signed(term: Term) -> str:
    if _is_negative(term):
        return f" - {plain(Number(-term.value))}"
    if isinstance(term, Negative):
        return f" - {_at_least(term.of, PRODUCT)}"
    return f" + {_at_least(term, PRODUCT)}"


def _at_least(term: Term, level: int) -> str:
    text, own = _plain(term)
    return text if own >= level else f"({text})"


@lru_cache(maxsize=4_096)  # the papers of a class have few different formulas
def factored_latex(term: Term) -> str:
    r"""Return the expression in factored form, as LaTeX; as it is where it has no factors.

    >>> h, x = Ref("h"), Ref("x")
    >>> factored_latex(4 * (h * (h + x) + h))
    '4 h \\left(h + x + 1\\right)'
    >>> factored_latex((1 - x) * h + 2 * x)
    '\\left(1 - x\\right) h + 2 x'
    """
    import sympy  # noqa: PLC0415 - takes 0.3 s, and only symbolic keys need it

    found = sympy.factor(to_sympy(term))
    if isinstance(found, sympy.Add) and len(list(leaves(term))) <= _leaf_count(found):
        return print_term(term, lambda ref: str(sympy.latex(to_sympy(ref))))
    return str(sympy.latex(found))


def _leaf_count(found: sympy.Expr) -> int:
    return sum(map(_leaf_count, found.args)) or 1


def to_sympy(term: Term) -> sympy.Expr:
    """Return the term as a SymPy expression in real symbols."""
    import sympy  # noqa: PLC0415 - takes 0.3 s, and only symbolic keys need it

    parts = [to_sympy(part) for part in children(term)]
    match term:
        case Ref():
            return sympy.Symbol(plain(term), real=True)
        case Number(value):
            return sympy.Rational(value_text(value))
        case Sum():
            return sympy.Add(*parts)
        case Product():
            return sympy.Mul(*parts)
        case Negative():
            return -parts[0]
        case Quotient():
            return parts[0] / parts[1]
        case Power():
            return parts[0] ** parts[1]
        case Apply(function, _):
            return _sympy_function(function, parts)
        case _:
            raise TypeError(f"cannot convert {term!r}")


def _sympy_function(function: Function, parts: list[sympy.Expr]) -> sympy.Expr:
    import sympy  # noqa: PLC0415 - as above

    special: dict[str, Callable[..., sympy.Expr]] = {
        "log10": lambda x: sympy.log(x, 10),
        "log2": lambda x: sympy.log(x, 2),
        "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)),
        "relu": lambda x: sympy.Max(0, x),
    }
    name = function.sympy or function.name
    made = special.get(function.name) or getattr(sympy, name, None) or sympy.Function(name)
    return made(*parts) if parts else made
