r"""The syntax of figures in a question's text: `\plot{kind=scatter, x=X, y=[1, 2], alt={...}}`.

A figure has named parts with a comma between them. A part that holds a value becomes a place where
the template puts it in; any other part is text, in which `\V{...}` stands for values as everywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from solvers.graph.formulas.builder import CONSTANTS, KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

BEGIN = "\x04"
_PASSED = r"\\begin\{(?P<raw>verbatim|lstlisting|tikzpicture)\}.*?\\end\{(?P=raw)\}|(?<!\\)%[^\n]*"
_NAME = re.compile(r"[A-Za-z_]\w*")
_PART = re.compile(r"\s*([a-z]+)(\d?)\s*=\s*(.*?)\s*\Z", re.DOTALL)
_OPENING, _CLOSING = "{[(", "}])"


class Holds(Enum):
    """The value of a part of a figure."""

    VALUE = auto()
    FORMULA = auto()
    TEXT = auto()


@dataclass(frozen=True)
class Entry:
    """A part of a kind of figure.

    Attributes:
        is_many: whether it may be there several times: `y`, `y2`, `y3`.
    """

    holds: Holds
    is_many: bool = False


class Misdrawn(Exception):
    """A figure that cannot be drawn; the message says why and what to do."""


def with_places(text: str, kinds: Mapping[str, Mapping[str, Entry]]) -> str:
    r"""Return a text in which each value of a figure is a place of the template.

    Args:
        text: of a question.
        kinds: the parts of each kind of figure, by its command.

    Raises:
        Misdrawn: a figure has a part that its kind has not; its second argument is the line.
    """
    made, at = [], 0
    for kind, begin, start, end in _written(text, tuple(kinds)):
        line = text.count("\n", 0, start) + 1
        parts = (_placed(part, kind, kinds[kind], line) for part in pieces(text, start, end))
        made += [text[at:begin], f"{BEGIN}{kind}{{{','.join(parts)}}}"]
        at = end
    return "".join([*made, text[at:]])


def without_figures(text: str, kinds: Iterable[str]) -> str:
    """Return a template without its figures of some kinds."""
    made, at = [], 0
    for _, begin, _, end in _written(text, tuple(kinds)):
        made.append(text[at:begin])
        at = end
    return "".join([*made, text[at:]])


def _written(text: str, kinds: Sequence[str]) -> Iterator[tuple[str, int, int, int]]:
    """Yield each figure of a template: its kind, where it begins, and where its group is."""
    if not any(f"\\{name}{{" in text for name in kinds):
        return
    found, at = re.compile(rf"{_PASSED}|\\(?P<kind>{'|'.join(kinds)})(?=\{{)", re.DOTALL), 0
    for match in found.finditer(text):
        kind, start = match["kind"], match.end()
        end = end_of_group(text, start)
        if kind is not None and match.start() >= at and end is not None and "=" in text[start:end]:
            yield kind, match.start(), start, end
            at = end


def _placed(part: str, kind: str, entries: Mapping[str, Entry], line: int) -> str:
    found = _PART.match(part)
    entry = entries.get(found[1]) if found else None
    if found is None or entry is None or (found[2] and not entry.is_many):
        known = ", ".join(sorted(entries))
        what = f"\\{kind} has no part {part.strip()[:40]!r}; write name=value with {known}"
        raise Misdrawn(what, line)
    space = part[: len(part) - len(part.lstrip())]
    name, value = found[1] + found[2], found[3]
    if entry.holds is Holds.VALUE:
        value = f"{{\\V{{({value})|data}}}}"
    elif entry.holds is Holds.FORMULA:
        value = f"{{{_with_names(value)}}}"
    return f"{space}{name}={value}"


def _with_names(formula: str) -> str:
    """Return a formula of x with a place for each other name in it."""
    free = {"x", "if", "else", "and", "or", "not", *KNOWN, *CONSTANTS}
    return _NAME.sub(lambda m: m[0] if m[0] in free else f"(\\V{{{m[0]}|data}})", formula)


def figures_in(text: str) -> Iterator[tuple[int, int, str, dict[str, str]]]:
    """Yield each figure of a text with values: where it is, its kind, and its parts by name."""
    for match in re.finditer(rf"{BEGIN}([a-z]+)", text):
        end = end_of_group(text, match.end())
        if end is not None:
            found = (_PART.match(part) for part in pieces(text, match.end(), end))
            parts = {part[1] + part[2]: _bare(part[3]) for part in found if part is not None}
            yield match.start(), end, match[1], parts


def end_of_group(text: str, start: int) -> int | None:
    r"""Return where the group that begins at a place has ended; None if it does not.

    >>> end_of_group(r"{a \} {b}} c", 0)
    10
    """
    depth = 0
    for found in re.finditer(r"\\.|[{}]", text[start:], re.DOTALL):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0] == "}":
            return start + found.end()
    return None


def pieces(text: str, start: int, end: int) -> Iterator[str]:
    """Yield the parts of a group, between commas that are in no brackets."""
    depth, begun = 0, start + 1
    for found in re.finditer(r"\\.|[{}()\[\],]", text[start + 1 : end - 1], re.DOTALL):
        depth += (found[0] in _OPENING) - (found[0] in _CLOSING)
        if depth == 0 and found[0] == ",":
            yield text[begun : start + 1 + found.start()]
            begun = start + 1 + found.end()
    if text[begun : end - 1].strip():
        yield text[begun : end - 1]


def _bare(value: str) -> str:
    """Return a part without the braces around all of it."""
    while value.startswith("{") and end_of_group(value, 0) == len(value):
        value = value[1:-1].strip()
    return value
