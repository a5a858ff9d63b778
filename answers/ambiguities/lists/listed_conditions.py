"""Conditions in a list, of which one holds: `x < 1, x > 2` for x < 1 or x > 2."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_BETWEEN = re.compile(r"\s*(?:[;\n]|,(?!\d))\s*(?=[^;,\n]*(?:[<>≤≥=≠⩽⩾]|\\[lg]e))")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:  # noqa: ARG001
    yield Reading(_BETWEEN.sub(" or ", text), is_settled=False, how="one of the conditions")


AMBIGUITY = Ambiguity(
    "listed_conditions",
    frozenset({"inequality", "interval"}),
    _readings,
    rank=63,
    occurs=_BETWEEN,
    signs=",;\n",
)
