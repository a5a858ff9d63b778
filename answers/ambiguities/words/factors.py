"""A factor in words or with its sign: `32x`, `x32`, `factor of 32`, `4068-fold`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_BEFORE = re.compile(
    r"\s*(?:(?:by|um|reduced|reduction|smaller|larger|a|an|the|is|of)\s+)*"
    r"(?:(?:factor|faktor|ratio|katsayı|kat)(?:\s+of|\s+is|\s*[:=])?\s*|[x×X]\s*(?=\d))",
    re.IGNORECASE,
)
_LESS = "fewer|less|more|smaller|larger|bigger|greater|lower|higher|faster|slower|cheaper|as|many"
_BEHIND = re.compile(
    rf"(?<=[\d)])\s*(?:[-‐–]?\s*fold|(?:[x×X]|times|mal|kat|kere|defa|fach|[-‐–]\s*times)"
    rf"(?:\s+(?:{_LESS}|than|much|reduction|speedup|parameters|weights|memory|daha|az|weniger"
    r"|mehr|küçük))*)\s*[.!]?\s*$",
    re.IGNORECASE,
)
_INVERTED = re.compile(
    r"\s*(?:a\s+)?(?:ratio|factor|oran)?\s*(?:of|is|[:=])?\s*1\s*(?::|to)\s*(\d+)\s*\.?\s*"
)
_OCCURS = re.compile(r"[A-Za-z×:]")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:  # noqa: ARG001
    if inverted := _INVERTED.fullmatch(text):
        yield Reading(inverted[1], is_settled=False, how="as a factor")
    before = _BEFORE.match(text)
    rest = text[before.end() :] if before else text
    bare = _BEHIND.sub("", rest)
    if bare != text and bare[-1:].isalnum() and any(map(str.isdigit, bare)):
        yield Reading(bare, is_settled=True, how="as a factor")


AMBIGUITY = Ambiguity(
    "factors", frozenset({"integer", "number"}), _readings, rank=15, occurs=_OCCURS, signs="a:"
)
