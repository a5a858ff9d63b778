r"""Equations that are wider than the page: rows that break before a sign."""

from __future__ import annotations

import re
from itertools import accumulate

_LONG_ROOT = re.compile(r"(\S+) \\sqrt\{(.*)\}")
_LONG_FRACTION = re.compile(r"(\S+) \\frac\{(.*)\}\{([^{}]*)\}")
_FRACTION = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}")
_SILENT = re.compile(r"\\(?:(?:left|right|mathrm|mathit|operatorname|text)(?![a-z])|,)")
_LAYOUT = re.compile(r"[{}^_ ]")
_COMMAND = re.compile(r"\\[A-Za-z]+")
_SIGN = re.compile(r" (?=[+-] )")
_DOT = re.compile(r" (?=\\cdot )")


def break_equation(line: str, widest: int) -> list[str]:
    r"""Return the rows of an equation, each about as wide as so many letters or less.

    A root or fraction around all of it becomes a power or a factor of brackets that can break.

    >>> break_equation("= 10 + 200 + 3000", 8)
    ['= 10 + 200', '\\quad + 3000']
    >>> break_equation(r"= \frac{10 + 200 + 3000}{3}", 8)
    ['= \\frac{1}{3} \\bigl(10', '\\quad + 200', '\\quad + 3000\\bigr)']
    """
    if width(line) <= widest:
        return [line]
    line = _opened(line)
    for sign in (_SIGN, _DOT):
        pieces = _pieces(line, sign)
        if len(pieces) > 1:
            line = line.replace(r"\left(", r"\bigl(").replace(r"\right)", r"\bigr)")
            return _rows(_pieces(line, sign), widest)
    return [line]


def _opened(line: str) -> str:
    """Return a row with a root or fraction around all of it, written with brackets instead."""
    root, fraction = _LONG_ROOT.fullmatch(line), _LONG_FRACTION.fullmatch(line)
    if root is not None and _is_balanced(root[2]):
        inner = _opened(f"{root[1]} {root[2]}").removeprefix(f"{root[1]} ")
        return rf"{root[1]} \bigl({inner}\bigr)^{{1/2}}"
    if fraction is not None and _is_balanced(fraction[2]):
        return rf"{fraction[1]} \frac{{1}}{{{fraction[3]}}} \bigl({fraction[2]}\bigr)"
    return line


def width(latex: str) -> int:
    r"""Return about how many letters wide a formula is.

    >>> width(r"\frac{12 + x}{3} \cdot \mathrm{kg}")
    7
    """
    text = _FRACTION.sub(lambda found: max(found[1], found[2], key=len), latex)
    return len(_LAYOUT.sub("", _COMMAND.sub("x", _SILENT.sub("", text))))


def _is_balanced(text: str) -> bool:
    depths = list(accumulate((char == "{") - (char == "}") for char in text))
    return min(depths, default=0) >= 0 and depths[-1:] in ([], [0])


def _pieces(line: str, sign: re.Pattern[str]) -> list[str]:
    """Return the line cut before each sign that is in no braces."""
    depth = list(accumulate((char == "{") - (char == "}") for char in line))
    cuts = [0, *(found.start() for found in sign.finditer(line) if not depth[found.start()])]
    return [line[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(line)], strict=True)]


def _rows(pieces: list[str], widest: int) -> list[str]:
    rows = [pieces[0]]
    for piece in pieces[1:]:
        if width(rows[-1]) + width(piece) <= widest:
            rows[-1] += f" {piece}"
        else:
            rows.append(rf"\quad {piece}")
    return rows
