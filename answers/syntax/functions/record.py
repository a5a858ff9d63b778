"""The properties of one function of students' notation; `table.py` has a row for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from answers.syntax.nodes import Call, Node
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from fractions import Fraction

    # `answers.evaluation.ball_functions`, and functions of balls, complex or (`is_real`) real ones.
    Balls: TypeAlias = Any
    Evaluate: TypeAlias = Callable[[Balls], Callable[..., Any]]
    Pieces: TypeAlias = Callable[..., Sequence[tuple[Node, Node]]]


@record
class Inverse:
    """The inverse of a strictly monotonic function in its first argument.

    Attributes:
        of: gives the argument from the value and the other arguments.
        above: arguments are larger than this; None where all numbers are arguments.
        least: values are larger than this; None where they have no such bound.
        most: values are smaller than this; None where they have no such bound.
        growth: gives, from the other arguments, a number that is over 1 where the function rises
            and between 0 and 1 where it falls; None where it always rises.
    """

    of: Callable[..., Node]
    above: int | None = None
    least: int | None = None
    most: int | None = None
    growth: Callable[..., Node] | None = None

    @property
    def has_all_values(self) -> bool:
        """Return whether every number is a value."""
        return self.least is None and self.most is None

    @property
    def is_of_all(self) -> bool:
        """Return whether every number is an argument, and every number a value."""
        return self.above is None and self.has_all_values

    def side_of(self, number: Fraction) -> int:
        """Return -1 for a number below all values, 1 for one above them, 0 for a value."""
        if self.least is not None and number <= self.least:
            return -1
        return int(self.most is not None and number >= self.most)


@record
class Function:
    r"""A function: how it is written, and what is known of its values.

    Attributes:
        name: of calls in a tree.
        also: its other spellings.
        is_written: by its name; others are written by signs alone, as 90°.
        letter: a Greek letter that is this function before brackets.
        sign: one character that is this function before what it is taken of.
        arity: how many arguments it has; None: any number but none.
        is_tight: of one factor only where no brackets are written: √2x is (√2)x.
        to_minus_one: what it is with an exponent of -1, if that is no quotient: sin⁻¹ is asin.
        latex: its command, as `\sin`, or LaTeX with %s for its arguments.
        evaluate: gives, from the functions of balls, its values as balls; None where nothing is
            known of them. A ball that is not finite says that there is no value.
        is_real: its arguments have to be real.
        cost: how many times as long as sin it takes.
        exact: gives the rational value for rational arguments; None where that is irrational. A
            function with exact values alone has no other values.
        pieces: gives conditions, of which one holds, and what it is where each of them holds.
        jumps: it is not continuous where it has a value.
        is_partly_real: it has other values than real ones for some real arguments; what is defined
            by such a function says so by its definition.
        is_algebraic: what it is of polynomials is a zero of a polynomial in them.
        is_positive: it has a value for all numbers, and a positive one.
        inverse: how it is undone.
        definition: gives the same in other functions, of which less is known than of it.
    """

    name: str
    also: tuple[str, ...] = ()
    is_written: bool = True
    letter: str = ""
    sign: str = ""
    arity: int | None = 1
    is_tight: bool = False
    to_minus_one: str = ""
    latex: str = ""
    evaluate: Evaluate | None = None
    is_real: bool = False
    cost: int = 1
    exact: Callable[..., Fraction | None] | None = None
    pieces: Pieces | None = None
    jumps: bool = False
    is_partly_real: bool = False
    is_algebraic: bool = False
    is_positive: bool = False
    inverse: Inverse | None = None
    definition: Callable[..., Node] | None = None

    def __call__(self, *args: Node) -> Call:
        """Return a call of this function."""
        return Call(self.name, args)

    def takes(self, count: int) -> bool:
        """Return whether it may have so many arguments."""
        return count > 0 if self.arity is None else count == self.arity

    def pieces_at(self, args: tuple[Node, ...]) -> Sequence[tuple[Node, Node]]:
        """Return conditions and what it is under each; none where it has no pieces."""
        if self.pieces is None or not self.takes(len(args)):
            return ()
        return self.pieces(*args)

    def inverse_at(self, args: tuple[Node, ...]) -> Inverse | None:
        """Return how it is undone, where it has such arguments."""
        return self.inverse if self.takes(len(args)) else None
