"""The chance that code beside a question gets: every number from the question's own stream."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar, overload

from generator.questions.draws import distributions as of
from generator.questions.draws import graphs, matrices
from generator.questions.draws.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

_Item = TypeVar("_Item")
Real = float | Fraction


class Draw:
    """Random numbers for `variant`; each call goes on where the last one ended.

    >>> draw = Draw("linalg/mine", "7")
    >>> draw.integers(1, 6), draw.normal(50, 8, n=2), draw.permutation(3)
    (5, [57.7, 36.2], [1, 3, 2])
    """

    def __init__(self, *names: str) -> None:
        self._stream = Stream("code", *names)

    @overload
    def integers(self, low: int, high: int) -> int: ...
    @overload
    def integers(self, low: int, high: int, n: int, *, replace: bool = True) -> list[int]: ...
    def integers(
        self, low: int, high: int, n: int | None = None, *, replace: bool = True
    ) -> int | list[int]:
        """Return a whole number from `low` to `high`, both among them, or n of them."""
        if low > high:
            raise ValueError(f"there are no integers from {low} to {high}")
        if not replace:
            return self.sample(range(low, high + 1), n or 1)
        return self._many(n, lambda: self._stream.between(low, high))

    def uniform(self, low: Real, high: Real, n: int | None = None, decimals: int = 2) -> object:
        """Return a number between two others, rounded, or n of them."""
        ends = _exact(low), _exact(high)
        return self._reals(n, decimals, lambda: of.uniform(self._stream, *ends))

    def normal(self, mean: Real, sd: Real, n: int | None = None, decimals: int = 1) -> object:
        """Return a normally distributed number, rounded, or n of them."""
        parameters = _exact(mean), _exact(sd)
        return self._reals(n, decimals, lambda: of.normal(self._stream, *parameters))

    def exponential(self, mean: Real, n: int | None = None, decimals: int = 2) -> object:
        """Return an exponentially distributed number, rounded, or n of them."""
        return self._reals(n, decimals, lambda: of.exponential(self._stream, _exact(mean)))

    def binomial(self, trials: int, p: Real, n: int | None = None) -> object:
        """Return how many of some trials succeed, or n such numbers."""
        return self._many(n, lambda: of.binomial(self._stream, trials, _exact(p)))

    def poisson(self, mean: Real, n: int | None = None) -> object:
        """Return a number of events, or n such numbers."""
        return self._many(n, lambda: of.poisson(self._stream, _exact(mean)))

    def pairs(
        self, n: int, mean: tuple[Real, Real], sd: tuple[Real, Real], cor: Real, decimals: int = 1
    ) -> tuple[list[float], list[float]]:
        """Return two lists of normally distributed numbers with a correlation."""
        drawn = [of.normal_pair(self._stream, _exact(cor)) for _ in range(n)]

        def side(at: int) -> list[float]:
            scale = _exact(mean[at]), _exact(sd[at])
            moved = (of.shift_and_scale(pair[at], *scale) for pair in drawn)
            return [float(of.round_places(value, decimals)) for value in moved]

        return side(0), side(1)

    @overload
    def choice(self, items: Sequence[_Item]) -> _Item: ...
    @overload
    def choice(self, items: Sequence[_Item], n: int) -> list[_Item]: ...
    def choice(self, items: Sequence[_Item], n: int | None = None) -> _Item | list[_Item]:
        """Return one of some items, or n of them; one may come again."""
        if not len(items):
            raise ValueError("there is nothing to choose from")
        return self._many(n, lambda: self._stream.one_of(items))

    def sample(self, items: Sequence[_Item], n: int) -> list[_Item]:
        """Return n of some items, none twice."""
        if n > len(items):
            raise ValueError(f"{n} of {len(items)} items cannot be drawn without a second time")
        return self._stream.some(items, n)

    def permutation(self, of_what: int | Sequence[object]) -> list[object]:
        """Return items, or the numbers from 1 to one, in any order."""
        items = range(1, of_what + 1) if isinstance(of_what, int) else of_what
        return self._stream.order(items)

    def graph(
        self, nodes: int, edges: int | None = None, kind: str = "connected",
        weights: tuple[int, int] = (1, 1), *, directed: bool = False, distinct: bool = False,
    ) -> graphs.Weights:  # fmt: skip
        """Return a graph as the matrix of its weights, as `graph` under vary draws it."""
        if kind not in graphs.SHAPES:
            raise ValueError(f"kind is one of {', '.join(graphs.SHAPES)}, not {kind!r}")
        least = graphs.least_edges(nodes, kind)
        count, most = edges or least, graphs.most_edges(nodes, kind, directed=directed)
        if not least <= count <= most:
            raise ValueError(f"such a graph has {least} to {most} edges, not {count}")
        drawn = range(weights[0], weights[1] + 1)
        return graphs.graph(self._stream, nodes, count, kind, drawn,
                            directed=directed, distinct=distinct)  # fmt: skip

    def matrix(
        self, rows: int, columns: int | None = None, low: int = -9, high: int = 9, *,
        det: int | None = None, eigenvalues: Sequence[int] | None = None,
    ) -> matrices.Rows:  # fmt: skip
        """Return a matrix of whole numbers, any or with a determinant or eigenvalues."""
        if det is not None:
            found = matrices.with_determinant(self._stream, rows, det, low, high)
        elif eigenvalues is not None:
            found = matrices.with_eigenvalues(self._stream, eigenvalues, low, high)
        else:
            return matrices.free(self._stream, rows, columns or rows, low, high)
        if found is None:
            raise ValueError(f"no such matrix of numbers from {low} to {high} was found")
        return found

    def _reals(self, n: int | None, decimals: int, one: Callable[[], Decimal]) -> object:
        return self._many(n, lambda: float(of.round_places(one(), decimals)))

    @staticmethod
    def _many(n: int | None, one: Callable[[], _Item]) -> _Item | list[_Item]:
        return one() if n is None else [one() for _ in range(n)]


def _exact(number: Real) -> Fraction:
    return Fraction(str(number))
