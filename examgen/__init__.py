"""examgen: randomized exams, proven answer keys, and a class's marks.

    from examgen import grade, judge, make, solve

The functions are imported when they are first used, so that `import examgen` costs nothing.
"""

from __future__ import annotations

import importlib

_HOMES = {
    "grade": "grader.grade",
    "judge": "answers.judge",
    "make": "generator.make",
    "solve": "examgen.solving",
}
__all__ = ["grade", "judge", "make", "solve"]


def __getattr__(name: str) -> object:
    """Imports a function of the toolkit by its name."""
    if name not in _HOMES:
        raise AttributeError(f"module 'examgen' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
