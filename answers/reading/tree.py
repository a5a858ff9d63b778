"""What a reading is made of. All nodes are immutable and compare by content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Num:
    """An exact number; `text` is how it was written (for significant figures)."""

    value: Fraction
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sym:
    """A letter, a name with subscripts, or one of the constants e, i, pi, inf."""

    name: str


@dataclass(frozen=True, slots=True)
class Add:
    """A sum."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mul:
    """A product."""

    factors: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Neg:
    """The opposite."""

    of: Node


@dataclass(frozen=True, slots=True)
class Div:
    """A quotient."""

    above: Node
    below: Node


@dataclass(frozen=True, slots=True)
class Pow:
    """A power."""

    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function of arguments; a name that examgen does not know stands for any function."""

    name: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Seq:
    """Things in brackets (`open` and `close` as written, empty without) with commas between."""

    open: str
    items: tuple[Node, ...]
    close: str


@dataclass(frozen=True, slots=True)
class Rel:
    """A comparison: `=`, `!=`, `<`, `<=`, `>`, `>=`, or `in`."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Logic:
    """Comparisons joined by `and`, `or`, or turned round by `not`."""

    word: str
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Union:
    """Sets or intervals joined by the union sign."""

    parts: tuple[Node, ...]


Node: TypeAlias = Num | Sym | Add | Mul | Neg | Div | Pow | Call | Seq | Rel | Logic | Union

CONSTANTS = frozenset({"e", "i", "pi", "inf"})


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node."""
    match node:
        case Num() | Sym():
            return ()
        case Add(parts) | Mul(parts) | Call(_, parts) | Seq(_, parts, _) | Logic(_, parts):
            return parts
        case Union(parts):
            return parts
        case Neg(of):
            return (of,)
        case Div(left, right) | Pow(left, right) | Rel(_, left, right):
            return (left, right)


def symbols(node: Node) -> frozenset[str]:
    """The letters of a tree, without the constants."""
    found, stack = set[str](), [node]
    while stack:
        top = stack.pop()
        if isinstance(top, Sym):
            found.add(top.name)
        stack.extend(children(top))
    return frozenset(found - CONSTANTS)
