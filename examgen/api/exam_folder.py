"""An exam folder that was made: it can be verified, and its class can be graded."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from examgen.api.results import Results
from examgen.ground.errors import ExamgenError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class ExamFolder:
    """A folder with papers, keys, forms and the manifest.

    Attributes:
        path: where it is.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        """Open an exam folder.

        Raises:
            ExamgenError: there is no such folder, or its manifest is damaged.
        """
        from examgen.folder.manifest import find_manifest

        self.path = Path(path)
        if not self.path.is_dir():
            raise ExamgenError(f"{self.path}: there is no such folder; make one with Exam.make")
        self._manifest = find_manifest(self.path)

    @property
    def title(self) -> str:
        """Return the title of the exam."""
        return self._manifest.heading

    @property
    def results(self) -> Results:
        """Return the results of the last grading.

        Raises:
            InputError: nothing was graded.
        """
        return Results(self.path)

    def grade(
        self, submissions: Iterable[str | PathLike[str]], *, latest: bool = False, jobs: int = 1
    ) -> Results:
        """Mark what students handed in; the results are in the exam folder, too.

        Args:
            submissions: tables, JSON, YAML and filled PDF forms; folders and archives of them.
            latest: of submissions of a student that differ, take the latest.
            jobs: how many processes mark.

        Raises:
            ExamgenError: the folder was not made by examgen, or nothing could be read.
        """
        from grader.grade import grade

        report = grade(self.path, list(map(Path, submissions)), latest=latest, jobs=jobs)
        return Results(self.path, report.notices)

    def verify(self, questions: Sequence[str | PathLike[str]] = ()) -> tuple[str, ...]:
        """Make the exam again and return what differs; nothing if it is identical.

        Args:
            questions: folders with question files of your own.
        """
        from generator.folder.verify import verify

        return tuple(verify(self.path, tuple(map(Path, questions))))

    def __repr__(self) -> str:
        return f"ExamFolder({str(self.path)!r})"
