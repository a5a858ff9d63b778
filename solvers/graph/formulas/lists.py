"""Lists in formulas: sums, means, products of vectors and matrices, their order.

Each gives terms, so that the worked solution shows how the value comes about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from examgen.ground.errors import DerivationError
from solvers.graph.functions import samples, whole
from solvers.graph.term import (
    Apply,
    Negative,
    Operand,
    Product,
    Quotient,
    Sum,
    Term,
    Written,
    product,
    sqrt,
    term,
    total,
)
from solvers.graph.term import dot as scalar_product

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Row: TypeAlias = "tuple[Operand, ...]"
Rows: TypeAlias = "tuple[Row, ...]"
MOST_ROWS = 6


def numbers(written: Written, what: str = "a list of numbers") -> Row:
    """Return a list of numbers; DerivationError where it is none, or empty."""
    if not isinstance(written, tuple) or not written:
        raise DerivationError(f"{what} is needed, not {'nothing' if written == () else 'a number'}")
    if any(isinstance(item, tuple) for item in written):
        raise DerivationError(f"{what} is needed, not a list of lists")
    return tuple(item for item in written if not isinstance(item, tuple))


def rows_of(written: Written) -> Rows:
    """Return the rows of a matrix; DerivationError where they are not equally long."""
    if not isinstance(written, tuple) or not all(isinstance(row, tuple) for row in written):
        raise DerivationError("a matrix is needed: a list of rows, [[1, 2], [3, 4]]")
    rows = tuple(numbers(row) for row in written)
    if len({len(row) for row in rows}) != 1:
        raise DerivationError("the rows of a matrix have to be equally long")
    return rows


def add(left: Written, right: Written, sign: int = 1) -> Written:
    """Return the sum or the difference of two numbers, or of two lists of one shape."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        if len(left) != len(right):
            raise DerivationError(f"lists of {len(left)} and {len(right)} elements do not add up")
        return tuple(add(a, b, sign) for a, b in zip(left, right, strict=True))
    if isinstance(left, tuple) or isinstance(right, tuple):
        raise DerivationError("a list and a number do not add up; write [x + 1 for x in X]")
    return Sum((term(left), term(right) if sign > 0 else Negative(term(right))))


def scale(left: Written, right: Written) -> Written:
    """Return a product of numbers, or of a number and each element of a list."""
    if isinstance(left, tuple) and isinstance(right, tuple):
        raise DerivationError("two lists are multiplied by dot(A, B), A @ B or a comprehension")
    if isinstance(left, tuple):
        return tuple(scale(item, right) for item in left)
    if isinstance(right, tuple):
        return tuple(scale(left, item) for item in right)
    return Product((term(left), term(right)))


def negate(written: Written) -> Written:
    """Return a number with the other sign, or each element of a list."""
    return tuple(map(negate, written)) if isinstance(written, tuple) else Negative(term(written))


def divide(left: Written, right: Operand) -> Written:
    """Return a quotient, of each element where the dividend is a list."""
    if isinstance(left, tuple):
        return tuple(divide(item, right) for item in left)
    return Quotient(term(left), term(right))


def dot(left: Written, right: Written) -> Term:
    """Return the scalar product of two vectors."""
    one, two = numbers(left), numbers(right)
    if len(one) != len(two):
        raise DerivationError(f"vectors of {len(one)} and {len(two)} elements have no product")
    return scalar_product(one, two)


def matrix_product(left: Written, right: Written) -> Written:
    """Return the product of two matrices, of a matrix and a vector, or of two vectors."""
    is_left, is_right = (_is_matrix(side) for side in (left, right))
    if not is_right:
        return tuple(dot(row, right) for row in rows_of(left)) if is_left else dot(left, right)
    columns = transpose(right)
    assert isinstance(columns, tuple)  # noqa: S101 - for the type checker
    if not is_left:
        return tuple(dot(left, column) for column in columns)
    return tuple(tuple(dot(row, column) for column in columns) for row in rows_of(left))


def _is_matrix(written: Written) -> bool:
    return isinstance(written, tuple) and bool(written) and isinstance(written[0], tuple)


def transpose(written: Written) -> Written:
    """Return a matrix with rows and columns exchanged."""
    return tuple(zip(*rows_of(written), strict=True))


