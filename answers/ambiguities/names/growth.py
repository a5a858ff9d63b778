r"""An order of growth in its own notation: `O(n log n)`, `\Theta(5n)`, for what it bounds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import SYMBOLIC, Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_GROWTH = re.compile(
    r"\s*(?:.{1,20}?(?:=|∈|\\in)\s*)?(?:\\?(?:mathcal|mathrm)\s*\{\s*O\s*\}|O|\\?Theta|Θ|θ|\\?Omega|Ω|o)"
    r"\s*(?:\\left)?\((.+?)(?:\\right)?\)\s*\.?\s*"
)
_COEFFICIENT = re.compile(r"\s*\d+(?:[./]\d+)?\s*[*·]?\s*(?=[A-Za-z\\(])")
_OCCURS = re.compile(r"(?:[OoΘθΩa}])\s*(?:\\left)?\(")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:  # noqa: ARG001
    found = _GROWTH.fullmatch(text)
    if found is None:
        return
    yield Reading(found[1], is_settled=False, how="an order of growth")
    bare = _COEFFICIENT.sub("", found[1], count=1)
    if bare != found[1]:
        yield Reading(bare, is_settled=False, how="an order of growth")


AMBIGUITY = Ambiguity(
    "growth",
    SYMBOLIC,
    _readings,
    rank=65,
    occurs=_OCCURS,
    signs="(",
)
