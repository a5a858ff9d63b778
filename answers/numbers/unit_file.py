"""The file of units: its sections and rows, and what is wrong with them, each with its line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from examgen.ground.errors import Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Row: TypeAlias = Mapping[str, str | int]
    Section: TypeAlias = Mapping[str, Row]
    Lines: TypeAlias = Mapping[tuple[str, str], int]

FILE = Path(__file__).with_name("units.toml")
LANGUAGES = ("en", "de", "tr")
UNIT_FIELDS = ("is", "measures", "zero", "prefixes")
_WORDS = frozenset(LANGUAGES)
_FIELDS = {
    "prefixes": _WORDS | {"power", "also"},
    "binary_prefixes": _WORDS | {"power", "like"},
    "units": _WORDS | {*UNIT_FIELDS, "also", "spelled"},
    "currencies": _WORDS | {"signs", "spelled"},
    "amounts": _WORDS | {"power", "also"},
}
# Sections of which each row is one text.
_SIMPLE = frozenset({"spellings", "words"})
_NEEDED = {"prefixes": ("power",), "binary_prefixes": ("power", "like"), "amounts": ("power",)}
_PREFIXES = ("SI", "SI, binary")
_SECTION = re.compile(r"\[(\w+)\]")
_KEY = re.compile(r'"?([^"=\s]+)"?\s*=')
# A symbol or word that can be found in an answer.
_NAME = re.compile(r"[A-Za-zμΩÅ]+|°[CFK]?|[%‰]")


def read_rows(text: str) -> tuple[dict[str, Section], Lines]:
    """Read the sections of a file of units, and the line of each row by section and name.

    Raises:
        InputError: the text is no TOML, or has fields or names that cannot be.
    """
    import tomllib  # noqa: PLC0415 - most answers have no unit

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else len(text.splitlines())
        raise InputError([fault(line, str(error), "write it as the rows beside it")]) from error
    lines = _lines(text)
    if faults := sorted(_faults(data, lines)):
        raise InputError(faults)
    return data, lines


def list_names(row: Row, *fields: str) -> list[str]:
    """Return the names that some fields of a row list."""
    texts = (str(row[field]) for field in fields if field in row)
    return [name for text in texts for name in text.split(", ")]


def fault(line: int, what: str, fix: str) -> Fault:
    """Return a fault in a line of the file."""
    return Fault(f"answers/numbers/{FILE.name}", line, what, fix)


def _lines(text: str) -> Lines:
    lines, section = {}, ""
    for number, line in enumerate(text.splitlines(), 1):
        if found := _SECTION.match(line):
            section = found[1]
            lines[section, ""] = number
        elif found := _KEY.match(line):
            lines[section, found[1]] = number
    return lines


def _faults(data: Mapping[str, object], lines: Lines) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for section, rows in data.items():
        if (section not in _FIELDS and section not in _SIMPLE) or not isinstance(rows, dict):
            what = f"there is no section [{section}]"
            fix = f"use one of {', '.join(sorted({*_FIELDS, *_SIMPLE}))}"
            yield fault(lines.get((section, ""), lines.get(("", section), 1)), what, fix)
            continue
        for name, row in rows.items():
            for what, fix in _row_faults(section, name, row, owners):
                yield fault(lines.get((section, name), 1), f"{name}: {what}", fix)


def _row_faults(
    section: str, name: str, row: object, owners: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Give what is wrong with a row, and what to do about it."""
    if section in _SIMPLE:
        if not isinstance(row, str):
            yield "names with commas between are expected", f'write {name} = "..."'
        return
    if not isinstance(row, dict):
        yield "fields in braces are expected", f"write {name} = {{ ... }}"
        return
    if unknown := sorted(row.keys() - _FIELDS[section]):
        yield f"there is no field {unknown[0]!r}", f"use {', '.join(sorted(_FIELDS[section]))}"
    for field in _NEEDED.get(section, ()):
        if field not in row:
            yield f"its {field} is missing", "write it as the rows beside it do"
    for field, value in row.items():
        if type(value) is not (int if field == "power" else str):
            wanted = "a whole number" if field == "power" else "a text in quotes"
            yield f"{field} = {value!r} is found where {wanted} is expected", f"write {wanted}"
            return
    if section == "units":
        yield from _unit_faults(name, row, owners)


def _unit_faults(symbol: str, row: Row, owners: dict[str, str]) -> Iterator[tuple[str, str]]:
    if ("is" in row) == ("measures" in row):
        yield "one of `is` and `measures` is expected", "say what it is in other units"
    if row.get("prefixes", "SI") not in _PREFIXES:
        yield f"prefixes = {row['prefixes']!r} are not known", f"use {' or '.join(_PREFIXES)}"
    for name in (symbol, *list_names(row, "also", "spelled")):
        if (other := owners.setdefault(name, symbol)) != symbol:
            yield f"{name!r} is the unit {other!r} already", "remove it from one of them"
    for name in (symbol, *list_names(row, "also", "spelled", *LANGUAGES)):
        if not _NAME.fullmatch(name):
            yield f"{name!r} cannot be read as one name", "use letters, with commas between names"
