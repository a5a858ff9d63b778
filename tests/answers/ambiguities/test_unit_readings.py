"""Other readings of the units of a quantity: the texts, and whether the question settles them."""

from __future__ import annotations

import pytest

from answers.ambiguities.base import Setting
from answers.ambiguities.units import byte_prefixes, glued_units, solidus_units
from answers.options import Options

# unit expected, answer, reading, is it settled?
GLUED = [
    ("m/s", "3 ms⁻¹", "3 (m*s^(-1))", False),
    ("m/s", "3ms-1", "3 (m*s-1)", False),
    ("m/s", r"3 \mathrm{ms^{-1}}", "3 (m*s^-1)", False),
    ("m/s", "v = 3 ms⁻¹", "v = 3 (m*s^(-1))", False),
    ("m/s^2", "9.81 ms^-2", "9.81 (m*s^-2)", False),
    ("km/s", "3 kms⁻¹", "3 (km*s^(-1))", False),
    ("N/m", "3 Nm⁻¹", "3 (N*m^(-1))", False),
    ("N*m^2/kg^2", "3 Nm²/kg²", "3 (N*m^(2))/kg^(2)", False),
    ("J/(kg*K)", "3 Jkg⁻¹K⁻¹", "3 (J*kg^(-1))K^(-1)", False),
    ("J/(kg*K)", "3 J/kgK", "3 J/(kg*K)", False),
    ("Pa*s", "3 Pas", "3 (Pa*s)", False),
    ("m*K", "3 mK", "3 (m*K)", False),
    ("W/(m*K)", "3 W/(mK)", "3 W/((m*K))", False),
    ("T*m/A", "0.013 Tm/A", "0.013 (T*m)/A", True),
    ("T*s", "3 Ts", "3 (T*s)", True),
    ("T*m^2", "3 Tm^2", "3 (T*m^2)", True),
]
SOLIDUS = [
    ("W/(m*K)", "3 W/m K", "3 W/(m K)", False),
    ("W/(m^2*K)", "3 W/m²K", "3 W/(m^(2)K)", False),
    ("J/(kg*K)", "3 J/kg*K", "3 J/(kg*K)", False),
    ("J/(kg*K)", "3 J/kg°C", "3 J/(kg°C)", False),
    ("J/(kg*K)", "3 J/kg C", "3 J/(kg C)", False),
    ("J/(mol*K)", "3 J per mol K", "3 J/(mol K)", False),
    ("L*atm/(mol*K)", "3 L atm/mol K", "3 L atm/(mol K)", False),
    ("L*atm/(mol*K)", "3 Latm/mol K", "3 (L*atm)/(mol K)", False),
]
BYTES: list[tuple[str, str, dict[str, str], list[tuple[str, bool]]]] = [
    ("B", "3.0625 MB", {}, [("3.0625 MiB", False)]),
    ("B", "3.0625 MB", {"prefixes": "either"}, [("3.0625 MiB", True)]),
    ("B", "38 KB", {"prefixes": "either"}, [("38 KiB", True)]),
    ("B", "3 megabytes", {"prefixes": "either"}, [("3 mebibytes", True)]),
    ("bit/s", "3 Mb/s", {"prefixes": "either"}, [("3 Mib/s", True)]),
    ("MB", "1.18 mb", {}, [("1.18 MB", False), ("1.18 MiB", False)]),
    ("MB", "1.18 mb", {"prefixes": "decimal"}, [("1.18 MB", False)]),
    ("MB", "1.18 mb", {"prefixes": "either"}, [("1.18 MB", False), ("1.18 MiB", False)]),
    ("kB", "38.9kb", {"prefixes": "binary"}, [("38.9 kB", False)]),
    ("B", "3.0625 MB", {"prefixes": "decimal"}, []),
    ("B", "3.0625 MB", {"prefixes": "binary"}, []),
    ("B", "3.0625 MiB", {"prefixes": "either"}, []),
    ("bit", "3 mb", {"prefixes": "decimal"}, []),
    ("m", "3 mb", {}, []),
    ("B", "3 MBps", {"prefixes": "either"}, []),
]
# What has no other reading: expected unit, answer.
ALONE = [
    ("m/s", "3 m/s"),
    ("m/s", "3 ms"),
    ("m/s", "3 ms⁻²"),
    ("m^2", "3 mm"),
    ("s", "3 ms"),
    ("N", "3 mN"),
    ("Hz", "3 THz"),
    ("W/(m*K)", "3 (W/m) K"),
    ("W/(m*K)", "3 W/(m) K"),
    ("W/(m*K)", r"3 \frac{W}{m} K"),
    ("W/(m*K)", "3 W K/m"),
    ("W*K/m", "3 W/m K"),
    ("J/(kg*K)", "3 J/kg/K"),
    ("m", "1 m/"),
    ("m", "3"),
    ("m", ""),
    ("", "3 ms"),
    ("kg*m/s", "3 apples"),
]


def setting(unit: str, options: dict[str, str] | None = None) -> Setting:
    given = Options.from_mapping(dict(options or {}))
    return Setting("quantity", f"3 {unit}", given, unit=unit)


@pytest.mark.parametrize(("unit", "text", "read", "is_settled"), GLUED)
def test_glued_units(unit: str, text: str, read: str, *, is_settled: bool) -> None:
    first = next(glued_units.AMBIGUITY.readings(text, setting(unit)))
    assert (first.text, first.is_settled) == (read, is_settled)


@pytest.mark.parametrize(("unit", "text", "read", "is_settled"), SOLIDUS)
def test_solidus_units(unit: str, text: str, read: str, *, is_settled: bool) -> None:
    first = next(solidus_units.AMBIGUITY.readings(text, setting(unit)))
    assert (first.text, first.is_settled) == (read, is_settled)


@pytest.mark.parametrize(("unit", "text", "options", "read"), BYTES)
def test_byte_prefixes(
    unit: str, text: str, options: dict[str, str], read: list[tuple[str, bool]]
) -> None:
    found = byte_prefixes.AMBIGUITY.readings(text, setting(unit, options))
    assert [(reading.text, reading.is_settled) for reading in found] == read


@pytest.mark.parametrize(("unit", "text"), ALONE)
def test_there_is_no_other_reading(unit: str, text: str) -> None:
    for module in (glued_units, solidus_units):
        assert not list(module.AMBIGUITY.readings(text, setting(unit)))


@pytest.mark.parametrize("text", ["3 " + "ms" * 400, "3 m" + "/K" * 300, "3 " + "kg m s " * 60])
def test_long_units_give_few_readings(text: str) -> None:
    for module in (glued_units, solidus_units, byte_prefixes):
        assert len(list(module.AMBIGUITY.readings(text, setting("m/s")))) <= 4
