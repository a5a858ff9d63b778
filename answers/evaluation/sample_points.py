"""Points at which expressions are compared."""

from __future__ import annotations

import hashlib
import struct
from enum import Enum
from fractions import Fraction
from itertools import chain, count
from typing import TYPE_CHECKING, TypeAlias

from answers.syntax.nodes import display_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Domain(Enum):
    """The numbers for which two expressions have to agree."""

    REAL = "real"
    POSITIVE = "positive"
    COMPLEX = "complex"


_GRID = 2**32 + 15  # a prime, so that no formula is likely to be periodic in it
MOST_DRAWN = 2**32 - 1
_BLOCK = 40  # what one round of the hash function gives
_OWN = 1 << 31  # what is drawn elsewhere has smaller numbers
_ZERO = Fraction(0)
_SMALL = tuple(map(Fraction, (2, 3, 5, 7, 4, 6, 8, 9, 10, 11, 12, 13)))
_HALVES = tuple(map(Fraction, ("1/2", "1/3", "2/3", "1/4", "3/4")))


Point: TypeAlias = "dict[str, tuple[Fraction, Fraction]]"


def points(
    names: Sequence[str], domain: Domain, seed: bytes, most: int, span: int = 1
) -> Iterator[Point]:
    """Yield points to try: two with small numbers, good to read, then random ones of varied size.

    Args:
        names: the letters.
        domain: which values they may take.
        seed: chooses the random points.
        most: how many random points there are.
        span: the largest number in the expressions. Some points reach as far as twice this number,
            where |x - 100| bends; some stay so close to 0 that tanh(100 x) is not yet 1.
    """
    is_complex = domain is Domain.COMPLEX
    if not is_complex:
        yield from _small_points(names)
    least, far = min(span * span, 10**4), max(span, 12)
    # From and to, as parts of a number.
    ranges = (
        (0, 1, least), (0, 3, 1), (far, 2 * far, 1), (far, 2 * far, 1),
        (0, 12, 1), (0, 1, least), (0, 1, 1), (1, 12, 1),
    )  # fmt: skip
    numbers = _numbers(seed)
    for number in range(most):
        # Bits of the number as signs, so that any two letters go through all four combinations.
        turn = number + number // len(ranges)
        point = {}
        for place, name in enumerate(names, 1):
            # All letters in one range at first, then each pair of ranges for any two.
            shift = (place - 1) * (number // len(ranges))
            low, high, parts = ranges[(number + shift) % len(ranges)]
            real = low * _GRID + (high - low) * (next(numbers) + 1)
            if (turn & place).bit_count() % 2 and domain is not Domain.POSITIVE:
                real = -real
            height = _ZERO
            if is_complex:
                # Far from the real line in every other point: ln(e^z) is z only up to pi.
                up = next(numbers) % 999_983 - 500_000
                height = Fraction(up * (1 + number % 2 * 4), 300_007)
            point[name] = (Fraction(real, parts * _GRID), height)
        yield point


def _numbers(seed: bytes) -> Iterator[int]:
    """Return random whole numbers without end, drawn by the dozen."""
    return chain.from_iterable(random_integers(seed, block, _BLOCK) for block in count(_OWN))


def _small_points(names: Sequence[str]) -> Iterator[Point]:
    for numbers in (_SMALL, _HALVES):
        larger = (number + turn for turn in count(1) for number in numbers)
        values = zip(names, chain(numbers, larger), strict=False)
        yield {name: (value, _ZERO) for name, value in values}


def random_integers(seed: bytes, number: int, count: int) -> tuple[int, ...]:
    """Return random integers from 0 to `MOST_DRAWN`; the same seed gives the same ones."""
    digest = hashlib.shake_128(number.to_bytes(4, "big") + seed).digest(4 * count)
    return struct.unpack(f">{count}I", digest)


def format_point(point: Point) -> str:
    """Return a point as a counter-example says it: `h=3, x=2`."""

    def text(real: Fraction, imaginary: Fraction) -> str:
        shown = str(real) if real.denominator < 100 else f"{float(real):.4g}"
        return shown + (f"{float(imaginary):+.4g}i" if imaginary else "")

    return ", ".join(f"{display_name(name)}={text(*value)}" for name, value in point.items())
