"""The results of a class: paper by paper, as a table, as a report."""

from __future__ import annotations

from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from examgen.ground.errors import ExamgenError, Fault, ToolError
from examgen.ground.wording import format_count, marks_counted, marks_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    import pandas as pd

    from grader.results.summary import ClassSummary
    from grader.scoring.marked import MarkedPaper

_SHOWN = 20


class Results:
    """The results of grading for each paper of an exam folder.

    Attributes:
        folder: the exam folder.
        notices: what was wrong with what was handed in.
    """

    def __init__(self, folder: Path, notices: tuple[Fault, ...] = ()) -> None:
        self.folder = folder
        self.notices = notices
        self._papers = {paper.paper: paper for paper in self._read()}

    def _read(self) -> Iterator[MarkedPaper]:
        from grader.results.made import current_results
        from grader.results.read import read_results

        return read_results(current_results(self.folder))

    def __iter__(self) -> Iterator[MarkedPaper]:
        return iter(self._papers.values())

    def __len__(self) -> int:
        return len(self._papers)

    def paper(self, name: str) -> MarkedPaper:
        """Return a paper with the verdict, the marks and the ground of each answer.

        Args:
            name: the number printed on it: "001".

        Raises:
            ExamgenError: the exam has no such paper.
        """
        if name not in self._papers:
            said = f"{self.folder}: there is no paper {name!r}; the exam has"
            raise ExamgenError(f"{said} {next(iter(self._papers))} to {list(self._papers)[-1]}")
        return self._papers[name]

    @cached_property
    def summary(self) -> ClassSummary:
        """Return how the class did: counts of verdicts, the mean, what waits for a person."""
        from grader.results.summary import Tally

        tally = Tally()
        for paper in self:
            tally.add(paper)
        return tally.summary()

    def to_dataframe(self) -> pd.DataFrame:
        """Return a table with a row for each answer of each paper.

        Marks are floats, NaN while a person has to decide; all else is text.

        Raises:
            ToolError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            fix = "pip install 'examgen-toolkit[pandas]'"
            raise ToolError(f"a data frame needs pandas, which is not installed: {fix}") from error
        rows = [
            {
                "paper": paper.paper,
                "student": paper.student,
                "answer": answer.id,
                "kind": answer.kind,
                "response": answer.text,
                "verdict": answer.verdict.value,
                "ground": answer.ground,
                "mistake": answer.mistake,
                "marks": None if answer.marks is None else float(answer.marks),
                "out_of": float(answer.out_of),
                "bonus": answer.bonus is not None,
                "why": answer.why,
            }
            for paper in self
            for answer in paper.answers
        ]
        return pd.DataFrame(rows).astype({"marks": float})

    def report(self, out: str | PathLike[str] | None = None) -> Path:
        """Write the statistics of class, items and variants as a page, and return its path.

        Args:
            out: the folder of the report; `report` in the exam folder by default.

        Raises:
            ToolError: matplotlib or SciPy is not installed.
        """
        from grader.report.report import report, write_report

        try:
            page, *_ = write_report(report(self.folder), Path(out or self.folder / "report"))
        except ImportError as error:
            fix = "pip install 'examgen-toolkit[report]'"
            raise ToolError(f"a report needs {error.name}, which is missing: {fix}") from error
        return page

    def _repr_html_(self) -> str:
        """Return the totals as a table, for a notebook."""
        found = self.summary
        said = f"{format_count(found.handed_in, 'paper')} of {found.count} handed in"
        if found.mean is not None:
            said += f", mean {float(found.mean):.2f} of {marks_counted(found.out_of)}"
        rows = "".join(map(_row, list(self)[:_SHOWN]))
        more = len(self) - _SHOWN
        rest = f"<p>and {format_count(more, 'more paper')}</p>" if more > 0 else ""
        head = "<tr><th>paper</th><th>student</th><th>marks</th><th>waiting</th></tr>"
        return f"<p>{escape(said)}</p><table>{head}{rows}</table>{rest}"


def _row(paper: MarkedPaper) -> str:
    marks = f"{marks_text(paper.total)} of {marks_text(paper.out_of)}" if paper.handed_in else ""
    waits = marks_text(paper.pending) if paper.pending else ""
    cells = (paper.paper, paper.name or paper.student, marks, waits)
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
