"""Letters and points that stand for the sign of multiplication: `3x3x64`, `f x C`, `f.C`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import NUMBERS, Ambiguity, Reading
from answers.syntax.functions.table import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

# What each of the patterns below needs; most texts have nothing of it.
_POINTED = r"[A-Za-z)\]}\d]\s*\.\s*[A-Za-z(\[\\{]|\s\.\s|[\d.]\s*10\s*[\^*⁻⁰¹²³⁴⁵⁶⁷⁸⁹]"
_SUSPECT = re.compile(rf"[xX×]|{_POINTED}")
# The same where x is a letter of the question.
_BESIDE_X = re.compile(rf"[\w)\]]\s+[xX]\s|{_POINTED}")
_BETWEEN = re.compile(r"(?<=[\d)\]}])(?:\s*[xX×]\s*(?=[\d(\[{])|\s+[xX×]\s+(?=[-−]\.?\d))")
_BEFORE_SIGN = re.compile(r"(?<=[\d)\]}])\s*[xX×]\s*(?=[-+−]\s?\.?\d)")
_RUN = re.compile(r"[A-Za-z]+")
_POINT = re.compile(r"(?<=[A-Za-z)\]}])\s*\.\s*(?=[A-Za-z(\[\\{])|(?<=[\d)])\s+\.\s+(?=[\d(])")
_TEN = re.compile(
    r"(?<=\d)\s+(?=10\s*(?:\^|\*\*|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]))|(?<=\d)\s*\.\s*(?=10\s*(?:\^|\*\*))"
)
_STAR_X = re.compile(r"(?<=[\w)\]])\s+[xX]\s+(?=[\w(\[\\])")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    if not {"x", "X"}.isdisjoint(setting.names) and not _BESIDE_X.search(text):
        return
    changed = _TEN.sub("*", text)
    if setting.kind != "quantity":  # where a point ends a short form: deg. C
        changed = _POINT.sub("*", changed)
    if not {"x", "X"} & setting.names:
        changed = _BETWEEN.sub("*", _STAR_X.sub("*", changed))
        if setting.kind not in NUMBERS:
            changed = _RUN.sub(_with_sign, changed)
    if not {"x", "X"} & setting.names and (signed := _BEFORE_SIGN.sub("*", changed)) != changed:
        yield Reading(signed, is_settled=False, how="x as the sign for times")
    if changed != text:
        yield Reading(changed, is_settled=True, how="with its sign for times")
    elif "x" in setting.names and (spaced := _STAR_X.sub("*", text)) != text:
        yield Reading(spaced, is_settled=False, how="x as the sign for times")


def _with_sign(found: re.Match[str]) -> str:
    """Return a run of letters with each x as a sign, if it is no function's name."""
    run = found[0]
    if run in FUNCTIONS or (len(run) < 2 and not _has_neighbours(found)):
        return run
    inner = run.replace("x", "*").replace("X", "*") if len(run) <= 9 else run
    return inner if run in {"x", "X"} or inner.strip("*") == inner else run


def _has_neighbours(found: re.Match[str]) -> bool:
    before, after = found.string[: found.start()].rstrip(), found.string[found.end() :].lstrip()
    return bool(before) and before[-1] in ")]}0123456789" and after[:1] in {*"([{\\", *"0123456789"}


AMBIGUITY = Ambiguity(
    "times_signs",
    NUMBERS | {"expression", "equation", "list"},
    _readings,
    rank=30,
    occurs=_SUSPECT,
    signs="a.",
)
