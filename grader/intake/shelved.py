"""The answers of a submission, on a shelf until they are needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from grader.records.shelf import Shelf
from grader.records.submissions import Given

AnswerShelf: TypeAlias = Shelf[dict[str, Given]]


def shelved(answers: Mapping[str, Given], shelf: AnswerShelf) -> Mapping[str, Given]:
    """The same answers, which are read from the disk when they are needed."""
    if isinstance(answers, _Shelved):
        return answers
    return _Shelved(shelf, shelf.put(dict(answers)))


class _Shelved(Mapping[str, Given]):
    __slots__ = ("_number", "_shelf")

    def __init__(self, shelf: AnswerShelf, number: int) -> None:
        self._shelf, self._number = shelf, number

    def __getitem__(self, name: str) -> Given:
        return self._shelf.get(self._number)[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._shelf.get(self._number))

    def __len__(self) -> int:
        return len(self._shelf.get(self._number))

    def __repr__(self) -> str:
        return repr(dict(self))

    def __reduce__(self) -> tuple[type[dict[str, Given]], tuple[dict[str, Given]]]:
        return dict, (dict(self),)  # a marking process has no shelf
