"""A reading as text: how an answer was understood, every sign explicit."""

from __future__ import annotations

from typing import assert_never

from answers.syntax.nodes import (
    Add,
    Builder,
    Call,
    Div,
    Logic,
    Mul,
    Neg,
    Node,
    Num,
    Pow,
    Rel,
    Seq,
    Sets,
    Sym,
    display_name,
)

MAX_DIGITS = 60
_TOO_LONG = 10**MAX_DIGITS


def format_expression(node: Node) -> str:
    """Return the reading in one line.

    >>> from answers.syntax.parser import read
    >>> format_expression(read("4h(h+x+1)/2"))
    '4*h*(h + x + 1)/2'
    """
    text = _text(node, 0)
    return text if len(text) <= 300 else text[:297] + "..."


def _text(node: Node, level: int) -> str:
    if isinstance(node, Sym):
        return display_name(node.name)
    body, own = _body(node)
    return body if own >= level else f"({body})"


def _body(node: Node) -> tuple[str, int]:
    match node:
        case Num():
            return _number(node)
        case Sym(name):
            return display_name(name), 4
        case Add(terms):
            rest = [
                f" - {_text(t.of, 2)}" if isinstance(t, Neg) else f" + {_text(t, 2)}"
                for t in terms[1:]
            ]
            return _text(terms[0], 1) + "".join(rest), 1
        case Neg(of):
            return f"-{_text(of, 2)}", 1
        case Mul(factors):
            return "*".join([_text(factors[0], 2), *[_text(f, 3) for f in factors[1:]]]), 2
        case Div(above, below):
            return f"{_text(above, 2)}/{_text(below, 3)}", 2
        case Pow(base, exponent):
            return f"{_text(base, 4)}^{_text(exponent, 4)}", 3
        case Call(name, args):
            return f"{name}({', '.join([_text(arg, 0) for arg in args])})", 4
        case Seq(opening, items, closing):
            return f"{opening}{', '.join([_text(item, 0) for item in items])}{closing}", 4
        case Rel() | Logic() | Sets() | Builder():
            return _condition(node)
        case _:
            assert_never(node)


def _condition(node: Rel | Logic | Sets | Builder) -> tuple[str, int]:
    match node:
        case Rel(sign, left, right):
            return f"{_text(left, 1)} {sign} {_text(right, 1)}", 0
        case Logic("not", parts):
            return f"not ({_text(parts[0], 0)})", 0
        case Logic(word, parts):
            return f" {word} ".join(_part(part, word) for part in parts), 0
        case Sets(sign, parts):
            return f" {sign} ".join(_text(part, 1) for part in parts), 0
        case Builder(letter, where):
            return f"{{{format_expression(letter)} | {_text(where, 0)}}}", 4
        case _:
            assert_never(node)


def _part(node: Node, word: str) -> str:
    """Return a part of conditions joined by a word: `or` within `and` needs brackets."""
    is_weaker = word == "and" and isinstance(node, Logic) and node.word == "or"
    return f"({_text(node, 0)})" if is_weaker else _text(node, 0)


def _number(node: Num) -> tuple[str, int]:
    above, below = node.value.as_integer_ratio()
    if below == 1 and abs(above) < _TOO_LONG:
        return str(above), 4
    text = node.text.replace("{,}", ",") or (f"{above}/{below}" if below < _TOO_LONG else "...")
    return (text if len(text) <= MAX_DIGITS else text[:MAX_DIGITS] + "..."), 2 if "/" in text else 4
