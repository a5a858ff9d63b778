r"""Intervals by their middle: `1 ± 0.25`, `1 +/- 0.25`, `1 \pm 0.25`, `1 ± 25%`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_NUMBER = r"\d+(?:\.\d+)?(?:/\d+)?"
_MIDDLE = re.compile(rf"(-?{_NUMBER})\s*(?:±|\+\s?/?\s?-|\\pm)\s*({_NUMBER})\s*(\\?%)?\.?")
_SIZE = re.compile(rf"(?:±|\+\s?/?\s?-|\\pm)\s*({_NUMBER})\.?")
_OCCURS = re.compile(r"±|\+\s?/?\s?-|\\pm")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    """Give the interval with the ends of the key; only a closed one is meant without doubt."""
    if setting.ends and (around := _SIZE.fullmatch(text.strip(" $"))):
        interval = f"{setting.ends[0]}-{around[1]}, {around[1]}{setting.ends[-1]}"
        yield Reading(interval, is_settled=False, how="around 0")
    found = _MIDDLE.fullmatch(text.strip(" $"))
    if found and setting.ends:
        left, right = setting.ends[0], setting.ends[-1]
        middle, size = found[1], f"{found[2]}/100*{found[1]}" if found[3] else found[2]
        interval = f"{left}{middle} - {size}, {middle} + {size}{right}"
        yield Reading(interval, setting.ends == "[]" and not found[3], "by its middle")


AMBIGUITY = Ambiguity(
    "plus_minus", frozenset({"interval"}), _readings, rank=62, occurs=_OCCURS, signs="+\\"
)
