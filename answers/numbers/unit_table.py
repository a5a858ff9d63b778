"""The table of units, read from `units.toml` when the first unit is met.

The file explains its rows. Faults in it are raised all at once, each with its line.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from examgen.ground.errors import Fault, InputError
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Row: TypeAlias = Mapping[str, str | int]

FILE = Path(__file__).with_name("units.toml")
_LANGUAGES = ("en", "de", "tr")
_WORDS = frozenset(_LANGUAGES)
_OF_UNITS = ("is", "measures", "zero", "prefixes")
_FIELDS = {
    "prefixes": _WORDS | {"power", "also"},
    "binary_prefixes": _WORDS | {"power", "like"},
    "units": _WORDS | {*_OF_UNITS, "also", "spelled"},
    "currencies": _WORDS | {"signs", "spelled"},
    "amounts": _WORDS | {"power", "also"},
}
_PREFIXES = ("", "SI", "SI, binary")
_POWERS = frozenset({"prefixes", "binary_prefixes", "amounts"})
_SIMPLE = frozenset({"spellings", "words"})
_SECTION = re.compile(r"\[(\w+)\]")
_KEY = re.compile(r'"?([^"=\s]+)"?\s*=')
# A symbol or word that can be found in an answer.
_NAME = re.compile(r"[A-Za-zμΩÅ]+|°[CFK]?|[%‰]")


@record
class Prefix:
    """A prefix: how large it is, and whether it stands before bits and bytes alone."""

    size: Fraction
    is_binary: bool = False


@record
class UnitRow:
    """One unit as the file defines it.

    Attributes:
        symbol: the first of its symbols.
        is_: what it is in other units; empty for a base unit.
        measures: the dimension of a base unit.
        zero: where its scale begins, in other units; empty at 0.
        prefixes: the kinds of prefixes that it has, as the file names them.
        line: of the file.
    """

    symbol: str
    is_: str = ""
    measures: str = ""
    zero: str = ""
    prefixes: str = ""
    line: int = 0

    def takes(self, prefix: Prefix) -> bool:
        """Return whether it may have a prefix."""
        return "binary" in self.prefixes if prefix.is_binary else bool(self.prefixes)


@record
class UnitTable:
    """All units and what is written beside them.

    Attributes:
        rows: the units by symbol.
        spelled: symbols by other spellings; capitals matter.
        words: symbols by words in small letters.
        lowered: symbols of three letters or more by their small letters, where one unit has them.
        prefixes: by sign, in the order in which they are tried.
        prefix_words: by words in small letters.
        thousands: the binary prefix that a decimal one stands for, by sign and by word.
        money: currencies by sign and by word in small letters; the first is the usual one.
        currencies: their codes.
        amounts: powers of ten by words for amounts of money.
    """

    rows: dict[str, UnitRow]
    spelled: dict[str, str]
    words: dict[str, str]
    lowered: dict[str, str]
    prefixes: dict[str, Prefix]
    prefix_words: dict[str, Prefix]
    thousands: dict[str, str]
    money: dict[str, list[str]]
    currencies: frozenset[str]
    amounts: dict[str, int]

    def symbol(self, name: str) -> str:
        """Return the symbol of a unit that is given by symbol, spelling or word."""
        return self.spelled.get(name) or self.words.get(name.lower(), name)


@lru_cache(maxsize=1)
def unit_table() -> UnitTable:
    """Return the table of the file.

    Raises:
        InputError: the file has faults.
    """
    return read_table(FILE.read_text("utf-8"))


def read_table(text: str) -> UnitTable:
    r"""Read a table of units; errors as for `unit_table`.

    >>> table = read_table('[units]\nm = { measures = "length", prefixes = "SI", en = "meter" }')
    >>> table.rows["m"].measures, table.words["meter"]
    ('length', 'm')
    """
    data, lines = _parsed(text), _lines(text)
    if faults := list(_faults(data, lines)):
        raise InputError(sorted(faults))
    units = data.get("units", {})
    money = data.get("currencies", {})
    rows = {
        symbol: _unit_row(first, row, lines["units", first])
        for first, row in units.items()
        for symbol in (first, *_listed(row, "also"))
    } | {code: UnitRow(code, measures=code, prefixes="SI") for code in money}
    spelled = {
        name: symbol
        for symbol, row in {**units, **money}.items()
        for name in _listed(row, "spelled")
    } | _inverted(data.get("spellings", {}))
    money_words = _by_word(money)
    plurals = {f"{word}s": code for word, code in money_words.items()}
    words = plurals | money_words | _inverted(data.get("words", {})) | _by_word(units)
    return UnitTable(
        rows=rows,
        spelled=spelled,
        words=words,
        lowered=_lowered(rows, spelled),
        prefixes=dict(_prefixes(data, "also")),
        prefix_words=dict(_prefixes(data, *_LANGUAGES)),
        thousands=dict(_thousands(data)),
        money=_money(money),
        currencies=frozenset(money),
        amounts={
            name.lower(): int(row["power"])
            for first, row in data.get("amounts", {}).items()
            for name in (first, *_listed(row, "also", *_LANGUAGES))
        },
    )


def fault_in(row: UnitRow, what: str) -> InputError:
    """Return the error for a definition that cannot be used."""
    fix = "write a number and units that the file defines, as in '1000 kg m/s^2'"
    return InputError([_fault(row.line, f"the unit {row.symbol!r}: {what}", fix)])


# -- reading ---------------------------------------------------------------------------------------


def _parsed(text: str) -> dict[str, dict[str, Row]]:
    import tomllib  # noqa: PLC0415 - most answers have no unit

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        fault = _fault(int(found[1]) if found else 1, str(error), "write it as the rows beside it")
        raise InputError([fault]) from error


def _lines(text: str) -> dict[tuple[str, str], int]:
    """Return the line of each row by section and name."""
    lines, section = {}, ""
    for number, line in enumerate(text.splitlines(), 1):
        if found := _SECTION.match(line):
            section = found[1]
            lines[section, ""] = number
        elif found := _KEY.match(line):
            lines[section, found[1]] = number
    return lines


def _unit_row(symbol: str, row: Row, line: int) -> UnitRow:
    is_, measures, zero, prefixes = (str(row.get(name, "")) for name in _OF_UNITS)
    return UnitRow(symbol, is_, measures, zero, prefixes, line)


def _listed(row: Row, *fields: str) -> list[str]:
    """Return the names that some fields of a row list."""
    listed = (str(row[field]) for field in fields if field in row)
    return [name for names in listed for name in names.split(", ")]


def _inverted(section: Mapping[str, object]) -> dict[str, str]:
    return {name: unit for unit, names in section.items() for name in str(names).split(", ")}


def _by_word(section: Mapping[str, Row]) -> dict[str, str]:
    """Return symbols by their words, the first that has a word."""
    found: dict[str, str] = {}
    for symbol, row in section.items():
        for word in _listed(row, *_LANGUAGES):
            if " " not in word:
                found.setdefault(word, symbol)
    return found


def _lowered(rows: Mapping[str, UnitRow], spelled: Mapping[str, str]) -> dict[str, str]:
    """Return the symbols by their small letters, but not where those are another unit's, too."""
    owners: dict[str, set[str]] = {}
    for name, owner in [*((name, row.symbol) for name, row in rows.items()), *spelled.items()]:
        owners.setdefault(name.lower(), set()).add(owner)
    longer = {name.lower(): name for name in rows if len(name) > 2}
    return {low: name for low, name in longer.items() if len(owners[low]) == 1}


