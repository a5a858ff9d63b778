"""The table of units: every row against others' figures, a new row, and faults in the file."""

from __future__ import annotations

import re
import sys
from decimal import Decimal
from fractions import Fraction
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import TYPE_CHECKING

import pint
import pytest

from answers.judge import judge
from answers.kinds.written import format_expected
from answers.numbers import unit_table as table_module
from answers.numbers.unit_file import FILE
from answers.numbers.unit_table import read_table, unit_table
from answers.numbers.units import defined_unit, find_unit, parse_unit
from answers.options import Options
from answers.syntax.errors import Unreadable
from examgen.ground.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

# symbol: factor in base units, dimension. Where pint has no such unit, another one of that name,
# or no dimension for it.
LITERALS = {
    "acre": ("4046.8564224", {"length": 2}),  # international; pint's is the US survey acre
    "rev": ("6.28318530717958647692528676655900576839433879875021164194988918461563", {"angle": 1}),
    "deg": ("0.0174532925199432957692369076848861271344287188854172545609719144", {"angle": 1}),
    "rad": ("1", {"angle": 1}),
    "sr": ("1", {"solid": 1}),
    "wk": ("604800", {"time": 1}),
    "rpm": ("1/60", {"time": -1}),  # pint: radians; here turns
    "Da": ("1.66053906660e-24", {"mass": 1}),  # CODATA 2018
    "u": ("1.66053906660e-24", {"mass": 1}),
    "Btu": ("1055055.85262", {"mass": 1, "length": 2, "time": -2}),  # International Table
    "Nm": ("1000", {"mass": 1, "length": 2, "time": -2}),
    # as it is taught: 760 are 1 atm; by its convention it is 1.4e-7 more
    "mmHg": ("101325000/760", {"mass": 1, "length": -1, "time": -2}),
    "dB": ("1", {"level": 1}),
    "bit": ("1", {"information": 1}),  # IEC 80000-13
    "B": ("8", {"information": 1}),
    "bps": ("1", {"information": 1, "time": -1}),
    "Bps": ("8", {"information": 1, "time": -1}),
    "FLOP": ("1", {"operations": 1}),
    "op": ("1", {"operations": 1}),
    "FLOPS": ("1", {"operations": 1, "time": -1}),
    "OPS": ("1", {"operations": 1, "time": -1}),
    "MAC": ("1", {"macs": 1}),
    "px": ("1", {"pixels": 1}),
    "frame": ("1", {"frames": 1}),
    "fps": ("1", {"frames": 1, "time": -1}),
}
# What pint calls a unit that has another name here.
IN_PINT = {"degC": "delta_degC", "degF": "delta_degF"}
DIMENSIONS = {"[substance]": "amount", "[luminosity]": "light"}
OFFSETS = {"degC": "273.15", "degF": "45967/180"}  # 0 °F is 459.67 * 5/9 K
# What each prefix is (SI brochure, table 7; IEC 80000-13).
SIZES = {
    "Y": "1e24", "Z": "1e21", "E": "1e18", "P": "1e15", "T": "1e12", "G": "1e9", "M": "1e6",
    "k": "1000", "h": "100", "da": "10", "d": "1/10", "c": "1/100", "m": "1/1000", "u": "1e-6",
    "μ": "1e-6", "mu": "1e-6", "n": "1e-9", "p": "1e-12", "f": "1e-15", "a": "1e-18",
    "Ki": "1024", "Mi": "1048576", "Gi": "1073741824", "Ti": "1099511627776",
    "Pi": "1125899906842624", "Ei": "1152921504606846976",
}  # fmt: skip
SYMBOLS = sorted({row.symbol for row in unit_table().rows.values()} - unit_table().currencies)


@pytest.fixture(scope="module")
def registry() -> pint.UnitRegistry[Decimal]:
    return pint.UnitRegistry(non_int_type=Decimal)


def expected(symbol: str, registry: pint.UnitRegistry[Decimal]) -> tuple[Fraction, dict[str, int]]:
    if symbol in LITERALS:
        factor, dimension = LITERALS[symbol]
        return Fraction(factor), dimension
    found = registry.Quantity(Decimal(1), IN_PINT.get(symbol, symbol)).to_root_units()
    dimensions = found.dimensionality.items()
    names = {DIMENSIONS.get(name, name.strip("[]")): int(str(power)) for name, power in dimensions}
    return Fraction(found.magnitude), names


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_a_row_is_what_others_say(symbol: str, registry: pint.UnitRegistry[Decimal]) -> None:
    unit = defined_unit(symbol)
    factor, dimension = expected(symbol, registry)
    assert dict(unit.dimension) == dimension
    assert abs(unit.factor / factor - 1) < Fraction(1, 10**25)
    assert unit.offset == Fraction(OFFSETS.get(symbol, "0"))


def test_every_prefix_is_as_large_as_the_standards_say() -> None:
    sizes = {sign: prefix.size for sign, prefix in unit_table().prefixes.items()}
    assert sizes == {sign: Fraction(size) for sign, size in SIZES.items()}


