"""Look ahead where one token does not tell: nothing here moves the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.syntax.tokenizer import HOLDING, Comma

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.syntax.cursor import Cursor

RELATIONS = frozenset({"=", "!=", "<", "<=", ">", ">=", "≈", "∈", "∉"})
UNION = frozenset({"U", "u", "union"})
_SIGNS_OF_SETS = frozenset({"∪", "∩", "∖"})
_AROUND_REALS = _SIGNS_OF_SETS | {"∈", "∉"}
_OPENING = frozenset(r"( [ { \{ ⌊ ⌈ \frac \binom \begin".split())
_OPENING_SETS = frozenset({"(", "[", "{", "\\{"})
_BEGINNING_SETS = _OPENING_SETS | {"]", "R"}
_BEHIND_SETS = frozenset({")", "]", "}", "\\}"})
_BEHIND_REMOVED = _BEHIND_SETS | {"[", "R"}
_AROUND_SETS = frozenset({"", *r", ; ( ) [ ] { } \{ \} ∪ ∩ ∖ U = ∈ ∉ | : and or".split()})
_BARS = frozenset({"|", ":"})


def factor_follows(cursor: Cursor) -> bool:
    """Return whether the next token begins a factor although no sign is before it.

    Raises:
        Unreadable: it is a number behind a number.
    """
    token = cursor.tokens[cursor.at]
    kind = token.kind
    if kind == "name":
        return not (token.text in UNION and joins_sets(cursor))
    if kind == "num":
        if cursor.tokens[cursor.at - 1].kind == "num":
            raise cursor.error("an operator is missing between two numbers")
        return True
    if kind != "op":
        return False
    if token.text == "|":
        return cursor.bars == 0
    if token.text == "[" and cursor.outward:
        return False
    return token.text in _OPENING


def divides(cursor: Cursor) -> bool:
    """Return whether a colon is a sign of division: not in `{x : x < 3}`, nor at the end."""
    return cursor.comma is not Comma.BETWEEN and cursor.tokens[cursor.at + 1].kind != "end"


def circle_length(cursor: Cursor) -> int:
    """Return how many tokens a circle as exponent has; 0 where there is none."""
    first = cursor.tokens[cursor.at].text
    if first == "·":
        return 1
    if first != "{" or cursor.tokens[cursor.at + 1].text != "·":
        return 0
    return 3 if cursor.tokens[cursor.at + 2].text == "}" else 0


# -- sets ------------------------------------------------------------------------------------------


def removes_a_set(cursor: Cursor) -> bool:
    """Return whether a minus takes a set away: `ℝ - {3}`."""
    if cursor.comma is not Comma.BETWEEN or cursor.tokens[cursor.at].text != "-":
        return False
    before, after = cursor.tokens[cursor.at - 1], cursor.tokens[cursor.at + 1]
    return before.text in _BEHIND_REMOVED and after.text in {"{", "\\{"}


def joins_sets(cursor: Cursor) -> bool:
    """Return whether a letter U is between brackets: `(-inf, 1) U (2, 3]`."""
    before, after = cursor.tokens[cursor.at - 1], cursor.tokens[cursor.at + 1]
    return before.text in _BEHIND_SETS and after.text in _OPENING_SETS


def sign_between_sets(cursor: Cursor) -> str | None:
    """Return the next sign where it joins two sets; else it belongs to sums or conditions."""
    sign = cursor.tokens[cursor.at].text
    if sign == "-":
        return "∖" if removes_a_set(cursor) else None
    if sign in UNION:
        return "∪" if joins_sets(cursor) else None
    if sign not in _SIGNS_OF_SETS:
        return None
    return sign if cursor.tokens[cursor.at + 1].text in _BEGINNING_SETS else None


def is_reals(cursor: Cursor) -> bool:
    """Return whether a capital R just read is the set of all real numbers."""
    if cursor.comma is Comma.IN_NUMBERS:
        return False
    before = cursor.tokens[cursor.at - 2].text if cursor.at > 1 else ""
    after = cursor.tokens[cursor.at].text
    return before in _AROUND_REALS or after in _SIGNS_OF_SETS or removes_a_set(cursor)


def is_builder(cursor: Cursor) -> bool:
    """Return whether braces hold `x | x > 3`: a bar or colon, and a comparison behind it."""
    if cursor.tokens[cursor.at].kind != "name":
        return False
    if cursor.tokens[cursor.at + 1].text not in {"|", ":", "∈"}:
        return False
    signs = list(_signs_inside(cursor))
    bar = next((at for at, sign in enumerate(signs) if sign in _BARS), len(signs))
    return not RELATIONS.isdisjoint(signs[bar + 1 :])


def _signs_inside(cursor: Cursor) -> Iterator[str]:
    """Give the tokens up to the closing brace."""
    depth = 0
    for token in cursor.tokens[cursor.at :]:
        depth += (token.text in {"{", "\\{"}) - (token.text in {"}", "\\}"})
        if depth < 0:
            return
        yield token.text


# -- brackets --------------------------------------------------------------------------------------


def is_open_interval(cursor: Cursor) -> bool:
    """Return whether a `]` may open an interval: `]0, 1[`."""
    return cursor.comma is Comma.BETWEEN and not cursor.depth > 1


def makes_a_set(cursor: Cursor, start: int) -> bool:
    """Return whether braces around one element make a set, and do not only hold it together.

    Args:
        cursor: behind the closing brace.
        start: the place of the opening one.
    """
    if cursor.comma is not Comma.BETWEEN or cursor.tokens[cursor.at - 1].text != "}":
        return False
    if HOLDING.search(cursor.text[: cursor.tokens[start].at]):
        return False
    before = cursor.tokens[start - 1].text if start else ""
    return before in _AROUND_SETS and cursor.tokens[cursor.at].text in _AROUND_SETS


def closes_outward(cursor: Cursor) -> bool:
    """Return whether a `[` closes the interval that is opened here, as in `[0, 1[`."""
    if cursor.comma is not Comma.BETWEEN:
        return False
    tokens, at = cursor.tokens, cursor.at
    if cursor.text.find("[", tokens[at].at) < 0 and "\\lbrack" not in cursor.text:
        return False
    depth = 0
    for place in range(at, len(tokens)):
        sign = tokens[place].text
        if sign == "[" and not depth:
            after = tokens[place + 1].text
            return after in _AROUND_SETS or after in UNION
        if sign == "(":
            depth += 1
        elif sign in {")", "]"}:
            depth -= 1
        if depth < 0:
            return False
    return False
