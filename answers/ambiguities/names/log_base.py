"""A logarithm whose base is not said: `log(x)` for log10(x) or log2(x), `lg`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import MATHEMATICS, Ambiguity, Reading
from answers.syntax.functions.table import LN, LOG2, LOG10

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_LOG = re.compile(r"(?<![A-Za-z])\\?(?:log|lg)(?![A-Za-z0-9_])")
_OCCURS = re.compile(r"lo?g")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:  # noqa: ARG001
    for function in (LOG10, LOG2, LN):
        changed = _LOG.sub(f" {function.name} ", text)
        if changed != text:
            yield Reading(changed, is_settled=False, how=f"log as {function.name}")


AMBIGUITY = Ambiguity(
    "log_base",
    MATHEMATICS,
    _readings,
    rank=70,
    occurs=_OCCURS,
    signs="a",
)
