"""YAML with line numbers: read as text, checked by pydantic, every fault with its line.

All scalars stay text (`no` is a word, 1:30 is not a number of seconds, 0.1 is the decimal that was
written); the models say what they are. Aliases and duplicate keys are refused.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, TypeAlias, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from examgen.ground.errors import Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
Place: TypeAlias = "tuple[str | int, ...]"
AnyModel = TypeVar("AnyModel", bound="Strict")

MAX_CHARACTERS = 200_000
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # ten times as fast, where it is built


def listed(value: object) -> str:
    """A value of a file as one text: lists in brackets."""
    return "[" + ", ".join(map(listed, value)) + "]" if isinstance(value, list) else str(value)


class Strict(BaseModel):
    """A model of a file's content that knows all its keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def _models_at(start: type[Strict], loc: Place) -> set[type[Strict]]:
    """Return which models can be at a place of a file; a tag of a union is a place, too."""
    found = {start}
    for step in loc:
        fields = [m.model_fields[step] for m in found if step in m.model_fields]
        if fields:
            found = {model for field in fields for model in _models_in(field.annotation)}
    return found


def _models_in(annotation: object) -> Iterator[type[Strict]]:
    """Yield the models in an annotation, such as those of a list's items."""
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)


class Source:
    """The content of a YAML text, with the line of each place.

    Attributes:
        file: the name that faults carry.
        content: texts, lists and mappings.
        lines: the line of a place, such as ("answers", "size", "marks").
    """

    def __init__(self, text: str, file: str, first_line: int = 1) -> None:
        self.file = file
        self.first_line = first_line
        self.lines: dict[Place, int] = {}
        self.faults: list[Fault] = []
        self.content = self._read(text)
        if self.faults:
            raise InputError(self.faults)

    def _read(self, text: str) -> Plain:
        if len(text) > MAX_CHARACTERS:
            raise InputError([Fault(self.file, 1, "the file is too long", "split it")])
        try:
            node = yaml.compose(text, Loader=_LOADER)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = (mark.line if mark else 0) + self.first_line
            what = getattr(error, "problem", None) or "not valid YAML"
            raise InputError([Fault(self.file, line, str(what), "mend the YAML here")]) from error
        if not isinstance(node, yaml.MappingNode):
            raise InputError(
                [Fault(self.file, self.first_line, "no keys found", "write key: value")]
            )
        return self._plain(node, (), set())

    def _plain(self, node: yaml.Node, place: Place, above: set[int]) -> Plain:
        line = node.start_mark.line + self.first_line
        self.lines.setdefault(place, line)
        if id(node) in above or len(place) > 12:
            raise InputError([Fault(self.file, line, "nested too deeply", "write it flat")])
        inside = above | {id(node)}
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(item, (*place, i), inside) for i, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            found: dict[str, Plain] = {}
            for key, value in node.value:
                name = str(key.value)
                self.lines[(*place, name)] = key.start_mark.line + self.first_line
                if name in found:
                    self.fault((*place, name), f"{name!r} stands here twice", "keep one of them")
                found[name] = self._plain(value, (*place, name), inside)
            return found
        return str(node.value)

    def line(self, place: Place) -> int:
        """The line of a place, or of what surrounds it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, self.first_line)

    def fault(self, place: Place, what: str, fix: str) -> None:
        """Notes that something is wrong at a place."""
        self.faults.append(Fault(self.file, self.line(place), what, fix))

    def check(self) -> None:
        """Raises all faults noted so far."""
        if self.faults:
            raise InputError(sorted(self.faults))

    def model(self, kind: type[AnyModel]) -> AnyModel:
        """The content as a model.

        Raises:
            InputError: with every fault that pydantic finds.
        """
        try:
            return kind.model_validate(self.content)
        except ValidationError as error:
            for item in error.errors():
                self._note(kind, item["loc"], item["type"], item["msg"])
            raise InputError(sorted(self.faults)) from error

    def _note(self, kind_of_file: type[Strict], loc: Place, kind: str, message: str) -> None:
        place = tuple(part for part in loc if (isinstance(part, int) or part in self._keys()))
        name = str(loc[-1]) if loc else "the file"
        if kind == "missing":
            self.fault(
                place[:-1] if place and place[-1] == name else place,
                f"{name!r} is missing",
                "add it",
            )
        elif kind == "extra_forbidden":
            known = {
                key for model in _models_at(kind_of_file, loc[:-1]) for key in model.model_fields
            }
            near = difflib.get_close_matches(name, sorted(known), n=1)
            fix = f"did you mean {near[0]!r}?" if near else "remove it"
            self.fault(place, f"the key {name!r} is not known here", fix)
        else:
            self.fault(place, f"{name}: {message.removeprefix('Value error, ')}", "correct it")

    def _keys(self) -> set[str]:
        return {part for place in self.lines for part in place if isinstance(part, str)}
