"""examgen: randomized exams, proven answer keys, and a class's marks.

    from examgen import Exam, ExamFolder, judge, read, solve

What is imported from here is loaded when it is first used, so that `import examgen` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from examgen.api.answers import judge, read, solve
    from examgen.api.exam import Exam
    from examgen.api.exam_folder import ExamFolder
    from examgen.api.results import Results

_HOMES = {
    "Exam": "examgen.api.exam",
    "ExamFolder": "examgen.api.exam_folder",
    "Results": "examgen.api.results",
    "judge": "examgen.api.answers",
    "read": "examgen.api.answers",
    "solve": "examgen.api.answers",
}
__all__ = ["Exam", "ExamFolder", "Results", "judge", "read", "solve"]


def __getattr__(name: str) -> object:
    """Import a name of the toolkit when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'examgen' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
