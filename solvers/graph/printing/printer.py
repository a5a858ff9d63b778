"""Terms as text, in the order and shape in which they were written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from solvers.graph.printing.notation import show
from solvers.graph.printing.style import ATOM, LATEX, NOTHING, POWER, PRODUCT, SUM, Latex
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

MOST_TERMS = 6  # of a sum inside a fraction or a root, where no line can end
_IN_BRACES = re.compile(r"\{[^{}]*\}")
_OPERATOR = re.compile(r"\\(?:operatorname|det|ln|log|sin|cos|tan|max|min|Pr)(?![a-z])")


def print_term(term: Term, name: Callable[[Ref], str] | None = None, style: Latex = LATEX) -> str:
    r"""Print a term.

    Args:
        term: what to print.
        name: the LaTeX of a reference; by default its name in upright letters.
        style: `LATEX` or `UNICODE`.

    >>> from solvers.graph.printing.style import UNICODE
    >>> from solvers.graph.term import floor
    >>> print_term(floor((Ref("H") + 2 * Ref("P")) / Ref("S")) + 1, lambda ref: ref.name)
    '\\left\\lfloor \\frac{H + 2 P}{S} \\right\\rfloor + 1'
    >>> print_term(floor((Ref("H") + 2 * Ref("P")) / Ref("S")) + 1, style=UNICODE)
    '⌊(H + 2·P)/S⌋ + 1'
    """
    printer = _Printer(name or (lambda ref: rf"\mathrm{{{ref.name}}}"), style)
    return printer.sum(term.terms) if isinstance(term, Sum) else printer.text(term, NOTHING)


class _Printer:
    """Prints terms with one way of naming references and one style."""

    def __init__(self, name: Callable[[Ref], str], style: Latex) -> None:
        self.name = name
        self.style = style

    def text(self, term: Term, level: int) -> str:
        """Return the term, in brackets where it binds less tightly than its surroundings."""
        body, own = self._body(term)
        return body if own >= level else self.style.brackets(body)

    def _body(self, term: Term) -> tuple[str, int]:
        match term:
            case Number(value):
                return _leaf(self.style.number(show(value)))
            case Ref():
                return _symbol(self.style.symbol(self.name(term)))
            case Sum(terms):
                return self.sum(terms, MOST_TERMS), SUM
            case Negative(of):
                return f"{self.style.minus.strip()}{self.text(of, PRODUCT)}", SUM
            case Product(factors):
                return self._product(factors), PRODUCT
            case Quotient(above, below):
                return self.style.quotient(self._body(above), self._body(below))
            case Power(base, exponent):
                return self.style.power(self.text(base, ATOM), self._body(exponent)), POWER
            case Apply(function, args):
                inside = [self.text(arg, function.inside) for arg in args]
                return self.style.apply(function, inside), function.binds
            case _:
                raise TypeError(f"cannot print {term!r}")

    def sum(self, terms: tuple[Term, ...], most: int | None = None) -> str:
        """Return the terms with their signs between them.

        Of more than `most`, the first and the last.
        """
        if most is not None and len(terms) > most:
            return f"{self.sum(terms[:2])} + {self.style.dots} + {self.text(terms[-1], PRODUCT)}"
        text = self.text(terms[0], SUM)
        for item in terms[1:]:
            if isinstance(item, Negative):
                text += f"{self.style.minus}{self.text(item.of, PRODUCT)}"
            else:
                text += f" + {self.text(item, PRODUCT)}"
        return text

    def _product(self, factors: tuple[Term, ...]) -> str:
        text = self.text(factors[0], PRODUCT)
        for item in factors[1:]:
            part = self.text(item, POWER)
            is_letter = self.style.is_letter(part)
            text = self.style.beside(text, part) if is_letter else text + self.style.times + part
        return text


def _symbol(text: str) -> tuple[str, int]:
    r"""Print a symbol with its level: `\sigma^2` is a power, `\operatorname{tr} A` a product."""
    outside = _IN_BRACES.sub("", text)
    if "^" in outside:
        return text, POWER
    return text, PRODUCT if " " in outside.strip() and _OPERATOR.match(text) else ATOM


def _leaf(text: str) -> tuple[str, int]:
    r"""Return a leaf's text with its level: `-3` binds like a sum, `\frac{1}{3}` like a product."""
    if text.startswith(("-", "−")):
        return text, SUM
    is_product = r"\times" in text or text.startswith(r"\frac") or "/" in text
    return text, PRODUCT if is_product else ATOM
