"""An equation without the name that it is solved for: `2x + 1` for y = 2x + 1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_COMPARED = re.compile(r"[=<>≤≥≠≈]|\\(?:[lgn]eq?|approx)(?![a-z])")
_NAMED = re.compile(r"\s*(\\?[^\W\d]\w*)\s*=[^=]+")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    named = _NAMED.fullmatch(setting.expected)
    if named and not _COMPARED.search(text):
        yield Reading(f"{named[1]} = {text}", is_settled=False, how=f"{named[1]} = put in front")


AMBIGUITY = Ambiguity("unnamed_sides", frozenset({"equation"}), _readings, rank=64)
