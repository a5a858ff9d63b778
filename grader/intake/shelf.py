"""Answers on the disk while they are taken in, so that a class of any size fits in memory."""

from __future__ import annotations

import os
import pickle
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from grader.files import writing
from grader.submissions import Given

OPEN = 8  # submissions that are read again and again while they are compared


class Shelf:
    """A file without a name that holds answers as long as anybody needs them."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the last of its answers
        weakref.finalize(self, self._file.close)
        self.read = lru_cache(OPEN)(self._read)

    def put(self, answers: Mapping[str, Given]) -> Mapping[str, Given]:
        """The same answers, which are read from the disk when they are needed.

        Raises:
            ExamgenError: the disk is full.
        """
        if isinstance(answers, _Shelved):
            return answers
        with writing(Path(tempfile.gettempdir())):
            place = self._file.seek(0, os.SEEK_END)
            pickle.dump(dict(answers), self._file)
        return _Shelved(self, place)

    def _read(self, place: int) -> Mapping[str, Given]:
        with writing(Path(tempfile.gettempdir())):  # what waits in the buffer goes first
            self._file.seek(place)
        found: Mapping[str, Given] = pickle.load(self._file)  # noqa: S301 - our own file
        return found


class _Shelved(Mapping[str, Given]):
    """The answers of a submission, on a shelf."""

    __slots__ = ("_place", "_shelf")

    def __init__(self, shelf: Shelf, place: int) -> None:
        self._shelf, self._place = shelf, place

    def __getitem__(self, name: str) -> Given:
        return self._shelf.read(self._place)[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._shelf.read(self._place))

    def __len__(self) -> int:
        return len(self._shelf.read(self._place))

    def __repr__(self) -> str:
        return repr(dict(self))

    def __reduce__(self) -> tuple[type[dict[str, Given]], tuple[dict[str, Given]]]:
        return dict, (dict(self),)
