"""Find an exam: a file, a folder of its own, or a name of those that come with examgen."""

from __future__ import annotations

from importlib.resources import files
from types import ModuleType
from typing import TYPE_CHECKING

from examgen.ground.errors import ExamgenError
from examgen.ground.plugins import load_entry_points

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

PLUGINS = "examgen.questions"  # entry points of packages that hold question files
EXAM = "exam.yaml"  # in a folder of its own, beside its questions/


def question_folders() -> list[Traversable]:
    """Return the folders of question files that are always known: of plugins, and the bank."""
    own = [
        files(package)
        for _, package in load_entry_points(PLUGINS)
        if isinstance(package, ModuleType)
    ]
    return [*own, files("templates") / "questions"]


def bundled_exam(name: str = "ceng403") -> Traversable:
    """Return an exam file that comes with examgen: `NAME.yaml`, or `NAME/exam.yaml`."""
    exams = files("templates") / "exams"
    own = exams / name / EXAM
    return own if own.is_file() else exams / f"{name}.yaml"


def bundled_exams() -> list[str]:
    """Return the names of the exams that come with examgen."""
    exams = (files("templates") / "exams").iterdir()
    return sorted(one.name.removesuffix(".yaml") for one in exams if not one.name.startswith("."))


def find_exam(given: Path | None) -> Path | Traversable:
    """Return the exam file of a path: itself, that of a folder, or the bundled one of this name.

    A folder without an exam file, such as one of papers that were made, does not hide a bundled
    exam of its name.

    Raises:
        ExamgenError: there is neither a file, a folder nor a bundled exam of this name.
    """
    if given is None:
        return bundled_exam()
    own = given / EXAM if given.is_dir() else given
    if own.exists():
        return own
    if str(given) in bundled_exams():
        return bundled_exam(str(given))
    if not given.exists() and not given.suffix:
        what = f"{given}: there is no such file, folder or bundled exam"
        raise ExamgenError(f"{what}; the bundled ones are {', '.join(bundled_exams())}")
    return own
