"""Find who took a paper that was made for nobody, by what is written on its cover."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from examgen.folder.pages.form_fields import NUMBER
from examgen.ground.tables.names import words_of
from grader.scan.account import TYPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from examgen.folder.students import Student
    from examgen.web.look.desk import Desk

MOST, LEAST = 5, 0.5


@dataclass(frozen=True)
class Owner:
    """A student who may have taken a paper.

    Attributes:
        alike: from 0 to 1, how much of what is written is theirs.
        has: the paper that is theirs already; empty where there is none.
    """

    student: Student
    alike: float
    has: str = ""


def taken_papers(desk: Desk) -> dict[str, str]:
    """Return the paper of each number that was read on a cover."""
    return {
        settled.text.strip(): settled.paper
        for (_, name), settled in desk.journal.settled.items()
        if name == NUMBER and settled.state == TYPED and settled.text.strip()
    }


def owners(
    roster: Iterable[Student], number: str, name: str, has: Mapping[str, str]
) -> Sequence[Owner]:
    """Return the students who are most alike, those without a paper first; nobody is chosen."""
    found = [Owner(one, _alike(one, number, name), has.get(one.id, "")) for one in roster]
    near = [one for one in found if one.alike >= LEAST]
    return sorted(near, key=lambda one: (bool(one.has), -one.alike, one.student.id))[:MOST]


def _alike(student: Student, number: str, name: str) -> float:
    shares = []
    if number.strip():
        shares.append(_ratio(number.strip().casefold(), student.id.casefold()))
    if name.strip():
        shares.append(_ratio(" ".join(words_of(name)), " ".join(words_of(student.name))))
    return sum(shares) / len(shares) if shares else 0.0


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
