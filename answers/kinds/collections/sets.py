"""Sets of elements, without order and repeats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.comparison.outcome import Found
from answers.comparison.reading import ground_of_difference, read_answer, read_expected
from answers.kinds.base import Facts, Group, Kind, Sides
from answers.kinds.collections.collection_syntax import list_text
from answers.kinds.collections.elements import (
    all_of,
    any_of,
    expected_elements,
    refuse_letters,
    same_element,
    values_of,
)
from answers.kinds.written import formula_latex, several_written
from answers.options import Options
from answers.real_sets.rewrite import with_sign
from answers.real_sets.solution_set import difference
from answers.syntax.errors import NotDecidable, Unreadable, UnreadableKey
from answers.syntax.nodes import (
    Builder,
    Call,
    Logic,
    Neg,
    Node,
    Rel,
    Seq,
    Sets,
    Sym,
    free_symbols,
    has,
    walk,
)
from answers.syntax.printer import format_expression
from answers.syntax.tokenizer import Comma
from answers.syntax.unwrap import set_in_signs, unwrap
from answers.verdict import Judgement, correct, undecided, wrong
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PLUS_MINUS = re.compile(r"(?<![^\s,;={(])\+\s?-(?=[\w\\(])|\\pm(?![a-z])")
_NEXT_LINE = re.compile(r"\s*\n\s*")
_MINUS_PLUS = re.compile(r"∓|\\mp(?![a-z])")


@record
class SetComparer:
    """Compares elements without order and repeats."""

    items: tuple[Node, ...]
    whole: Node
    options: Options

    @classmethod
    def of(cls, expected: str, options: Options) -> SetComparer:
        """Read the expected elements."""
        text, comma = list_text(_signed(expected), is_set=True)
        node = read_expected(text, options, comma)
        if has(node, Builder):
            raise UnreadableKey(f"{expected!r} is not a set of elements: write out which they are")
        return cls(_members(node), node, options)

    @property
    def facts(self) -> Facts:
        """Return the letters of the expected elements, and how many they are."""
        return Facts(free_symbols(self.whole), len(self.items))

    def judge(self, answer: str) -> Judgement:
        """Judge a set."""
        text, comma = list_text(_signed(answer), is_set=True)
        node = read_answer(text, self.whole, self.options, comma)
        if isinstance(node, Seq) and {node.open, node.close} & {"(", ")"} and len(node.items) == 2:
            self._refuse_interval(node, answer)
        if isinstance(node, Builder | Sets) and has(node, Builder):
            return self._by_truth_set(node)
        items = (node,) if self._is_point(node) else _members(node)
        if any(has(item, Rel, Logic, Sets) for item in items):
            raise Unreadable(answer, 0, "a set is expected")
        refuse_letters(items, self.items, answer)
        read_as = "{" + ", ".join(map(format_expression, items)) + "}"
        values = values_of(items)
        met = []
        for extra in items:
            found, twin = self._twin(extra)
            if found is Found.UNDECIDED:
                return undecided(read_as, f"{format_expression(extra)} cannot be compared")
            if found is Found.DIFFERENT:
                ground = ground_of_difference(extra, self.whole, self.options)
                why = f"{format_expression(extra)} does not belong to the set"
                return wrong(read_as, why, values, ground)
            met.append(twin)
        for missing in self.items:
            if missing in met:
                continue
            found = any_of(_same_member(mine, missing, self.options) for mine in items)
            if found is not Found.SAME:
                return wrong(read_as, "an element is missing", values)
        return correct(read_as, "the same elements", values)

    def _twin(self, item: Node) -> tuple[Found, Node]:
        """Return whether an element is expected, and as which one: first one written alike."""
        best = Found.DIFFERENT
        for theirs in sorted(self.items, key=lambda other: other != item):
            found = _same_member(item, theirs, self.options)
            if found is Found.SAME:
                return found, theirs
            if found is Found.UNDECIDED:
                best = found
        return best, item

    def _by_truth_set(self, node: Node) -> Judgement:
        """Judge a set given by a condition: right only where the elements can be read off it."""
        try:
            where = difference(node, Seq("{", self.items, "}"), "x", self.options.domain)
        except NotDecidable:
            return undecided(
                format_expression(node), "it is not known for which numbers the condition holds"
            )
        if where is not None:
            return wrong(format_expression(node), f"at {where}")
        if all(map(_names_an_element, walk(node))):
            return correct(format_expression(node), "the same elements")
        return undecided(format_expression(node), "the same elements, but they are not written out")

    def _is_point(self, node: Node) -> bool:
        """Return whether (3, 2) is one element, where points are expected."""
        are_points = bool(self.items) and all(isinstance(item, Seq) for item in self.items)
        is_flat = isinstance(node, Seq) and not any(isinstance(item, Seq) for item in node.items)
        return are_points and is_flat and isinstance(node, Seq) and node.open == "("

    @staticmethod
    def _refuse_interval(node: Seq, answer: str) -> None:
        if node.open != node.close and (node.open, node.close) not in {("(", ")"), ("[", "]")}:
            raise Unreadable(answer, 0, "a set is expected, not an interval")


def _names_an_element(node: Node) -> bool:
    """Return whether a comparison says what a letter is; true of whatever is no comparison."""
    if not isinstance(node, Rel):
        return True
    return node.sign in {"=", "in"} and isinstance(node.left, Sym) and not free_symbols(node.right)


def _same_member(mine: Node, theirs: Node, options: Options) -> Found:
    """Compare two elements of sets; a set among them has no order, a point has one."""
    if (
        not isinstance(mine, Seq)
        or not isinstance(theirs, Seq)
        or "{" not in mine.open + theirs.open
    ):
        return same_element(mine, theirs, options)
    if mine.open != theirs.open:
        return Found.DIFFERENT
    kept = (any_of(_same_member(m, t, options) for t in theirs.items) for m in mine.items)
    found = (any_of(_same_member(m, t, options) for m in mine.items) for t in theirs.items)
    return all_of([*kept, *found])


def _signed(text: str) -> str:
    """Write a set in the signs of the grammar: `∓3`, one solution on each line, an empty set."""
    text = _PLUS_MINUS.sub("±", text.strip())
    text = text if "±" in text else _MINUS_PLUS.sub("±", text)
    text = _NEXT_LINE.sub(", ", text) if "\n" in text else text
    return "{}" if text == "Ø" else text


def _members(node: Node) -> tuple[Node, ...]:
    """Return the elements of a set: unions joined, `x = 1 or x = 2` and `±2` written out."""
    match node:
        case Sets("∩" | "∖" as sign, (Seq("{"), *_) as parts):
            first, *others = map(_members, parts)
            return tuple(item for item in first if _remains(sign, item, others))
        case Sets("∪", parts) | Logic("or" | "and", parts):
            return tuple(item for part in parts for item in _members(part))
        case Rel("=" | "in", Sym(), right) | Rel("=", right, Sym()):
            return _members(right)
        case Seq(opening, items, _):
            nested = (
                _members(i) if not opening and not isinstance(i, Seq) else _signs(i) for i in items
            )
            return tuple(member for members in nested for member in members)
        case _:
            return _signs(node)


def _remains(sign: str, item: Node, others: list[tuple[Node, ...]]) -> bool:
    """Return whether an element is left by an intersection, or where other sets are taken away."""
    found = [any_of(_same_member(item, one, Options()) for one in other) for other in others]
    if Found.UNDECIDED in found:
        raise Unreadable("", 0, f"it cannot be told whether {format_expression(item)} is left")
    return (Found.DIFFERENT not in found) if sign == "∩" else (Found.SAME not in found)


def _signs(node: Node) -> tuple[Node, ...]:
    """Return `1 ± 2` as its two values."""
    match node:
        case Rel("=", Sym(), right):
            return _signs(right)
        case _ if has(node, Call) and not has(node, Seq):
            values = tuple(with_sign(node, sign) for sign in (lambda of: of, Neg))
            return values if values[0] != values[1] else (node,)
        case _:
            return (node,)


def bare_set(text: str) -> str:
    """Return a set of numbers without boxes around it, in the signs of the grammar."""
    return set_in_signs(unwrap(text))


def _notations(expected: str, options: Options) -> Iterator[str]:
    parts = expected_elements(expected, options)
    joined = ", ".join(parts)
    yield from (f"{{{', '.join(reversed(parts))}}}", f"{{{joined}, {parts[0]}}}", joined)
    yield rf"\left\{{{joined}\right\}}"


def _joined(items: Sequence[str]) -> str:
    return f"{{{', '.join(dict.fromkeys(items))}}}"


SET = Kind(
    "set",
    Group.COLLECTION,
    SetComparer.of,
    neutral="{x}",
    written=several_written,
    latex=formula_latex,
    notations=_notations,
    says="the same members, in any order",
    bare=bare_set,
    comma=Comma.BETWEEN,
    joined=_joined,
    sides=Sides.READ,
)
KINDS = (SET,)
