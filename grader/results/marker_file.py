"""The facts about those who mark, beside the results: written as marks come in, for reports."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from examgen.ground.errors import Fault, InputError
from examgen.ground.files import read_regular, write_whole

if TYPE_CHECKING:
    from pathlib import Path

MARKERS = "markers.json"


@dataclass(frozen=True)
class MarkedTwice:
    """The agreement of two people on an answer, or on one criterion of it.

    Attributes:
        name: `2b.why`, `2b.why 1` for its first criterion, or `all`.
        says: what the criterion says.
        is_low: whether a kappa is below 0.6.
    """

    name: str
    says: str
    count: int
    same: float
    shift: float
    is_low: bool
    kappa: float | None = None
    weighted: float | None = None
    interval: tuple[float, float] | None = None
    weighted_interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Drifted:
    """The change of the marks that somebody gave, from the first answer to the last."""

    by: str
    count: int
    change: float
    interval: tuple[float, float]
    is_certain: bool


@dataclass(frozen=True)
class MarkerFile:
    """The content of the file."""

    agreement: tuple[MarkedTwice, ...] = ()
    drift: tuple[Drifted, ...] = ()


def write_marker_file(found: MarkerFile, folder: Path) -> None:
    """Write the file into a folder of results."""
    write_whole(folder / MARKERS, _adapter().dump_json(found, indent=1).decode() + "\n")


def read_marker_file(folder: Path) -> MarkerFile:
    """Read the file of a folder of results; where nobody marked, it is empty.

    Raises:
        InputError: it is damaged.
    """
    if not (folder / MARKERS).exists():
        return MarkerFile()
    content = read_regular(folder / MARKERS)
    if isinstance(content, Fault):
        raise InputError([content])
    try:
        return _adapter().validate_json(content.raw)
    except ValidationError as error:
        fix = "take it away; examgen mark writes it again"
        raise InputError([Fault(content.name, 1, "it is damaged", fix)]) from error


@cache
def _adapter() -> TypeAdapter[MarkerFile]:
    return TypeAdapter(MarkerFile)
