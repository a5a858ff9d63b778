"""The table of units, read from `units.toml` when the first unit is met.

The file explains its rows. Faults in it are raised all at once, each with its line.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from answers.numbers.unit_file import FILE, LANGUAGES, UNIT_FIELDS, fault, list_names, read_rows
from examgen.ground.errors import InputError
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from answers.numbers.unit_file import Row, Section


@record
class Prefix:
    """A prefix: how large it is, and whether it is before bits and bytes alone."""

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
    data, lines = read_rows(text)
    units = data.get("units", {})
    money = data.get("currencies", {})
    rows = {
        symbol: _unit_row(first, row, lines.get(("units", first), 1))
        for first, row in units.items()
        for symbol in (first, *list_names(row, "also"))
    } | {code: UnitRow(code, measures=code, prefixes="SI") for code in money}
    spelled = {
        name: symbol
        for symbol, row in {**units, **money}.items()
        for name in list_names(row, "spelled")
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
        prefix_words=dict(_prefixes(data, *LANGUAGES)),
        thousands=dict(_thousands(data)),
        money=_money(money),
        currencies=frozenset(money),
        amounts=_amounts(data.get("amounts", {})),
    )


def fault_in(row: UnitRow, what: str) -> InputError:
    """Return the error for a definition that cannot be used."""
    fix = "write a number and units that the file defines, as in '1000 kg m/s^2'"
    return InputError([fault(row.line, f"the unit {row.symbol!r}: {what}", fix)])


def _unit_row(symbol: str, row: Row, line: int) -> UnitRow:
    is_, measures, zero, prefixes = (str(row.get(name, "")) for name in UNIT_FIELDS)
    return UnitRow(symbol, is_, measures, zero, prefixes, line)


def _inverted(section: Mapping[str, object]) -> dict[str, str]:
    return {name: unit for unit, names in section.items() for name in str(names).split(", ")}


def _by_word(section: Section) -> dict[str, str]:
    """Return symbols by their words, the first that has a word."""
    found: dict[str, str] = {}
    for symbol, row in section.items():
        for word in list_names(row, *LANGUAGES):
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


def _prefixes(data: Mapping[str, Section], *fields: str) -> Iterator[tuple[str, Prefix]]:
    for section, base in (("prefixes", 10), ("binary_prefixes", 1024)):
        for sign, row in data.get(section, {}).items():
            prefix = Prefix(Fraction(base) ** int(row["power"]), base == 1024)
            names = list_names(row, *fields)
            yield from ((name, prefix) for name in (names if "en" in fields else (sign, *names)))


def _thousands(data: Mapping[str, Section]) -> Iterator[tuple[str, str]]:
    decimal = data.get("prefixes", {})
    for sign, row in data.get("binary_prefixes", {}).items():
        like = str(row["like"])
        yield like, sign
        yield like.upper(), sign
        words = list_names(decimal.get(like, {}), "en"), list_names(row, "en")
        yield from zip(*words, strict=False)


def _money(section: Section) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, row in section.items():
        for sign in (code, *list_names(row, "signs", "spelled", *LANGUAGES)):
            found.setdefault(sign.lower(), []).append(code)
    return found


def _amounts(section: Section) -> dict[str, int]:
    return {
        name.lower(): int(row["power"])
        for first, row in section.items()
        for name in (first, *list_names(row, "also", *LANGUAGES))
    }
