"""Numbers of one digit, written without anything between them: `4123` for `4, 1, 2, 3`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_GLUED = re.compile(r"\s*([0-9]+)\s*\.?\s*")
_DIGITS = re.compile(r"\(?\s*[0-9](?:\s*,\s*[0-9])+\s*\)?")
_FEWEST = 4  # fewer digits may be the number that answers another question


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    glued = _GLUED.fullmatch(text)
    is_row = glued is not None and len(glued[1]) == setting.count >= _FEWEST
    if glued is not None and is_row and _DIGITS.fullmatch(setting.expected.strip()):
        yield Reading(", ".join(glued[1]), is_settled=True, how="as a list of digits")


AMBIGUITY = Ambiguity(
    "glued_digits",
    frozenset({"list"}),
    _readings,
    rank=27,
    signs=frozenset("0123456789"),
)
