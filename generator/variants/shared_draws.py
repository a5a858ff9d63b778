"""Parameters that several parts of a paper share: one value for all, from a stream of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.exams.shared_faults import common_values
from generator.questions.draw import ATTEMPTS, NoDraw, choose, draw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.exams.model import ExamPart

Shared = dict[str, str]


def draw_shared_values(
    names: Sequence[str],
    parts: Sequence[ExamPart],
    stream: tuple[str, str],
    label: str,
    fixed: Mapping[str, str],
) -> Shared:
    """Draw the values that parts share, until each of them has an acceptable draw with these.

    Args:
        names: of the parameters.
        parts: those of which each has some of them.
        stream: seed and student.
        label: of what they share it in: a question's title, or an exam.
        fixed: what is shared besides.

    Raises:
        NoDraw: none of many values is acceptable to all parts.
    """
    if not names:
        return {}
    options = {name: common_values(name, parts) for name in names}
    reason = ""
    for attempt in range(ATTEMPTS):
        drawn = {
            name: choose(values, *stream, "share", label, name, str(attempt))
            for name, values in options.items()
        }
        found = [why for part in parts if (why := _refusal(part, {**fixed, **drawn}, stream))]
        if not found:
            return drawn
        reason = found[0]
    raise NoDraw(label, f"{', '.join(names)} are shared, and {reason}")


def own_values(part: ExamPart, shared: Mapping[str, str]) -> Shared:
    """Return the fixed values of a part with those of what is shared that it draws."""
    return {**{n: v for n, v in shared.items() if n in part.question.vary}, **part.fixed}


def _refusal(part: ExamPart, shared: Mapping[str, str], stream: tuple[str, str]) -> str:
    """Return why a part has no draw with shared values; empty where it has one."""
    try:
        member = draw(part.question, own_values(part, shared), *stream)
    except NoDraw as error:
        return error.reason
    return member.outside or member.refused
