"""A quotient whose denominator has no brackets: `(N + K^2)/NK^2`, `1/2x`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import SYMBOLIC, Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

# A number and an index are taken whole: behind /10 there is one thing, and no bracket is missing.
_ATOM = (
    r"(?:\d++(?:\.\d++)?+|[A-Za-z](?:_(?:\{\w+\}|\d++|[A-Za-z][A-Za-z0-9]*+))?|\([^()]*\))"
    r"(?:\^(?:\d++|[^\W\d]|\([^()]*\)|\{[^{}]*\}))?"
)
_DENOMINATOR = re.compile(rf"/\s*({_ATOM}(?:(?!\s*(?:and|or)\b)\s*{_ATOM})+)")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:  # noqa: ARG001
    held = _DENOMINATOR.sub(r"/(\1)", text)
    if held != text:
        yield Reading(held, is_settled=False, how="all behind the slash below it")


AMBIGUITY = Ambiguity(
    "solidus",
    SYMBOLIC,
    _readings,
    rank=62,
    occurs=_DENOMINATOR,
    signs="/",
)
