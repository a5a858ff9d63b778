r"""Commands of LaTeX packages as plain LaTeX, for pages that need no TeX.

`\qty{9.81}{\metre\per\second\squared}` becomes `9.81\,\mathrm{m\,s^{-2}}`, `\ce{H2O}` becomes
`\mathrm{H_{2}O}`; a listing is verbatim text. Outside of formulas they are between dollar signs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ENVIRONMENTS = "equation|align|gather|multline|displaymath|math|alignat"
_FORMULA = re.compile(
    r"(\\begin\{(?P<raw>verbatim|tikzpicture|circuitikz|algorithmic)\}.*?\\end\{(?P=raw)\}"
    r"|(?<!\\)\$\$(?:[^$\\]|\\.)+\$\$|(?<!\\)\$(?:[^$\\]|\\.)+\$|\\\(.*?\\\)|\\\[.*?\\\]"
    rf"|\\begin\{{(?:{_ENVIRONMENTS})\*?\}}.*?\\end\{{(?:{_ENVIRONMENTS})\*?\}})",
    re.DOTALL,
)
_GROUP = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
_NAMES = re.compile(r"\\(qtyrange|qty|SI|numrange|num|numlist|unit|si|ang|ce|pu)(?=[\[{])")
_ARGUMENTS = {"qty": 2, "SI": 2, "qtyrange": 3, "numrange": 2}
_LISTING = re.compile(r"\\begin\{lstlisting\}(?:\[[^\]]*\])?(.*?)\\end\{lstlisting\}", re.DOTALL)
_INLINE = re.compile(r"\\lstinline(?:\[[^\]]*\])?(?:\{([^{}]*)\}|([^A-Za-z\s{])(.*?)\2)")

PREFIXES = {
    "yocto": "y", "zepto": "z", "atto": "a", "femto": "f", "pico": "p", "nano": "n",
    "micro": "µ", "milli": "m", "centi": "c", "deci": "d", "deca": "da", "hecto": "h", "kilo": "k",
    "mega": "M", "giga": "G", "tera": "T", "peta": "P", "exa": "E", "kibi": "Ki", "mebi": "Mi",
    "gibi": "Gi", "tebi": "Ti",
}  # fmt: skip
UNITS = {
    "ampere": "A", "candela": "cd", "kelvin": "K", "kilogram": "kg", "gram": "g", "metre": "m",
    "meter": "m", "mole": "mol", "second": "s", "becquerel": "Bq", "degreeCelsius": "°C",
    "celsius": "°C", "coulomb": "C", "farad": "F", "gray": "Gy", "hertz": "Hz", "henry": "H",
    "joule": "J", "lumen": "lm", "lux": "lx", "newton": "N", "ohm": "Ω", "pascal": "Pa",
    "radian": "rad", "siemens": "S", "sievert": "Sv", "steradian": "sr", "tesla": "T", "volt": "V",
    "watt": "W", "weber": "Wb", "bel": "B", "day": "d", "decibel": "dB", "degree": "°",
    "electronvolt": "eV", "hectare": "ha", "hour": "h", "litre": "L", "liter": "L", "minute": "min",
    "tonne": "t", "percent": "%", "bar": "bar", "dalton": "Da",
}  # fmt: skip
POWERS = {"squared": "2", "cubed": "3", "square": "2", "cubic": "3"}


def without_packages(latex: str) -> str:
    r"""Return LaTeX without the commands of packages that pages know.

    >>> without_packages(r"It is \num{1e3}, $v = \qty{2.5}{\metre\per\second}$.")
    'It is $1 \\times 10^{3}$, $v = 2.5\\,\\mathrm{m}\\,\\mathrm{s}^{-1}$.'
    """
    latex = _LISTING.sub(r"\\begin{verbatim}\1\\end{verbatim}", latex)
    latex = _INLINE.sub(lambda m: f"\\verb\x01{m[1] if m[1] is not None else m[3]}\x01", latex)
    if not _NAMES.search(latex):
        return latex
    made, at = [], 0
    for found in _FORMULA.finditer(latex):
        made.append(_plain(latex[at : found.start()], is_math=False))
        made.append(found[0] if found["raw"] else _plain(found[0], is_math=True))
        at = found.end()
    return "".join([*made, _plain(latex[at:], is_math=False)])


def math_without_packages(latex: str) -> str:
    r"""Return the same of what is inside of a formula.

    >>> math_without_packages(r"m(\ce{H2O})")
    'm(\\mathrm{H_{2}O})'
    """
    return _plain(latex, is_math=True)


def _plain(latex: str, *, is_math: bool) -> str:
    made, at = [], 0
    for found in _NAMES.finditer(latex):
        if found.start() < at:
            continue
        arguments, end = _taken(latex, found.end(), _ARGUMENTS.get(found[1], 1))
        if arguments is None:
            continue
        text = _WRITTEN[found[1]](*arguments)
        made += [latex[at : found.start()], text if is_math else f"${text}$"]
        at = end
    return "".join([*made, latex[at:]])


def _taken(latex: str, at: int, count: int) -> tuple[list[str] | None, int]:
    """Return the arguments of a command and where they end; None where they are not there."""
    option = re.compile(r"\[[^\]]*\]").match(latex, at)
    at = option.end() if option else at
    found = []
    for _ in range(count):
        group = re.compile(rf"\s*{_GROUP}").match(latex, at)
        if group is None:
            return None, at
        found.append(group[1])
        at = group.end()
    return found, at


def number(text: str) -> str:
    r"""Return a number of siunitx as plain LaTeX.

    >>> number("-1.6e-19")
    '-1.6 \\times 10^{-19}'
    """
    digits, _, power = re.sub(r"\s", "", text).lower().partition("e")
    digits = digits.replace("+-", " \\pm ")
    return f"{digits} \\times 10^{{{power}}}" if power and digits else digits or f"10^{{{power}}}"


def unit(text: str) -> str:
    r"""Return a unit of siunitx as plain LaTeX.

    >>> unit(r"\kilo\gram\per\cubic\metre"), unit("m/s^2")
    ('\\mathrm{kg}\\,\\mathrm{m}^{-3}', '\\mathrm{m}/\\mathrm{s}^{2}')
    """
    if "\\" not in text:
        named = re.sub(r"[A-Za-zµΩ°%]+", lambda m: f"\\mathrm{{{m[0]}}}", text)
        return re.sub(r"\^(-?\d+)", r"^{\1}", named.replace("~", "\\,").replace(".", "\\,"))
    made: list[str] = []
    prefix, power, sign = "", "", ""
    for name in re.findall(r"\\([A-Za-z]+)", text):
        if name == "per":
            sign = "-"
        elif name in PREFIXES:
            prefix = PREFIXES[name]
        elif name in {"square", "cubic"}:
            power = POWERS[name]
        elif name in POWERS and made:
            made[-1] = _raised(made[-1], POWERS[name])
        else:
            raised = f"^{{{sign}{power or '1'}}}" if sign or power else ""
            made.append(f"\\mathrm{{{prefix}{UNITS.get(name, name)}}}{raised}")
            prefix, power, sign = "", "", ""
    return "\\,".join(made)


def _raised(unit: str, power: str) -> str:
    base, _, before = unit.partition("^")
    return f"{base}^{{{'-' if before.startswith('{-') else ''}{power}}}"


def quantity(value: str, of: str) -> str:
    """Return a number with its unit as plain LaTeX."""
    return f"{number(value)}\\,{unit(of)}"


def formula(text: str) -> str:
    r"""Return a chemical formula or reaction of mhchem as plain LaTeX.

    >>> formula("2 H2O"), formula("SO4^2-"), formula("A -> C")
    ('2\\,\\mathrm{H_{2}O}', '\\mathrm{SO_{4}^{2-}}', '\\mathrm{A} \\rightarrow \\mathrm{C}')
    """
    return " ".join(_species(one) for one in text.split()).replace("\\, ", "\\,")


_ARROWS = {
    "->": "\\rightarrow",
    "<-": "\\leftarrow",
    "<=>": "\\rightleftharpoons",
    "<->": "\\leftrightarrow",
}


def _species(text: str) -> str:
    if text in _ARROWS:
        return _ARROWS[text]
    if text in {"+", "="}:
        return text
    if re.fullmatch(r"\d+(?:[./]\d+)?", text):
        return f"{text}\\,"
    count = re.match(r"\d+", text)
    rest = text[count.end() :] if count else text
    rest = re.sub(r"\^\{?(\d*[+-]|\d+)\}?", r"^{\1}", rest)
    rest = re.sub(r"(?<=[A-Za-z)\]])(\d+)", r"_{\1}", rest)
    rest = re.sub(r"(?<=[A-Za-z}\])])([+-])$", r"^{\1}", rest)
    before = f"{count[0]}\\," if count else ""
    return f"{before}\\mathrm{{{rest}}}"


def angle(degrees: str) -> str:
    """Return an angle as plain LaTeX."""
    return f"{number(degrees)}^{{\\circ}}"


def numbers(several: str) -> str:
    """Return numbers between semicolons as plain LaTeX."""
    return ", ".join(map(number, several.split(";")))


def span(low: str, high: str, of: str = "") -> str:
    """Return a range of numbers, or of quantities, as plain LaTeX."""
    ends = (quantity(end, of) if of else number(end) for end in (low, high))
    return "\\text{--}".join(ends)


_WRITTEN: Mapping[str, Callable[..., str]] = {
    "qty": quantity, "SI": quantity, "num": number, "unit": unit, "si": unit, "ce": formula,
    "ang": angle, "pu": formula, "numlist": numbers, "numrange": span, "qtyrange": span,
}  # fmt: skip
