"""YAML with line numbers: read as text, checked by pydantic, every fault with its line.

All scalars stay text (`no` is a word, 1:30 is not a number of seconds, 0.1 is the decimal that was
written); the models say what they are. Aliases and duplicate keys are refused.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, ClassVar, TypeAlias, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Tag, ValidationError
from pydantic_core import PydanticCustomError

from examgen.ground.errors import Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pydantic_core import ErrorDetails

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
Place: TypeAlias = "tuple[str | int, ...]"
AnyModel = TypeVar("AnyModel", bound="Strict")

MEND = "mend the YAML here; put text with brackets, commas or colons of its own in quotes"
MAX_CHARACTERS = 200_000
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # ten times as fast, where it is built


def format_value(value: object) -> str:
    """Return a value of a file as one text: lists in brackets."""
    return (
        "[" + ", ".join(map(format_value, value)) + "]" if isinstance(value, list) else str(value)
    )


class Strict(BaseModel):
    """A model of a file's content that knows all its keys.

    Attributes:
        called: what it is called where a key is not known.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    called: ClassVar[str] = ""


def wrong(what: str, fix: str) -> PydanticCustomError:
    """Return what a validator raises that says itself what is wrong, and what to do."""
    return PydanticCustomError("told", "{what}; {fix}", {"what": what, "fix": fix})


def _models_at(start: type[Strict], loc: Place) -> set[type[Strict]]:
    """Return which models can be at a place of a file; a tag of a union is a place, too."""
    found = {(start, "")}
    for step in loc:
        fields = [m.model_fields[step] for m, _ in found if step in m.model_fields]
        if of_tag := {(model, "") for model, tag in found if tag and tag == step}:
            found = of_tag
        elif fields:
            found = {pair for field in fields for pair in _models_in(field.annotation, "")}
    return {model for model, _ in found}


def _models_in(annotation: object, tag: str) -> Iterator[tuple[type[Strict], str]]:
    """Yield the models in an annotation, such as those of a list's items, with their tags."""
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        yield annotation, tag
    parts = get_args(annotation)
    own = next((part.tag for part in parts if isinstance(part, Tag)), tag)
    for part in parts:
        yield from _models_in(part, own)


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
            raise InputError([Fault(self.file, line, str(what), MEND)]) from error
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
                    self.fault((*place, name), f"{name!r} occurs twice here", "keep one of them")
                found[name] = self._plain(value, (*place, name), inside)
            return found
        return str(node.value)

    def line(self, place: Place) -> int:
        """Return the line of a place, or of what surrounds it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, self.first_line)

    def fault(self, place: Place, what: str, fix: str) -> None:
        """Note that something is wrong at a place."""
        self.faults.append(Fault(self.file, self.line(place), what, fix))

    def check(self) -> None:
        """Raise all faults noted so far."""
        if self.faults:
            raise InputError(sorted(self.faults))

    def names(self, *place: str) -> list[str]:
        """Return the keys at a place."""
        return [str(own[-1]) for own in self.lines if own and own[:-1] == place]

    def model(self, kind: type[AnyModel], one_by_one: tuple[str, ...] = ()) -> AnyModel:
        """Return the content as a model.

        Args:
            kind: of the model.
            one_by_one: keys of mappings in which an entry with faults is left out, so that what
                is wrong with the others is found, too.

        Raises:
            InputError: with every fault that pydantic finds.
        """
        try:
            return kind.model_validate(self.content)
        except ValidationError as error:
            for item in error.errors():
                self._note(kind, item)
            places = {item["loc"][:2] for item in error.errors()}
            if not all(len(place) > 1 and place[0] in one_by_one for place in places):
                raise InputError(sorted(set(self.faults))) from error
        return kind.model_validate(_without(self.content, places))

    def _note(self, kind_of_file: type[Strict], error: ErrorDetails) -> None:
        """Note a fault that pydantic found."""
        loc, place = error["loc"], self._place(error["loc"])
        names = [step for step in place if isinstance(step, str)]
        name = names[-1] if names else "the file"
        if error["type"] == "missing":
            self.fault(place, f"{str(loc[-1])!r} is missing", "add it")
        elif error["type"] == "told":
            self.fault(place, error["ctx"]["what"], error["ctx"]["fix"])
        elif error["type"] == "extra_forbidden":
            self.fault(place, *_unknown(str(loc[-1]), _models_at(kind_of_file, loc[:-1])))
        else:
            self.fault(place, f"{name}: {_said(error)}", "correct it")

    def _place(self, loc: Place) -> Place:
        """Return the place of the file; pydantic's own has tags of unions in it."""
        place: Place = ()
        for step in loc:
            place = (*place, step) if (*place, step) in self.lines else place
        return place


def _said(error: ErrorDetails) -> str:
    """Return what pydantic says is wrong, with what it found."""
    found = error["input"]
    if error["type"] in {"model_type", "dict_type"}:
        return f"expected names with values, as {{name: value}}, found {found!r}"
    what = error["msg"].removeprefix("Value error, ")
    is_new = isinstance(found, str) and repr(found) not in what
    return f"{what}, not {found!r}" if is_new else what


def _without(content: Plain, places: Collection[Place]) -> Plain:
    """Return a content without some entries of its mappings."""
    if not isinstance(content, dict):
        return content
    return {
        key: {name: item for name, item in value.items() if (key, name) not in places}
        if isinstance(value, dict)
        else value
        for key, value in content.items()
    }


def _unknown(name: str, models: Collection[type[Strict]]) -> tuple[str, str]:
    """Return what is wrong with a key that a model does not have, and what to do."""
    called = next((model.called for model in models if model.called), "")
    near = difflib.get_close_matches(
        name, sorted({key for m in models for key in m.model_fields}), n=1
    )
    fix = f"did you mean {near[0]!r}?" if near else "remove it"
    return f"{called} has no {name!r}" if called else f"the key {name!r} is not known here", fix
