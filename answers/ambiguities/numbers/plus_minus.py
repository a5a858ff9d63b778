r"""Intervals by their middle: `1 ± 0.25`, `1 +/- 0.25`, `1 \pm 0.25`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_NUMBER = r"\d+(?:\.\d+)?(?:/\d+)?"
_MIDDLE = re.compile(rf"(-?{_NUMBER})\s*(?:±|\+\s?/?\s?-|\\pm)\s*({_NUMBER})\.?")
_OCCURS = re.compile(r"±|\+\s?/?\s?-|\\pm")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    """Give the interval with the ends of the key; only a closed one is meant without doubt."""
    found = _MIDDLE.fullmatch(text.strip(" $"))
    if found and setting.ends:
        left, right = setting.ends[0], setting.ends[-1]
        interval = f"{left}{found[1]} - {found[2]}, {found[1]} + {found[2]}{right}"
        yield Reading(interval, setting.ends == "[]", "by its middle")


AMBIGUITY = Ambiguity("plus_minus", frozenset({"interval"}), _readings, rank=62, occurs=_OCCURS)
