"""A prefix that stands apart from its unit: `3.2 m A`, `10 M Ω`, `5 k m`.

expected 10 kohm    10 k ohm    is 10 kohm         settled: there is no unit k
expected 3.2 mA     3.2 m A     is also 3.2 mA     a person decides: m is a metre, too
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading
from answers.ambiguities.units.unit_readings import readings_of_unit
from answers.numbers.unit_table import unit_table
from answers.numbers.units import find_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_OCCURS = re.compile(r"(?:^|[^A-Za-z])[A-Za-zμµ]{1,2}[ ~]+[A-Za-zΩ\\]")


@lru_cache(maxsize=1)
def _spaced() -> re.Pattern[str]:
    signs = "|".join(sorted(map(re.escape, unit_table().prefixes), key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-zμΩ°])({signs})\s+(?=([A-Za-zΩ]+))")


def _joined(unit: str, expected: str) -> Iterator[Reading]:  # noqa: ARG001 - as others are called
    """Give a unit with its prefixes before the units that may have them."""
    met = [
        found
        for found in _spaced().finditer(unit)
        if found[1] != found[2] and find_unit(found[1] + found[2])  # m m is a square
    ]
    new = unit
    for found in reversed(met):
        new = new[: found.start()] + found[1] + new[found.end() :]
    if met:
        is_settled = all(find_unit(found[1]) is None for found in met)
        yield Reading(new, is_settled, "the prefix before its unit")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    yield from readings_of_unit(text, setting, _joined)


AMBIGUITY = Ambiguity(
    "spaced_prefixes", frozenset({"quantity"}), _readings, rank=39, occurs=_OCCURS
)
