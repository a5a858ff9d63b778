r"""Terms as LaTeX, in the order and shape in which they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.notation import show
from solvers.graph.term import (
    Apply,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Ref,
    Sum,
    Term,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SUM, PRODUCT, POWER, ATOM = range(4)


def latex(term: Term, name: Callable[[Ref], str] | None = None) -> str:
    r"""Prints a term.

    Args:
        term: what to print.
        name: the LaTeX of a reference; by default its name in upright letters.

    >>> from solvers.graph.term import Ref, floor
    >>> latex(floor((Ref("H") + 2 * Ref("P")) / Ref("S")) + 1, lambda ref: ref.name)
    '\\left\\lfloor \\frac{H + 2 P}{S} \\right\\rfloor + 1'
    """
    return _Printer(name or (lambda ref: rf"\mathrm{{{ref.name}}}")).text(term, SUM)


class _Printer:
    """Prints terms with one way of naming references."""

    def __init__(self, name: Callable[[Ref], str]) -> None:
        self.name = name

    def text(self, term: Term, level: int) -> str:
        """The term, in parentheses where it binds less tightly than its surroundings."""
        body, own = self._body(term)
        return body if own >= level else rf"\left({body}\right)"

    def _body(self, term: Term) -> tuple[str, int]:
        match term:
            case Number(value):
                return _number(show(value).latex)
            case Ref():
                return _number(self.name(term))
            case Sum(terms):
                return self._sum(terms), SUM
            case Negative(of):
                return f"-{self.text(of, PRODUCT)}", SUM
            case Product(factors):
                return self._product(factors), PRODUCT
            case Quotient(above, below):
                return rf"\frac{{{self.text(above, SUM)}}}{{{self.text(below, SUM)}}}", PRODUCT
            case Power(base, exponent):
                return f"{self.text(base, ATOM)}^{{{self.text(exponent, SUM)}}}", POWER
            case Apply(function, args):
                inner = ", ".join(self.text(arg, SUM) for arg in args)
                return function.latex.format(inner), ATOM
            case _:
                raise TypeError(f"cannot print {term!r}")

    def _sum(self, terms: tuple[Term, ...]) -> str:
        text = self.text(terms[0], SUM)
        for item in terms[1:]:
            if isinstance(item, Negative):
                text += f" - {self.text(item.of, PRODUCT)}"
            else:
                text += f" + {self.text(item, PRODUCT)}"
        return text

    def _product(self, factors: tuple[Term, ...]) -> str:
        text = self.text(factors[0], PRODUCT)
        for item in factors[1:]:
            part = self.text(item, POWER)
            text += f" {part}" if _is_letter(part) else rf" \cdot {part}"
        return text


def _number(text: str) -> tuple[str, int]:
    r"""A leaf's text with its level: `-3` binds like a sum, `\frac{1}{3}` like a product."""
    if text.startswith("-"):
        return text, SUM
    return text, PRODUCT if r"\times" in text or text.startswith(r"\frac") else ATOM


def _is_letter(text: str) -> bool:
    r"""Whether a factor can follow without a dot: `C_{in}`, `\gamma`, but no digit or bracket."""
    return text[0].isalpha() or (text[0] == "\\" and not text.startswith((r"\left", r"\frac")))
