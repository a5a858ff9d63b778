"""Kilo, mega, giga of bytes and bits: by 1000 as they are read, or by 1024 as many people count.

The option `prefixes` settles it: `either` takes both, `decimal` only the first, `binary` makes
1024 the plain reading. A small `mb` is a megabyte where bytes are expected, which a person decides.

expected 3211264 B    3.0625 MB     is also 3.0625 MiB    settled with prefixes=either
expected 1.18 MB      1.18 mb       is also 1.18 MB       a person decides
expected 1.18 MB      1.18 Mb       is megabits only
expected 1.18 MB      1.18 M        is also 1.18 MB       a person decides
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading
from answers.ambiguities.units.unit_readings import readings_of_unit, unit_or_none
from answers.numbers.byte_names import by_1024, with_capitals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_PREFIX_ONLY = re.compile(r"[kKMGT]")
_BYTES = frozenset({"B", "Bps"})


def readings(text: str, setting: Setting) -> Iterator[Reading]:
    """Give the answer with its prefixes by 1024, and with small letters as bytes."""
    unit = unit_or_none(setting.unit) if setting.unit else None
    if unit is None or "information" not in dict(unit.dimension):
        return
    counts_bytes = not _BYTES.isdisjoint(name.partition(" ")[2] for name, _ in unit.parts)
    prefixes = setting.options.prefixes

    def other(tail: str, _: str) -> Iterator[Reading]:
        capital = with_capitals(tail) if counts_bytes else tail
        if capital != tail:
            yield Reading(capital, is_settled=False, how="small letters as bytes")
        if counts_bytes and _PREFIX_ONLY.fullmatch(tail):
            for name in (f"{_kilo(tail)}B", f"{tail.upper()}iB"):
                yield Reading(name, is_settled=False, how=f"{tail} as {name}")
            return
        by_thousands = prefixes in {"decimal", "binary"}
        for written in () if by_thousands else dict.fromkeys((tail, capital)):
            if (binary := by_1024(written)) != written:
                is_settled = prefixes == "either" and written == tail
                yield Reading(binary, is_settled, "prefixes by 1024")

    yield from readings_of_unit(text, setting, other)


def _kilo(prefix: str) -> str:
    return "k" if prefix == "K" else prefix


AMBIGUITY = Ambiguity("byte_prefixes", frozenset({"quantity"}), readings, rank=40)
