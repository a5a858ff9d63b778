"""The messages that a user can meet, collected from the places in the code that raise them."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROOT = Path(__file__).parents[2]
PACKAGES = ("examgen", "generator", "grader", "answers", "solvers")
# What is given the words of a message: what is wrong and what to do as its last two arguments, or
# both in one of its arguments.
PAIRS = frozenset({"Fault", "_fault", "fault", "note", "unreadable", "wrong"})
SPEAKERS = PAIRS | frozenset(
    """
    ArgumentError BadCase BadParameter BadWorkbook DerivationError Doubt ExamgenError Failed
    Misdrawn NotRead Refused ToolError TooMuch Unnamed Unreadable UnreadableKey Unusable YamlFault
    doubt error refuse
    """.split()
)

_SPEAKS = re.compile(rf"\b({'|'.join(SPEAKERS)})\(|def \w*fault")
_PLACE = re.compile(r"\{\w+\}|\.\.\.|`[^`]*`")
_WORDS = re.compile(r"[^\W\d]{2,}\W+[^\W\d]{2,}")  # two words at least


class Message(NamedTuple):
    """A message: the room that says it, what is wrong, and what to do (which may be empty)."""

    room: str
    what: str
    fix: str


def messages() -> list[Message]:
    """Return all messages, by rooms and in alphabetical order.

    What is known only when a message is made is in braces, by its name in the code, or `...`.
    """
    paths = (path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    found = {message for path in paths for message in _messages_of(path)}
    return sorted(one for one in found if _WORDS.search(_PLACE.sub("", one.what + one.fix)))


def _messages_of(path: Path) -> Iterator[Message]:
    text = path.read_text(encoding="utf-8")
    if not _SPEAKS.search(text):
        return
    tree = ast.parse(text)
    room, constants = path.parent.relative_to(ROOT).as_posix(), _assigned(tree.body)
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and (said := list(_said(function))):
            known = [*constants, *sorted(_assigned(ast.walk(function)), key=lambda one: one[1])]
            for arguments in said:
                yield from _message(room, [_text(one, known) for one in arguments])


def _message(room: str, texts: Sequence[str]) -> Iterator[Message]:
    """Yield a message of what is wrong and what to do, or of one text that says both."""
    if len(texts) == 2 and texts[1] and (texts[0] or not room.startswith("answers")):
        if texts[0]:  # what to do alone, beside words from elsewhere, helps nobody
            yield Message(room, texts[0], texts[1])
    elif any(texts):
        what, _, fix = next(filter(None, texts)).partition("; ")
        yield Message(room, what, fix)


def _assigned(nodes: Iterable[ast.AST]) -> list[tuple[str, int, ast.expr]]:
    """Return names with the line and the value that each is given."""
    return [
        (target.id, node.lineno, value)
        for node in nodes
        if isinstance(node, ast.Assign)
        for target, value in _pairs(node)
        if isinstance(target, ast.Name)
    ]


def _pairs(node: ast.Assign) -> Iterator[tuple[ast.expr, ast.expr]]:
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            yield from zip(target.elts, node.value.elts, strict=False)
        else:
            yield target, node.value


def _said(function: ast.FunctionDef) -> Iterator[Sequence[ast.expr]]:
    """Yield what is wrong and what to do, or the arguments, of each error and fault."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and (name := _name(node.func)) in SPEAKERS:
            yield node.args[-2:] if name in PAIRS else [*node.args, ast.Constant("")]
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            yield node.value.elts[-2:]
        elif isinstance(node, ast.Yield) and "fault" in function.name and node.value:
            yield [node.value]


def _name(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")


def _text(node: ast.expr, known: Sequence[tuple[str, int, ast.expr]]) -> str:
    """Return the words of an expression; empty where it has none of its own."""
    match node:
        case ast.Constant(value=str(text)) if " " in text:
            return text
        case ast.JoinedStr(values=parts):
            text = "".join(_part(part) for part in parts)
            return " ".join(text.split()) if " " in text else ""
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _text(left, known) + _text(right, known)
        case ast.IfExp(body=body, orelse=other):
            return " / ".join(filter(None, (_text(body, known), _text(other, known))))
        case ast.Name(id=name):
            values = [value for one, line, value in known if one == name and line <= node.lineno]
            return _text(values[-1], known) if values and not _holds(values[-1], name) else ""
    return ""


def _holds(node: ast.expr, name: str) -> bool:
    return any(isinstance(one, ast.Name) and one.id == name for one in ast.walk(node))


def _part(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.FormattedValue(value=ast.Name(id=name) | ast.Attribute(attr=name)):
            return f"{{{name}}}"
    return "..."
