"""Lists whose elements are named or worked out: `BN 48, LN 4`, `step 1: 0.375`, `112/2 = 56`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import LETTERS, Ambiguity, Reading
from answers.chains import sides_of
from answers.errors import Unreadable
from answers.exact import TooLarge, exact_value
from answers.reading.grammar import read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from answers.ambiguities.base import Setting

_SEPARATOR = re.compile(r"\s*(?:;|,(?!\d{3}(?!\d))|\n)\s*")
_VALUE = re.compile(r"[-+−]?\(?\d[\d.,/^*()+-]*$")
_NAMED = re.compile(r"\s*\\?[^\W\d_]")
_REFUSED = re.compile(r"\b(?:or|not|oder|nicht|veya|değil)\b", re.IGNORECASE)
_LABEL = re.compile(r"[^\d=]*(?:\s\d{1,2}|[^\W\d_]\d{1,2})?\s*[:=]?\s*")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    inner = text.strip().removeprefix("(").removesuffix(")")
    elements = [element for element in _SEPARATOR.split(inner) if element]
    if len(elements) != setting.count or setting.count < 2:
        return
    worked = [_stated(element) for element in elements]
    if "=" in text and None not in worked:
        row = ", ".join(side for side in worked if side)
        is_whole = not any(map(_NAMED.match, elements))
        yield Reading(row, is_settled=True, how="the value of each element", is_whole=is_whole)
    labelled = [_VALUE.search(element) for element in elements]
    if (
        any(map(str.isalpha, inner))
        and not _REFUSED.search(inner)
        and all(
            found and _LABEL.fullmatch(element[: found.start()])
            for found, element in zip(labelled, elements, strict=True)
        )
    ):
        row = ", ".join(found[0] for found in labelled if found)
        yield Reading(row, is_settled=True, how="without the labels", is_whole=False)


def _stated(element: str) -> str | None:
    """The last side of an element whose sides are equal; None where they are not."""
    sides = sides_of(element)
    values = {value for value in map(_value, sides) if value is not None}
    return sides[-1] if sides and len(values) <= 1 else None


def _value(side: str) -> Fraction | None:
    try:
        return exact_value(read(side))
    except (Unreadable, TooLarge, ZeroDivisionError):
        return None


AMBIGUITY = Ambiguity(
    "element_labels", frozenset({"list", "set"}), _readings, rank=24, signs=LETTERS | frozenset("=")
)
