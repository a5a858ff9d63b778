"""Stamps beside an answer: a sign, its marks, and a sentence where there is one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from examgen.ground.translator import ENGLISH, Translator
from grader.feedback.page import sentence
from grader.records.submissions import visible

if TYPE_CHECKING:
    from grader.scoring.marked import MarkedAnswer

_FORMULA = re.compile(r"\$([^$]*)\$")


class Sign(Enum):
    """The sign of an answer's verdict in the margin."""

    RIGHT = "right"
    PART = "part"
    WRONG = "wrong"
    WAITS = "waits"
    NONE = "none"


@dataclass(frozen=True)
class Stamp:
    """The stamp beside an answer.

    Attributes:
        answer: its id.
        marks: as `3/4`.
        says: the mistake by name, and a person's remark; may be empty.
    """

    answer: str
    sign: Sign
    marks: str
    says: str = ""


def stamp_of(answer: MarkedAnswer, say: Translator = ENGLISH) -> Stamp:
    """Return the stamp beside an answer, in the language of its paper."""
    if not answer.out_of:
        return Stamp(answer.id, Sign.NONE, say(answer.left_out))
    given = "?" if answer.marks is None else say.marks(answer.marks)
    said = "" if answer.waits else sentence(answer, say)
    says = plain(" ".join(filter(None, (said, say.translate_note(answer.note)))))
    return Stamp(answer.id, _sign(answer), f"{given}/{say.marks(answer.out_of)}", says)


def _sign(answer: MarkedAnswer) -> Sign:
    if answer.marks is None:
        return Sign.WAITS
    if answer.marks >= answer.out_of:
        return Sign.RIGHT
    return Sign.PART if answer.marks > 0 else Sign.WRONG


def plain(text: str) -> str:
    r"""Return a sentence in one line, its formulas as text.

    >>> plain("it is $\\alpha_1$\n too")
    'it is α_1 too'
    """
    from pylatexenc.latex2text import LatexNodes2Text

    known = LatexNodes2Text(math_mode="text")
    shown = text
    if text.count("$") % 2 == 0:
        shown = _FORMULA.sub(lambda found: known.latex_to_text(found[1]), text)
    return " ".join(visible(shown).split())
