"""Several units behind a solidus: `W/m K` for W/(m K).

By the rules of SI only the first unit is below the line; many people mean all of them.

expected 3 W/(m*K)        3 W/m K       is also 3 W/(m K)         a person decides
expected 3 J/(kg*K)       3 J/kg°C      is also 3 J/(kg °C)       a person decides
expected 3 J/(kg*K)       3 (J/kg) K    is that only: its brackets say so
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading
from answers.ambiguities.units.glued_units import separate_units
from answers.ambiguities.units.unit_readings import readings_of_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_NAME = re.compile(r"[A-Za-zμΩ]+")
_MOST_GLUED = 20
_OCCURS = re.compile(r"/| per ", re.IGNORECASE)


def readings(text: str, setting: Setting) -> Iterator[Reading]:
    """Give the answer with all units behind its only solidus below the line."""
    if text.count("/") + text.lower().count(" per ") == 1 and "frac" not in text:
        yield from readings_of_unit(text, setting, _below)


def _below(unit: str, expected: str) -> Iterator[Reading]:
    glued = (reading.text for reading in islice(separate_units(unit, expected), _MOST_GLUED))
    for text in (unit, *glued):
        above, solidus, below = text.partition("/")
        if solidus and _is_open(above, below):
            yield Reading(
                f"{above}/({below})", is_settled=False, how=f"all of {below.strip()} below the line"
            )


def _is_open(above: str, below: str) -> bool:
    """Return whether there are several units below, and no bracket says how far that reaches."""
    stands_alone = above.count("(") == above.count(")")
    return stands_alone and len(_NAME.findall(below)) > 1 and not below.lstrip().startswith("(")


AMBIGUITY = Ambiguity(
    "solidus_units",
    frozenset({"quantity"}),
    readings,
    rank=45,
    occurs=_OCCURS,
)
