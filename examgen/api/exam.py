"""An exam that can be made."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from examgen.api.exam_folder import ExamFolder
from examgen.ground.errors import ExamgenError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.exams.model import Exam as ExamContents


class Exam:
    """An exam: its title and its questions, of which papers can be made.

    Attributes:
        contents: the exam file and the question files as they were read.

    >>> Exam.load("ceng403").title
    'CNN architectures and recurrent networks'
    """

    def __init__(self, contents: ExamContents) -> None:
        self.contents = contents

    @classmethod
    def load(cls, exam: str | PathLike[str], questions: Sequence[str | PathLike[str]] = ()) -> Exam:
        """Read an exam with all its questions.

        Args:
            exam: an exam file, a folder of an exam, or the name of one that comes with examgen.
            questions: folders with question files of your own; the bank is always known.

        Raises:
            ExamgenError: there is no such exam, or one of its files has a fault.
        """
        from generator.exams.exam_file import read_exam
        from generator.exams.find_exam import find_exam

        return cls(read_exam(find_exam(Path(exam)), tuple(map(Path, questions))))

    @property
    def code(self) -> str:
        """Return the exam's short name, after which its folder is called."""
        return self.contents.code

    @property
    def title(self) -> str:
        """Return the exam's title, as its cover has it."""
        return self.contents.cover.title

    def make(
        self,
        seed: int | str,
        out: str | PathLike[str],
        *,
        students: str | PathLike[str] | None = None,
        copies: int | None = None,
        pdf: Literal["auto", "yes", "no"] = "auto",
        force: bool = False,
        jobs: int = 2,
    ) -> ExamFolder:
        """Make papers, proven keys, forms and the manifest, whole or not at all.

        Args:
            seed: any number or text; the same seed gives the same papers.
            out: the exam folder to write.
            students: a roster, a table with `id` and `name`.
            copies: how many papers without names, where there is no roster; one by default.
            pdf: "auto": where there is a TeX engine; "yes": or fail; "no": HTML and .tex only.
            force: replace an exam folder that is there.
            jobs: how many processes work at once.

        Raises:
            ExamgenError: the folder exists, or a key is not proven; then nothing is left.
        """
        from examgen.proof.member import faults
        from generator.folder.make import Job, make
        from generator.variants.assemble import copies as unnamed
        from generator.variants.roster import read_roster

        if students is not None and copies is not None:
            raise ExamgenError("students and copies were given; give one of them")
        people = unnamed(copies or 1) if students is None else read_roster(Path(students))
        job = Job(
            self.contents,
            str(seed),
            people,
            Path(out),
            pdf=pdf,
            force=force,
            workers=jobs,
            prove=faults,
        )
        report = make(job)
        if report.failures:
            raise ExamgenError("\n".join(report.failures))
        return ExamFolder(out)

    def __repr__(self) -> str:
        return f"Exam({self.code!r}, {self.title!r})"
