"""Lists and sets of single signs without what separates them: `2413`, `B A D C`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_FEWEST = 4  # fewer digits may be the number that answers another question
_SIGNS = re.compile(r"[A-Za-z0-9](?:\s*[A-Za-z0-9])*")
_OCCURS = re.compile(r"\A[A-Za-z0-9\s]+[.\s]*\Z")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    """Give the signs as elements; a few digits may be a number, so a person looks at them."""
    written = text.strip().rstrip(".").strip()
    signs = "".join(written.split())
    if not _SIGNS.fullmatch(signs) or len(signs) != setting.count:
        return
    expected = setting.expected.strip("(){}[] ").split(",")
    if all(len(element.strip()) == 1 for element in expected):
        is_row = setting.kind == "list" and len(signs) >= _FEWEST and signs == written
        yield Reading(", ".join(signs), is_row or signs.isalpha(), "as a list of single signs")


AMBIGUITY = Ambiguity(
    "glued_elements", frozenset({"list", "set"}), _readings, rank=23, occurs=_OCCURS
)
