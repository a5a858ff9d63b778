r"""Quotes, boxes and words around an answer, which are taken off before it is read.

>>> unwrap(r"The final answer is **$\boxed{12}$**,"), unwrap("x = 5.")
('12', 'x = 5.')
"""

from __future__ import annotations

import re

# An answer that begins and ends with none of these is by itself.
_FIRST = frozenset("\"'`*#“$\\∴⇒")
_LAST = frozenset(",;")
_QUOTED = re.compile(r"""(["'`])([^"'`]+)\1\.?|“([^“”]+)”\.?""")
_STRESSED = re.compile(r"(\*\*?)(.+?)\1")
_FORMULA = re.compile(
    r"\$\$?([^$]*)\$\$?\.?|\\\(((?:(?!\\\)).)*)\\\)\.?|\\\[((?:(?!\\\]).)*)\\\]\.?"
)
_BOX = re.compile(r"\\(?:boxed|fbox|framebox)\s*(?=\{)")
_BOXES = re.compile(r"(\\boxed\s*\{[^{}]*\})\s*(?=\\boxed)")
_HEADING = re.compile(r"#+\s+|(?:∴|⇒|\\(?:therefore|implies|Rightarrow)(?![a-z]))\s*")
_PHRASE = re.compile(
    r"(?:\\text\s*\{\s*)?(?:(?:therefore|thus|hence|so)[\s,]+)?(?:(?:the|my|our)\s+)?"
    r"(?:final\s+|correct\s+)?(?:answers?|ans|solutions?(?:\s+set)?|result|domain|range)\s*"
    r"(?:(?:is|are)(?![a-z])|[:=])\s*:?\s*\}?\s*",
    re.IGNORECASE,
)
_IN_SIGNS = {
    **dict.fromkeys(("empty set", "the empty set", "no solution", "no solutions"), "{}"),
    **dict.fromkeys(("all real numbers", "all reals", "all real", "the real numbers"), "ℝ"),
}


def unwrap(text: str) -> str:
    """Return an answer without quotes, boxes, emphasis and words such as `the answer is`."""
    text = _BOXES.sub(r"\1, ", text.strip()) if text.count("\\boxed") > 1 else text.strip()
    while text and (text[:2].isalpha() or text[0] in _FIRST or text[-1] in _LAST):
        inner = _peeled(text).strip()
        if not inner or inner == text:
            break
        text = inner
    return text


def set_in_signs(text: str) -> str:
    """Return a set that is named in words in signs: `no solution` is `{}`."""
    return _IN_SIGNS.get(text.strip(" .").lower(), text) if text[:1].isalpha() else text


def _peeled(text: str) -> str:
    """Return the text with one layer less."""
    if text[-1] in _LAST:
        return text if text[-2:-1] in {"\\", ",", ";"} else text[:-1]
    first = text[0]
    if first.isalpha():
        return _PHRASE.sub("", text, count=1) if _PHRASE.match(text) else text
    if first == "*":
        return _STRESSED.sub(r"\2", text, count=1)
    if quoted := _QUOTED.fullmatch(text):
        return quoted[2] or quoted[3]
    if first == "#" or first in "∴⇒" or text.startswith(("\\th", "\\im", "\\R")):
        return _HEADING.sub("", text, count=1)
    if first in "$\\" and (inner := _FORMULA.fullmatch(text)):
        return next(group for group in inner.groups() if group is not None)
    box = _BOX.match(text) if first == "\\" else None
    if box is not None:
        return _boxed(text, box.end())
    return _PHRASE.sub("", text, count=1) if _PHRASE.match(text) else text


def _boxed(text: str, start: int) -> str:
    """Return the content of a box, if the box is all there is."""
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] == "{") - (text[at] == "}")
        if not depth:
            return text if text[at + 1 :].strip(" .") else text[start + 1 : at]
    return text
