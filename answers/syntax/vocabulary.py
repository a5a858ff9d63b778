"""The meaning of a run of letters: a function, a constant, a variable, or several in a row."""

from __future__ import annotations

from answers.syntax.functions.table import FUNCTIONS
from examgen.ground.record import record

GREEK = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi"
    " rho varrho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma"
    " Upsilon Phi Psi Omega ell hbar partial nabla".split()
)
GREEK_LETTERS = dict(
    zip(
        "αβγδεζηθικλμνξρστυφχψωΓΔΘΛΞΠΣΦΨΩ∂∇ς",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau"
        " upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega partial"
        " nabla sigma".split(),
        strict=True,
    )
)
VARIANTS = {"varepsilon": "epsilon", "vartheta": "theta", "varphi": "phi", "varrho": "rho"}
CONSTANT_NAMES = {
    "e": "e", "i": "i", "pi": "pi", "inf": "inf", "infinity": "inf", "infty": "inf",
    "oo": "inf", "Inf": "inf", "INF": "inf", "Infinity": "inf", "Pi": "pi", "PI": "pi",
}  # fmt: skip
MAX_RUN = 100
_NO_PRODUCTS = frozenset({"deg"})


@record
class Names:
    """The names that are variables.

    Attributes:
        declared: variables named by the author; they hide functions and constants.
        known: letters of the expected answer, when a student's answer is read.
        is_author: a letter with digits behind it is a name: x1 is not x times 1.
    """

    declared: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    is_author: bool = False

    def is_variable(self, name: str) -> bool:
        """Return whether a name certainly is a variable."""
        return name in self.declared or (name in self.known and name not in CONSTANT_NAMES)

    def canonical(self, name: str) -> str:
        """Return the variable that is meant where one is known as `x1` and written `x_1`."""
        joined = name.replace("_", "", 1)
        if joined != name and not self.is_variable(name) and self.is_variable(joined):
            return joined
        return name

    def join_digits(self, name: str, digits: str) -> str | None:
        """Return the name of letters with digits behind them; None where they are a product.

        >>> Names(frozenset({"x1"})).join_digits("x", "1"), Names().join_digits("x", "1")
        ('x1', None)
        """
        for spelled in (f"{name}{digits}", f"{name}_{digits}"):
            if self.is_variable(spelled):
                return spelled
        is_letter = len(name) == 1 or name in GREEK
        if self.is_author and is_letter and not self.declared and name not in CONSTANT_NAMES:
            return name + digits
        return None

    def is_function(self, name: str) -> bool:
        """Return whether a name is a function of the table."""
        return name in FUNCTIONS and not self.is_variable(name)

    def is_constant(self, name: str) -> bool:
        """Return whether a name is one of the constants."""
        return name in CONSTANT_NAMES and not self.is_variable(name)

    def has_meaning(self, name: str) -> bool:
        """Return whether a name means something as a whole."""
        return (
            self.is_variable(name)
            or name in GREEK
            or self.is_function(name)
            or self.is_constant(name)
        )

    def split(self, run: str) -> list[str] | None:
        """Part a run of letters into names, `sinx` into sin and x; None for an unknown word.

        >>> Names(frozenset({"h", "x"})).split("hx")
        ['h', 'x']
        >>> Names().split("banana") is None
        True
        """
        if len(run) == 1 or self.has_meaning(run):
            return [run]
        if len(run) > MAX_RUN:
            return None
        parts: list[str] = []
        at = 0
        while at < len(run):
            part = self._longest(run, at)
            parts.append(part)
            at += len(part)
        if (
            len(parts) > 1
            and not {*run} <= self.known | self.declared
            and self._is_word(run, parts)
        ):
            return None
        strange = [p for p in parts if not self.has_meaning(p)]
        if len(run) > 3 and len(strange) > 1:
            return None
        return parts

    @staticmethod
    def _is_word(run: str, parts: list[str]) -> bool:
        """Return whether a run is a word rather than a product: foo is not f times infinity."""
        return run in _NO_PRODUCTS or any(
            len(p) > 1 and CONSTANT_NAMES.get(p) == "inf" for p in parts
        )

    def _longest(self, run: str, at: int) -> str:
        for end in range(len(run), at + 1, -1):
            part = run[at:end]
            if self.has_meaning(part) and (end - at > 1):
                return part
        return run[at]
