"""Lists whose elements are named or worked out: `BN 48, LN 4`, `step 1: 0.375`, `112/2 = 56`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading
from answers.ambiguities.chains import is_label, sides_of
from answers.ambiguities.lists.name_order import in_order
from answers.ambiguities.wording import may_change
from answers.kinds.stated_value import value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_SEPARATOR = re.compile(r"\s*(?:;|,(?!\d{3}(?!\d))|\n)\s*")
_VALUE = re.compile(r"[-+−]?\(?\d[\d.,/^*()+-]*$")
_REFUSED = re.compile(r"\b(?:or|oder|veya)\b", re.IGNORECASE)
# Words and their numbers; a sign of arithmetic or of comparison makes another thing of the value.
_LABEL = re.compile(r"[^\d=+*/<>≠≤≥≢~^!|-]*(?:\s\d{1,2}|[^\W\d_]_?\d{1,2})?\s*[:=]?\s*")
_OCCURS = re.compile(r"[A-Za-z=]")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    inner = text.strip().removeprefix("(").removesuffix(")")
    elements = [element for element in _SEPARATOR.split(inner) if element]
    if len(elements) != setting.count or setting.count < 2:
        return
    if "=" in text:
        yield from _worked(elements, setting)
    if any(map(str.isalpha, inner)) and not _REFUSED.search(inner):
        yield from _labelled(elements, setting)


def _worked(elements: list[str], setting: Setting) -> Iterator[Reading]:
    """Give the last side of each element, where its sides are equal."""
    rows = [sides_of(element) for element in elements]
    if not all(sides and _is_equal(sides) for sides in rows):
        return
    names = ["".join(side for side in sides[:-1] if value_of(side) is None) for sides in rows]
    values = [sides[-1] for sides in rows]
    is_plain = all(is_label(side) for sides in rows for side in sides if value_of(side) is None)
    yield from in_order(names, values, setting, "the value of each element", is_plain=is_plain)


def _is_equal(sides: list[str]) -> bool:
    return len({value for value in map(value_of, sides) if value is not None}) <= 1


def _labelled(elements: list[str], setting: Setting) -> Iterator[Reading]:
    """Give the number at the end of each element, where words are before it."""
    found = [_VALUE.search(element) for element in elements]
    values = [each[0] for each in found if each]
    if len(values) < len(elements):
        return
    labels = [e[: v.start()] for e, v in zip(elements, found, strict=True) if v]
    if all(map(_LABEL.fullmatch, labels)):
        is_plain = not any(map(may_change, labels)) and _are_alike(labels)
        how = "without the labels"
        for reading in in_order(labels, values, setting, how, is_plain=is_plain):
            yield replace(reading, is_whole=False)


def _are_alike(labels: list[str]) -> bool:
    """Return whether all elements have labels, or the row has one at its start."""
    labelled = [bool(label.strip()) for label in labels]
    return all(labelled) or not any(labelled[1:])


AMBIGUITY = Ambiguity(
    "element_labels", frozenset({"list", "set"}), _readings, rank=24, occurs=_OCCURS, signs="a="
)
