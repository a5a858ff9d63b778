"""Intervals and unions of intervals, as sets of numbers."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from answers.comparison.equality import safe_exact
from answers.comparison.outcome import Found
from answers.comparison.reading import ground_of_difference, read_answer, read_expected
from answers.kinds.base import Facts, Group, Kind, Sides
from answers.kinds.collections.elements import same_element, value_of, values_of
from answers.kinds.collections.sets import bare_set
from answers.kinds.written import formula_latex, several_written
from answers.real_sets.rewrite import with_both_signs
from answers.real_sets.solution_set import Stretch, difference, truth_set
from answers.syntax.errors import NotDecidable, Unreadable, UnreadableKey
from answers.syntax.latex_printer import latex
from answers.syntax.nodes import (
    INFINITY,
    MINUS_INFINITY,
    REALS,
    Builder,
    Call,
    Div,
    Logic,
    Neg,
    Node,
    Num,
    Rel,
    Seq,
    Sets,
    Sym,
    free_symbols,
    has,
)
from answers.syntax.printer import format_expression
from answers.syntax.tokenizer import Comma
from answers.verdict import Judgement, correct, undecided, wrong
from examgen.ground.record import record
from examgen.ground.wording import format_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from answers.algebra.real_roots import Ends
    from answers.options import Options

_NEAR = Fraction(1, 10**40)
_DECIMAL_COMMA = re.compile(r"\d,\d")
_NUMBER = r"(\d+(?:\.\d+)?)"
_RANGE = re.compile(
    rf"(?:from\s+|between\s+)?{_NUMBER}\s*(?:to|and|[-–—−])\s*{_NUMBER}", re.IGNORECASE
)


@record
class Piece:
    """One interval: its ends, and whether they belong to it."""

    low: Node
    high: Node
    closed: tuple[bool, bool]


@record
class IntervalComparer:
    """Compares intervals and unions of intervals as sets of numbers.

    Attributes:
        pieces: the expected intervals from left to right; None where they are given by a
            condition that is not solved.
        whole: the expected set.
    """

    pieces: tuple[Piece, ...] | None
    whole: Node
    options: Options

    @classmethod
    def of(cls, expected: str, options: Options) -> IntervalComparer:
        """Read the expected intervals."""
        text, comma = _interval_text(expected)
        node = _as_set(read_expected(text, options, comma))
        pieces = _tidied(_pieces(node))
        if pieces is not None:
            return cls(pieces, node, options)
        try:
            truth_set(node, min(free_symbols(node), default="x"), options.domain)
        except NotDecidable as error:
            raise UnreadableKey(f"{expected!r} is not an interval") from error
        return cls(None, node, options)

    @property
    def facts(self) -> Facts:
        """Return the letters of the expected interval, and its brackets."""
        return Facts(free_symbols(self.whole), ends=_brackets(self.pieces))

    def judge(self, answer: str) -> Judgement:
        """Judge an interval."""
        text, comma = _interval_text(answer)
        node = read_answer(text, self.whole, self.options, comma)
        read_as = format_expression(node)
        node = _as_set(node)
        letters = free_symbols(node)
        if not letters and not has(node, Seq, Rel, Builder):
            return wrong(read_as, "an interval such as [0, 1) is expected")
        if len(letters) > 1 and len(letters - free_symbols(self.whole)) > 1:
            raise Unreadable(answer, 0, "an interval for one letter is expected")
        pieces = self.pieces if node == self.whole else _tidied(_pieces(node))
        if pieces is None or self.pieces is None:
            return self._by_truth_set(node, answer, read_as)
        ends = tuple(end for piece in pieces for end in (piece.low, piece.high))
        values, why = values_of(ends), self._first_fault(pieces, self.pieces)
        if why is None:
            return correct(read_as, "the same interval", values)
        ground = ground_of_difference(Seq("", ends, ""), self.whole, self.options)
        return wrong(read_as, why, values, ground)

    def _first_fault(self, pieces: Sequence[Piece], expected: Sequence[Piece]) -> str | None:
        if len(pieces) != len(expected):
            return f"expected {format_count(len(expected), 'interval')}, found {len(pieces)}"
        faults = (self._fault(*pair) for pair in zip(pieces, expected, strict=True))
        return next((fault for fault in faults if fault is not None), None)

    def _by_truth_set(self, node: Node, answer: str, read_as: str) -> Judgement:
        """Judge conditions, differences and intersections by the numbers for which they hold."""
        letters = free_symbols(node) | (
            free_symbols(self.whole) if self.pieces is None else frozenset()
        )
        letter = min(letters, default="x")
        whole = self.whole if self.pieces is None else _set_of(self.pieces)
        if self.pieces is None:
            whole = Builder(Sym(min(free_symbols(whole), default="x")), whole)
        try:
            where = difference(node, whole, letter, self.options.domain)
            if where is None:
                return correct(read_as, "the same numbers")
            if self.options.has_tolerance:
                mine, theirs = (truth_set(s, letter, self.options.domain) for s in (node, whole))
                if close_sets(mine, theirs, self.options):
                    return correct(read_as, "the same intervals, within the tolerance")
        except NotDecidable as error:
            if has(node, Rel, Logic, Sets, Builder):
                return undecided(read_as, "the sets of numbers cannot be compared")
            raise Unreadable(answer, 0, "an interval such as [0, 1) is expected") from error
        return wrong(read_as, f"at {where}")

    def _fault(self, mine: Piece, theirs: Piece) -> str | None:
        for end, a, b in (("lower", mine.low, theirs.low), ("upper", mine.high, theirs.high)):
            if same_element(a, b, self.options) is not Found.SAME:
                return f"the {end} end is not the expected one"
        return (
            None
            if mine.closed == theirs.closed
            else "an end should be included, or left out: check < and ≤, ( and ["
        )


def _brackets(pieces: tuple[Piece, ...] | None) -> str:
    """Return the brackets of one interval; nothing where there are several or none."""
    if pieces is None or len(pieces) != 1:
        return ""
    low, high = pieces[0].closed
    return ("[" if low else "(") + ("]" if high else ")")


def _as_set(node: Node) -> Node:
    """Join conditions with commas between them by `and`; a capital R is all real numbers."""
    match node:
        case Seq("" | "{", (_, *_) as parts, "" | "}") if all(
            isinstance(part, Rel | Logic) for part in parts
        ):
            return Logic("and", parts) if len(parts) > 1 else _as_set(parts[0])
        case Rel("in", Sym(), Seq("{", (Rel() | Logic(), *_)) as conditions):
            return _as_set(conditions)
        case Rel("=", Sym(), Sets() | Builder() as right):
            return right
        case Rel():
            return with_both_signs(node)
        case Sym("R"):
            return REALS
        case _:
            return node


def _set_of(pieces: tuple[Piece, ...]) -> Node:
    """Return the union of intervals as it is written."""
    parts = (
        Seq("[" if p.closed[0] else "(", (p.low, p.high), "]" if p.closed[1] else ")")
        for p in pieces
    )
    return Sets("∪", tuple(parts))


def _interval_text(text: str) -> tuple[str, Comma]:
    """Return the text, and what its commas mean.

    Raises:
        Unreadable: a range without brackets, such as 10 to 30 or 10-30.
    """
    ends = _RANGE.fullmatch(text.strip())
    if ends is not None and Fraction(ends[1]) < Fraction(ends[2]):
        low, high = ends.groups()
        what = f"it is unclear whether the ends belong to it: [{low}, {high}] or ({low}, {high})"
        raise Unreadable(text, 0, what)
    comma = Comma.DECIMAL if ";" in text and _DECIMAL_COMMA.search(text) else Comma.BETWEEN
    return text, comma


def _pieces(node: Node, *, is_part: bool = False) -> tuple[Piece, ...] | None:
    match node:
        case Sets("∪", parts) | Logic("or", parts):
            found = [_pieces(part, is_part=True) for part in parts]
            if None in found:
                return None
            return tuple(piece for part in found if part is not None for piece in part)
        case Rel("in" | "=", Sym(), right):
            return _pieces(right, is_part=True)
        case Rel("!=", Sym(), point):
            ends = (MINUS_INFINITY, point), (point, INFINITY)
            return tuple(Piece(low, high, (False, False)) for low, high in ends)
        case Seq("{", items, "}"):
            return tuple(Piece(item, item, (True, True)) for item in items)
        case Num() | Neg(Num()) | Div() | Call() if is_part:
            return (Piece(node, node, (True, True)),)
        case Seq(opening, (low, high), closing) if opening:
            return (_piece(low, high, (opening == "[", closing == "]")),)
        case Rel() | Logic("and", _):
            return _from_comparison(node)
        case _:
            return None


def _from_comparison(node: Rel | Logic) -> tuple[Piece, ...] | None:
    """Read `0 <= x < 1` and `x > 3` as intervals."""
    parts = node.parts if isinstance(node, Logic) else (node,)
    letter = _letter_of(parts)
    ends: dict[str, tuple[Node, bool]] = {}
    for part in parts:
        if not isinstance(part, Rel) or part.sign not in {"<", "<=", ">", ">="}:
            return None
        is_left = part.left == letter
        end = "high" if (part.sign[0] == "<") == is_left else "low"
        if letter not in {part.left, part.right} or end in ends:
            return None
        ends[end] = part.right if is_left else part.left, "=" in part.sign
    low, low_closed = ends.get("low", (MINUS_INFINITY, False))
    high, high_closed = ends.get("high", (INFINITY, False))
    has_letter = isinstance(letter, Sym) and letter.name in free_symbols(low) | free_symbols(high)
    if has_letter or low == INFINITY or high == MINUS_INFINITY:
        return None
    return (_piece(low, high, (low_closed, high_closed)),)


def _letter_of(parts: tuple[Node, ...]) -> Node | None:
    """Return the letter that is by itself on a side of every comparison."""
    sides = [(part.left, part.right) for part in parts if isinstance(part, Rel)]
    letters = [{side for side in both if isinstance(side, Sym)} for both in sides]
    shared = set[Sym].intersection(*letters) - {INFINITY} if letters else set()
    return shared.pop() if len(shared) == 1 else None


def _piece(low: Node, high: Node, closed: tuple[bool, bool]) -> Piece:
    infinite = (low == MINUS_INFINITY, high == INFINITY)
    return Piece(low, high, (closed[0] and not infinite[0], closed[1] and not infinite[1]))


def _tidied(pieces: tuple[Piece, ...] | None) -> tuple[Piece, ...] | None:
    """Return intervals between numbers in ascending order: no empty ones, touching ones joined.

    None: there are none, or irrational ends are too close together to be told apart by figures.
    """
    if pieces is None:
        return None
    ends = [(_end(piece.low), _end(piece.high)) for piece in pieces]
    nodes = [end for each in pieces for end in (each.low, each.high)]
    if _are_close(nodes, list(chain.from_iterable(ends))):
        return None
    known = [(low, high, piece) for (low, high), piece in zip(ends, pieces, strict=True)
             if low is not None and high is not None]  # fmt: skip
    if len(known) < len(pieces):
        return pieces
    known = [k for k in known if k[0] < k[1] or (k[0] == k[1] and k[2].closed == (True, True))]
    known.sort(key=lambda k: (k[0], not k[2].closed[0]))
    out: list[tuple[float | Fraction, Piece]] = []
    for low, high, piece in known:
        if out and _touches(out[-1], low, piece):
            last_high, last = out[-1]
            if high > last_high or (high == last_high and piece.closed[1]):
                out[-1] = (high, Piece(last.low, piece.high, (last.closed[0], piece.closed[1])))
        else:
            out.append((high, piece))
    return tuple(piece for _, piece in out)


def _are_close(ends: Sequence[Node], values: Sequence[float | Fraction | None]) -> bool:
    """Return whether two different ends, not both rational, agree in many figures."""
    bare = [end.of if isinstance(end, Neg) else end for end in ends]
    if all(isinstance(end, Num) or end == INFINITY for end in bare):
        return False
    found = dict(zip(ends, values, strict=True))
    known = [(value, end) for end, value in found.items() if isinstance(value, Fraction)]
    known.sort(key=lambda pair: pair[0])
    return any(
        other - one <= _NEAR * abs(other) and _is_irrational(a, b)
        for (one, a), (other, b) in pairwise(known)
    )


def _is_irrational(*ends: Node) -> bool:
    return any(safe_exact(end) is None for end in ends)


def _touches(last: tuple[float | Fraction, Piece], low: float | Fraction, piece: Piece) -> bool:
    high, before = last
    return low < high or (low == high and (before.closed[1] or piece.closed[0]))


def _end(node: Node) -> float | Fraction | None:
    if isinstance(node, Num):
        return node.value
    if node == INFINITY:
        return float("inf")
    if node == MINUS_INFINITY:
        return float("-inf")
    return value_of(node)


def _notations(expected: str, options: Options) -> Iterator[str]:
    node = read_expected(expected, options, Comma.BETWEEN)
    yield from (f"x in {expected}", latex(node))
    if not (isinstance(node, Seq) and len(node.items) == 2):
        return
    low, high = map(format_expression, node.items)
    left, right = ("<=" if end in {"[", "]"} else "<" for end in (node.open, node.close))
    yield from (f"{node.open}{low}; {high}{node.close}", f"{low} {left} x {right} {high}")
    french = ("[" if node.open == "[" else "]", "]" if node.close == "]" else "[")
    yield f"{french[0]}{low}, {high}{french[1]}"


def close_sets(mine: Sequence[Stretch], theirs: Sequence[Stretch], options: Options) -> bool:
    """Return whether two truth sets have the same stretches, their ends within the tolerance."""
    return len(mine) == len(theirs) and all(
        one.closed == other.closed
        and _close_ends(one.low, other.low, options)
        and _close_ends(one.high, other.high, options)
        for one, other in zip(mine, theirs, strict=True)
    )


def _close_ends(mine: Ends | None, theirs: Ends | None, options: Options) -> bool:
    if mine is None or theirs is None:
        return mine is theirs
    from answers.comparison.within import between  # noqa: PLC0415 - imports FLINT

    return between(mine, theirs, options) is Found.SAME


INTERVAL = Kind(
    "interval",
    Group.COLLECTION,
    IntervalComparer.of,
    neutral="[0, 1]",
    written=several_written,
    latex=formula_latex,
    notations=_notations,
    says="the same bounds, with the same ends open or closed",
    bare=bare_set,
    comma=Comma.BETWEEN,
    joined=lambda items: f"[{', '.join(items)}]",
    sides=Sides.READ,
    blank=34,
)
KINDS = (INTERVAL,)
