r"""A value in the text of a question: printed as LaTeX, compared and computed with as a number.

`\V{n}`, `\V{n + 1}`, `\V{x|fixed(2)}`, `\B{if n > 4}`.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import total_ordering
from types import MappingProxyType
from typing import TYPE_CHECKING

from examgen.ground.errors import DerivationError
from solvers.graph.number import Exact, Texts, Value, to_decimal, value_text
from solvers.graph.printing.notation import show_figures, show_given, show_places, show_value
from solvers.graph.term import Number, Term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from solvers.graph.printing.notation import Shown as Text

MOST_PLACES = 40


@total_ordering
class Shown:
    """A value in a template.

    Attributes:
        texts: how the author wrote what is given; None for what is computed.
        latex: how it is printed, where a format says so.
    """

    def __init__(self, value: Value, texts: Texts | None = None, latex: str | None = None) -> None:
        self.value, self.texts, self.latex = value, texts, latex

    def __str__(self) -> str:
        """Return the value as it is printed: what is given in full."""
        if self.latex is not None:
            return self.latex
        found = show_value(self.value) if self.texts is None else show_given(self.texts)
        return found.latex

    def __eq__(self, other: object) -> bool:
        """Return whether it is a certain number."""
        return self.value == (number(other) if isinstance(other, float) else _bare(other))

    def __hash__(self) -> int:
        """Return a hash: equal values have equal ones."""
        return hash(self.value)

    def __bool__(self) -> bool:
        """Return whether it is not 0."""
        return bool(self.value)

    def __index__(self) -> int:
        """Return a whole number as a place in a list of words."""
        if not isinstance(self.value, Fraction) or self.value.denominator != 1:
            raise TypeError(f"{self} is no place in a list, which is a whole number")
        return int(self.value)

    def __getitem__(self, index: int) -> Shown:
        """Return an element of a list."""
        if not isinstance(self.value, tuple):
            raise TypeError("only a list has elements")
        return Shown(self.value[index], None if self.texts is None else self.texts[index])

    def __len__(self) -> int:
        """Return how many elements a list has."""
        if not isinstance(self.value, tuple):
            raise TypeError("only a list has elements")
        return len(self.value)

    def __iter__(self) -> Iterator[Shown]:
        """Return the elements of a list."""
        return (self[place] for place in range(len(self)))

    def __lt__(self, other: object) -> bool:
        """Return whether it is less."""
        return to_decimal(number(self)) < to_decimal(number(other))

    def __neg__(self) -> Shown:
        """Return its opposite."""
        return _computed(-_term(self))

    def __add__(self, other: object) -> Shown:
        """Return the sum."""
        return _computed(_term(self) + _term(other))

    def __radd__(self, other: object) -> Shown:
        """Return the sum with a number before it."""
        return _computed(_term(other) + _term(self))

    def __sub__(self, other: object) -> Shown:
        """Return the difference."""
        return _computed(_term(self) - _term(other))

    def __rsub__(self, other: object) -> Shown:
        """Return the difference from a number before it."""
        return _computed(_term(other) - _term(self))

    def __mul__(self, other: object) -> Shown:
        """Return the product."""
        return _computed(_term(self) * _term(other))

    def __rmul__(self, other: object) -> Shown:
        """Return the product with a number before it."""
        return _computed(_term(other) * _term(self))

    def __truediv__(self, other: object) -> Shown:
        """Return the quotient."""
        return _computed(_term(self) / _term(other))

    def __rtruediv__(self, other: object) -> Shown:
        """Return the quotient of a number before it."""
        return _computed(_term(other) / _term(self))

    def __pow__(self, other: object) -> Shown:
        """Return the power."""
        return _computed(_term(self) ** _term(other))

    def __mod__(self, other: object) -> Shown:
        """Return the rest of a division of whole numbers."""
        value, by = number(self), number(other)
        if not (isinstance(value, Fraction) and isinstance(by, Fraction) and by):
            raise TypeError(f"{self} % {other} has no value")
        return Shown(value - by * (value // by))


def number(of: object) -> Exact:
    """Return a number of a template; TypeError where it is none."""
    value = _bare(of)
    if isinstance(value, Fraction | Decimal):
        return value
    if isinstance(value, int | float):
        return Fraction(str(value))
    raise TypeError(f"{of} is not a number")


def _bare(of: object) -> object:
    return of.value if isinstance(of, Shown) else of


def _term(of: object) -> Term:
    return Number(number(of))


def _computed(term: Term) -> Shown:
    return Shown(term.evaluate(_no_letter))


def _no_letter(ref: object) -> Exact:
    raise TypeError(f"{ref} has no value")


def _formatted(of: object, text: Callable[[Fraction], Text]) -> Shown:
    """Return a number in a format; what is given is never rounded by it.

    Raises:
        DerivationError: the format would print another value than the one that is given.
    """
    if isinstance(of, Shown) and isinstance(of.value, tuple):
        return Shown(of.value, latex=f"({', '.join(str(_formatted(i, text)) for i in of)})")
    value = Fraction(number(of))
    found = text(value)
    if isinstance(of, Shown) and of.texts is not None and not found.exact:
        raise DerivationError(
            f"{of} is given and would be printed as {found.plain}; the key is made from {of}, so "
            "print it in full, or draw values with fewer digits"
        )
    return Shown(value, latex=found.latex)


def format_fixed(of: object, places: int = 2) -> Shown:
    """Return a number with so many decimal places: 2 as 2.00."""
    return _formatted(of, lambda value: show_places(value, _places(places)))


def figures(of: object, count: int = 3) -> Shown:
    """Return a number with so many significant figures: 18.571 as 18.6."""
    if not 1 <= count <= MOST_PLACES:
        raise TypeError(f"a number has 1 to {MOST_PLACES} figures, not {count}")
    return _formatted(of, lambda value: _figures(value, count))


def _figures(value: Fraction, count: int) -> Text:
    found = show_figures(value, count)
    is_exact = Fraction(found.plain.replace(",", "")) == value
    return type(found)(found.latex, found.plain, is_exact)


def percent(of: object, places: int = 0) -> Shown:
    r"""Return a share as a percentage: 0.25 as 25\%."""
    text = _formatted(of, lambda value: show_places(100 * value, _places(places)))
    return Shown(text.value, latex=rf"{text.latex}\%")


def format_signed(of: object) -> str:
    """Return a number with its sign, 3 as +3: what goes on with a sum, and gets no brackets."""
    shown = of if isinstance(of, Shown) else Shown(number(of))
    return f"+{shown}" if number(shown) > 0 else str(shown)


def _places(places: int) -> int:
    if not 0 <= places <= MOST_PLACES:
        raise TypeError(f"a number has 0 to {MOST_PLACES} decimal places, not {places}")
    return places


def format_ungrouped(of: object) -> Shown:
    """Return a number without a mark of thousands: 1,000 as 1000."""
    shown = of if isinstance(of, Shown) else Shown(number(of))
    return Shown(shown.value, shown.texts, str(shown).replace("{,}", ""))


def data(of: object) -> str:
    """Return what a figure reads: exact numbers as they were written, lists in brackets, words."""
    if isinstance(of, Shown) and of.texts is None:
        return value_text(of.value)
    items = of.texts if isinstance(of, Shown) else of
    return f"[{', '.join(map(data, items))}]" if isinstance(items, list | tuple) else str(items)


def matrix(of: Shown) -> Shown:
    """Return a list of lists as a matrix, and a list as a column."""
    rows = [" & ".join(map(str, row if isinstance(row.value, tuple) else [row])) for row in of]
    body = r" \\ ".join(rows)
    return Shown(of.value, of.texts, rf"\begin{{pmatrix}}{body}\end{{pmatrix}}")


class Edges(list[tuple[int, int, Shown]]):
    """The edges of a graph, each with its ends, counted from 1, and its weight."""

    def __init__(self, of: Shown) -> None:
        size = range(len(of))
        self.sign = "-" if all(of[i][j] == of[j][i] for i in size for j in size) else "->"
        ends = ((i, j) for i in size for j in size if of[i][j] and (self.sign == "->" or i < j))
        super().__init__((i + 1, j + 1, of[i][j]) for i, j in ends)

    def __str__(self) -> str:
        """Return the edges as a figure reads them: 1-2:4, or 1->2:4 where they go one way."""
        return ", ".join(f"{one}{self.sign}{other}:{weight}" for one, other, weight in self)


FORMATS: Mapping[str, Callable[..., object]] = MappingProxyType({
    "fixed": format_fixed, "figures": figures, "percent": percent, "signed": format_signed,
    "ungrouped": format_ungrouped, "matrix": matrix, "edges": Edges,
})  # fmt: skip
