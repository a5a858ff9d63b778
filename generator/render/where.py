"""Find the place in a question file of a line that TeX complains of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.texts.figures.listings import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from generator.variants.paper import Part

BACK = 12  # TeX notices some faults at the end of a paragraph
_PLACE = re.compile(r"(?:\./)?paper\.tex:(\d+):")


def locate_message(message: str, source: str, parts: Sequence[Part]) -> str:
    """Return a message of TeX with the question's file and line in the place of TeX's own.

    Args:
        message: with `paper.tex:LINE:` in it; another one stays as it is.
        source: what TeX was given.
        parts: of the paper that it holds.
    """
    found = _PLACE.search(message)
    if found is None:
        return message
    place = place_of(int(found[1]), source, parts)
    rest = re.sub(rf"\s*l\.{found[1]}\b\s*", " near ", message[found.end() :]).rstrip()
    return f"{message[: found.start()]}{place}:{rest}" if place else message


def place_of(number: int, source: str, parts: Sequence[Part]) -> str:
    """Return the file and line of a question that a line of TeX's source came from; else empty."""
    lines = source.splitlines()[max(0, number - BACK) : number]
    for line in reversed(lines):
        matches = [(len(text), place) for text, place in _written(parts) if _is_from(line, text)]
        if matches:
            return max(matches)[1]
    return ""


def place_among(first: int, last: int, source: str, parts: Sequence[Part]) -> str:
    """Return the file and line of the first line of a question between two of TeX's; else empty."""
    lines = source.splitlines()[max(0, first - 1) : last]
    places = (place_of(1, line, parts) for line in lines)
    return next(filter(None, places), "")


def _is_from(line: str, text: str) -> bool:
    """Return whether a line of TeX's source is a line of a question, or begins or ends with it."""
    return bool(text) and (line.strip() == text or (len(text) > 2 and text in line))


def _written(parts: Iterable[Part]) -> Iterator[tuple[str, str]]:
    """Yield each line that an author wrote, up to an answer's field, and its place."""
    for part in parts:
        for text, first in ((part.body, part.line), (part.solution, part.solution_line)):
            for number, line in enumerate(WRITTEN.sub("", text).splitlines(), first):
                yield line.partition("\\answer")[0].strip(), f"{part.file}:{number}"
