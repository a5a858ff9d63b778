"""`make`, `key`, `verify`: exam folders."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typer

from examgen.ground.errors import ExamgenError
from examgen.ground.wording import format_count
from examgen.terminal import progress_bar

if TYPE_CHECKING:
    from examgen.ground.errors import Fault
    from generator.folder.make import MakeReport

GUESSABLE = (
    "The seed is easy to guess, and anyone who guesses it knows every paper and key;"
    " leave --seed out and a secret one is drawn"
)
QUESTIONS = "A folder with question files of your own; the bundled bank is always known."


def make(
    exam: Path | None = typer.Argument(
        None,
        help="An exam file, a folder with exam.yaml and questions/, or the name of a bundled "
        "exam; the CENG 403 exam without one.",
    ),
    seed: str | None = typer.Option(
        None,
        "--seed",
        help="Any text; the same seed gives the same papers. Without it a secret one is drawn.",
    ),
    students: Path | None = typer.Option(
        None, "--students", help="A roster: a table (CSV, XLSX, ODS) with id and name."
    ),
    copies: int | None = typer.Option(
        None, "--copies", min=1, max=100_000, help="Papers without names."
    ),
    versions: int | None = typer.Option(
        None,
        "--versions",
        min=2,
        max=26,
        help="How many versions the class shares; neighbours get different ones.",
    ),
    more: Path | None = typer.Option(
        None, "--add", help="A roster of students to add to the exam folder --out."
    ),
    out: Path | None = typer.Option(
        None, "--out", help="The exam folder; by default the exam's name."
    ),
    jobs: int = typer.Option(2, "--jobs", min=1, max=64, help="Processes that work at once."),
    questions: list[Path] = typer.Option([], "--questions", help=QUESTIONS),
    max_spread: float | None = typer.Option(
        None, "--max-spread", min=1, help="How much more work one paper may be than another: 1.5."
    ),
    *,
    spare: int = typer.Option(
        0, "--spare", min=0, max=9_999, help="Extra sheets; alone with --out, for a folder there."
    ),
    tex_only: bool = typer.Option(False, "--tex-only", help="Write HTML and .tex, make no PDF."),
    pdf: bool = typer.Option(False, "--pdf", help="Fail if no PDF can be made."),
    force: bool = typer.Option(False, "--force", help="Replace an existing folder."),
    resume: bool = typer.Option(False, "--resume", help="Go on where a run was interrupted."),
    group: bool = typer.Option(
        False, "--group", help="Let your group read the folder; otherwise only you can."
    ),
) -> None:
    """Make an exam folder: papers, keys, forms and the manifest.

    Example: examgen make --seed 42 --copies 3 --out exam
    """
    from examgen.proof.member import faults
    from generator.exams.exam_file import read_exam
    from generator.exams.find_exam import find_exam
    from generator.folder.add_students import add
    from generator.folder.make import Job
    from generator.folder.make import make as make_folder
    from generator.folder.seeds import is_guessable
    from generator.variants.assemble import copies as unnamed
    from generator.variants.roster import read_roster, with_versions

    if sum(given is not None for given in (students, copies, more)) > 1:
        raise typer.BadParameter("give one of --students, --copies and --add")
    if more is not None:
        if out is None:
            raise typer.BadParameter("name the exam folder with --out", param_hint="--add")
        with progress_bar("adding") as progress:
            report = add(
                out,
                read_roster(more, _tell),
                question_folders=questions,
                workers=jobs,
                resume=resume,
                prove=faults,
                progress=progress,
            )
        _say(report, tex_only=tex_only)
        return
    if spare and out is not None and exam is None and seed is None and not (students or copies):
        _spare(out, spare, questions)
        return
    if seed is None and students is None and copies is None:
        raise typer.BadParameter(
            "say for whom papers are made: --students ROSTER or --copies N;"
            " or give a --seed for one paper",
            param_hint="--seed",
        )
    read = read_exam(find_exam(exam), questions)
    people = read_roster(students, _tell) if students is not None else unnamed(copies or 1)
    target = out or Path(read.code)
    job = Job(
        read,
        _seed(seed, target, resume=resume),
        with_versions(people, versions) if versions is not None else people,
        target,
        "no" if tex_only else "yes" if pdf else "auto",
        force,
        resume,
        jobs,
        None if max_spread is None else Fraction(str(max_spread)),
        faults,
        group,
    )
    if seed is not None and students is not None and is_guessable(seed):
        typer.echo(GUESSABLE, err=True)
    with progress_bar("making") as progress:
        report = make_folder(job, progress)
    _say(report, tex_only=tex_only)
    if spare:
        _spare(target, spare, questions)
    if seed is None:
        typer.echo(f"A secret seed was drawn; it is kept in {target / 'exam.json'}")


def _spare(folder: Path, count: int, questions: list[Path]) -> None:
    from generator.folder.spare_sheets import write_spare

    path = write_spare(folder, count, questions)
    typer.echo(f"{path}: {format_count(count, 'extra sheet')}")


def _seed(given: str | None, out: Path, *, resume: bool) -> str:
    """Return the seed that was given, else the one that is kept, else a new one."""
    from generator.folder.make import unfinished_folder
    from generator.folder.seeds import draw_seed, kept_seed

    if given is not None:
        return given
    return (kept_seed(out, unfinished_folder(out)) if resume else None) or draw_seed()


def _tell(notice: Fault) -> None:
    typer.echo(str(notice), err=True)


def _say(report: MakeReport, *, tex_only: bool) -> None:
    from generator.pdf.pdflatex import install_hint

    has_pdf = any((report.folder / "papers").glob("*.pdf"))
    kinds = "PDF, HTML and .tex" if has_pdf else "HTML and .tex"
    typer.echo(
        f"{report.folder}: {format_count(report.count, 'paper')} with keys and forms ({kinds})"
    )
    for notice in report.notices:
        typer.echo(notice, err=True)
    if not report.pdf and not tex_only:
        typer.echo(f"No PDF was made: there is no TeX engine. To get one: {install_hint()}")
    if report.failures:
        raise ExamgenError("\n".join(report.failures))


def key(
    folder: Path = typer.Argument(..., help="An exam folder."),
    paper: list[str] = typer.Option([], "--paper", help="Only the paper with this id."),
    jobs: int = typer.Option(2, "--jobs", min=1, max=64, help="Processes that work at once."),
    questions: list[Path] = typer.Option([], "--questions", help=QUESTIONS),
    *,
    release: bool = typer.Option(
        False, "--release", help="Solutions for students, without the mistakes that are recognized."
    ),
    join: bool = typer.Option(False, "--join", help="Also all in one PDF."),
) -> None:
    """Write the answer keys of an exam folder again, or solutions for students.

    Example: examgen key exam --release
    """
    from generator.folder.rewrite_keys import KeyJob, write_keys

    kind: Literal["keys", "solutions"] = "solutions" if release else "keys"
    job = KeyJob(kind, tuple(paper), join, questions, jobs)
    with progress_bar("writing") as progress:
        written = write_keys(folder, job, progress)
    for path in written:
        typer.echo(str(path))


def verify(
    folder: Path = typer.Argument(..., help="An exam folder."),
    jobs: int = typer.Option(2, "--jobs", min=1, max=64, help="Processes that work at once."),
    questions: list[Path] = typer.Option([], "--questions", help=QUESTIONS),
    *,
    pdf: bool = typer.Option(False, "--pdf", help="Make the PDFs again, too."),
) -> None:
    """Make an exam again and compare: identical, or what differs and where.

    Example: examgen verify exam
    """
    from generator.folder.verify import verify as differences

    with progress_bar("making again") as progress:
        found = differences(folder, questions, workers=jobs, with_pdf=pdf, progress=progress)
    if found:
        raise ExamgenError("\n".join(found))
    typer.echo(f"{folder}: identical")


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (make, key, verify):
        app.command()(command)