@pytest.mark.parametrize("code", sorted(unit_table().currencies))
def test_a_currency_is_a_dimension(code: str) -> None:
    assert defined_unit(code).dimension == ((code, Fraction(1)),)
    assert defined_unit(code).factor == 1


def test_every_name_leads_to_a_unit() -> None:
    table = unit_table()
    names = {*table.rows, *table.spelled, *table.words, *table.lowered}
    assert all(find_unit(name) for name in names)


# -- units of several ------------------------------------------------------------------------------

# unit, the same in single units of the SI; brackets keep what stands in them.
READ = [
    ("(m) s", "m s"),
    ("(J/kg) K", "m^2 s^-2 K"),
    ("(J/kg)·K^-1", "m^2 s^-2 K^-1"),
    ("K (J/kg)", "m^2 s^-2 K"),
    ("(m/s)^2 kg", "m^2 s^-2 kg"),
    ("((m)) ((s))", "m s"),
    ("m/(s (K))", "m s^-1 K^-1"),
    ("m/s K", "m s^-1 K"),
    ("1/(s·K)", "s^-1 K^-1"),
    ("kg.m**2/s**3", "kg m^2 s^-3"),
    (r"\frac{kg}{m^{3}}", "kg m^-3"),
    ("m per second", "m s^-1"),
    ("(°C)", "degC"),
    ("((degC))", "degC"),
]
# unit, the fault, and its place in the unit
REFUSED = [
    ("m*", "the unit ends too early", 2),
    ("m//s", "this is not a unit", 2),
    ("(m", "')' is missing here", 2),
    ("m)", "this is not a unit", 1),
    ("m()", "this is not a unit", 2),
    ("(m/) s", "this is not a unit", 3),
    ("2 m", "this is not a unit", 0),
    ("m^13", "the exponent of the unit is out of range", 4),
    ("m/banana", "the unit 'banana' is not known", 2),
    (" ", "the unit is missing", 0),
]


@pytest.mark.parametrize(("text", "same"), READ)
def test_units_of_several(text: str, same: str) -> None:
    found, wanted = parse_unit(text), parse_unit(same)
    found_worth = found.factor, found.dimension, found.offset
    assert found_worth == (wanted.factor, wanted.dimension, wanted.offset)


@pytest.mark.parametrize(("text", "what", "at"), REFUSED)
def test_what_is_no_unit_is_refused_at_its_place(text: str, what: str, at: int) -> None:
    with pytest.raises(Unreadable) as error:
        parse_unit(text)
    assert (error.value.what, error.value.at) == (what, at)


# unit, its factor, and its powers, in which no bracket is read: literals by hand
BY_HAND = [
    ("(J/kg) K", "1", {"length": 2, "time": -2, "temperature": 1}),
    ("(kW) h", "3600000000", {"mass": 1, "length": 2, "time": -2}),
    ("kg m^2/s^3", "1000", {"mass": 1, "length": 2, "time": -3}),
]


@pytest.mark.parametrize(("text", "factor", "dimension"), BY_HAND)
def test_the_worth_of_several(text: str, factor: str, dimension: dict[str, int]) -> None:
    unit = parse_unit(text)
    assert unit.factor == Fraction(factor)
    assert dict(unit.dimension) == dimension


@pytest.mark.parametrize(
    ("right", "answer", "verdict"),
    [
        ("25 degC", "25 [°C]", "correct"),
        ("25 degC", "25 (°C)", "correct"),
        ("298.15 K", "25 (°C)", "correct"),
        ("3 J*K/kg", "3 (J/kg) K", "correct"),
        ("3 K", "3 (J/kg) K", "wrong"),
    ],
)
def test_brackets_around_a_unit(right: str, answer: str, verdict: str) -> None:
    assert judge("quantity", right, answer).verdict == verdict


# -- one unit is one row ---------------------------------------------------------------------------


def forget() -> None:
    """Empty the caches of the judge, which hold what the table said before."""
    for name, module in list(sys.modules.items()):
        for value in vars(module).values() if name.startswith("answers.") else ():
            if isinstance(value, _lru_cache_wrapper):
                value.cache_clear()


