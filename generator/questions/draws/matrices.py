"""Random matrices of whole numbers, with a wanted determinant or wanted eigenvalues."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flint import fmpq_mat, fmpz_mat

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.questions.draws.stream import Stream

Rows = list[list[int]]
TRIES = 400
STEPS = (2, 4)  # for each row but one


def free(stream: Stream, rows: int, columns: int, low: int, high: int) -> Rows:
    """Return a matrix of any whole numbers from one to another."""
    return [[stream.between(low, high) for _ in range(columns)] for _ in range(rows)]


def with_determinant(stream: Stream, size: int, det: int, low: int, high: int) -> Rows | None:
    """Return a square matrix with a determinant; None where none within the bounds was found."""
    diagonal = [1] * (size - 1) + [det]
    return _within((_mixed(stream, stream.order(diagonal)) for _ in range(TRIES)), low, high)


def with_eigenvalues(stream: Stream, values: Sequence[int], low: int, high: int) -> Rows | None:
    """Return a square matrix with these eigenvalues, of which it has as many vectors as it can."""
    tried = (_similar(stream, stream.order(values)) for _ in range(TRIES))
    return _within((rows for rows in tried if rows is not None), low, high)


def _within(found: Iterator[Rows], low: int, high: int) -> Rows | None:
    """Return the first matrix within bounds whose determinant and eigenvalues cannot be seen."""
    inside = (rows for rows in found if all(low <= x <= high for row in rows for x in row))
    return next(filter(_is_full, inside), None)


def _is_full(rows: Rows) -> bool:
    """Return whether no row or column has a single number besides zeros."""
    lines = [*rows, *map(list, zip(*rows, strict=True))]
    return len(rows) == 1 or all(sum(map(bool, line)) > 1 for line in lines)


def _mixed(stream: Stream, diagonal: Sequence[int]) -> Rows:
    """Return a matrix with the determinant of a diagonal one: rows of it are added to others."""
    size = range(len(diagonal))
    rows = [[diagonal[i] if i == j else 0 for j in size] for i in size]
    for _ in range((len(size) - 1) * stream.between(*STEPS)):
        to, of = stream.some(size, 2)
        factor = stream.one_of((-2, -1, 1, 2))
        rows[to] = [a + factor * b for a, b in zip(rows[to], rows[of], strict=True)]
    return rows


def _similar(stream: Stream, diagonal: Sequence[int]) -> Rows | None:
    """Return the matrix that is diagonal in a random basis; None where it has fractions."""
    size = len(diagonal)
    basis = _mixed(stream, [1] * size) if stream.below(2) else free(stream, size, size, -2, 2)
    found = fmpz_mat(basis)
    if found.det() == 0:
        return None
    scaled = [[a * b for a, b in zip(row, diagonal, strict=True)] for row in basis]
    inverse = cast("fmpq_mat", found.inv())
    cells = (fmpq_mat(fmpz_mat(scaled)) * inverse).tolist()
    if any(cell.q != 1 for row in cells for cell in row):
        return None
    return [[int(cell.p) for cell in row] for row in cells]
