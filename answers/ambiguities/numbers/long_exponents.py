"""An exponent that has no brackets: `e^2x` for e^(2x), `a^-bt` for a^(-bt)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import SYMBOLIC, Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

# A number and an index are taken whole: behind ^10 there is one thing, and no bracket is missing.
_ATOM = (
    r"(?:\d++(?:\.\d++)?+|[A-Za-z](?:_(?:\{\w+\}|\d++|[A-Za-z][A-Za-z0-9]*+))?)"
    r"(?:\^(?:\d++|[^\W\d]))?"
)
_NEXT = rf"(?!\s(?:and|or)\b)\s?[*/]?\s?{_ATOM}"
_EXPONENT = re.compile(rf"(?:\^|\*\*)\s*([-−]?{_ATOM}(?:{_NEXT})+)(?!\w*\()")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:  # noqa: ARG001
    yield Reading(_EXPONENT.sub(r"^(\1)", text), is_settled=False, how="all behind the ^ above")


AMBIGUITY = Ambiguity("long_exponents", SYMBOLIC, _readings, rank=63, occurs=_EXPONENT, signs="^*")
