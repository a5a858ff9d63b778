r"""Two ways to spell a formula: LaTeX for papers and keys, Unicode for terminals."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solvers.graph.functions.arithmetic import Function
    from solvers.graph.printing.notation import Shown

NOTHING, SUM, PRODUCT, POWER, ATOM = range(-1, 4)
MOST_ARGUMENTS = 8  # of a function, before the middle ones are left out
_WORDS = (r"\mathrm", r"\mathit", r"\operatorname", r"\text")


def name_latex(name: str) -> str:
    r"""Return the LaTeX of a name that has no symbol: a word upright, with its subscripts.

    >>> name_latex("prior"), name_latex("n"), name_latex("v_max"), name_latex("x1")
    ('\\mathrm{prior}', 'n', 'v_{\\mathrm{max}}', 'x_{1}')
    """
    stem, *below = (name if "_" in name else re.sub(r"(?<=[a-zA-Z])(?=\d+$)", "_", name)).split("_")
    index = ",".join(_upright(part) for part in below if part)
    return (_upright(stem) or "x") + (f"_{{{index}}}" if index else "")


def _upright(word: str) -> str:
    return word if len(word) < 2 or word.isdigit() else rf"\mathrm{{{word}}}"


class Latex:
    """The style of terms in LaTeX."""

    approx = r"\approx"
    times = r" \cdot "
    minus = " - "
    dots = r"\dots"

    def number(self, shown: Shown) -> str:
        """Return a number."""
        return shown.latex

    def symbol(self, latex: str) -> str:
        """Return a letter, which is declared in LaTeX."""
        return latex

    def unit(self, unit: str | None) -> str:
        r"""Return a unit after a number; nothing where there is none.

        >>> LATEX.unit("MiB")
        '\\,\\mathrm{MiB}'
        """
        return rf"\,\mathrm{{{unit}}}" if unit else ""

    def brackets(self, text: str) -> str:
        """Return a part that binds less tightly than its surroundings."""
        return rf"\left({text}\right)"

    def quotient(self, above: tuple[str, int], below: tuple[str, int]) -> tuple[str, int]:
        """Return a fraction with how tightly it binds."""
        return rf"\frac{{{above[0]}}}{{{below[0]}}}", PRODUCT

    def power(self, base: str, exponent: tuple[str, int]) -> str:
        """Return a power of a bracketed base."""
        return f"{base}^{{{exponent[0]}}}"

    def apply(self, function: Function, args: Sequence[str]) -> str:
        """Return a function of its arguments."""
        return _placed(function.latex, args, self.dots)

    def beside(self, left: str, right: str) -> str:
        """Join two factors without a dot; a word is apart from its neighbour."""
        is_word = right.startswith(_WORDS) or left.rpartition(" ")[2].startswith(_WORDS)
        return rf"{left} \, {right}" if is_word else f"{left} {right}"

    def is_letter(self, text: str) -> bool:
        """Return whether a factor can follow without a dot: a letter, no digit or bracket."""
        return text[0].isalpha() or (text[0] == "\\" and not text.startswith((r"\left", r"\frac")))


class Unicode(Latex):
    """The style of terms on a terminal."""

    approx = "≈"
    times = "·"
    minus = " − "
    dots = "…"

    def number(self, shown: Shown) -> str:
        """Return a number, with powers of ten as on a pocket calculator."""
        return shown.plain.replace("-", "−")

    def symbol(self, latex: str) -> str:
        """Return a letter without LaTeX's commands and braces."""
        return letter_text(latex)

    def unit(self, unit: str | None) -> str:
        """Return a unit after a space."""
        return f" {unit}" if unit else ""

    def brackets(self, text: str) -> str:
        """Round brackets."""
        return f"({text})"

    def quotient(self, above: tuple[str, int], below: tuple[str, int]) -> tuple[str, int]:
        """Return a slash between operands that are bracketed where they need it."""
        top = above[0] if above[1] >= PRODUCT else f"({above[0]})"
        bottom = below[0] if below[1] >= POWER else f"({below[0]})"
        return f"{top}/{bottom}", PRODUCT

    def power(self, base: str, exponent: tuple[str, int]) -> str:
        """Return a caret, which is readable for any exponent."""
        return f"{base}^{exponent[0]}" if exponent[1] >= ATOM else f"{base}^({exponent[0]})"

    def apply(self, function: Function, args: Sequence[str]) -> str:
        """Return brackets of its own where mathematics has them, else the function's name."""
        return _placed(function.text or f"{function.name}({{}})", args, self.dots)

    def is_letter(self, text: str) -> bool:  # noqa: ARG002 - H·W reads better than H W
        """Give every factor its dot."""
        return False


def _placed(pattern: str, args: Sequence[str], dots: str) -> str:
    if "{0}" in pattern:
        return pattern.format(*args)
    shown = args if len(args) <= MOST_ARGUMENTS else (*args[:2], dots, args[-1])
    return pattern.format(", ".join(shown))


LATEX, UNICODE = Latex(), Unicode()
_ACCENTS = {"hat": "\u0302", "tilde": "\u0303", "bar": "\u0304"}
_LETTERS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "theta": "θ", "lambda": "λ", "mu": "μ", "nu": "ν", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "phi": "φ", "varphi": "φ", "omega": "ω", "partial": "∂", "nabla": "∇",
    "odot": "⊙", "cdot": "·", "times": "×", "prod": "∏", "sum": "∑", "ell": "ℓ", "prime": "′",
}  # fmt: skip


def letter_text(latex: str) -> str:
    r"""Return a symbol's LaTeX as Unicode text.

    >>> letter_text(r"H_{\mathrm{out}}"), letter_text(r"\hat{x}_{1}"), letter_text(r"\sigma^2")
    ('H_out', 'x̂_1', 'σ^2')
    """
    text = re.sub(r"\\(?:mathrm|mathit|mathbf|text|operatorname|boldsymbol)\s*", "", latex)
    text = re.sub(r"\\(hat|tilde|bar)\s*\{?(\w)\}?", lambda m: m[2] + _ACCENTS[m[1]], text)
    text = re.sub(r"\\([A-Za-z]+) ?", lambda m: _LETTERS.get(m[1], m[1]), text)
    return re.sub(r"\\[,;! ]|[{}$]", "", text).replace("'", "′")