def determinant(written: Written) -> Term:
    """Return the determinant of a square matrix, developed by its first row."""
    rows = square_rows(written)
    if len(rows) == 1:
        return term(rows[0][0])
    if len(rows) == 2:
        (a, b), (c, d) = rows
        return term(a) * d - term(b) * c
    parts = []
    for place, head in enumerate(rows[0]):
        part = term(head) * determinant(_minor(rows, 0, place))
        parts.append(Negative(part) if place % 2 else part)
    return total(parts)


def inverse(written: Written) -> Written:
    """Return the inverse of a square matrix: its cofactors over its determinant."""
    rows = square_rows(written)
    whole_det = determinant(rows)
    if len(rows) == 1:
        return ((Quotient(term(1), term(rows[0][0])),),)
    return tuple(
        tuple(Quotient(_cofactor(rows, j, i), whole_det) for j in range(len(rows)))
        for i in range(len(rows))
    )


def _cofactor(rows: Rows, i: int, j: int) -> Term:
    minor = determinant(_minor(rows, i, j))
    return Negative(minor) if (i + j) % 2 else minor


def _minor(rows: Rows, i: int, j: int) -> Rows:
    return tuple(row[:j] + row[j + 1 :] for place, row in enumerate(rows) if place != i)


def square_rows(written: Written, most: int = MOST_ROWS) -> Rows:
    """Return the rows of a square matrix; DerivationError where it is none, or too large."""
    rows = rows_of(written)
    if len(rows) != len(rows[0]):
        raise DerivationError(f"a matrix of {len(rows)} x {len(rows[0])} is not square")
    if len(rows) > most:
        raise DerivationError(f"a matrix of {len(rows)} rows is too large; at most {most}")
    return rows


def mean(values: Written) -> Term:
    """Return the arithmetic mean."""
    row = numbers(values)
    return Quotient(total(row), term(len(row)))


def squares(values: Written) -> Term:
    """Return the sum of the squared distances from the mean."""
    return Apply(samples.SS, tuple(map(term, numbers(values))))


def products(left: Written, right: Written) -> Term:
    """Return the sum of the products of the distances from the two means."""
    one, two = numbers(left), numbers(right)
    if len(one) != len(two) or len(one) < 2:
        raise DerivationError("a covariance needs two samples of one length, two values at least")
    return Apply(samples.SP, tuple(map(term, (*one, *two))))


def _spread(values: Written, lost: int) -> Term:
    count = len(numbers(values)) - lost
    if not count:
        raise DerivationError("the variance of a sample needs two values; pvar takes one")
    return Quotient(squares(values), term(count))


def covariance(left: Written, right: Written) -> Term:
    """Return the covariance of two samples of one length, over n - 1."""
    return Quotient(products(left, right), term(len(numbers(left)) - 1))


def correlation(left: Written, right: Written) -> Term:
    """Return the coefficient of correlation of two samples of one length."""
    return Quotient(products(left, right), sqrt(squares(left) * squares(right)))


def sort_values(values: Written) -> Written:
    """Return the values in ascending order."""
    row = numbers(values)
    if len(row) == 1:
        return row
    return tuple(
        Apply(whole.ORDERED, (term(place), *map(term, row))) for place in range(1, len(row) + 1)
    )


# Those of one list.
OF_ONE: Mapping[str, Callable[[Written], Written]] = {
    "sum": lambda values: total(numbers(values)) if values else term(0),
    "prod": lambda values: product(numbers(values)) if values else term(1),
    "mean": mean,
    "median": lambda values: Apply(whole.MEDIAN, tuple(map(term, numbers(values)))),
    "var": lambda values: _spread(values, 1),
    "pvar": lambda values: _spread(values, 0),
    "ss": squares,
    "sd": lambda values: sqrt(_spread(values, 1)),
    "psd": lambda values: sqrt(_spread(values, 0)),
    "norm": lambda values: sqrt(total(term(value) ** 2 for value in numbers(values))),
    "sort": sort_values,
    "det": determinant,
    "inverse": inverse,
    "transpose": transpose,
    "trace": lambda values: total(row[place] for place, row in enumerate(square_rows(values))),
}
# Those of two.
OF_TWO: Mapping[str, Callable[[Written, Written], Written]] = {
    "dot": dot,
    "cov": covariance,
    "cor": correlation,
    "sp": products,
}


def length(values: Written) -> Term:
    """Return how many elements a list has."""
    if not isinstance(values, tuple):
        raise DerivationError("len is of a list, not of a number")
    return term(len(values))


def as_list(arguments: Sequence[Written]) -> Written:
    """Return arguments as the one list they may be given as: sum(a, b) and sum([a, b])."""
    return arguments[0] if len(arguments) == 1 else tuple(arguments)
