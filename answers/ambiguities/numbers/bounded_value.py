"""An interval as a condition on what lies in it: `0 < tanh'(x) <= 1`, `f(x) in [0, 1]`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading
from answers.ambiguities.wording import may_change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_SIGN = r"(<=|>=|=<|=>|≤|≥|<|>|\\leq?(?![a-z])|\\geq?(?![a-z])|\\lt(?![a-z])|\\gt(?![a-z]))"
# A letter, or a function of something: what it is does not matter, only its bounds.
_VALUE = r"\\?[A-Za-zα-ω]\w*'*(?:_\{?\w+\}?)?'*\s*(?:\([^()<>]*\))?"
_OCCURS = re.compile(r"[<>≤≥]|\\[lg]|(?:∈|in|between)\s*[\[(\]]")
_BETWEEN = re.compile(rf"\s*([^<>≤≥=]+?)\s*{_SIGN}\s*{_VALUE}\s*{_SIGN}\s*([^<>≤≥=]+)")
_WITHIN = re.compile(rf"\s*{_VALUE}\s*(?:∈|\\in(?![a-z])|(?:lies |is )?in|between)\s*(?=[\[(\]])")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:  # noqa: ARG001
    if between := _BETWEEN.fullmatch(text):
        low, first, second, high = between.groups()
        yield Reading(f"{low} {first} x {second} {high}", is_settled=True, how="as its bounds")
    if within := _WITHIN.match(text):
        is_settled = not may_change(within[0].replace("∈", "in"))
        yield Reading(text[within.end() :], is_settled, how="as its bounds")


AMBIGUITY = Ambiguity(
    "bounded_value",
    frozenset({"interval"}),
    _readings,
    rank=21,
    occurs=_OCCURS,
    signs="a<>\\",
)
