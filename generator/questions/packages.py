r"""The LaTeX packages that a question may name in `packages`, a row each.

They are loaded for every paper of an exam. What a package's commands do ends with the group around
them, so papers that use them may be printed in one run of TeX; see `generator.render.tame`.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Package:
    """A package of LaTeX.

    Attributes:
        load: the lines of the preamble.
        apt: the package of Debian and Ubuntu that it comes with.
        file: what TeX looks for.
        commands: those that may share a run of TeX; so `environments`.
    """

    load: str
    apt: str
    file: str
    commands: frozenset[str]
    environments: frozenset[str]


def _package(
    name: str,
    apt: str,
    commands: str = "",
    environments: str = "",
    options: str = "",
    then: str = "",
) -> tuple[str, Package]:
    load = f"\\usepackage{f'[{options}]' if options else ''}{{{name}}}{then}"
    words = frozenset(commands.split()), frozenset(environments.split())
    return name, Package(load, apt, f"{name}.sty", *words)


_UNITS = """
    qty unit num ang SI si SIrange SIlist qtyrange qtylist numrange numlist qtyproduct numproduct
    ampere candela kelvin kilogram gram metre meter mole second becquerel degreeCelsius coulomb
    farad tablenum
    gray hertz henry joule lumen katal lux newton ohm pascal radian siemens sievert steradian tesla
    volt watt weber astronomicalunit bel dalton day decibel degree electronvolt hectare hour litre
    liter arcminute minute arcsecond neper tonne percent bar
    per of squared cubed square cubic raiseto tothe
    quecto ronto yocto zepto atto femto pico nano micro milli centi deci deca hecto kilo mega giga
    tera peta exa zetta yotta kibi mebi gibi tebi
    cm mm km nm um kg mg ug m s ms us ns A mA uA V mV kV W mW kW MW J mJ kJ N mN kN Pa kPa MPa Hz
    kHz MHz GHz F uF nF pF H mH uH K C eV keV MeV L mL l ml mol mmol g
"""
_STEPS = """
    State Statex If Else ElsIf EndIf For ForAll EndFor While EndWhile Repeat Until Loop EndLoop
    Procedure EndProcedure Function EndFunction Return Call Comment Require Ensure gets
"""
_CODE_STYLE = (
    "\\lstset{basicstyle=\\ttfamily\\small,columns=fullflexible,keepspaces,"
    "showstringspaces=false,numberstyle=\\scriptsize,numbersep=6pt,xleftmargin=2em,"
    "aboveskip=4pt,belowskip=4pt}"
)
PACKAGES: Mapping[str, Package] = MappingProxyType(
    dict([
        _package("siunitx", "texlive-science", _UNITS, then="\\DeclareSIUnit\\percent{\\char37}"),
        _package("mhchem", "texlive-science", "ce pu", options="version=4"),
        _package("circuitikz", "texlive-pictures", "ctikzset", "circuitikz"),
        _package("pgfplots", "texlive-pictures", "addplot addplot3 addlegendentry legend",
                 "axis semilogxaxis semilogyaxis loglogaxis",
                 then="\\pgfplotsset{compat=1.18}\\usepgfplotslibrary{statistics}"),
        _package("listings", "texlive-latex-recommended", "lstinline", then=_CODE_STYLE),
        _package("algpseudocode", "texlive-science", _STEPS, "algorithmic"),
        _package("multirow", "texlive-latex-extra", "multirow"),
        _package("tabularx", "texlive-latex-base", "", "tabularx"),
        _package("cancel", "texlive-latex-extra", "cancel bcancel xcancel cancelto"),
        _package("mathtools", "texlive-latex-recommended", "coloneqq prescript", "dcases rcases"),
        _package("bm", "texlive-latex-base", "bm"),
        _package("multicol", "texlive-latex-base", "", "multicols"),
    ])
)  # fmt: skip


def preamble_lines(names: tuple[str, ...], decimal: str = "") -> str:
    """Return what loads some packages, in the order of the table.

    Args:
        names: of the packages.
        decimal: the decimal sign of the paper's language; empty: a point.
    """
    lines = [f"{row.load}\n" for name, row in PACKAGES.items() if name in names]
    if decimal and "siunitx" in names:
        lines.append(f"\\sisetup{{output-decimal-marker={decimal}}}\n")
    return "".join(lines)


def tame_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the commands and environments of all packages that may share a run of TeX."""
    rows = PACKAGES.values()
    commands = frozenset().union(*(row.commands for row in rows))
    return commands, frozenset().union(*(row.environments for row in rows))
