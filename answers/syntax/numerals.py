"""The grammar of numbers: whole ones may have a proper fraction behind them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.syntax.nodes import Add, Div, Node, Num
from answers.syntax.tokenizer import Token

if TYPE_CHECKING:
    from answers.syntax.cursor import Cursor


def read_number(cursor: Cursor) -> Node:
    r"""Read a number; a whole one may have a proper fraction behind it: `1 1/2`, `1\frac12`.

    number := NUMBER [NUMBER "/" NUMBER | "\frac" argument argument]
    """
    token = cursor.take()
    number = Num(token.value, token.text)
    if not token.text.isdigit():
        return number
    fraction = _proper_fraction(cursor)
    return number if fraction is None else Add((number, fraction))


def _proper_fraction(cursor: Cursor) -> Node | None:
    after = cursor.tokens[cursor.at]
    if after.kind != "num" and after.text != "\\frac":
        return None
    following = cursor.tokens[cursor.at : cursor.at + 7]
    shape = " ".join(t.text if t.kind == "op" else t.kind for t in following)
    if shape.startswith("num / num") and following[0].spaced:
        above, below, length = following[0], following[2], 3
    elif shape.startswith("\\frac { num } { num }"):
        above, below, length = following[2], following[5], 7
    elif shape.startswith("\\frac num") and re.fullmatch(r"\d\d", following[1].text):
        (above, below), length = split_digits(following[1]), 2
    else:
        return None
    if not (above.text.isdigit() and below.text.isdigit() and above.value < below.value):
        return None
    cursor.at += length
    return Div(Num(above.value, above.text), Num(below.value, below.text))


def split_digits(token: Token) -> tuple[Token, Token]:
    r"""Return the first digit of a number and the rest of it: `\frac12` is one half."""
    first, rest = token.text[0], token.text[1:]
    return (
        Token("num", first, token.at, Fraction(int(first))),
        Token("num", rest, token.at + 1, Fraction(int(rest))),
    )
