"""A parsed formula as a term, with what stands for each name."""

from __future__ import annotations

import ast
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING

from examgen.ground.errors import DerivationError
from solvers.graph.formulas import graphs, lists
from solvers.graph.functions import arithmetic, real, whole
from solvers.graph.term import Apply, Number, Ref, Term, Written, floor, indicator, term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from solvers.graph.term import Operand

MOST_STEPS = 1_000
_FUNCTIONS = {
    function.name: function for table in (arithmetic.ALL, real.ALL, whole.ALL) for function in table
}
_FUNCTIONS["log"] = _FUNCTIONS["ln"]
CONSTANTS = {constant.name: constant for constant in real.CONSTANTS}
_OF_LISTS = frozenset({*lists.OF_ONE, *lists.OF_TWO, "len", *graphs.KNOWN})
KNOWN = frozenset({*_FUNCTIONS, *_OF_LISTS})
_RELATIONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


def calls(node: ast.AST, name: str) -> bool:
    """Return whether a part of a formula calls a function of this name."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


class Builder:
    """Turns a parsed formula into a term, with what stands for each name."""

    def __init__(
        self, text: str, names: Mapping[str, Written], *, knows_shapes: bool = True
    ) -> None:
        self.text = text
        self.names = dict(names)
        self.knows_shapes = knows_shapes

    def refuse(self, node: ast.AST, why: str = "is not arithmetic") -> DerivationError:
        """Return the error for a part of the text that does not belong in a formula."""
        part = ast.get_source_segment(self.text.strip(), node) or type(node).__name__
        return DerivationError(f"in the formula {self.text!r}, {part!r} {why}")

    def shape(self, node: ast.expr) -> Written:
        """Return a part of the formula as a term, or as a list of terms."""
        match node:
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return tuple(map(self.shape, items))
            case ast.Name(id=name) if name in self.names:
                return self.names[name]
            case ast.Name(id=name) if name in CONSTANTS:
                return Apply(CONSTANTS[name], ())
            case ast.Name(id=name):
                raise self.refuse(node, f"is not known here; {name} is no value and no function")
            case ast.Constant():
                return self._number(node)
            case ast.Subscript(value=of, slice=place):
                return self._element(node, self.shape(of), self._index(node, place))
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self._call(node, name, args)
            case ast.ListComp() | ast.GeneratorExp():
                return tuple(self._comprehended(node))
            case _:
                return self._computed(node)

    def _computed(self, node: ast.expr) -> Written:
        """Return what an operation or a condition makes of its parts."""
        match node:
            case ast.UnaryOp(op=ast.USub(), operand=of):
                return lists.negate(self.shape(of))
            case ast.UnaryOp(op=ast.UAdd(), operand=of):
                return self.shape(of)
            case ast.BinOp(left=left, op=op, right=right):
                return self._binary(node, op, self.shape(left), self.shape(right))
            case ast.IfExp(test=test, body=then, orelse=otherwise):
                parts = (self.truth(test), self.operand(then), self.operand(otherwise))
                return Apply(whole.IF, parts)
            case ast.Compare() | ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
                return self.truth(node)
            case _:
                raise self.refuse(node)

    def _number(self, node: ast.Constant) -> Term:
        if isinstance(node.value, bool):
            return Number(Fraction(int(node.value)))
        if isinstance(node.value, int | float):
            return Number(Fraction(ast.get_source_segment(self.text.strip(), node) or "0"))
        raise self.refuse(node)

    def operand(self, node: ast.expr) -> Term:
        """Return a part of the formula that has to be a single term."""
        found = self.shape(node)
        if isinstance(found, tuple):
            raise self.refuse(node, "is a list where a number is needed")
        return term(found)

    def _joined(
        self,
        node: ast.expr,
        how: Callable[[Written, Written], Written],
        left: Written,
        right: Written,
    ) -> Written:
        """Return what an operation makes of two sides, with the place in its error."""
        try:
            return how(left, right)
        except DerivationError as error:
            raise self.refuse(node, f"cannot be computed: {error}") from error

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
        return self._whole(node, found, "index") if self.knows_shapes else 0

    def _whole(self, node: ast.expr, found: Term, what: str) -> int:
        value = found.evaluate(self._no_letter)
        if not isinstance(value, Fraction) or value.denominator != 1:
            raise self.refuse(node, f"has the {what} {value}, which is not a whole number")
        return int(value)

    def _no_letter(self, ref: Ref) -> Fraction:
        raise DerivationError(f"in the formula {self.text!r}, an index holds {ref.name}[...]")

    def _binary(self, node: ast.expr, op: ast.operator, left: Written, right: Written) -> Written:
        match op:
            case ast.Add():
                return self._joined(node, lists.add, left, right)
            case ast.Sub():
                return self._joined(node, lambda a, b: lists.add(a, b, -1), left, right)
            case ast.Mult():
                return self._joined(node, lists.scale, left, right)
            case ast.MatMult() if not self.knows_shapes:
                return left
            case ast.MatMult():
                return self._joined(node, lists.matrix_product, left, right)
            case ast.Div() if not isinstance(right, tuple):
                return lists.divide(left, right)
            case _:
                return self._of_numbers(node, op, left, right)

    def _of_numbers(self, node: ast.expr, op: ast.operator, one: Written, other: Written) -> Term:
        if isinstance(one, tuple) or isinstance(other, tuple):
            raise self.refuse(node, "has a list where a number is needed")
        left, right = term(one), term(other)
        match op:
            case ast.FloorDiv():
                return floor(left / right)
            case ast.Mod():
                return left - right * floor(left / right)
            case ast.Pow():
                return left**right
            case _:
                raise self.refuse(node)

    def _comprehended(self, node: ast.ListComp | ast.GeneratorExp) -> Iterator[Written]:
        """Yield the elements of `[x**2 for x in X]`."""
        running, *more = node.generators
        if more:
            raise self.refuse(
                node, "runs over two things at once; write [[... for x in X] for y in Y]"
            )
        if running.ifs:
            raise self.refuse(node, "leaves elements out; write (x if x > 0 else 0) in its place")
        before = dict(self.names)
        for item in self._run_over(node, running.iter):
            self.names = {**before, **self._bound(node, running.target, item)}
            yield self.shape(node.elt)
        self.names = before

    def _run_over(self, node: ast.expr, over: ast.expr) -> tuple[Written, ...]:
        if isinstance(over, ast.Call) and calls(over, "range"):
            bounds = [self.operand(arg) for arg in over.args]
            if not self.knows_shapes:
                return (Number(Fraction(0)),)
            return tuple(Number(Fraction(i)) for i in self._range(node, bounds))
        if isinstance(over, ast.Call) and calls(over, "zip"):
            sides = [self._run_over(node, side) for side in over.args]
            if self.knows_shapes and len({len(side) for side in sides}) > 1:
                raise self.refuse(node, "runs over lists of different lengths")
            return tuple(zip(*sides, strict=False))
        found = self.shape(over)
        if isinstance(found, Ref) and not self.knows_shapes:
            return (Ref(found.name, (*found.index, 0)),)
        if not isinstance(found, tuple):
            raise self.refuse(node, "runs over a number; write a list or range(n)")
        return found

    def _range(self, node: ast.expr, bounds: list[Term]) -> range:
        numbers = [self._whole(node, bound, "bound") for bound in bounds]
        if not 1 <= len(numbers) <= 3 or (len(numbers) == 3 and not numbers[2]):
            raise self.refuse(node, "has no range; write range(n), range(a, b) or range(a, b, 2)")
        found = range(*numbers)
        if len(found) > MOST_STEPS:
            raise self.refuse(node, f"runs over {len(found)} numbers; at most {MOST_STEPS}")
        return found

    def _bound(self, node: ast.expr, target: ast.expr, item: Written) -> dict[str, Written]:
        match target:
            case ast.Name(id=name):
                return {name: item}
            case ast.Tuple(elts=names) if isinstance(item, tuple) and len(item) == len(names):
                pairs = zip(names, item, strict=True)
                return {
                    n: v for one, part in pairs for n, v in self._bound(node, one, part).items()
                }
            case _:
                raise self.refuse(node, "runs over what has another number of parts")

    def _call(self, node: ast.expr, name: str, args: list[ast.expr]) -> Written:
        shaped = [self.shape(arg) for arg in args]
        if name not in KNOWN:
            known = ", ".join(sorted(KNOWN))
            raise self.refuse(node, f"calls an unknown function; known are {known}")
        if name in _OF_LISTS:
            return self._of_lists(node, name, shaped)
        function = _FUNCTIONS[name]
        flat = [part for one in shaped for part in (one if isinstance(one, tuple) else (one,))]
        terms = [term(part) for part in flat if not isinstance(part, tuple)]
        if len(terms) < len(flat) or (function.count is not None and len(shaped) < len(flat)):
            raise self.refuse(node, "has a list where a number is needed")
        count = function.count
        if not terms or (count is not None and len(terms) != count):
            raise self.refuse(node, "has the wrong number of arguments")
        return Apply(function, tuple(terms))

    def _of_lists(self, node: ast.expr, name: str, shaped: list[Written]) -> Written:
        """Return a function of lists; before shapes are known, one number in its place."""
        is_two = name in lists.OF_TWO
        if not shaped or (is_two and len(shaped) != 2):
            raise self.refuse(node, "has the wrong number of arguments")
        if not self.knows_shapes:
            return _first_number(shaped)
        try:
            if name in graphs.KNOWN:
                return graphs.apply(name, shaped)
            if is_two:
                return lists.OF_TWO[name](*shaped)
            if name == "len":
                return lists.length(lists.as_list(shaped))
            return lists.OF_ONE[name](lists.as_list(shaped))
        except DerivationError as error:
            raise self.refuse(node, f"cannot be computed: {error}") from error

    def truth(self, node: ast.expr) -> Term:
        """Return a condition as a term, whose value is 1 or 0."""
        match node:
            case ast.BoolOp(op=op, values=parts):
                joined = whole.AND if isinstance(op, ast.And) else whole.OR
                truths = [self.truth(part) for part in parts]
                return reduce(lambda one, other: Apply(joined, (one, other)), truths)
            case ast.UnaryOp(op=ast.Not(), operand=of):
                return Apply(whole.NOT, (self.truth(of),))
            case ast.Compare():
                return reduce(
                    lambda one, other: Apply(whole.AND, (one, other)),
                    self._comparisons(node),
                )
            case _:
                raise self.refuse(node, "is not a condition; write a comparison")

    def _comparisons(self, node: ast.Compare) -> list[Term]:
        """Return the conditions of a chain such as `1 < k <= 7`."""
        sides = [self.operand(side) for side in (node.left, *node.comparators)]
        found: list[Term] = []
        for left, op, right in zip(sides, node.ops, sides[1:], strict=False):
            if type(op) not in _RELATIONS:
                raise self.refuse(node, "is not a comparison of numbers")
            found.append(indicator(left, _RELATIONS[type(op)], right))
        return found


def _first_number(shaped: list[Written]) -> Operand:
    """Return a number of some values, or of the lists among them, in place of what they give."""
    first = shaped[0]
    while isinstance(first, tuple):
        first = first[0] if first else 0
    return first
