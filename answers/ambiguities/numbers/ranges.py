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

_END = r"(?:\(?[+-]?\(?\d[\d.,]*(?:[eE][+-]?\d+)?(?:\s*[*×·]\s*[\d^()./*-]+)?\)?(?:/\d+)?\)*?)"
_TO = (
    r"\s*(?:\.\.+|…|to|(?P<pair>and|und|ile|ve|/)|until|till|upto|up to|through"
    r"|[-–—−~∼]|bis|a|→|->)\s*"
)
_RANGE = re.compile(
    r"\s*(?P<between>(?:from|between|in|(?:the )?range|within|von|zwischen|interval)\b)?\s*[:=]?\s*"
    rf"(?P<open>[\[({{]?)\s*(?P<low>{_END})(?:\s*(?P<unit>[A-Za-z/]{{2,8}}))??{_TO}"
    rf"(?P<high>{_END})\s*(?P<close>[\])}}]?)\s*(?P<among>arası|arasında|aralığı)?\s*\.?\s*",
    re.IGNORECASE,
)


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    if "," in text or not setting.ends or setting.options.ends == "matter":
        return
    found = _RANGE.fullmatch(text)
    if found is None:
        return
    low, high = found["low"], found["high"]
    if found["open"] == "(" and high.count(")") > high.count("("):
        high = high.removesuffix(")")
    text = f"{setting.ends[0]}{low}, {high}{setting.ends[1]}"
    yield Reading(text, _is_settled(found, setting), how="as a range")


def _is_settled(found: re.Match[str], setting: Setting) -> bool:
    """Return whether two numbers are surely a range, with no ends of its own."""
    nouns = {word.casefold() for noun in setting.options.nouns for word in noun.split()}
    has_own_ends = {found["open"], found["close"]} - {"", *setting.ends}
    is_pair = found["pair"] and not (found["between"] or found["among"])
    unit = (found["unit"] or "").casefold()
    return not has_own_ends and not is_pair and (not unit or unit in nouns)


AMBIGUITY = Ambiguity(
    "ranges",
    frozenset({"interval"}),
    _readings,
    rank=20,
)
