"""Gradescope: its export of submissions, in which `submission_metadata.yml` names the senders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.intake.pairs import Pairs
from grader.intake.platforms.base import Platform, fold_header
from grader.intake.times import read_time
from grader.records.register import Person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.intake.pairs import Value
    from grader.intake.platforms.base import Sent

_EXPORT = "export the submissions instead"
_REFUSED = (
    ({"question submission id"}, "Gradescope's evaluations"),
    ({"total score", "max points"}, "Gradescope's scores"),
)


def _refused(cells: Sequence[str]) -> tuple[str, str] | None:
    names = set(map(fold_header, cells))
    return next(((what, _EXPORT) for signs, what in _REFUSED if signs <= names), None)


def _senders(value: Value) -> Iterator[tuple[str, Sent]]:
    for name, entry in value if isinstance(value, Pairs) else ():
        yield str(name), _submitters(entry)


def _submitters(entry: Value) -> Sent:
    if not isinstance(entry, Pairs):
        return (), None
    people, time = entry.get(":submitters"), entry.get(":created_at")
    found = people if isinstance(people, list) and not isinstance(people, Pairs) else []
    when = read_time(time) if isinstance(time, str) else None
    return tuple(_person(item) for item in found if isinstance(item, Pairs)), when


def _person(item: Pairs) -> Person:
    def text(name: str) -> str:
        value = item.get(name)
        return value.strip() if isinstance(value, str) else ""

    also = (text(":email"),) if text(":email") else ()
    return Person(text(":sid"), also, text(":name"))


PLATFORM = Platform(
    "Gradescope", refused=_refused, metadata="submission_metadata.yml", senders=_senders
)
