"""A reading as LaTeX mathematics, for keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from answers.syntax.functions.table import CALLS
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
from answers.syntax.normalize import AUTHOR
from answers.syntax.vocabulary import GREEK

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOGIC, _SUM, _PRODUCT, _POWER, _ATOM = range(5)
_RELATIONS = {"!=": r"\ne", "<=": r"\le", ">=": r"\ge", "in": r"\in"}
_SETS = {"∪": r"\cup", "∩": r"\cap", "∖": r"\setminus"}
_INDEX = re.compile(r"(?<=[a-zA-Z])(?=\d+$)")
_SCIENTIFIC = re.compile(r"([\d.]+)[eE]([+-]?\d+)")
_TOO_LONG = 10**AUTHOR.digits
_CONSTANTS = {"inf": r"\infty", "pi": r"\pi", "e": "e", "i": "i"}


def latex(node: Node) -> str:
    r"""Return the reading as LaTeX.

    >>> from answers.syntax.parser import read
    >>> latex(read("sigma(W_f*[h, x] + b_f)/2"))
    '\\frac{\\sigma\\left(W_{f} \\left[h, x\\right] + b_{f}\\right)}{2}'
    """
    return _at_least(node, _LOGIC)


def _at_least(node: Node, level: int) -> str:
    text, own = _body(node)
    return text if own >= level else rf"\left({text}\right)"


def _body(node: Node) -> tuple[str, int]:
    match node:
        case Num(value, text):
            return _number(*value.as_integer_ratio(), text)
        case Sym(name):
            return _symbol(display_name(name)), _ATOM
        case Add(terms):
            return _at_least(terms[0], _SUM) + "".join(map(_signed, terms[1:])), _SUM
        case Neg(of):
            return f"-{_at_least(of, _PRODUCT)}", _SUM
        case Mul(factors):
            return _product(factors), _PRODUCT
        case Div(above, below):
            return rf"\frac{{{latex(above)}}}{{{latex(below)}}}", _PRODUCT
        case Pow(base, exponent):
            return f"{_at_least(base, _ATOM)}^{{{latex(exponent)}}}", _POWER
        case Call(name, args):
            return _call(name, ", ".join(map(latex, args))), _ATOM
        case Seq(opening, items, closing):
            return sequence(opening, map(latex, items), closing), _ATOM
        case Rel() | Logic() | Sets() | Builder():
            return _condition(node)
        case _:
            assert_never(node)


def _condition(node: Rel | Logic | Sets | Builder) -> tuple[str, int]:
    match node:
        case Rel(sign, left, right):
            sides = _at_least(left, _SUM), _at_least(right, _SUM)
            return f" {_RELATIONS.get(sign, sign)} ".join(sides), _LOGIC
        case Logic("not", parts):
            return rf"\text{{not }}\left({latex(parts[0])}\right)", _LOGIC
        case Logic(word, parts):
            return rf" \text{{ {word} }} ".join(_part(part, word) for part in parts), _LOGIC
        case Sets(sign, parts):
            return f" {_SETS[sign]} ".join(_at_least(part, _SUM) for part in parts), _LOGIC
        case Builder(letter, where):
            return rf"\left\{{{latex(letter)} \mid {latex(where)}\right\}}", _ATOM
        case _:
            assert_never(node)


def _part(node: Node, word: str) -> str:
    """Return a part of conditions joined by a word: `or` within `and` needs brackets."""
    is_weaker = word == "and" and isinstance(node, Logic) and node.word == "or"
    return rf"\left({latex(node)}\right)" if is_weaker else latex(node)


def _number(above: int, below: int, text: str) -> tuple[str, int]:
    if max(abs(above), below) >= _TOO_LONG:
        found = _SCIENTIFIC.fullmatch(text)
        return (rf"{found[1]} \cdot 10^{{{int(found[2])}}}" if found else r"\ldots"), _PRODUCT
    if below == 1:
        return f"{above:,}".replace(",", "{,}"), _ATOM
    if text and all(c in "0123456789." for c in text):
        return text, _ATOM
    return rf"\frac{{{above}}}{{{below}}}", _PRODUCT


def _symbol(name: str) -> str:
    stem, _, below = (name if "_" in name else _INDEX.sub("_", name)).partition("_")
    letter = _CONSTANTS.get(stem) or _word(stem)
    return f"{letter}_{{{_word(below)}}}" if below else letter


def _word(text: str) -> str:
    if text in GREEK:
        return f"\\{text}"
    return rf"\mathrm{{{text}}}" if len(text) > 2 and text.isalpha() else text


def _signed(term: Node) -> str:
    if isinstance(term, Neg):
        return f" - {_at_least(term.of, _PRODUCT)}"
    return f" + {_at_least(term, _PRODUCT)}"


def _product(factors: tuple[Node, ...]) -> str:
    shown = [_at_least(factors[0], _PRODUCT), *(_at_least(f, _POWER) for f in factors[1:])]
    result = shown[0]
    for factor in shown[1:]:
        result += rf" \cdot {factor}" if factor[0].isdigit() else f" {factor}"
    return result


def _call(name: str, args: str) -> str:
    function = CALLS.get(name)
    if function is None:
        word = f"\\{name}" if name in GREEK else _symbol(name)
    else:
        word = function.latex or rf"\operatorname{{{name}}}"
    return word % args if "%s" in word else rf"{word}\left({args}\right)"


def sequence(opening: str, items: Iterable[str], closing: str) -> str:
    """Return items with commas between them, in brackets that are as tall as they are."""
    braces = {"{": r"\{", "}": r"\}"}
    left, right = braces.get(opening, opening), braces.get(closing, closing)
    return rf"\left{left or '.'}{', '.join(items)}\right{right or '.'}"