def _prefixes(data: Mapping[str, Mapping[str, Row]], *fields: str) -> Iterator[tuple[str, Prefix]]:
    for section, base in (("prefixes", 10), ("binary_prefixes", 1024)):
        for sign, row in data.get(section, {}).items():
            prefix = Prefix(Fraction(base) ** int(row["power"]), base == 1024)
            names = _listed(row, *fields)
            yield from ((name, prefix) for name in (names if "en" in fields else (sign, *names)))


def _thousands(data: Mapping[str, Mapping[str, Row]]) -> Iterator[tuple[str, str]]:
    decimal = data.get("prefixes", {})
    for sign, row in data.get("binary_prefixes", {}).items():
        like = str(row["like"])
        yield like, sign
        yield like.upper(), sign
        words = _listed(decimal.get(like, {}), "en"), _listed(row, "en")
        yield from zip(*words, strict=False)


def _money(section: Mapping[str, Row]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, row in section.items():
        for sign in (code, *_listed(row, "signs", "spelled", *_LANGUAGES)):
            found.setdefault(sign.lower(), []).append(code)
    return found


# -- faults ----------------------------------------------------------------------------------------


def _fault(line: int, what: str, fix: str) -> Fault:
    return Fault(f"answers/numbers/{FILE.name}", line, what, fix)


def _faults(data: Mapping[str, object], lines: Mapping[tuple[str, str], int]) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for section, rows in data.items():
        if section not in _FIELDS and section not in _SIMPLE:
            what = f"there is no section [{section}]"
            yield _fault(lines.get((section, ""), 1), what, f"use one of {', '.join(_FIELDS)}")
        for name, row in rows.items() if isinstance(rows, dict) else ():
            for what, fix in _row_faults(section, name, row, owners):
                yield _fault(lines.get((section, name), 1), f"{name}: {what}", fix)


def _row_faults(
    section: str, name: str, row: object, owners: dict[str, str]
) -> Iterator[tuple[str, str]]:
    if section in _SIMPLE:
        if not isinstance(row, str):
            yield "names with commas between are expected", f'write {name} = "..."'
        return
    if not isinstance(row, dict):
        yield "fields in braces are expected", f"write {name} = {{ ... }}"
        return
    if unknown := sorted(row.keys() - _FIELDS.get(section, row.keys())):
        yield f"there is no field {unknown[0]!r}", f"use {', '.join(sorted(_FIELDS[section]))}"
    for field, value in row.items():
        wanted = int if field == "power" else str
        if type(value) is not wanted:
            kind = "a whole number" if wanted is int else "a text in quotes"
            yield f"{field} = {value!r} is found where {kind} is expected", f"write {kind}"
            return
    if section in _POWERS and "power" not in row:
        yield "its power is missing", "add power = 3, or whatever it is"
    if section == "units":
        yield from _unit_faults(name, row, owners)


def _unit_faults(symbol: str, row: Row, owners: dict[str, str]) -> Iterator[tuple[str, str]]:
    if ("is" in row) == ("measures" in row):
        yield "one of `is` and `measures` is expected", "say what it is in other units"
    if str(row.get("prefixes", "")) not in _PREFIXES:
        yield f"prefixes = {row['prefixes']!r} are not known", f"use {' or '.join(_PREFIXES[1:])}"
    for name in (symbol, *_listed(row, "also", "spelled")):
        if (other := owners.setdefault(name, symbol)) != symbol:
            yield f"{name!r} is the unit {other!r} already", "remove it from one of them"
    for name in (symbol, *_listed(row, "also", "spelled", *_LANGUAGES)):
        if not _NAME.fullmatch(name):
            yield f"{name!r} cannot be read as one name", "use letters, with commas between names"
