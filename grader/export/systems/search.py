"""All systems that grades are exported to."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from examgen.ground.plugins import modules_below
from grader.export import systems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.export.systems.base import System


@cache
def all_systems() -> Mapping[str, System]:
    """Return the constant `SYSTEM` of each file of this folder by name, in order of their ranks."""
    modules = modules_below(systems)
    found = [module.SYSTEM for module in modules if hasattr(module, "SYSTEM")]
    return {each.name: each for each in sorted(found, key=lambda each: (each.rank, each.name))}
