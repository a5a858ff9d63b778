"""Compare intervals, inequalities and equations."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from examgen.audit.numbers import Undefined, exact, interval
from examgen.audit.reading import RELATIONS, Node, NotRead, number, read
from examgen.audit.values import (
    DIFFERENT,
    DIGITS_AGREE,
    EXACTLY,
    POINTS,
    TRIES,
    Finding,
    close,
    less,
    meet,
    points,
    same_expression,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from examgen.audit.values import Options

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def compare_intervals(expected: str, text: str, options: Options) -> Finding:
    """Compare two stretches of the line, end by end."""
    sides = [_stretch(side, options) for side in (expected, text)]
    (low, high, ends), (low_2, high_2, ends_2) = sides
    if ends != ends_2:
        return DIFFERENT
    found = [_end(low, low_2, options), _end(high, high_2, options)]
    return next((item for item in found if not item.same), found[0])


def _end(right: Node, given: Node, options: Options) -> Finding:
    if {right.op, given.op} & {"inf"} or Node("inf") in (*right.args, *given.args):
        return Finding(same=True, how=EXACTLY) if right == given else DIFFERENT
    return close(right, given, options)


def _stretch(text: str, options: Options) -> tuple[Node, Node, str]:
    """Return the ends of an interval, and whether they belong to it."""
    bare = re.sub(r"^[\s$]*[A-Za-z]\s*(?:∈|\\in\b|\bin\b)", "", text)
    if options.keys() & {"sigfigs", "decimals", "accuracy", "log10"}:
        raise NotRead("several numbers that are rounded")
    node = read(bare, options.get("variables", ()), "listed")
    if node.op == "list" and len(node.args) == 2 and not node.names():
        closed = ("[" if node.name[:1] == "[" else "(") + ("]" if node.name[1:] == "]" else ")")
        return *node.args, closed
    if node.name == "chain" and len(node.args) == 2:
        first, second = node.args
        if {first.op, second.op} <= {">", ">="}:
            first, second = (Node(_FLIPPED[s.op], s.args[::-1]) for s in (second, first))
        if {first.op, second.op} <= {"<", "<="} and first.args[1].op == "name":
            closed = ("[" if first.op == "<=" else "(") + ("]" if second.op == "<=" else ")")
            return first.args[0], second.args[1], closed
    raise NotRead("an interval in another notation")


def compare_conditions(right: Node, given: Node, options: Options) -> Finding:
    """Compare two conditions by their truth at points; equations by the factor between them."""
    if right.op == given.op == "=":
        return _equation(right, given, options)
    if options.keys() & {"rel", "abs"}:
        raise NotRead("a condition with a tolerance")
    agreed = 0
    names, seed = right.names() | given.names(), repr((right, given))
    ends = sorted({value for side in (right, given) for value in _constants(side)})
    steps = (Fraction(0), Fraction(-1, 997), Fraction(1, 997))
    near = [end + step for end in ends[:12] for step in steps]
    corners = list(product(near, repeat=len(names))) if len(near) ** len(names) <= 300 else []
    grid = [dict(zip(sorted(names), place, strict=True)) for place in corners]
    positive = options.get("domain") == "positive"
    for point in [*grid, *points(names, seed, positive=positive)]:
        if positive and min(point.values(), default=Fraction(1)) <= 0:
            continue
        one, other = _holds(right, point), _holds(given, point)
        if one is None or other is None:
            continue
        if one is not other:
            return DIFFERENT
        agreed += 1
    if agreed < POINTS:
        raise NotRead("no certain truth at enough points")
    return Finding(same=True, how=f"true or false alike at {TRIES} points and more")


def _constants(node: Node) -> set[Fraction]:
    value = None if node.names() or node.op in RELATIONS else exact(node)
    own = set() if value is None else {value, -value}
    return own.union(*(_constants(part) for part in node.args))


def _holds(node: Node, point: Mapping[str, Fraction]) -> bool | None:
    """Return whether a condition holds at a point; None where that is not certain."""
    if node.op in {"and", "or"}:
        parts = [_holds(part, point) for part in node.args]
        if (node.op == "or") in parts:
            return node.op == "or"
        return None if None in parts else node.op == "and"
    if node.op not in RELATIONS - {"in"}:
        raise NotRead("a condition in another notation")
    difference = _put(less(*node.args), point)
    try:
        value = exact(difference)
        ball = interval(difference if value is None else number(value), {})
        above, below = (ball.a > 0, ball.b < 0) if value is None else (value > 0, value < 0)
    except (NotRead, Undefined):
        return None
    if value is None and not (above or below):
        return None
    return {"<": below, ">": above, "<=": not above, ">=": not below}.get(
        node.op, (above or below) == (node.op == "!=")
    )


def _put(node: Node, point: Mapping[str, Fraction]) -> Node:
    if node.op == "name":
        return number(point[node.name])
    return Node(node.op, tuple(_put(part, point) for part in node.args), node.value, node.name)


def _equation(right: Node, given: Node, options: Options) -> Finding:
    """Compare equations by the ratio of their differences, or the letter solved for."""
    one, other = (less(*side.args) for side in (right, given))
    positive = options.get("domain") == "positive"
    places = points(right.names() | given.names(), repr((right, given)), positive=positive)
    ratio = Node("/", (other, one))
    try:
        at = interval(ratio, places[0])
        agree = [meet(at, interval(ratio, place)) is None for place in places[1:POINTS]]
        if all(agree) and 0 not in at:
            return Finding(same=True, how="a constant multiple at points, to 60 digits")
    except Undefined:
        pass
    letter, value = right.args if right.args[0].op == "name" else right.args[::-1]
    if letter.op != "name" or letter.name in value.names():
        raise NotRead("equations that are no constant multiples of each other")
    found = same_expression(number(Fraction(0)), _solved(other, letter.name, value), options)
    if found.same and Node("name", name=letter.name) not in given.args:
        raise NotRead("equations of which one may have more solutions")
    return Finding(same=True, how=DIGITS_AGREE) if found.same else found


def _solved(node: Node, name: str, value: Node) -> Node:
    if node == Node("name", name=name):
        return value
    parts = tuple(_solved(part, name, value) for part in node.args)
    return Node(node.op, parts, node.value, node.name)
