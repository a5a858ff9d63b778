"""Follow a student's own earlier values, computed again from the key's derivation."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.audit.comparison import stated_value
from examgen.audit.numbers import exact
from examgen.audit.reading import Node, NotRead, number, one_name
from examgen.folder.model import solution_of
from examgen.ground.errors import DerivationError
from solvers.graph.number import value_text
from solvers.graph.symbolic import expression, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from examgen.folder.key import AnswerKey, Model
    from solvers.graph.number import Value
    from solvers.graph.solution import Solution

FAR = 1_000
_ROUNDED = frozenset("rel abs log10 sigfigs accuracy decimals".split())


def what_follows(
    answer: AnswerKey, mistake: str, earlier: Sequence[tuple[AnswerKey, str]], model: Model
) -> str:
    """Return the answer that follows from earlier ones; empty where nothing is carried.

    Args:
        answer: the key of what is asked.
        mistake: the name of one that is made besides, or nothing.
        earlier: the keys of earlier answers, with what was handed in.
        model: of the part.

    Raises:
        NotRead: an earlier answer states no value, or nothing follows.
    """
    try:
        right = solution_of(model)
        own = {name: value for key, text in earlier for name, value in _own(key, text, right)}
        if not own:
            return ""
        solution = right.carry_forward(own)
        if mistake:
            solution = solution.mistaken(solution.derivation.mistakes[mistake])
        return _text(answer, solution)
    except (DerivationError, ArithmeticError, LookupError) as error:
        raise NotRead("nothing follows from the earlier answers") from error


def _own(key: AnswerKey, text: str, right: Solution) -> list[tuple[str, Value]]:
    """Return the quantities that an earlier answer states otherwise, if one may go on from them."""
    node = stated_value(key.kind, key.expected, text, key.options)
    if key.letters and not node.names():
        return []
    for name, letter in key.letters.items():
        node = _worked_out(node, letter, right[name])
    value = _value(node)
    if key.letters and any(right[item.name] == value for item in right.derivation.inputs):
        return []
    values = value if len(key.reads) > 1 and isinstance(value, tuple) else (value,)
    own = list(zip(key.reads, values, strict=True)) if len(values) == len(key.reads) else []
    is_plausible = all(_plausible(value, right[name]) for name, value in own)
    return [(n, v) for n, v in own if v != right[n]] if is_plausible else []


def _plausible(value: Value, right: Value) -> bool:
    """Return whether one may go on from a value: of the right sign and size, not trivial."""
    if isinstance(value, tuple) and isinstance(right, tuple):
        return len(value) == len(right) and all(map(_plausible, value, right))
    if isinstance(value, tuple) or isinstance(right, tuple):
        return False
    mine, theirs = Fraction(value), Fraction(right)
    if mine == theirs:
        return True
    return mine not in {0, 1} and theirs != 0 and Fraction(1, FAR) <= mine / theirs <= FAR


def _worked_out(node: Node, letter: str, value: Value) -> Node:
    """Return a formula with the numbers of the paper for a letter, or for x_1, x_2, ..."""
    if isinstance(value, tuple):
        for place, item in enumerate(value, 1):
            node = _worked_out(node, f"{letter}_{place}", item)
        return node
    if node.op == "name" and node.name == one_name(letter):
        return number(Fraction(value))
    parts = tuple(_worked_out(part, letter, value) for part in node.args)
    return Node(node.op, parts, node.value, node.name)


def _value(node: Node) -> Value:
    if node.op == "list":
        return tuple(map(_value, node.args))
    value = exact(node)
    if value is None:
        raise NotRead("an earlier answer that is no rational number")
    return value


def _text(answer: AnswerKey, solution: Solution) -> str:
    if answer.letters:
        return plain(expression(solution, answer.reads[0], answer.letters))
    values = tuple(solution[name] for name in answer.reads)
    if not _ROUNDED & answer.options.keys() and any(isinstance(v, Decimal) for v in values):
        raise NotRead("an irrational value that follows from earlier answers")
    text = value_text(values if len(values) > 1 else values[0])
    text = f"{{{text[1:-1]}}}" if answer.kind == "set" else text
    return f"{text} {answer.unit}" if answer.unit else text
