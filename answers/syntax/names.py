"""The grammar of names: variables, constants and functions in a run of letters.

`vocabulary.py` knows what a name may mean; here the tokens around it decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.syntax.functions.table import FUNCTIONS, LETTERS
from answers.syntax.lookahead import is_reals
from answers.syntax.nodes import REALS, Call, Node, Seq, Sym, variable
from answers.syntax.tokenizer import ACCENTS, Token
from answers.syntax.vocabulary import CONSTANT_NAMES
from examgen.ground.record import record

if TYPE_CHECKING:
    from answers.syntax.cursor import Cursor
    from answers.syntax.functions.record import Function
    from answers.syntax.vocabulary import Names

_OPAQUE = frozenset("fgFGH")
# Single letters that may be more than a variable.
_MEANT = frozenset({"R", *CONSTANT_NAMES})


@record
class FunctionName:
    """A function that was named; what it applies to is read next."""

    function: Function
    index: str = ""


def read_name(cursor: Cursor) -> Node | FunctionName:
    """Read a name; of a run of letters, such as `hx` or `sinx`, only the first name.

    name := VARIABLE | CONSTANT | "R" | UNKNOWN brackets

    A function that is known is given back by itself: what it applies to is read next.
    """
    token = cursor.take()
    after = cursor.tokens[cursor.at]
    if len(token.text) == 1 and after.kind != "num":
        is_plain = is_plain_letter(token.text) and after.text != "("
        if is_plain or cursor.names.is_variable(token.text):
            return Sym(variable(token.text))
    return _name_of(cursor, token)


def is_plain_letter(name: str) -> bool:
    """Return whether a name is a letter that can be a variable only, or begin a function."""
    return len(name) == 1 and name not in _MEANT


def _name_of(cursor: Cursor, token: Token) -> Node | FunctionName:
    names, whole = cursor.names, token.text.startswith("\\")
    name = _with_digits(cursor, token.text.removeprefix("\\"))
    base, mark, index = name.partition("_")
    if base in FUNCTIONS and not names.is_variable(name):
        return FunctionName(FUNCTIONS[base], index)
    if mark and not whole and (row := _row(names, base, index)):
        return _first_of(cursor, row, token)
    if mark or "'" in name or name[-1].isdigit() or names.is_variable(name):
        return _letter(cursor, name)
    if name == "R" and is_reals(cursor):
        return REALS
    if whole and not _is_command(names, name):
        raise cursor.error(f"the command \\{name} is not known", token.at)
    parts = [name] if whole else names.split(name)
    if parts is None:
        raise cursor.error(f"the word {name!r} is not known", token.at)
    return _first_of(cursor, parts, token)


def _with_digits(cursor: Cursor, name: str) -> str:
    """Return a name with the digits that follow it, where both are one name: x1, log10."""
    digits = cursor.tokens[cursor.at]
    if digits.kind != "num" or digits.spaced or not digits.text.isdigit():
        return cursor.names.canonical(name)
    joined = cursor.names.join_digits(name, digits.text)
    if name + digits.text in FUNCTIONS and not cursor.names.is_variable(name):
        after = cursor.tokens[cursor.at + 1]
        is_one = after.text in {"(", "{"} or (after.kind == "name" and after.spaced)
        joined = name + digits.text if is_one else None
    if joined is None:
        return name
    cursor.at += 1
    return joined


def _row(names: Names, letters: str, index: str) -> list[str] | None:
    """Return letters of which only the last is a known one with an index: G and m_1 in Gm_1."""
    if names.is_variable(f"{letters}_{index}"):
        return None
    for at in range(1, len(letters)):
        last = names.canonical(f"{letters[at:]}_{index}")
        if names.is_variable(last):
            before = names.split(letters[:at])
            return before and [*before, last]
    return None


def _is_command(names: Names, name: str) -> bool:
    """Return whether a command of LaTeX is a name; an accent is part of its letter."""
    is_plain = len(name) == 1 or names.is_author or name.startswith(ACCENTS)
    return is_plain or names.has_meaning(name)


def _first_of(cursor: Cursor, parts: list[str], token: Token) -> Node | FunctionName:
    """Return the first of several names; the others go back to be read next."""
    first, *rest = parts
    if rest:
        cursor.tokens[cursor.at : cursor.at] = [Token("name", part, token.at) for part in rest]
    if cursor.names.is_function(first):
        return FunctionName(FUNCTIONS[first])
    return _letter(cursor, first)


def _letter(cursor: Cursor, name: str) -> Node:
    if cursor.names.is_constant(name):
        return Sym(CONSTANT_NAMES[name])
    if cursor.is_next("(") and _applies(cursor.names, name):
        args = arguments_in_brackets(cursor)
        if name not in LETTERS:
            return Call(name, args)
        check_count(cursor, LETTERS[name], len(args))
        return LETTERS[name](*args)
    return Sym(variable(name))


def _applies(names: Names, name: str) -> bool:
    """Return whether brackets after a name are the arguments of an unknown function."""
    if names.is_variable(name):
        return False
    return name in LETTERS or "'" in name or name in _OPAQUE or bool(names.declared)


def arguments_in_brackets(cursor: Cursor) -> tuple[Node, ...]:
    """Read brackets as arguments: two in `(a, b)`, one in `[a, b]`."""
    inner = cursor.descend(cursor.brackets)
    return inner.items if isinstance(inner, Seq) and inner.open == "(" else (inner,)


def check_count(cursor: Cursor, function: Function, found: int) -> None:
    """Refuse so many arguments behind a function that has another number of them."""
    if not function.takes(found):
        expected = {None: "an argument", 1: "1 argument"}
        what = expected.get(function.arity, f"{function.arity} arguments")
        at = cursor.tokens[cursor.at].at - 1
        raise cursor.error(f"{function.name}(): expected {what}, found {found or 'none'}", at)


def is_function_next(cursor: Cursor) -> bool:
    """Return whether the next name is, or begins with, a function."""
    token = cursor.tokens[cursor.at]
    if token.kind != "name":
        return False
    name = token.text.removeprefix("\\").partition("_")[0]
    parts = cursor.names.split(name) or [name]
    return cursor.names.is_function(parts[0])
