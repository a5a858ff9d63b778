"""The grammar of whole answers: conditions, sets and brackets.

Each rule is given in the docstring of the function that reads it from a `Cursor`. Arithmetic is in
`arithmetic.py`, names are in `names.py`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from answers.syntax.arithmetic import read_sum
from answers.syntax.cursor import Cursor, bare
from answers.syntax.functions.table import BINOMIAL
from answers.syntax.lookahead import (
    RELATIONS,
    UNION,
    closes_outward,
    is_builder,
    makes_a_set,
    sign_between_sets,
)
from answers.syntax.names import read_name
from answers.syntax.nodes import REALS, Builder, Div, Logic, Neg, Node, Num, Rel, Seq, Sets, Sym
from answers.syntax.normalize import STUDENT, Limits, normalize
from answers.syntax.tokenizer import SHORT, Comma, tokenize, whole_number
from answers.syntax.vocabulary import Names

if TYPE_CHECKING:
    from answers.syntax.tokenizer import Token

_RELATED = RELATIONS | {"not"}
_OR, _AND = frozenset({"or", "||", "∪"}), frozenset({"and", "∩", "&"})
_BETWEEN_SETS = frozenset({"∪", "∩", "∖", "-"}) | UNION
_CLOSING = {"(": ")", "[": "]", "]": "[", "{": "}", "\\{": "\\}"}
_BRACKETS_END = frozenset({")", "]", "}", "\\}", ""})
_COMMAS = frozenset({",", ";"})
_BEHIND_ITEMS = _COMMAS | _BRACKETS_END - {""}
_NO_NAMES = Names()
_ROW = re.compile(r"([(\[{]?)(-?[0-9]{1,30}(?:, ?-?[0-9]{1,30})+)([)\]}]?)")
_BETWEEN_ROWS = re.compile(r"(?<=\]), ?(?=\[)")
_AROUND_ROWS = frozenset({"", "()", "[]", "{}"})
_SHORT_ROW = 200
# A plain backslash takes a set away: [0, 3] \ [1, 2] and R\{3}, which LaTeX writes otherwise.
_BACKSLASH = re.compile(
    r"(?:(?<=[^\\][)\]R])|(?<=[}])|(?<=^R))(?:\s+\\(?=\s+[(\[\]{\\R])|\s*\\(?=\{[^{}\\]*\}))"
)


def read(
    text: str,
    names: Names | None = None,
    *,
    comma: Comma = Comma.IN_NUMBERS,
    limits: Limits = STUDENT,
) -> Node:
    """Read an answer.

    Args:
        text: what was written.
        names: which letters are variables.
        comma: whether commas belong to numbers or are between the parts of a list.
        limits: how much is read at most.

    Raises:
        Unreadable: with the place of the trouble.
    """
    clean = normalize(text, limits)
    if clean.isdecimal() and len(clean) <= SHORT:
        return Num(whole_number(clean), clean)
    if comma is Comma.BETWEEN:
        if len(clean) <= _SHORT_ROW and (row := _row_of_numbers(clean)) is not None:
            return row
        if "\\" in clean:
            clean = _BACKSLASH.sub("∖", clean)
    tokens = tokenize(clean, limits, comma)
    return read_tokens(clean, tokens, names or _NO_NAMES, comma, limits)


def _row_of_numbers(text: str) -> Node | None:
    """Return whole numbers in a row, or such rows, as most lists and matrices are; else None."""
    if text[:2] == "[[" and text[-2:] == "]]":
        rows = [_row_of_numbers(row) for row in _BETWEEN_ROWS.split(text[1:-1])]
        known = tuple([row for row in rows if row is not None])
        return Seq("[", known, "]") if len(known) == len(rows) else None
    found = _ROW.fullmatch(text)
    if found is None:
        return None
    opening, inner, closing = found.groups()
    items = tuple([_whole(part.strip()) for part in inner.split(",")])
    is_interval = len(items) == 2 and f"{opening}{closing}" in {"(]", "[)"}
    is_row = is_interval or f"{opening}{closing}" in _AROUND_ROWS
    return Seq(opening, items, closing) if is_row else None


def _whole(text: str) -> Node:
    digits = text.removeprefix("-")
    number = Num(whole_number(digits), digits)
    return number if digits == text else Neg(number)


def read_tokens(text: str, tokens: list[Token], names: Names, comma: Comma, limits: Limits) -> Node:
    """Read a text that is normalized and parted into tokens; arguments and errors as for `read`."""
    first = tokens[0]
    if first.kind == "num" and len(tokens) == 2:
        return Num(first.value, first.text)
    return read_answer(Cursor(text, tokens, names, comma, limits, read_brackets))


def read_answer(cursor: Cursor) -> Node:
    """Read a whole answer: one condition or value, or several with commas or semicolons between.

    answer := ["=" | "≈"] condition {("," | ";") condition} ["," | ";"] ["." | ":"]
    """
    if cursor.tokens[0].text in {"=", "≈"}:
        cursor.at = 1
    items = [read_condition(cursor)]
    if not cursor.tokens[cursor.at].text:
        return items[0]
    separated = False
    while cursor.tokens[cursor.at].text in _COMMAS:
        separated = True
        cursor.at += 1
        if cursor.is_next(""):
            break
        items.append(read_condition(cursor))
    if cursor.tokens[cursor.at].text in {".", ":"}:
        cursor.at += 1
    if not cursor.is_next(""):
        raise cursor.error(f"{bare(cursor.tokens[cursor.at].text)!r} is not expected here")
    return Seq("", tuple(items), "") if separated else items[0]


# -- conditions ------------------------------------------------------------------------------------


def read_condition(cursor: Cursor) -> Node:
    """Read conditions of which one holds; between them `∪` means `or`.

    condition := conjunction {("or" | "||" | "∪") conjunction}
    """
    first = read_conjunction(cursor)
    if cursor.tokens[cursor.at].text not in _OR:
        return first
    parts = [first]
    while cursor.tokens[cursor.at].text in _OR:
        cursor.at += 1
        parts.append(read_conjunction(cursor))
    return Logic("or", tuple(parts))


def read_conjunction(cursor: Cursor) -> Node:
    """Read conditions that hold together; between them `∩` means `and`.

    conjunction := negation {("and" | "∩" | "&") negation}
    """
    first = read_negation(cursor)
    if cursor.tokens[cursor.at].text not in _AND:
        return first
    parts = [first]
    while cursor.tokens[cursor.at].text in _AND:
        cursor.at += 1
        parts.append(read_negation(cursor))
    return Logic("and", tuple(parts))


def read_negation(cursor: Cursor) -> Node:
    """Read a condition that may be negated; an exclamation mark needs brackets.

    negation := {"not" | "!"} relation
    """
    sign = cursor.tokens[cursor.at].text
    if sign == "not" or (sign == "!" and cursor.tokens[cursor.at + 1].text == "("):
        cursor.at += 1
        return Logic("not", (cursor.descend(read_negation),))
    return read_relation(cursor)


def read_relation(cursor: Cursor) -> Node:
    """Read a value or set, or several compared with each other: `0 < x <= 3`.

    relation := sets {("=" | "!=" | "<" | "<=" | ">" | ">=" | "≈" | ["not"] "∈" | "∉") sets}
    """
    first = read_sets(cursor)
    if cursor.tokens[cursor.at].text not in _RELATED:
        return first
    links: list[Node] = []
    left = first
    while (sign := _take_relation(cursor)) is not None:
        right = read_sets(cursor)
        links.append(_related(sign, left, right))
        left = right
    if not links:
        return first
    return links[0] if len(links) == 1 else Logic("and", tuple(links))


def _take_relation(cursor: Cursor) -> str | None:
    """Return the sign of a relation and step over it; None where none comes next."""
    sign = cursor.tokens[cursor.at].text
    if sign == "not" and cursor.tokens[cursor.at + 1].text == "∈":
        cursor.at += 2
        return "∉"
    if sign not in RELATIONS:
        return None
    cursor.at += 1
    return sign


def _related(sign: str, left: Node, right: Node) -> Node:
    if sign == "∉":
        return Logic("not", (Rel("in", left, right),))
    return Rel({"∈": "in", "≈": "="}.get(sign, sign), left, right)


# -- sets ------------------------------------------------------------------------------------------


def read_sets(cursor: Cursor) -> Node:
    """Read a sum, or sets that are joined by one sign; U may be a letter, and `∖` a minus.

    sets := sum {"∪" sum} | sum {"∩" sum} | sum {"∖" sum}
    """
    first = read_sum(cursor)
    if cursor.tokens[cursor.at].text not in _BETWEEN_SETS or not _is_set(first):
        return first
    parts = [first]
    joined = sign = sign_between_sets(cursor)
    while sign is not None:
        if sign != joined:
            raise cursor.error("brackets are missing: which of the sets are joined first?")
        # A U or minus that joins sets is one of their signs for what is beside it.
        cursor.tokens[cursor.at] = replace(cursor.tokens[cursor.at], text=sign)
        cursor.at += 1
        parts.append(read_sum(cursor))
        sign = sign_between_sets(cursor)
    return first if joined is None else Sets(joined, tuple(parts))


def _is_set(node: Node) -> bool:
    return isinstance(node, Sets | Builder) or (isinstance(node, Seq) and bool(node.open))


def read_builder(cursor: Cursor) -> Node:
    """Read what is in the braces of `{x | x > 3}` or `{x ∈ ℝ : x > 3}`.

    builder := name ["∈" sets] ("|" | ":") condition {("," | ";") condition}
    """
    letter = read_name(cursor)
    within: Node = REALS
    if cursor.is_next("∈"):
        cursor.at += 1
        cursor.bars, bars = 1, cursor.bars
        within = read_sets(cursor)
        cursor.bars = bars
    if not isinstance(letter, Sym) or cursor.tokens[cursor.at].text not in {"|", ":"}:
        raise cursor.error("a set such as {x | x > 3} is expected")
    parts: list[Node] = []
    while not parts or cursor.tokens[cursor.at].text in _COMMAS:
        cursor.at += 1
        parts.append(read_condition(cursor))
    where = parts[0] if len(parts) == 1 else Logic("and", tuple(parts))
    if within == REALS:
        return Builder(letter, where)
    return Builder(letter, Logic("and", (Rel("in", letter, within), where)))


# -- brackets --------------------------------------------------------------------------------------


def read_brackets(cursor: Cursor) -> Node:
    r"""Read brackets: a value they hold together, or a list, set, interval or point.

    brackets := "(" [items] ")" | "[" [items] "]" | "{" [builder | items] "}"
              | ("(" | "[" | "]") item ("," | ";") item (")" | "]" | "[")
    items    := item {("," | ";") item} ["," | ";"]
    """
    start, opening = cursor.at, cursor.take().text
    bars, outward = cursor.bars, cursor.outward
    cursor.bars, cursor.outward = 0, opening == "]" or closes_outward(cursor)
    builder = read_builder(cursor) if opening in {"{", "\\{"} and is_builder(cursor) else None
    items, separated = _items(cursor) if builder is None else ([], False)
    cursor.bars, cursor.outward = bars, outward
    closing = _close(cursor, opening, len(items))
    if builder is not None:
        return builder
    if len(items) == 1 and not separated and _only_holds(cursor, opening, closing, start):
        return items[0]
    return Seq(bare(opening), tuple(items), bare(closing))


def _items(cursor: Cursor) -> tuple[list[Node], bool]:
    """Read items up to a closing bracket, and say whether any comma is behind them."""
    items: list[Node] = []
    separated = False
    while cursor.tokens[cursor.at].text not in _BRACKETS_END:
        items.append(read_item(cursor))
        if cursor.tokens[cursor.at].text not in _COMMAS:
            break
        separated = True
        cursor.at += 1
    return items, separated


def read_item(cursor: Cursor) -> Node:
    r"""Read one item in brackets; `{a \over b}` and `{n \choose k}` are TeX's own.

    item := condition [("\over" | "\choose") sum]
    """
    token = cursor.tokens[cursor.at]
    # Most are numbers that are by themselves.
    if token.kind == "num" and cursor.tokens[cursor.at + 1].text in _BEHIND_ITEMS:
        cursor.at += 1
        return Num(token.value, token.text)
    above = read_condition(cursor)
    sign = cursor.tokens[cursor.at].text
    if sign not in {"\\over", "\\choose"}:
        return above
    cursor.at += 1
    below = read_sum(cursor)
    return Div(above, below) if sign == "\\over" else BINOMIAL(above, below)


def _only_holds(cursor: Cursor, opening: str, closing: str, start: int) -> bool:
    """Return whether brackets around one item only hold it together."""
    if opening in {"(", "{"} and closing in {")", "}"}:
        return not makes_a_set(cursor, start)
    return opening in {"\\{", "["} and cursor.comma is Comma.IN_NUMBERS


def _close(cursor: Cursor, opening: str, count: int) -> str:
    """Step over the bracket that closes another, and return it."""
    sign, wanted = cursor.tokens[cursor.at].text, _CLOSING[opening]
    is_interval = sign in {")", "]", "["} and opening in {"(", "[", "]"} and count == 2
    if sign == wanted or is_interval or (opening == "\\{" and sign == "}"):
        cursor.at += 1
        return sign
    raise cursor.error(f"{bare(wanted)!r} is missing here")
