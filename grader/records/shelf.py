"""Things that are put away on the disk, so that those of a class of any size fit in memory."""

from __future__ import annotations

import os
import pickle
import tempfile
import weakref
from array import array
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from examgen.ground.files import writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OPEN = 8  # things that are in memory since they were asked for last
T = TypeVar("T")


class Shelf(Generic[T]):
    """A file without a name that holds things, in order, as long as anybody needs them.

    Attributes:
        get: gives the thing with a number; it is not to be changed.

    Raises:
        ExamgenError: the disk is full.
    """

    def __init__(self, items: Iterable[T] = ()) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the shelf goes
        weakref.finalize(self, self._file.close)
        self._starts = array("Q")
        self.get = lru_cache(OPEN)(self._get)
        for item in items:
            self.put(item)

    def put(self, item: T) -> int:
        """Puts a thing on the shelf; gives its number, from 0."""
        with writing(Path(tempfile.gettempdir())):
            self._starts.append(self._file.seek(0, os.SEEK_END))
            pickle.dump(item, self._file)
        return len(self._starts) - 1

    def _get(self, number: int) -> T:
        with writing(Path(tempfile.gettempdir())):  # what waits in a buffer goes to the disk first
            self._file.seek(self._starts[number])
        item: T = pickle.load(self._file)  # noqa: S301 - our own file
        return item

    def __len__(self) -> int:
        return len(self._starts)

    def __iter__(self) -> Iterator[T]:
        return map(self.get, range(len(self)))
