r"""Values in the commands of siunitx, which read digits, not LaTeX: `\qty{\V{n}}{\metre}`."""

from __future__ import annotations

import re

from generator.texts.figures.syntax import end_of_group
from generator.texts.values_in_formulas import BEGIN, END

_COMMAND = re.compile(
    r"\\(?:num|qty|SI|ang|numrange|qtyrange|SIrange|numlist)(?:\[[^\]]*\])?(?=\{)"
)
_VALUE = re.compile(f"{BEGIN}([^{END}]*){END}")


def in_digits(text: str) -> str:
    r"""Return a text in which marked values that siunitx reads are digits.

    >>> in_digits("\\num{" + BEGIN + r"12{,}345.5 \times 10^{-6}" + END + "}")
    '\\num{12345.5e-6}'
    """
    made, at = [], 0
    for found in _COMMAND.finditer(text):
        start = found.end()
        end = end_of_group(text, start)
        if end is not None and start >= at:
            made += [text[at:start], _VALUE.sub(lambda one: _digits(one[1]), text[start:end])]
            at = end
    return "".join([*made, text[at:]])


def _digits(latex: str) -> str:
    plain = re.sub(r"\s*\\times\s*10\^\{?(-?\d+)\}?", r"e\1", latex)
    return plain.replace("{,}", "").replace("\\,", "")
