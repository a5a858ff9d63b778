"""E notation with a space or a calculator's sign: `4.5 e4`, `4.31EE-27`, `4.5e(-4)`, `4.5^4`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.base import VALUES, Ambiguity, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

_SPACED = re.compile(r"(?<=[\d.])\s*[eE]\s*\+?(\d+)(?!\d|\.\d)")
_CALCULATOR = re.compile(r"(?<=[\d.])\s*(?:EE|EXP|ee)\s*\(?\s*([+\-−]?\s*\d+)\s*\)?")
_BRACKETED = re.compile(r"(?<=[\d.])\s*[eE]\s*\(\s*\+?(\d+)\s*\)(?![\d.])")
_STOP = re.compile(r"(?<=\d[eE]\d)\.\s*$|(?<=[eE]\d\d)\.\s*$|(?<=[eE][-+]\d)\.\s*$")
_SIGNED = re.compile(r"(?<=[\d.])\s*[eE]\s*\(?\s*([+\-−])\s*(\d+)\s*\)?(?![\d.])")
# As a calculator's display is copied: 2.31 with a raised 20.
_RAISED = re.compile(r"\s*([+-]?[1-9][.,]\d+)\s*\^\s*([+-]?\d{1,3})\s*")
_OCCURS = re.compile(r"[\d.]\s*[eE^]")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:  # noqa: ARG001
    settled = _SPACED.sub(r"e\1", _STOP.sub("", text))
    settled = _CALCULATOR.sub(lambda found: "e" + found[1].replace(" ", ""), settled)
    if settled != text:
        yield Reading(settled, is_settled=True, how="with its power of ten")
    signed = _SIGNED.sub(r"e\1\2", _BRACKETED.sub(r"e\1", settled))
    if signed != settled:
        yield Reading(signed, is_settled=False, how="a power of ten")
    if raised := _RAISED.fullmatch(text):
        yield Reading(f"{raised[1]}e{raised[2]}", is_settled=False, how="a power of ten")


AMBIGUITY = Ambiguity(
    "spaced_exponent",
    VALUES,
    _readings,
    rank=42,
    occurs=_OCCURS,
    signs="a^",
)
