"""examgen: randomized exams, proven answer keys, and a class's marks.

    from examgen import grade, judge, make, read, solve

The functions are imported when they are first used, so that `import examgen` costs nothing.
"""

from __future__ import annotations

import importlib

_HOMES = {
    "grade": ("grader.grade", "grade"),
    "judge": ("answers.judge", "judge"),
    "make": ("generator.folder.make", "make"),
    "read": ("answers.echo", "echo"),
    "solve": ("examgen.solving", "solve"),
}
__all__ = ["grade", "judge", "make", "read", "solve"]


def __getattr__(name: str) -> object:
    """Imports a function of the toolkit by its name."""
    if name not in _HOMES:
        raise AttributeError(f"module 'examgen' has no attribute {name!r}")
    module, function = _HOMES[name]
    return getattr(importlib.import_module(module), function)
