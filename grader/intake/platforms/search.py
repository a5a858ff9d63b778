"""All platforms, and the one that wrote a table."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from examgen.ground.plugins import modules_below
from grader.intake import platforms
from grader.intake.platforms.base import Platform, fold_header
from grader.intake.platforms.own import MAPPED, OWN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@cache
def all_platforms() -> tuple[Platform, ...]:
    """Return the constant `PLATFORM` of each file of this folder, in the order of their ranks."""
    modules = modules_below(platforms)
    found = [module.PLATFORM for module in modules if hasattr(module, "PLATFORM")]
    return tuple(sorted(found, key=lambda each: (each.rank, each.name)))


def platform_of(cells: Sequence[str], mapping: Mapping[str, str]) -> Platform:
    """Return who wrote the table that has this header.

    Args:
        cells: the header.
        mapping: what columns hold, where the user says so.
    """
    own = OWN if set(map(fold_header, cells)).isdisjoint(map(fold_header, mapping)) else MAPPED
    return next((each for each in all_platforms() if each.questions(cells)), own)


def refuse_table(cells: Sequence[str]) -> tuple[str, str] | None:
    """Return what a table without answers is, and what to hand in instead; None for others."""
    for found in filter(None, (each.refused(cells) for each in all_platforms())):
        what, fix = found
        return f"this is {what}, which holds no answers", fix
    return None
