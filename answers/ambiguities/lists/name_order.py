"""The order that names of elements say: x1 before x2, height before width, first before second.

>>> places_of(["x2", "x1"]), places_of(["width", "channels"]), places_of(["gamma", "beta"])
((2, 1), (1, 2), None)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from answers.ambiguities.base import Setting

_DIMENSIONS = {
    word: place
    for place, row in enumerate((
        "h height heights high tall row rows hout h_out yükseklik satır höhe zeilen",
        "w width widths wide column columns col cols wout w_out genişlik sütun breite spalten",
        (
            "c channel channels d depth deep f filter filters maps cout c_out c_in kanal derinlik"
            " kanäle tiefe"
        ),
    ))
    for word in row.split()
}  # fmt: skip
_ORDINALS = {
    word: place
    for row in (
        "zeroth first second third fourth fifth sixth seventh eighth ninth tenth",
        "sıfırıncı birinci ikinci üçüncü dördüncü beşinci altıncı",
        "nullte erste zweite dritte vierte fünfte sechste",
    )
    for place, word in enumerate(row.split())
}
_WORD = re.compile(r"[^\W\d_]+")
_INDEXED = re.compile(r"(.*?)[\s_({\[#]*(\d+)[\s)}\]]*(?:st|nd|rd|th|\.)?(.*)", re.DOTALL)
_LETTER = re.compile(r"(.*?)([^\W\d_])", re.DOTALL)


def in_order(
    names: Sequence[str], values: Sequence[str], setting: Setting, how: str, *, is_plain: bool
) -> Iterator[Reading]:
    """Give a row of values, and as their names order them where they are in another order.

    Args:
        names: of the values.
        values: as they are written.
        setting: the question.
        how: the difference to what was written.
        is_plain: the names say nothing else; where they may, a person decides.
    """
    mark = "x" if setting.kind == "shape" else ", "
    is_settled = is_plain and are_in_order(names)
    yield Reading(mark.join(values), is_settled, how)
    places = places_of(names)
    if places is not None and len(places) == len(values) and not are_in_order(names):
        ordered = [value for _, value in sorted(zip(places, values, strict=True))]
        yield Reading(mark.join(ordered), is_settled=False, how=f"{how}, in their order")


def are_in_order(names: Sequence[str]) -> bool:
    """Return whether elements are in the order that their names say, if these say one."""
    places = places_of(names)
    return places is None or list(places) == sorted(places)


def places_of(names: Sequence[str]) -> tuple[int, ...] | None:
    """Return the places that names say; None where they say none."""
    bare = [name.strip(" \t\n\\:=,;()[]{}$-–").casefold() for name in names]
    if len(bare) < 2 or len(set(bare)) == 1:
        return None
    return _dimensions(bare) or _indices(bare) or _ordinals(bare) or _letters(bare)


def _dimensions(names: list[str]) -> tuple[int, ...] | None:
    places = [_DIMENSIONS.get(name, -1) for name in names]
    return None if -1 in places else tuple(places)


def _indices(names: list[str]) -> tuple[int, ...] | None:
    """Return the numbers in names that are otherwise alike: layer 1, layer 2."""
    found = [_INDEXED.fullmatch(name) for name in names]
    stems = {(each[1].strip(), each[3].strip()) for each in found if each}
    if None in found or len(stems) != 1:
        return None
    return tuple(int(each[2]) for each in found if each)


def _ordinals(names: list[str]) -> tuple[int, ...] | None:
    places = [
        [_ORDINALS[word] for word in _WORD.findall(name) if word in _ORDINALS] for name in names
    ]
    return tuple(each[0] for each in places) if all(len(each) == 1 for each in places) else None


def _letters(names: list[str]) -> tuple[int, ...] | None:
    """Return the places of letters in the alphabet that follow each other, behind equal names."""
    found = [_LETTER.fullmatch(name) for name in names]
    if None in found or len({each[1] for each in found if each}) != 1:
        return None
    places = tuple(ord(each[2]) for each in found if each)
    is_run = sorted(places) == list(range(min(places), min(places) + len(places)))
    return places if is_run else None
