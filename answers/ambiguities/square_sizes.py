"""A square by both its sides or by one, a map with or without its one channel: `17x17` for 17."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_TIMES = r"\s*(?:[x×X*·]|by|\\times)\s*"
_SQUARE = re.compile(rf"(?<![\w.])(\d+){_TIMES}\1(?![\w.])")
_ONE_CHANNEL = re.compile(rf"{_TIMES}1\s*$|,\s*1\s*(?=[)\]]?\s*$)")
_PLAIN = re.compile(r"\s*(\d+)\s*")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    if setting.kind == "shape":
        if (bare := _ONE_CHANNEL.sub("", text)) != text:
            yield Reading(bare, is_settled=False, how="the one channel left out")
        if (side := _PLAIN.fullmatch(text)) and setting.count > 1:
            sides = "x".join([side[1]] * setting.count)
            yield Reading(sides, is_settled=False, how="the side of a square")
    elif (side_only := _SQUARE.sub(r"\1", text)) != text:
        yield Reading(side_only, is_settled=False, how="the side of a square")


AMBIGUITY = Ambiguity(
    "square_sizes", frozenset({"integer", "number", "shape", "list"}), _readings, rank=66
)
