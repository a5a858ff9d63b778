r"""Formulas of substances in another notation: `H_2SO_4` or `\ce{H2SO4}` for `H2SO4`.

Indices, charges and the commands around them are left out, in the answer and in what is right.
Spaces within a formula are for a person: they part words, too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading
from answers.kinds.texts import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_LONGEST = 100
_INDEX = re.compile(r"(?<=[A-Za-z)\]])_(?:\{(\d+)\}|(\d+))")
_CHARGE = re.compile(r"(?<=[A-Za-z0-9)\]}])\s*\^(?:\{(\d*[+-])\}|(\d*[+-]))")
_COMMANDS = re.compile(r"\\(?:ce|mathrm|text|textrm|rm)(?![A-Za-z])\s*|\\,|[{}$]")
_FORMULA = re.compile(r"(?=.*\d|.*[+-]$)[A-Za-z0-9()\[\]+-]+")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    if len(text) > _LONGEST:
        return
    capitals = setting.options.keeps_capitals
    for right in (setting.expected, *setting.options.other_answers):
        own, mine = _plain(right, capitals=capitals), _plain(text, capitals=capitals)
        is_formula = _FORMULA.fullmatch(own) is not None
        if is_formula and own == mine.replace(" ", ""):
            yield Reading(setting.expected, is_settled=own == mine, how=f"{right} as it is typed")
            return


def _plain(text: str, *, capitals: bool) -> str:
    """Return a formula as plain text."""
    for pattern in (_CHARGE, _INDEX):
        text = pattern.sub(lambda found: found[1] or found[2], text)
    return fold_text(_COMMANDS.sub("", text), choice=False, capitals=capitals)


AMBIGUITY = Ambiguity("chemical_formulas", frozenset({"text"}), _readings, rank=70)
