"""Random matrices of whole numbers, with a wanted determinant or wanted eigenvalues.

They are made by steps that keep what is wanted: rows are added to rows, and for eigenvalues the
opposite is done to the columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.draws.stream import Stream

Rows = list[list[int]]
TRIES, STEPS = 300, 4


def free(stream: Stream, rows: int, columns: int, low: int, high: int) -> Rows:
    """Return a matrix of any whole numbers from one to another."""
    return [[stream.between(low, high) for _ in range(columns)] for _ in range(rows)]


def with_determinant(stream: Stream, size: int, det: int, low: int, high: int) -> Rows | None:
    """Return a square matrix with a determinant; None where none within the bounds was found."""
    start = [1] * (size - 1) + [det]
    return _within(_mixed(stream, start, is_similar=False), low, high)


def with_eigenvalues(stream: Stream, values: Sequence[int], low: int, high: int) -> Rows | None:
    """Return a square matrix with these eigenvalues, of which it has as many vectors as it can."""
    return _within(_mixed(stream, values, is_similar=True), low, high)


def _within(found: Iterator[Rows], low: int, high: int) -> Rows | None:
    return next((m for m in found if all(low <= x <= high for row in m for x in row)), None)


def _mixed(stream: Stream, diagonal: Sequence[int], *, is_similar: bool) -> Iterator[Rows]:
    """Yield matrices with the determinant, or the eigenvalues, of a diagonal one."""
    size = len(diagonal)
    for _ in range(TRIES if size > 1 else 1):
        order = stream.order(diagonal)
        rows = [[order[i] if i == j else 0 for j in range(size)] for i in range(size)]
        for _ in range(STEPS * (size - 1) if size > 1 else 0):
            one, other = stream.some(range(size), 2)
            factor = stream.one_of((-2, -1, 1, 2))
            _add_row(rows, one, other, factor)
            if is_similar:
                _add_column(rows, other, one, -factor)
        if _is_full(rows) or size == 1:
            yield rows


def _is_full(rows: Rows) -> bool:
    """Return whether no row or column has a single number besides zeros."""
    lines = [*rows, *map(list, zip(*rows, strict=True))]
    return all(sum(map(bool, line)) > 1 for line in lines)


def _add_row(rows: Rows, to: int, of: int, factor: int) -> None:
    rows[to] = [a + factor * b for a, b in zip(rows[to], rows[of], strict=True)]


def _add_column(rows: Rows, to: int, of: int, factor: int) -> None:
    for row in rows:
        row[to] += factor * row[of]
