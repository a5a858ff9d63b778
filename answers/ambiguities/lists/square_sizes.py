"""A square by both its sides or by one, a map with or without its one channel: `17x17` for 17.

Of a volume, the sides may be a power, and the depth in brackets: `17² x 3`, `17x17 (3)`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_SIDES = 2
_TIMES = r"\s*(?:[x×X*·]|by|\\times)\s*"
_SQUARE = re.compile(rf"(?<![\w.])(\d+){_TIMES}\1(?![\w.])")
_ONE_CHANNEL = re.compile(rf"{_TIMES}1\s*$|,\s*1\s*(?=[)\]]?\s*$)")
_SQUARED = re.compile(r"(?<![\w.])(\d+)\s*(?:²|\^\s*\{?\s*2\s*\}?(?!\d))")
_OCCURS = re.compile(rf"²|\^|{_TIMES}\d|,\s*1|\A\s*\d+\s*\Z|\(\d+\)")
_IN_BRACKETS = re.compile(r"(?<=\d)\s*\((\d+)\)\s*\.?\s*$")
_PLAIN = re.compile(r"\s*(\d+)\s*")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    if setting.kind == "shape" and setting.count == _SIDES:
        if (bare := _ONE_CHANNEL.sub("", text)) != text:
            yield Reading(bare, is_settled=False, how="the one channel left out")
        if side := _PLAIN.fullmatch(text):
            yield Reading(f"{side[1]}x{side[1]}", is_settled=False, how="the side of a square")
    elif setting.kind == "shape":
        for is_settled, how, other in (
            (True, "both sides of a square", _SQUARED.sub(r"\1x\1", text)),
            (False, "its depth in brackets", _IN_BRACKETS.sub(r"x\1", text)),
        ):
            if other != text:
                yield Reading(other, is_settled, how)
    elif (side_only := _SQUARE.sub(r"\1", text)) != text:
        yield Reading(side_only, is_settled=False, how="the side of a square")


AMBIGUITY = Ambiguity(
    "square_sizes",
    frozenset({"integer", "number", "shape", "list"}),
    _readings,
    rank=66,
    occurs=_OCCURS,
)
