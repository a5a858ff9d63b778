"""Both sides of a comparison as they are read: the author's, and the student's."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from answers.comparison.equality import safe_exact
from answers.syntax.functions.table import ABS, CALLS
from answers.syntax.nodes import (
    CONSTANTS,
    Call,
    Logic,
    Mul,
    Node,
    Rel,
    Seq,
    Sym,
    children,
    free_symbols,
    functions_in,
    has,
    map_children,
    variable,
)
from answers.syntax.normalize import AUTHOR
from answers.syntax.parser import read
from answers.syntax.printer import format_expression
from answers.syntax.tokenizer import Comma
from answers.syntax.vocabulary import Names
from answers.verdict import Ground

if TYPE_CHECKING:
    from answers.options import Options

_AUTHOR_NAMES = Names(is_author=True)
_LONG = 10**100


def read_expected(text: str, options: Options, comma: Comma = Comma.IN_NUMBERS) -> Node:
    """Read the author's side of a comparison, with an author's limits."""
    variables = options.variables
    names = Names(frozenset(variables), is_author=True) if variables else _AUTHOR_NAMES
    return read(text, names, comma=comma, limits=AUTHOR)


def read_answer(
    text: str, expected: Node, options: Options, comma: Comma = Comma.IN_NUMBERS
) -> Node:
    """Read the student's side; the letters of the expected side are known to be letters."""
    return _read(text, frozenset(options.variables), free_symbols(expected), comma)


# A wrong answer is compared with each mistake, and read alike each time.
@lru_cache(maxsize=128)
def _read(text: str, declared: frozenset[str], known: frozenset[str], comma: Comma) -> Node:
    return read(text, Names(declared, known), comma=comma)


def without_name(node: Node, expected: Node) -> Node:
    """Return the right side of `x = 5` where only a value is asked for, or of `2*3 = 6`."""
    known = free_symbols(expected)
    match node:
        case Rel("=", Sym(name), right) if name not in known and name not in CONSTANTS:
            return right
        case Rel("=", left, right) if not free_symbols(right) and is_label(left, expected):
            return right
        case Logic("and", parts) if all(isinstance(p, Rel) and p.sign == "=" for p in parts):
            first, last = parts[0], parts[-1]
            if isinstance(first, Rel) and isinstance(last, Rel) and isinstance(first.left, Sym):
                return last.right
    return node


def is_label(node: Node, expected: Node) -> bool:
    """Return whether a side only names what the other side is: f(3), P(A), |AB|."""
    match node:
        case Call(ABS.name, (inner,)):
            return is_label(inner, expected)
        case Call(name):
            return name not in CALLS and name not in functions_in(expected)
        case Mul(factors):
            known = free_symbols(expected)
            return all(
                isinstance(f, Sym) and f.name.isupper() and f.name not in known for f in factors
            )
        case _:
            return False


def ground_of_difference(node: Node, expected: Node, options: Options) -> Ground:
    """Return whether an answer differs, or has a name that the question does not know."""
    mine, known = free_symbols(node), free_symbols(expected)
    if mine <= known and not has(node, Call):
        return Ground.DIFFERS
    declared = known.union(options.variables, options.known, options.aliases)
    if not mine <= {variable(name) for name in declared}:
        return Ground.UNKNOWN_NAME
    strange = _unknown_functions(node)
    if strange and not strange <= _unknown_functions(expected) | declared:
        return Ground.UNKNOWN_NAME
    return Ground.DIFFERS


def _unknown_functions(node: Node) -> frozenset[str]:
    return functions_in(node).difference(CALLS)


def values_as_letters(node: Node) -> Node:
    """Replace values of unknown functions, as f(2), by letters: nothing is known of their size."""
    if not _unknown_functions(node):
        return node
    match node:
        case Call(name, args) if name not in CALLS and args and not free_symbols(node):
            return Sym(f"{name}({', '.join(map(_value_text, args))})")
        case _:
            return map_children(node, values_as_letters)


def _value_text(node: Node) -> str:
    """Return the same text for the same number; Python writes out no more than 4,300 digits."""
    value = safe_exact(node)
    if value is None:
        return format_expression(node)
    above, below = value.as_integer_ratio()
    return str(value) if max(abs(above), below) < _LONG else f"{above:x}/{below:x}"


def drop_labels(node: Node) -> Node:
    """Return `x = 4, y = 7` as the two values, if the names are in alphabetical order."""
    is_joined = isinstance(node, Seq) or (isinstance(node, Logic) and node.word == "and")
    parts = children(node) if is_joined else ()
    names, values = [], []
    for part in parts:
        if not (isinstance(part, Rel) and part.sign == "=" and isinstance(part.left, Sym)):
            return node
        names.append(part.left.name)
        values.append(part.right)
    is_ordered = len(names) > 1 and names == sorted(set(names))
    return Seq("", tuple(values), "") if is_ordered else node
