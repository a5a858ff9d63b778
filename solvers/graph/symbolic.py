"""A quantity as one expression in chosen letters: the key of "derive the parameter count"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.errors import DerivationError
from solvers.graph.derivation import Input, Quantity, element
from solvers.graph.number import value_text
from solvers.graph.simplify import children, rewritten, simplified
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

    from solvers.graph.solution import Solution


def expression(solution: Solution, name: str, letters: Mapping[str, str]) -> Term:
    """A quantity with everything it depends on worked in.

    Args:
        solution: gives the number of every input that has no letter.
        name: the quantity.
        letters: the letter by the name of an input (or of a quantity that is not to be opened).

    Raises:
        DerivationError: the quantity is a list, or a letter's name is unknown.
    """
    for unknown in letters.keys() - solution.derivation.nodes.keys():
        raise DerivationError(f"{solution.derivation.name} has no {unknown!r} to name by a letter")
    return simplified(_opened(solution, Ref(name), letters))


def _opened(solution: Solution, ref: Ref, letters: Mapping[str, str]) -> Term:
    if ref.name in letters:
        return Ref(letters[ref.name], ref.index)
    node = solution.derivation.nodes.get(ref.name)
    match node:
        case Input():
            return Number(element(solution[ref.name], ref.index))
        case Quantity():
            shaped = solution.derivation.trace(node.function, solution.values)
            return rewritten(_at(shaped, ref), lambda inner: _opened(solution, inner, letters))
        case None:
            raise DerivationError(f"{solution.derivation.name} has no quantity {ref.name!r}")


def _at(shaped: Shaped, ref: Ref) -> Term:
    for i in ref.index:
        if not isinstance(shaped, Term):
            shaped = shaped[i]
    if not isinstance(shaped, Term):
        raise DerivationError(f"{ref.name} is a list; an expression needs one of its elements")
    return shaped


def plain(term: Term) -> str:
    """The term as a student may write it: every operation explicit, every operand bracketed.

    >>> plain(4 * (Ref("h") + 1) / Ref("x"))
    '(4*(h + 1))/x'
    """
    match term:
        case Ref(name, index):
            return name + "".join(f"_{i + 1}" for i in index)
        case Number(value):
            text = value_text(value)
            return text if text.isdigit() else f"({text})"
        case Sum(terms):
            return " + ".join(map(_operand, terms))
        case Product(factors):
            return "*".join(map(_operand, factors))
        case Negative(of):
            return f"-{_operand(of)}"
        case Quotient(above, below):
            return f"{_operand(above)}/{_operand(below)}"
        case Power(base, exponent):
            return f"{_operand(base)}^{_operand(exponent)}"
        case Apply(function, args):
            return f"{function.name}({', '.join(map(plain, args))})"
        case _:
            raise TypeError(f"cannot write {term!r}")


def _operand(term: Term) -> str:
    text = plain(term)
    return text if isinstance(term, Ref | Number | Apply) else f"({text})"


def factored_latex(term: Term) -> str:
    r"""The expression in factored form, as LaTeX.

    >>> h, x = Ref("h"), Ref("x")
    >>> factored_latex(4 * (h * (h + x) + h))
    '4 h \\left(h + x + 1\\right)'
    """
    import sympy  # noqa: PLC0415 - takes 0.3 s, and only symbolic keys need it

    return str(sympy.latex(sympy.factor(to_sympy(term))))


def to_sympy(term: Term) -> sympy.Expr:
    """The term as a SymPy expression in real symbols."""
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
            return _sympy_function(function.name, parts)
        case _:
            raise TypeError(f"cannot convert {term!r}")


def _sympy_function(name: str, parts: list[sympy.Expr]) -> sympy.Expr:
    import sympy  # noqa: PLC0415 - as above

    special: dict[str, Callable[..., sympy.Expr]] = {
        "ceil": sympy.ceiling,
        "abs": sympy.Abs,
        "log10": lambda x: sympy.log(x, 10),
        "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)),
        "relu": lambda x: sympy.Max(0, x),
        "min": sympy.Min,
        "max": sympy.Max,
        "floor": sympy.floor,
        "sqrt": sympy.sqrt,
        "exp": sympy.exp,
        "tanh": sympy.tanh,
    }
    return special[name](*parts)
