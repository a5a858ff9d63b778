"""`check`, `new`, `preview`, `schema`, `doctor`: for those who write questions."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from examgen.commands.making import QUESTIONS
from examgen.commands.scanning import MODULES
from examgen.ground.errors import ExamgenError
from examgen.ground.wording import format_count
from examgen.starters import starter_kinds, write_starter
from examgen.terminal import progress_bar

if TYPE_CHECKING:
    from examgen.proof import Duration, FamilyReport, WholeExam

_NO_FLINT = (
    "missing. Run: pip install python-flint. For musl (Alpine) and 32 bits there are no wheels: "
    "use a system with glibc (python:3.12-slim), or build it with FLINT 3.3 or later"
)
_EXTRAS = (
    ("Reports", "report", ("matplotlib", "scipy")),
    ("Scans and the pages of --look", "scan", MODULES),
    ("Workbooks (XLSX)", "xlsx", ("defusedxml", "openpyxl")),
)
SMALL_SPACE = 100_000  # all members of a question are tried up to this many


def check(
    files: list[Path] = typer.Argument(
        None, help="Question files or folders of them; exams for their questions; else the bank."
    ),
    held: list[str] = typer.Option([], "--with", help="Hold a parameter: --with kernel=3."),
    limit: int = typer.Option(
        SMALL_SPACE, "--limit", min=1, help="Try all members up to this many, else every pair."
    ),
    jobs: int = typer.Option(2, "--jobs", min=1, max=64, help="Processes that work."),
    questions: list[Path] = typer.Option([], "--questions", help=QUESTIONS),
    *,
    as_json: bool = typer.Option(False, "--json", help="Print a JSON object for each question."),
) -> None:
    """Prove questions: every member by oracle, examples, key, notations, mistakes and text.

    Example: examgen check templates/questions/cnn/conv_layer.tex
    """
    from examgen.proof import (
        duration,
        exam_at,
        incomplete_words,
        mixed_licences,
        prove,
        questions_of,
        sheets,
        whole_exam,
    )
    from examgen.proof.whole_exam import exam_table

    fixed = dict(_pair(text) for text in held)
    paths = questions_of(files or [], questions)
    faults: list[str] = []
    notices: list[str] = []
    reports: dict[str, FamilyReport] = {}
    if not as_json:
        typer.echo(f"{'question':30}{'members':>9}{'proven':>8}{'refused':>9}{'keys':>8}", nl=False)
        typer.echo(f"{'notations':>11}{'mistakes':>10}{'effort':>14}{'faults':>8}")
    with progress_bar("proving") as progress:
        for report in prove(paths, fixed=fixed, limit=limit, jobs=jobs, progress=progress):
            typer.echo(json.dumps(report.to_json()) if as_json else _row(report))
            reports[report.file] = report
            faults += report.faults
            notices += report.notices
    is_whole = not fixed and limit >= SMALL_SPACE
    for file in files or []:
        if (exam := exam_at(file, questions)) is not None:
            whole = whole_exam(exam, reports) if is_whole else None
            _show_exam(file, duration(exam), whole, as_json=as_json)
            for said in (*sheets(exam), *mixed_licences(exam), *incomplete_words(exam)):
                typer.echo(f"{file}: {said}", err=True)
            if whole is not None:
                notices += (f"{file}: {notice}" for notice in exam_table.notices(whole))
                faults += exam_table.faults(whole, str(file))
    for notice in notices:
        typer.echo(notice, err=True)
    if faults:
        raise ExamgenError("\n".join(faults))


def _show_exam(file: Path, length: Duration, whole: WholeExam | None, *, as_json: bool) -> None:
    """Print what an exam comes to; where variants were left out, its minutes only."""
    from examgen.proof.whole_exam.exam_table import sentences, table

    if whole is not None and as_json:
        typer.echo(json.dumps({"exam": str(file), **whole.to_json()}))
    elif whole is not None:
        typer.echo("\n".join(["", *table(whole), ""]))
    typer.echo(f"{file}: {length}", err=as_json or length.is_over)
    for said in sentences(whole) if whole is not None and not as_json else ():
        typer.echo(f"{file}: {said}")


def _row(report: FamilyReport) -> str:
    size = f"{report.size:,}" if report.size < 10**8 else f"{float(report.size):.0e}"
    size += "" if report.is_whole else "*"
    kept = report.refused + report.proven
    refused = f"{100 * report.refused / kept:.1f} %" if kept else "-"
    first = f"{report.name:30}{size:>9}{report.proven:>8,}{refused:>9}{report.distinct:>8,}"
    effort = ", ".join(map(str, report.effort))  # the least, the median and the most
    counts = f"{report.notations:>11,}{report.mistakes:>10,}{effort:>14}{len(report.faults):>8}"
    return first + counts


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise typer.BadParameter(f"expected name=value, found {text!r}", param_hint="--with")
    return name.strip(), value.strip()


def new(
    name: str = typer.Argument(..., help="Topic and name: cnn/my_question."),
    kind: str = typer.Option("integer", "--kind", help=f"One of {', '.join(starter_kinds())}."),
) -> None:
    """Write a question file to begin with, of one kind, with code beside it where that is its kind.

    Example: examgen new stats/my_question --kind data
    """
    path = Path("questions") / f"{name.removesuffix('.tex')}.tex"
    if Path(name).is_absolute() or ".." in path.parts or not Path(name).name:
        raise typer.BadParameter(
            f"expected a topic and a name such as cnn/my_question, found {name!r}",
            param_hint="NAME",
        )
    if kind not in starter_kinds():
        what = f"there is no kind {kind!r}; the kinds are {', '.join(starter_kinds())}"
        raise typer.BadParameter(what, param_hint="--kind")
    if path.exists() or path.with_suffix(".py").exists():
        raise ExamgenError(f"{path} exists; choose another name")
    write_starter(path, kind)
    typer.echo(f"{path}: change it, then run examgen check {path} and examgen preview {path}")


class FileKind(StrEnum):
    """The kinds of files that people write."""

    QUESTION = "question"
    EXAM = "exam"


def schema(kind: FileKind = typer.Argument(..., help="question or exam.")) -> None:
    """Print the JSON Schema of question files (their front matter) or exam files, for editors.

    Example: examgen schema exam > exam.schema.json
    """
    from examgen.yaml_files.json_schema import json_schema
    from generator.exams.exam_entry import ExamEntry
    from generator.questions.front_matter import Front

    model = Front if kind is FileKind.QUESTION else ExamEntry
    typer.echo(json.dumps(json_schema(model), indent=2))


def preview(
    file: Path = typer.Argument(..., help="A question file."),
    seed: str = typer.Option("1", "--seed", help="Chooses the numbers."),
    out: Path = typer.Option(Path("preview"), "--out", help="A folder for the preview."),
    *,
    watch: bool = typer.Option(False, "--watch", help="Again whenever the file changes."),
) -> None:
    """Show one question: a page with key and variants, and the printed paper and key.

    Example: examgen preview questions/cnn/my_question.tex
    """
    import time

    _preview(file, seed, out)
    seen = file.stat().st_mtime_ns
    while watch:
        time.sleep(0.3)
        now = file.stat().st_mtime_ns if file.exists() else seen
        if now != seen:
            seen = now
            try:
                _preview(file, seed, out)
            except ExamgenError as error:
                typer.echo(str(error), err=True)


def _preview(file: Path, seed: str, out: Path) -> None:
    from examgen.gallery import gallery as page
    from examgen.proof import exam_of, read
    from generator.folder.make import Job, make
    from generator.variants.assemble import copies

    shown = page([file])
    out.mkdir(parents=True, exist_ok=True)
    (out / "question.html").write_text(shown, encoding="utf-8", newline="\n")
    report = make(Job(exam_of(read(file)), seed, copies(1), out / "exam", force=True))
    if report.failures:
        raise ExamgenError("\n".join(report.failures))
    typer.echo(f"{out / 'question.html'}: the question; {out / 'exam'}: its paper and key")


def gallery(
    files: list[Path] = typer.Argument(None, help="Question or exam files; else the bank."),
    out: Path = typer.Option(Path("gallery.html"), "--out", help="The page to write."),
) -> None:
    """Write one HTML page that shows questions with keys, mistakes, notations and variants.

    Example: examgen gallery --out gallery.html
    """
    from examgen.gallery import gallery as page
    from examgen.proof import exam_at, questions_of

    paths = questions_of(files or [])
    exams = [exam for file in files or [] if (exam := exam_at(file)) is not None]
    shown = page(paths, hints=all(exam.practice for exam in exams))
    out.write_text(shown, encoding="utf-8", newline="\n")
    typer.echo(f"{out}: {format_count(len(paths), 'question')}")


def doctor(
    *, tex: bool = typer.Option(False, "--tex", help="Only say how to get a TeX engine.")
) -> None:
    """Say what is installed, what is missing, and the command that installs it.

    Example: examgen doctor
    """
    import platform
    from importlib.util import find_spec

    from generator.pdf.converters import PROGRAMS
    from generator.pdf.pdflatex import (
        apt_hint,
        engine,
        install_hint,
        lacking_of_questions,
        missing_packages,
    )
    from generator.pdf.sandbox import available

    if tex:
        typer.echo(f"No TeX engine was found. To get one: {install_hint()}")
        return
    typer.echo(f"Python {platform.python_version()}: ok")
    typer.echo(f"FLINT (compares answers): {'ok' if find_spec('flint') else _NO_FLINT}")
    for use, extra, modules in _EXTRAS:
        lacks = [name for name in modules if find_spec(name) is None]
        fix = f"missing {', '.join(lacks)}. Run: pip install 'examgen-toolkit[{extra}]'"
        typer.echo(f"{use}: {fix if lacks else 'ok'}")
    for one in PROGRAMS:
        state = "ok" if one.path is not None else f"missing. Run: {one.hint}"
        typer.echo(f"{one.name} ({one.use}): {state}")
    if engine() is None:
        typer.echo(
            f"TeX engine: missing; papers are made as HTML and .tex. To get one: {install_hint()}"
        )
        return
    typer.echo(f"TeX engine {engine()}: ok")
    lacking = missing_packages()
    if lacking:
        typer.echo(f"LaTeX packages missing: {', '.join(lacking)}. Run: {install_hint()}")
    else:
        typer.echo("LaTeX packages: ok")
    for apt, names in lacking_of_questions().items():
        typer.echo(f"Packages of questions missing: {', '.join(names)}. Run: {apt_hint(apt)}")
    guard = "ok" if available() else "not in this kernel; print only questions you trust"
    typer.echo(f"Landlock (keeps TeX from reading other files): {guard}")


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (check, new, preview, gallery, schema, doctor):
        app.command()(command)