@pytest.fixture
def rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the file, to which a test adds rows."""
    copy = tmp_path / "units.toml"
    copy.write_text(FILE.read_text("utf-8"), "utf-8")
    monkeypatch.setattr(table_module, "FILE", copy)
    forget()
    yield copy
    forget()


def add(rows: Path, row: str) -> None:
    text = rows.read_text("utf-8")
    rows.write_text(text.replace("[spellings]", f"{row}\n[spellings]"), "utf-8")


ROW = 'smoot = { is = "1.7018 m", prefixes = "SI", also = "sm", en = "smoots", de = "smuten" }'
SMOOTS = [
    ("17.018 m", "10 smoot", "correct", "10 smoot"),
    ("17.018 m", "10 sm", "correct", "10 sm"),
    ("17.018 m", "10 Smoots", "correct", "10 Smoots"),
    ("17.018 m", "0.01 kilosmoots", "correct", "0.01 kilosmoots"),
    ("17.018 m", "10 Smuten", "correct", "10 Smuten"),
    ("17.018 m", "11 smoot", "wrong", "11 smoot"),
    ("17.018 s", "10 smoot", "wrong", "10 smoot"),
    ("3 smoot/s", "5.1054 m/s", "correct", "5.1054 m/s"),
    ("2 ksm^2", "2 ksm²", "correct", "2 ksm^(2)"),
    ("2 ksm^2", r"2\,\mathrm{ksm}^2", "correct", "2 ksm^2"),
]


def test_a_new_row_is_read_judged_and_printed(rows: Path) -> None:
    assert judge("quantity", "17.018 m", "10 smoot").verdict != "correct"
    add(rows, ROW)
    forget()
    for right, answer, verdict, read_as in SMOOTS:
        found = judge("quantity", right, answer)
        assert found.verdict == verdict, f"{answer}: {found.why}"
        assert found.read_as == read_as
    assert format_expected("quantity", "3 smoot", Options()).latex == r"3\,\mathrm{smoot}"


def test_a_new_currency_is_read_and_judged(rows: Path) -> None:
    text = rows.read_text("utf-8").replace("[amounts]", 'ISK = { signs = "ISk" }\n[amounts]')
    rows.write_text(text, "utf-8")
    forget()
    assert judge("quantity", "5000 ISK", "ISk 5k").verdict == "correct"


# -- faults ----------------------------------------------------------------------------------------

FAULTS = [
    ('a = { is = "m" ', "units.toml:2: "),
    ('ab = { is = "3 m", prefix = "SI" }', "units.toml:2: ab: there is no field 'prefix'; use"),
    ('ab = { is = 3 }', "units.toml:2: ab: is = 3 is found where a text in quotes is expected"),
    ('ab = "3 m"', "units.toml:2: ab: fields in braces are expected; write ab = { ... }"),
    ('ab = { en = "abs" }', "units.toml:2: ab: one of `is` and `measures` is expected"),
    ('ab = { is = "m", prefixes = "all" }', "units.toml:2: ab: prefixes = 'all' are not known"),
    ('ab = { is = "m", en = "two words" }', "units.toml:2: ab: 'two words' cannot be read as one"),
    ('ab = { is = "m" }\ncd = { is = "m", also = "ab" }', "units.toml:3: cd: 'ab' is the unit"),
    ('[unit]\nab = { is = "m" }', "units.toml:2: there is no section [unit]; use one of amounts"),
    ('[prefixes]\nk = { en = "kilo" }', "units.toml:3: k: its power is missing; write it as"),
    ('[binary_prefixes]\nZi = { power = 7 }', "units.toml:3: Zi: its like is missing; write it"),
    ('[amounts]\ndozen = { power = "1" }', "units.toml:3: dozen: power = '1' is found where a"),
    ('[words]\nkilos = 3', "units.toml:3: kilos: names with commas between are expected"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), FAULTS)
def test_a_fault_is_one_line(text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read_table(f"[units]\n{text}\n")
    (line,) = str(error.value).splitlines()
    assert message in line


DEFINITIONS = [
    ('smoot = { is = "3 banana" }', "the unit 'smoot': the unit 'banana' is not known in 'banana'"),
    ('smoot = { is = "3 smoot" }', "the unit 'smoot': '3 smoot' has no value"),
    ('smoot = { is = "1/0 m" }', "the unit 'smoot': '1/0 m' has no value"),
    ('smoot = { is = "2.5/3 m" }', "the unit 'smoot': '2.5/3 m' has no value"),
    ('smoot = { is = "m", zero = "3 s" }', "its zero is in '3 s', which does not measure the same"),
]


@pytest.mark.parametrize(("row", "message"), DEFINITIONS)
def test_a_definition_that_cannot_be_used_is_one_line(rows: Path, row: str, message: str) -> None:
    add(rows, row)
    with pytest.raises(InputError) as error:
        find_unit("smoot")
    (line,) = str(error.value).splitlines()
    assert message in line
    assert line.startswith("answers/numbers/units.toml:")


def test_the_list_for_authors_has_every_unit_beside_those_with_the_same_prefixes() -> None:
    page = (Path(__file__).parents[2] / "docs" / "judging.md").read_text(encoding="utf-8")
    section = page.split("## Units\n")[1].split("\n## ")[0].split("\n### ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")][2:]
    *prefixed, plain = [set(re.findall(r"`([^`]+)`", row.split("|")[2])) for row in rows]
    units = {unit.symbol for unit in unit_table().rows.values() if not unit.prefixes}
    assert units <= plain
    assert {unit.symbol for unit in unit_table().rows.values()} - units <= set().union(*prefixed)
