"""Formulas written as text by the author of a question: `(kernel**2 * in_channels + 1) * filters`.

Python's arithmetic, with names, exact decimals, `//` and `%`, comparisons joined by `and`, `or`,
`not`, lists in brackets and the functions of `functions.ALL`. The text is parsed, never run: what
is not in this list is an error that shows the place.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.errors import DerivationError
from solvers.graph import functions
from solvers.graph.derivation import Call, arguments, element
from solvers.graph.term import (
    Apply,
    Condition,
    Number,
    Operand,
    Ref,
    Term,
    Written,
    floor,
    term,
    total,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.graph.number import Value

MAX_LENGTH = 1_000
_FUNCTIONS = {function.name: function for function in functions.ALL}
_RELATIONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


@dataclass(frozen=True)
class TextFormula:
    """A formula from text: a function of the names that stand in it."""

    text: str
    tree: ast.expr
    call: Call

    def __call__(self, *values: Written) -> Written:
        """The formula with terms in the place of its names."""
        names = dict(zip(self.call.needs, values, strict=True))
        return _Builder(self.text, names).shaped(self.tree)

    def check(self) -> None:
        """Refuse a formula that cannot be built, without values."""
        names: dict[str, Written] = {name: Ref(name) for name in self.call.needs}
        _Builder(self.text, names, knows_shapes=False).shaped(self.tree)


@dataclass(frozen=True)
class TextCondition:
    """A condition from text, such as `kernel > stride and padding <= kernel // 2`."""

    text: str
    tree: ast.expr
    call: Call

    @property
    def needs(self) -> tuple[str, ...]:
        """Return the names in it."""
        return self.call.needs

    def holds(self, values: Mapping[str, Value]) -> bool:
        """Whether the condition is true for values by name."""
        names = dict(zip(self.needs, arguments(self.call, values), strict=True))
        builder = _Builder(self.text, names)
        return builder.truth(self.tree, values)


def formula(text: str) -> TextFormula:
    """Reads a formula.

    Raises:
        DerivationError: the text is not a formula; the message shows the place.
    """
    tree = _parsed(text)
    result = TextFormula(text, tree, _call(tree))
    result.check()  # a formula that cannot be built is an error now, not later
    return result


def condition(text: str) -> TextCondition:
    """Reads a condition; errors as for `formula`.

    >>> condition("k > 2 and (k - 1) % 2 == 0").holds({"k": Fraction(5)})
    True
    """
    tree = _parsed(text)
    result = TextCondition(text, tree, _call(tree))
    names: dict[str, Written] = {name: Ref(name) for name in result.needs}
    _Builder(text, names, knows_shapes=False).check_truth(tree)
    return result


def _parsed(text: str) -> ast.expr:
    if len(text) > MAX_LENGTH:
        raise DerivationError(f"a formula of {len(text)} characters is too long ({MAX_LENGTH})")
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        place = getattr(error, "offset", None)
        where = f" near character {place}" if place else ""
        raise DerivationError(f"cannot read the formula {text!r}{where}") from error


def _call(tree: ast.expr) -> Call:
    """Return the names that a formula needs; those in an index as whole numbers."""
    places = [node.slice for node in ast.walk(tree) if isinstance(node, ast.Subscript)]
    return Call(_names(tree), frozenset(name for place in places for name in _names(place)))


def _names(tree: ast.expr) -> tuple[str, ...]:
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and id(n) not in called]
    return tuple(dict.fromkeys(names))


class _Builder:
    """Turns a parsed formula into a term, with what stands for each name."""

    def __init__(
        self, text: str, names: Mapping[str, Written], *, knows_shapes: bool = True
    ) -> None:
        self.text = text
        self.names = names
        self.knows_shapes = knows_shapes

    def refuse(self, node: ast.AST, why: str = "is not arithmetic") -> DerivationError:
        """The error for a part of the text that does not belong into a formula."""
        part = ast.get_source_segment(self.text.strip(), node) or type(node).__name__
        return DerivationError(f"in the formula {self.text!r}, {part!r} {why}")

    def shaped(self, node: ast.expr) -> Written:
        """A term, or a list of them."""
        match node:
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return tuple(map(self.shaped, items))
            case ast.Name(id=name):
                return self.names[name]
            case ast.Subscript(value=of, slice=place):
                return self._element(node, self.shaped(of), self._index(node, place))
            case _:
                return self.operand(node)

    def _element(self, node: ast.expr, found: Written, place: int) -> Written:
        if isinstance(found, Ref) and not self.knows_shapes:
            return Ref(found.name, (*found.index, place))
        if not isinstance(found, tuple):
            raise self.refuse(node, "asks for an element of what is not a list")
        if not -len(found) <= place < len(found):
            count = f"the list has {len(found)} elements, counted from 0"
            raise self.refuse(node, f"is no element of a list: {count}")
        return found[place]

    def _index(self, node: ast.expr, place: ast.expr) -> int:
        """Return the number in the brackets behind a list."""
        if isinstance(place, ast.Slice):
            raise self.refuse(node, "is a part of a list; write its elements: [A[0], A[1]]")
        if isinstance(place, ast.Tuple):
            raise self.refuse(node, "has two indices; write A[0][1]")
        found = self.operand(place)
        if not self.knows_shapes:
            return 0
        value = found.evaluate(self._no_letter)
        if not isinstance(value, Fraction) or value.denominator != 1:
            raise self.refuse(node, f"has the index {value}, which is not a whole number")
        return int(value)

    def _no_letter(self, ref: Ref) -> Fraction:
        raise DerivationError(f"in the formula {self.text!r}, an index holds {ref.name}[...]")

    def operand(self, node: ast.expr) -> Term:
        """A single term."""
        match node:
            case ast.Constant(value=bool(flag)):
                return Number(Fraction(int(flag)))
            case ast.Constant(value=int() | float()):
                return Number(Fraction(ast.get_source_segment(self.text.strip(), node) or "0"))
            case ast.UnaryOp(op=ast.USub(), operand=of):
                return -self.operand(of)
            case ast.UnaryOp(op=ast.UAdd(), operand=of):
                return self.operand(of)
            case ast.BinOp(left=left, op=op, right=right):
                return self._binary(node, op, self.operand(left), self.operand(right))
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self._call(node, name, args)
            case ast.Name() | ast.Subscript():
                found = self.shaped(node)
                if isinstance(found, tuple):
                    raise self.refuse(node, "is a list where a number is needed")
                return term(found)
            case _:
                raise self.refuse(node)

    def _binary(self, node: ast.expr, op: ast.operator, left: Term, right: Operand) -> Term:
        match op:
            case ast.Add():
                return left + right
            case ast.Sub():
                return left - right
            case ast.Mult():
                return left * right
            case ast.Div():
                return left / right
            case ast.FloorDiv():
                return floor(left / right)
            case ast.Mod():
                return left - right * floor(left / right)
            case ast.Pow():
                return left**right
            case _:
                raise self.refuse(node)

    def _call(self, node: ast.expr, name: str, args: list[ast.expr]) -> Term:
        terms: list[Operand] = []
        for arg in args:
            shaped = self.shaped(arg)
            terms.extend(map(_single, shaped) if isinstance(shaped, tuple) else [shaped])
        if name == "sum":
            return total(terms)
        if name not in _FUNCTIONS:
            known = ", ".join(sorted([*_FUNCTIONS, "sum"]))
            raise self.refuse(node, f"calls an unknown function; known are {known}")
        if not terms or (len(terms) > 1 and name not in {"min", "max"}):
            raise self.refuse(node, "has the wrong number of arguments")
        return Apply(_FUNCTIONS[name], tuple(map(term, terms)))

    def comparisons(self, node: ast.Compare) -> list[Condition]:
        """The conditions of a chain such as `1 < k <= 7`."""
        sides = [self.operand(side) for side in (node.left, *node.comparators)]
        found = []
        for left, op, right in zip(sides, node.ops, sides[1:], strict=False):
            if type(op) not in _RELATIONS:
                raise self.refuse(node, "is not a comparison of numbers")
            found.append(Condition(left, _RELATIONS[type(op)], right))
        return found

    def truth(self, node: ast.expr, values: Mapping[str, Value]) -> bool:
        """The truth of a condition."""
        match node:
            case ast.BoolOp(op=ast.And(), values=parts):
                return all(self.truth(part, values) for part in parts)
            case ast.BoolOp(op=ast.Or(), values=parts):
                return any(self.truth(part, values) for part in parts)
            case ast.UnaryOp(op=ast.Not(), operand=of):
                return not self.truth(of, values)
            case ast.Compare():
                return all(
                    item.holds(lambda ref: element(values[ref.name], ref.index))
                    for item in self.comparisons(node)
                )
            case _:
                raise self.refuse(node, "is not a condition; write a comparison")

    def check_truth(self, node: ast.expr) -> None:
        """Refuses whatever is not a condition, without values."""
        match node:
            case ast.BoolOp(values=parts):
                for part in parts:
                    self.check_truth(part)
            case ast.UnaryOp(op=ast.Not(), operand=of):
                self.check_truth(of)
            case ast.Compare():
                self.comparisons(node)
            case _:
                raise self.refuse(node, "is not a condition; write a comparison")


def _single(written: Written) -> Operand:
    if isinstance(written, tuple):
        raise DerivationError("a list of lists stands where numbers are needed")
    return written
