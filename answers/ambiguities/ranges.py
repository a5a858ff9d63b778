"""A range without brackets: `200 to 600`, `between -1 and 1`, `200–600`, `200..600`.

It takes the ends of the expected interval unless the question says that they matter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_END = r"(\(?[+-]?\(?\d[\d.,]*(?:[eE][+-]?\d+)?(?:\s*[*×·]\s*[\d^()./*-]+)?\)?(?:/\d+)?\)*)"
_TO = r"\s*(?:\.\.+|…|to|and|until|till|upto|up to|through|[-–—−~∼]|bis|und|ile|ve|a|→|->)\s*"
_RANGE = re.compile(
    r"\s*(?:from|between|in|(?:the )?range|within|von|zwischen|interval)?\s*[:=]?\s*"
    rf"[\[({{]?\s*{_END}"
    rf"(?:\s*[A-Za-z/]{{2,8}})??{_TO}{_END}\s*[\])}}]?\s*(?:arası|arasında|aralığı)?\s*\.?\s*",
    re.IGNORECASE,
)
_INFINITE = re.compile(r"\b(?:inf(?:inity)?|∞|oo)\b")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    if not setting.ends or setting.options.ends == "matter":
        return
    found = _RANGE.fullmatch(text)
    if found is None or "," in found[0]:
        return
    low, high = found.groups()
    opening, closing = setting.ends[0], setting.ends[1]
    yield Reading(f"{opening}{low}, {high}{closing}", is_settled=True, how="as a range")


AMBIGUITY = Ambiguity(
    "ranges",
    frozenset({"interval"}),
    _readings,
    rank=20,
)
