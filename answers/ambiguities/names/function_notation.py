"""A name with what it depends on: `H(x) - x` for `H - x`, `f(x) = x^2` for `y = x^2`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import SYMBOLIC, Ambiguity, Reading
from answers.syntax.functions.table import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_APPLIED = re.compile(r"(?<![A-Za-z0-9_\\])([A-Za-z]\w*'?)\s*\(\s*([A-Za-z]\w*)\s*\)")
_DEFINED = re.compile(r"\s*[A-Za-z]\w*\s*\(\s*[A-Za-z]\w*\s*\)\s*=(?!=)")
_SOLVED = re.compile(r"\s*([A-Za-z]\w*)\s*=")
_OCCURS = re.compile(r"[A-Za-z]\w*'?\s*\(")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    changed = _APPLIED.sub(lambda found: _bare(found, setting.names), text)
    if changed != text:
        yield Reading(changed, is_settled=False, how="a name with what it depends on")
    solved = _SOLVED.match(setting.expected) if setting.kind == "equation" else None
    if solved and _DEFINED.match(text):
        renamed = _DEFINED.sub(f"{solved[1]} =", text)
        yield Reading(renamed, is_settled=False, how="a function for its value")


def _bare(found: re.Match[str], names: frozenset[str]) -> str:
    is_name = found[1] in names and found[1] not in FUNCTIONS
    return f" {found[1]} " if is_name else found[0]


AMBIGUITY = Ambiguity(
    "function_notation",
    SYMBOLIC,
    _readings,
    rank=58,
    occurs=_OCCURS,
    signs="(",
)
