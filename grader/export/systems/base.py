"""The record that says all there is to know of a system that grades are exported to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.export.book import Book, Made
    from grader.export.sheet import Sheet


@dataclass(frozen=True)
class Way:
    """A way to export: what is written, and which file of the system it takes, if any."""

    writes: str
    into: str = ""

    @property
    def says(self) -> str:
        """Return the way in a line of help."""
        return f"{self.writes} (--into: {self.into})" if self.into else self.writes


@dataclass(frozen=True)
class System:
    """A platform or a kind of file, and how its file is made.

    Attributes:
        name: what it is called after `--to`.
        ways: what is written, with which of its own files.
        rank: systems with a lower one are listed first.
        make: a file of our own; None where a file of the system is needed.
        fill: the system's own file with the grades in it; None where there is no such file.
        needs_answers: whether each answer goes along even without being asked for.
        may_wait: whether the format can say that marks wait for a person.
        refuses: options that have no place in it, as `--answers`, and why.
    """

    name: str
    ways: tuple[Way, ...]
    rank: int = 50
    make: Callable[[Book], Made] | None = None
    fill: Callable[[Book, Sheet], Made] | None = None
    needs_answers: bool = False
    may_wait: bool = False
    refuses: Mapping[str, str] = field(default_factory=dict)

    @property
    def takes(self) -> str:
        """Return the files of the system that can be filled, for messages."""
        return " or ".join(way.into for way in self.ways if way.into)
