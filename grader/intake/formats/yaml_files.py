"""Submissions in YAML: the records of JSON, where every scalar is the text that was written.

Only the parser's events are used: no object is ever constructed, a tag is refused, and so are
anchors and aliases, with which a short file can stand for a huge one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from grader.intake.pairs import Pairs
from grader.intake.records import read_record
from grader.records.submissions import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.intake.pairs import Value
    from grader.intake.reading import Reading

MAX_DEPTH = 20
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class YamlFault(Exception):
    """The fault of a YAML text, with its line."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


def read_yaml(text: str, reading: Reading) -> None:
    """Take in the records of a YAML file: one a document, or a list of them."""
    try:
        for line, value in documents(text):
            read_record(line, value, reading)
    except YamlFault as error:
        what = f"this is not YAML that is read: {error}"
        reading.unreadable(error.line, what, "mend it; what comes before is graded")


def documents(text: str, *, foreign: bool = False) -> Iterator[tuple[int, Value]]:
    """Yield the documents of a YAML text with their lines; of a list, its elements.

    Args:
        text: the text.
        foreign: it was written by a platform, not by a student: tags are passed over, and an
            alias is the value it names (the same one, not a copy).

    Raises:
        YamlFault: the text is not YAML, or holds what is refused.
    """
    builder = _Builder(foreign=foreign)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            yield from builder.add(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise YamlFault(
            mark.line + 1 if mark else 1, getattr(error, "problem", None) or "it cannot be read"
        ) from error


@dataclass
class _Open:
    """A mapping or list that has begun; of a mapping, the name whose value comes next."""

    line: int
    value: Pairs | list[Value]
    name: str | None = None


class _Builder:
    """Builds values from events with a stack of its own, so that depth costs no recursion."""

    def __init__(self, *, foreign: bool) -> None:
        self._foreign = foreign
        self._stack: list[_Open] = []
        self._anchors: dict[str, Value] = {}

    def add(self, event: yaml.Event) -> Iterator[tuple[int, Value]]:
        """Take an event; gives a document, or an element of its list, when it is complete."""
        line = event.start_mark.line + 1 if event.start_mark else 1
        match event:
            case yaml.AliasEvent():
                self._check(line, event.anchor)
                yield from self._put(line, self._anchors.get(event.anchor or ""))
            case yaml.ScalarEvent():
                self._check(line, event.anchor, event.tag)
                if event.anchor:
                    self._anchors[event.anchor] = event.value
                yield from self._put(line, event.value)
            case yaml.CollectionStartEvent():
                self._check(line, event.anchor, event.tag)
                self._begin(line, event)
            case yaml.CollectionEndEvent():
                ended = self._stack.pop()
                if self._stack or isinstance(ended.value, Pairs):
                    yield from self._put(ended.line, ended.value)
            case _:
                return

    def _begin(self, line: int, event: yaml.CollectionStartEvent) -> None:
        if len(self._stack) >= MAX_DEPTH:
            raise YamlFault(line, "it is nested too deeply")
        value: Pairs | list[Value] = Pairs() if isinstance(event, yaml.MappingStartEvent) else []
        if event.anchor:
            self._anchors[event.anchor] = value
        self._stack.append(_Open(line, value))

    def _put(self, line: int, value: Value) -> Iterator[tuple[int, Value]]:
        if not self._stack:
            yield line, value
            return
        top = self._stack[-1]
        if not isinstance(top.value, Pairs):
            if len(self._stack) == 1:
                yield line, value
            else:
                top.value.append(value)
        elif top.name is not None:
            top.value.append((top.name, value))
            top.name = None
        elif isinstance(value, str):
            top.name = value
        else:
            raise YamlFault(line, "a name must be a text")

    def _check(self, line: int, anchor: str | None, tag: str | None = None) -> None:
        if self._foreign:
            return
        if anchor:
            raise YamlFault(line, "anchors and aliases are refused")
        if tag and tag != "!":
            raise YamlFault(line, f"the tag {excerpt(tag)} is refused")
