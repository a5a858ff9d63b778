"""The names of the units: symbols with what they are worth, prefixes, and words.

A symbol has its letters in one case only; a word may begin with a capital or be all capitals.
"""

from __future__ import annotations

from fractions import Fraction

PREFIXES = {
    "Y": 24, "Z": 21, "E": 18, "P": 15, "T": 12, "G": 9, "M": 6, "k": 3, "h": 2, "da": 1,
    "d": -1, "c": -2, "m": -3, "u": -6, "μ": -6, "mu": -6, "n": -9, "p": -12, "f": -15, "a": -18,
}  # fmt: skip
BINARY = {"Ki": 1, "Mi": 2, "Gi": 3, "Ti": 4, "Pi": 5, "Ei": 6}
PREFIX_WORDS = {
    "yotta": 24, "zetta": 21, "exa": 18, "peta": 15, "tera": 12, "giga": 9, "mega": 6, "kilo": 3,
    "hecto": 2, "deca": 1, "deci": -1, "centi": -2, "milli": -3, "micro": -6, "nano": -9,
    "pico": -12, "femto": -15, "zenti": -2, "dezi": -1, "mikro": -6, "piko": -12, "santi": -2,
    "mili": -3, "desi": -1,
}  # fmt: skip
BINARY_WORDS = {"kibi": 1, "mebi": 2, "gibi": 3, "tebi": 4, "pebi": 5}
# Currencies: each is a dimension of its own.
CURRENCIES = frozenset(
    "USD EUR GBP TRY JPY INR CNY CHF CAD AUD NZD SGD HKD MXN BRL SEK NOK DKK PLN KRW RUB".split()
)
_F = Fraction
_DEGREE = _F("0.0174532925199432957692369076848861271344287188854172545609719144")
# name: (factor, {dimension: exponent}, may it have SI prefixes?)
TABLE: dict[str, tuple[Fraction, dict[str, int], bool]] = {
    "m": (_F(1), {"length": 1}, True), "g": (_F(1), {"mass": 1}, True),
    "s": (_F(1), {"time": 1}, True), "A": (_F(1), {"current": 1}, True),
    "K": (_F(1), {"temperature": 1}, True), "mol": (_F(1), {"amount": 1}, True),
    "cd": (_F(1), {"light": 1}, True), "Hz": (_F(1), {"time": -1}, True),
    "N": (_F(1000), {"mass": 1, "length": 1, "time": -2}, True),
    "Pa": (_F(1000), {"mass": 1, "length": -1, "time": -2}, True),
    "J": (_F(1000), {"mass": 1, "length": 2, "time": -2}, True),
    "W": (_F(1000), {"mass": 1, "length": 2, "time": -3}, True),
    "C": (_F(1), {"current": 1, "time": 1}, True),
    "V": (_F(1000), {"mass": 1, "length": 2, "time": -3, "current": -1}, True),
    "F": (_F(1, 1000), {"mass": -1, "length": -2, "time": 4, "current": 2}, True),
    "ohm": (_F(1000), {"mass": 1, "length": 2, "time": -3, "current": -2}, True),
    "S": (_F(1, 1000), {"mass": -1, "length": -2, "time": 3, "current": 2}, True),
    "Wb": (_F(1000), {"mass": 1, "length": 2, "time": -2, "current": -1}, True),
    "T": (_F(1000), {"mass": 1, "time": -2, "current": -1}, True),
    "H": (_F(1000), {"mass": 1, "length": 2, "time": -2, "current": -2}, True),
    "lm": (_F(1), {"light": 1}, True), "lx": (_F(1), {"light": 1, "length": -2}, True),
    "Bq": (_F(1), {"time": -1}, True), "Gy": (_F(1), {"length": 2, "time": -2}, True),
    "Sv": (_F(1), {"length": 2, "time": -2}, True), "kat": (_F(1), {"amount": 1, "time": -1}, True),
    "L": (_F(1, 1000), {"length": 3}, True), "l": (_F(1, 1000), {"length": 3}, True),
    "t": (_F(10**6), {"mass": 1}, True), "eV": (_F("1.602176634e-16"),
    {"mass": 1, "length": 2, "time": -2}, True), "bar": (_F(10**8),
    {"mass": 1, "length": -1, "time": -2}, True), "atm": (_F(101325000),
    {"mass": 1, "length": -1, "time": -2}, False), "cal": (_F(4184),
    {"mass": 1, "length": 2, "time": -2}, True), "Wh": (_F(3600000),
    {"mass": 1, "length": 2, "time": -2}, True), "min": (_F(60), {"time": 1}, False),
    "h": (_F(3600), {"time": 1}, False), "d": (_F(86400), {"time": 1}, False),
    "wk": (_F(604800), {"time": 1}, False), "yr": (_F(31557600), {"time": 1}, False),
    "in": (_F("0.0254"), {"length": 1}, False), "ft": (_F("0.3048"), {"length": 1}, False),
    "yd": (_F("0.9144"), {"length": 1}, False), "mi": (_F("1609.344"), {"length": 1}, False),
    "lb": (_F("453.59237"), {"mass": 1}, False), "oz": (_F("28.349523125"), {"mass": 1}, False),
    "ha": (_F(10000), {"length": 2}, False), "bit": (_F(1), {"information": 1}, True),
    "b": (_F(1), {"information": 1}, True), "B": (_F(8), {"information": 1}, True),
    "byte": (_F(8), {"information": 1}, True), "FLOP": (_F(1), {"operations": 1}, True),
    "op": (_F(1), {"operations": 1}, True), "OP": (_F(1), {"operations": 1}, True),
    "FLOPS": (_F(1), {"operations": 1, "time": -1}, True),
    "OPS": (_F(1), {"operations": 1, "time": -1}, True),
    "MAC": (_F(1), {"macs": 1}, True), "px": (_F(1), {"pixels": 1}, True),
    "rad": (_F(1), {"angle": 1}, True), "deg": (_DEGREE, {"angle": 1}, False),
    "%": (_F(1, 100), {}, False), "ppm": (_F(1, 10**6), {}, False),
    "dB": (_F(1), {"level": 1}, False),
    "degC": (_F(1), {"temperature": 1}, False), "degF": (_F(5, 9), {"temperature": 1}, False),
    "rpm": (_F(1, 60), {"time": -1}, False), "bps": (_F(1), {"information": 1, "time": -1}, True),
    "Bps": (_F(8), {"information": 1, "time": -1}, True), "fps": (_F(1), {"frames": 1, "time": -1},
    False), "frame": (_F(1), {"frames": 1}, False), "au": (_F(149597870700), {"length": 1}, False),
    "Å": (_F(1, 10**10), {"length": 1}, False),
    "kn": (_F(1852, 3600), {"length": 1, "time": -1}, False),
    "Da": (_F("1.66053906660e-24"), {"mass": 1}, True), "u": (_F("1.66053906660e-24"),
    {"mass": 1}, False), "M": (_F(1000), {"amount": 1, "length": -3}, True),
    "torr": (_F(101325000, 760), {"mass": 1, "length": -1, "time": -2}, False),
    "mmHg": (_F("133322.387415"), {"mass": 1, "length": -1, "time": -2}, False),
    "psi": (_F("6894757.293168"), {"mass": 1, "length": -1, "time": -2}, False),
    "Btu": (_F("1055055.85262"), {"mass": 1, "length": 2, "time": -2}, False),
    "erg": (_F(1, 10**4), {"mass": 1, "length": 2, "time": -2}, False),
    "dyn": (_F(1, 100), {"mass": 1, "length": 1, "time": -2}, False),
    "Nm": (_F(1000), {"mass": 1, "length": 2, "time": -2}, True),
    "VA": (_F(1000), {"mass": 1, "length": 2, "time": -3}, True),
    "Ah": (_F(3600), {"current": 1, "time": 1}, True),
    "hp": (_F("745699.8715822702"), {"mass": 1, "length": 2, "time": -3}, False),
    "rem": (_F(1, 100), {"length": 2, "time": -2}, True),
    "Ci": (_F(37 * 10**9), {"time": -1}, True),
    "cc": (_F(1, 10**6), {"length": 3}, False), "gal": (_F("0.003785411784"), {"length": 3}, False),
    "ly": (_F(9460730472580800), {"length": 1}, False), "sr": (_F(1), {"solid": 1}, False),
    "rev": (360 * _DEGREE, {"angle": 1}, False),
    "acre": (_F("4046.8564224"), {"length": 2}, False),
    **{code: (_F(1), {code: 1}, True) for code in CURRENCIES},
}  # fmt: skip
OFFSETS = {"degC": Fraction("273.15"), "degF": Fraction("459.67") * Fraction(5, 9)}
# Two symbols of one unit.
SAME = {"byte": "B", "b": "bit", "l": "L", "OP": "op"}
# Other spellings of symbols, in which case matters.
ALIASES = {
    "Omega": "ohm", "Ω": "ohm", "Ohm": "ohm", "FLOPs": "FLOP", "flop": "FLOP", "flops": "FLOP",
    "Flop": "FLOP", "ops": "op", "MACs": "MAC", "°": "deg", "°C": "degC", "°F": "degF", "°K": "K",
    "KB": "kB", "KByte": "kB", "KBytes": "kB", "Kbyte": "kB", "Kbytes": "kB", "Kb": "kb",
    "Kbit": "kb", "Kbits": "kb", "KBit": "kb", "KBits": "kb", "kph": "km/h", "kmh": "km/h",
    "mph": "mi/h", "amu": "u", "AU": "au",
    "Cal": "kcal", "Mflops": "MFLOPS", "Gflops": "GFLOPS", "Tflops": "TFLOPS", "MFlops": "MFLOPS",
    "GFlops": "GFLOPS", "TFlops": "TFLOPS", "μ": "μm", "TL": "TRY",
}  # fmt: skip
# Words by unit: English, then German and Turkish where they are no other unit in English.
UNIT_WORDS = {
    "m": "meter meters metre metres", "g": "gram grams gramm",
    "s": "second seconds sec secs sekunde sekunden saniye sn",
    "min": "minute minutes mins minuten dakika dk",
    "h": "hour hours hr hrs stunde stunden saat", "d": "day days tag tage tagen gun",
    "wk": "week weeks woche wochen hafta", "yr": "year years yrs jahr jahre jahren yil",
    "A": "ampere amperes amp amps amper", "K": "kelvin kelvins", "mol": "mole moles mols",
    "cd": "candela candelas", "Hz": "hertz", "N": "newton newtons", "Pa": "pascal pascals paskal",
    "J": "joule joules jul", "W": "watt watts vat", "C": "coulomb coulombs", "V": "volt volts",
    "F": "farad farads", "ohm": "ohms", "S": "siemens", "Wb": "weber webers", "T": "tesla teslas",
    "H": "henry henrys henries", "lm": "lumen lumens", "lx": "lux", "Bq": "becquerel becquerels",
    "Gy": "gray grays", "Sv": "sievert sieverts", "kat": "katal katals",
    "L": "liter liters litre litres", "t": "tonne tonnes tonnen", "bar": "bars",
    "eV": "electronvolt electronvolts", "atm": "atmosphere atmospheres atms",
    "cal": "calorie calories kalorie kalorien kalori", "Wh": "watthour watthours wattstunden",
    "in": "inch inches zoll", "ft": "foot feet", "yd": "yard yards", "mi": "mile miles meilen",
    "lb": "pound pounds lbs", "oz": "ounce ounces", "ha": "hectare hectares hektar",
    "bit": "bits", "byte": "bytes bayt", "px": "pixel pixels piksel", "frame": "frames",
    "rad": "radian radians radyan", "deg": "degree degrees degs derece", "%": "percent prozent",
    "rev": "revolution revolutions revs turn turns cycle cycles umdrehung umdrehungen devir",
    "sr": "steradian steradians", "degC": "celsius celcius centigrade santigrat",
    "degF": "fahrenheit farenheit", "kn": "knot knots knoten", "hp": "horsepower",
    "Å": "angstrom angstroms", "gal": "gallon gallons", "acre": "acres",
    "ly": "lightyear lightyears",
    "u": "dalton daltons", "kg": "kilos", "USD": "dollar dollars dolar", "EUR": "euro euros avro",
    "MFLOPS": "megaflops", "GFLOPS": "gigaflops", "TFLOPS": "teraflops", "PFLOPS": "petaflops",
    "TRY": "lira liras", "JPY": "yen", "INR": "rupee rupees", "CNY": "yuan",
}  # fmt: skip


BY_WORD = {word: unit for unit, words in UNIT_WORDS.items() for word in words.split()}


def _by_lower() -> dict[str, str]:
    """Return the symbols of three letters or more by their lower case, where only one has it."""
    found = {name.lower(): name for name in TABLE if len(name) > 2}
    doubtful = {"bps", "flop", "flops", "op", "ops", "cal"}
    return {low: name for low, name in found.items() if low not in doubtful}


BY_LOWER = _by_lower()
