"""The types of what is in question and exam files, for reading and for the JSON Schema.

A file is read as text, lists and mappings. An editor that checks it against the schema sees the
numbers and truth values of YAML, so that a text may be written as one.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema

from examgen.ground.errors import DerivationError
from examgen.yaml_files.located_yaml import wrong
from solvers.graph.number import parse_number

_T = TypeVar("_T")
_SCALAR = {"type": ["string", "number", "boolean"]}
_SPACE = re.compile(r"(\d{1,3}) ?(mm|cm)")


def exact(value: object) -> Fraction:
    """Return a number or a percentage, exactly."""
    try:
        text = str(value)
        return parse_number(text[:-1]) / 100 if text.endswith("%") else parse_number(text)
    except DerivationError as error:
        raise ValueError(str(error)) from error


def _exact_or(value: object, other: int) -> Fraction:
    try:
        return exact(value)
    except ValueError:
        return Fraction(other)


def _marks(value: object) -> Fraction:
    marks = _exact_or(value, 0)
    if marks <= 0:
        raise wrong("the marks are missing or not positive", "write marks: 4")
    return marks


def _signed(value: object) -> Fraction:
    marks = _exact_or(value, 0)
    if not marks:
        raise wrong("the marks are missing or no number", "write marks: 4, or -1 for a mistake")
    return marks


def _share(value: object) -> Fraction:
    share = _exact_or(value, -1)
    if not 0 <= share <= 1:
        raise wrong(f"expected a share from 0 to 1, found {value!r}", "write 0.5 or 50%")
    return share


def _words(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _listed(value: object, info: ValidationInfo) -> object:
    if isinstance(value, dict):
        name = info.field_name
        raise wrong(f"{name}: expected a list", f"write {name}: [one, another]")
    return _words(value)


def _value(value: object, info: ValidationInfo) -> object:
    if isinstance(value, dict):
        what = f"{info.field_name}: expected a value or a list of values, found names"
        raise wrong(what, "write it without a colon, or in quotes")
    return value


def _named(value: object, info: ValidationInfo) -> object:
    if not isinstance(value, dict):
        fix = f"write {info.field_name}: {{name: ...}}, each under a name of its own"
        raise wrong(f"{info.field_name}: holds no names", fix)
    return value


def _millimetres(value: object, info: ValidationInfo) -> object:
    size = _SPACE.fullmatch(value) if isinstance(value, str) else None
    if size is None:
        name = info.field_name
        raise wrong(f"{name}: expected a length, found {value!r}", f"write {name}: 40 mm, or 4 cm")
    return int(size[1]) * (10 if size[2] == "cm" else 1)


_NUMBER = WithJsonSchema({"type": ["number", "string"], "examples": [4, "1/2"]})
_PART = WithJsonSchema({"type": ["number", "string"], "examples": [0.5, "50%"]})
Text = Annotated[str, WithJsonSchema(_SCALAR)]
Switch = Annotated[bool, WithJsonSchema({"enum": [True, False, "yes", "no"]})]
Exact = Annotated[Fraction, BeforeValidator(exact), _NUMBER]
Positive = Annotated[Exact, Field(gt=0)]
Marks = Annotated[Fraction, BeforeValidator(_marks), _NUMBER]
SignedMarks = Annotated[Fraction, BeforeValidator(_signed), _NUMBER]
Share = Annotated[Fraction, BeforeValidator(_share), _PART]
Words = Annotated[
    tuple[str, ...], BeforeValidator(_words, json_schema_input_type=Text | list[Text])
]
Listed = Annotated[
    tuple[str, ...], BeforeValidator(_listed, json_schema_input_type=Text | list[Text])
]
Given = Annotated[
    str | list[object],
    BeforeValidator(_value, json_schema_input_type=Text | list[Text | list[object]]),
]
GivenOrNamed = str | list[Text] | dict[str, Text]
Named = Annotated[dict[str, _T], BeforeValidator(_named)]
Millimetres = Annotated[
    int, BeforeValidator(_millimetres), WithJsonSchema({"type": "string", "examples": ["40 mm"]})
]
