"""Making an exam folder: papers, keys, forms and the manifest, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from answers.cells import table
from answers.key import AnswerKey
from generator.assemble import papers
from generator.escape import unprintable
from generator.fairness import effort_of
from generator.render import form_json, form_rows, key_tex, marker_table_tex, paper_html, paper_tex
from generator.tex import compile_beside, engine
from solvers.errors import ExamgenError, ToolError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from fractions import Fraction

    from answers.key import PaperKey
    from generator.exam import Exam
    from generator.paper import Paper, Part, Student

SCHEMA = 1
MANIFEST = "exam.json"


@dataclass(frozen=True)
class MakeReport:
    """What was made.

    Attributes:
        pdf: whether there are PDFs.
        failures: papers that TeX could not print, with the reason.
    """

    folder: Path
    count: int
    pdf: bool
    failures: tuple[str, ...]


@dataclass(frozen=True)
class Job:
    """An exam to be made.

    Attributes:
        pdf: "auto": where a TeX engine is; "yes": or fail; "no": never.
        spread: by how much the effort of two papers may differ at most, part by part.
    """

    exam: Exam
    seed: str
    students: Sequence[Student]
    out: Path
    pdf: Literal["auto", "yes", "no"] = "auto"
    force: bool = False
    workers: int = 2
    spread: Fraction | None = None


def make(job: Job, progress: Callable[[int, int], None] | None = None) -> MakeReport:
    """Makes an exam folder.

    Args:
        job: what to make, and where.
        progress: called with the number of documents done and of all.

    Raises:
        ExamgenError: the folder exists, a question has no acceptable parameters, a name cannot be
            printed, or PDFs are demanded and cannot be made. Then nothing is written.
    """
    if job.out.exists() and not job.force:
        raise ExamgenError(f"{job.out} exists; choose another folder, or replace it with --force")
    if job.pdf == "yes" and engine() is None:
        raise ToolError("PDFs were asked for and there is no TeX engine; see examgen doctor")
    with_pdf = job.pdf != "no" and engine() is not None
    _check_names(job.students)
    job.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".examgen-", dir=job.out.parent) as temporary:
        folder = Path(temporary) / "exam"
        write_texts(job, folder)
        failures = tuple(_compile(folder, job.workers, progress)) if with_pdf else ()
        if failures and len(failures) == 2 * len(job.students):
            raise ToolError(failures[0])
        _replace(folder, job.out)
    return MakeReport(job.out, len(job.students), with_pdf, failures)


def _check_names(students: Sequence[Student]) -> None:
    strange = [(s, found) for s in students if (found := unprintable(s.name))]
    if strange:
        lines = [f"{student.id}: the name has {found!r}" for student, found in strange]
        fix = "write these names in Latin letters; pdfTeX has no others"
        raise ExamgenError("\n".join([*lines, fix]))


def write_texts(job: Job, folder: Path) -> None:
    """Writes everything but the PDFs."""
    for name in ("papers", "keys", "forms"):
        (folder / name).mkdir(parents=True)
    keys: list[PaperKey] = []
    public: list[str] = []
    parts: dict[str, _Seen] = {}
    for paper in papers(job.exam, job.seed, job.students, job.spread):
        _write(folder / "papers" / f"{paper.id}.tex", paper_tex(paper))
        _write(folder / "papers" / f"{paper.id}.html", paper_html(paper))
        _write(folder / "keys" / f"{paper.id}.tex", key_tex(paper))
        _write(folder / "forms" / f"{paper.id}.json", form_json(paper.key))
        public.append(json.dumps(_public(paper), ensure_ascii=False))
        keys.append(paper.key)
        for part in paper.parts:
            parts.setdefault(part.key.id, _Seen()).add(part)
    _write(folder / "key.jsonl", "".join(key.to_json() + "\n" for key in keys))
    _write(folder / "papers.jsonl", "".join(line + "\n" for line in public))
    _write(folder / "keys" / "all.tex", marker_table_tex(keys))
    _write(folder / "forms" / "answers.csv", table(*form_rows(keys)))
    _write(folder / "key.csv", table(*_key_rows(keys)))
    manifest = json.dumps(_manifest(job, folder, parts), ensure_ascii=False, indent=2)
    _write(folder / MANIFEST, manifest + "\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _public(paper: Paper) -> Mapping[str, object]:
    parameters = {part.id: dict(part.model.inputs) for part in paper.key.parts}
    return {"paper": paper.id, "student": paper.student.id, "parameters": parameters}


def _key_rows(keys: Sequence[PaperKey]) -> tuple[list[str], list[list[str]]]:
    rows = [
        [key.paper, key.student, answer.id, answer.kind, answer.expected, str(answer.marks)]
        for key in keys
        for answer in key.answers
        if isinstance(answer, AnswerKey)
    ]
    return ["paper", "student", "answer", "kind", "expected", "marks"], rows


@dataclass
class _Seen:
    """What the papers of a class have in one part: conventions, and how much work it is."""

    conventions: list[str] = field(default_factory=list)
    costs: list[int] = field(default_factory=list)

    def add(self, part: Part) -> None:
        """Takes in the part of one paper."""
        self.conventions += (said for said in part.conventions if said not in self.conventions)
        self.costs.append(_cost(part))

    def effort(self) -> Mapping[str, object]:
        """The least and the most work, and their ratio."""
        least, most = min(self.costs), max(self.costs)
        return {"min": least, "max": most, "spread": round(most / least, 3) if least else None}


@lru_cache(maxsize=2_048)
def _cost(part: Part) -> int:
    return effort_of(part.key.answers, part.solved).cost


def _manifest(job: Job, folder: Path, parts: Mapping[str, _Seen]) -> Mapping[str, object]:
    """All that is needed to make the same folder again, and to see whether it is the same."""
    cover = job.exam.cover
    return {
        "schema": SCHEMA,
        "examgen": _version(),
        "seed": job.seed,
        "code": job.exam.code,
        "course": cover.course,
        "title": cover.title,
        "exam": {"text": job.exam.text, "sha256": job.exam.sha256},
        "questions": {part.question.name: part.question.sha256 for part in job.exam.parts},
        "max_spread": None if job.spread is None else str(job.spread),
        "conventions": {name: seen.conventions for name, seen in parts.items()},
        "effort": {name: seen.effort() for name, seen in parts.items()},
        "students": [{"id": student.id, "name": student.name} for student in job.students],
        "sha256": {str(path.relative_to(folder)): file_hash(path) for path in made(folder)},
    }


def made(folder: Path) -> list[Path]:
    """The files of an exam folder besides its manifest, in order."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)


def file_hash(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - 20 ms

    try:
        return version("examgen-toolkit")
    except PackageNotFoundError:
        return "unknown"


def _compile(
    folder: Path, workers: int, progress: Callable[[int, int], None] | None
) -> Iterator[str]:
    sources = sorted((folder / "papers").glob("*.tex")) + sorted((folder / "keys").glob("*.tex"))
    for number, (_, failure) in enumerate(compile_beside(sources, workers), 1):
        if progress:
            progress(number, len(sources))
        if failure:
            yield failure


def _replace(new: Path, out: Path) -> None:
    """Puts the made folder in its place; an older one goes only when the new one is complete."""
    if out.exists():
        older = new.with_name("older")
        os.replace(out, older)  # noqa: PTH105 - a rename that cannot leave half a folder
        os.replace(new, out)  # noqa: PTH105
        shutil.rmtree(older)
    else:
        os.replace(new, out)  # noqa: PTH105
