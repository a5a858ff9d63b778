"""Units without a sign between them: `3 ms⁻¹` for 3 m/s, `0.013 Tm/A`, `J/kgK`.

A prefix is written like a unit, so that `ms` is a millisecond before it is a metre-second. An
exponent belongs to the last unit, and what is glued behind a solidus is below it.

expected 3 m/s          3 ms⁻¹        is also 3 m s⁻¹           a person decides
expected 3 W/(m*K)      3 W/mK        is also 3 W/(m K)         a person decides
expected 0.013 T*m/A    0.013 Tm/A    is 0.013 T m/A            settled: nobody writes terametres
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading
from answers.ambiguities.units.unit_readings import is_plain, readings_of_unit, unit_or_none
from answers.numbers.units import find_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_RUN = re.compile(
    r"(?<![A-Za-zμΩ°])([A-Za-zμΩ]{2,12})"
    r"((?:\s*(?:\^|\*\*)\s*(?:\(\s*[+-]?\d+\s*\)|[+-]?\d+)|[+-]?\d+)?)"
)
_OCCURS = re.compile(r"[A-Za-z]{2}|[^\x00-\x7f]")
_NAME = re.compile(r"[A-Za-zμΩ]+")
# Prefixes that are never set before these units, as far as they are units themselves.
_UNUSED = frozenset({"Tm", "Ts", "TA", "TK", "Tmol", "Tcd", "hs", "hA", "hK", "hmol", "hcd", "hC"})
_MOST_CHOICES, _MOST_TRIES = 24, 200


def readings(text: str, setting: Setting) -> Iterator[Reading]:
    """Give the answer with signs put between the units that are written as one name."""
    if not is_plain(text, setting):
        yield from readings_of_unit(text, setting, separate_units)


def separate_units(unit: str, expected: str) -> Iterator[Reading]:
    """Give a unit, written in signs, with names parted into several units.

    >>> [r.text for r in separate_units("ms^-1", "m/s")]
    ['(m*s^-1)']
    """
    known = frozenset(_NAME.findall(expected))
    runs = list(_RUN.finditer(unit))[:8]
    choices = [[None, *_splits(run[1], known)] for run in runs]
    for chosen in islice(product(*choices), _MOST_TRIES):
        parted = [run[1] for run, split in zip(runs, chosen, strict=True) if split]
        if not parted:
            continue
        new = _joined(unit, runs, chosen)
        is_settled = set(parted) <= _UNUSED and unit_or_none(unit) is not None
        yield Reading(new, is_settled, f"{', '.join(parted)} as several units")


def _joined(
    unit: str, runs: list[re.Match[str]], chosen: tuple[tuple[str, ...] | None, ...]
) -> str:
    out, at = "", 0
    for run, split in zip(runs, chosen, strict=True):
        out += unit[at : run.start()] + (f"({'*'.join(split)}{run[2]})" if split else run[0])
        at = run.end()
    return out + unit[at:]


@lru_cache(maxsize=1_024)
def _splits(run: str, known: frozenset[str]) -> list[tuple[str, ...]]:
    """Return the ways to part a name into different units, those of the expected unit first."""
    found = [split for split in _parts(run) if len(split) > 1 and len(set(split)) == len(split)]
    return sorted(found, key=lambda split: (len(set(split) - known), len(split)))[:_MOST_CHOICES]


@lru_cache(maxsize=1_024)
def _parts(run: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways to read a name as symbols of units in a row, itself among them."""
    found: list[tuple[str, ...]] = [(run,)] if find_unit(run) is not None else []
    for end in range(1, len(run)):
        if find_unit(run[:end]) is not None:
            found += [(run[:end], *rest) for rest in _parts(run[end:])]
    return tuple(found)


AMBIGUITY = Ambiguity(
    "glued_units",
    frozenset({"quantity"}),
    readings,
    rank=40,
    occurs=_OCCURS,
)
