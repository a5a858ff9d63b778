"""`check`, `new`, `preview`, `doctor`: for those who write questions."""

from __future__ import annotations

from pathlib import Path

import typer

from solvers.errors import ExamgenError

STARTER = r"""---
title: {title}
topic: {topic}
level: 1
minutes: 5
vary:
  kernel: [3, 5, 7]
  channels: [8, 16, 32]
symbols: {{kernel: K, channels: C}}
values:
  weights: {{formula: kernel**2 * channels, symbol: N, says: weights of one filter}}
mistakes:
  kernel_not_squared: {{says: the kernel was counted with one side, weights: kernel * channels}}
answers:
  weights: {{integer: weights, label: weights of one filter, marks: 2}}
examples:
  - given: {{kernel: 3, channels: 8}}
    gives: {{weights: 72}}
    source: counted by hand
---
A filter of $\V{{kernel}} \times \V{{kernel}}$ reads $\V{{channels}}$ channels.
How many weights has it? \answer{{weights}}
"""


def check(
    files: list[Path] = typer.Argument(None, help="Question files; the whole bank without any."),
    draws: int = typer.Option(50, "--draws", min=1, max=100_000, help="Draws of each question."),
) -> None:
    """Prove questions: oracle, examples, keys and mistakes through the real judge.

    Example: examgen check templates/questions/cnn/conv_layer.tex
    """
    from examgen.checking import bank, check_question

    faults: list[str] = []
    for path, name in [(f, f.stem) for f in files or []] or bank():
        report = check_question(path, name, draws)
        typer.echo(f"{name}: {report.draws} draws, {report.distinct} distinct", nl=False)
        typer.echo(f", {report.mistakes} mistakes recognised, {len(report.faults)} faults")
        faults += report.faults
    if faults:
        raise ExamgenError("\n".join(faults))


def new(name: str = typer.Argument(..., help="Topic and name: cnn/my_question.")) -> None:
    """Write a question file to begin with.

    Example: examgen new cnn/my_question
    """
    path = Path("questions") / f"{name.removesuffix('.tex')}.tex"
    if path.exists():
        raise ExamgenError(f"{path} exists; choose another name")
    path.parent.mkdir(parents=True, exist_ok=True)
    title = path.stem.replace("_", " ").capitalize()
    path.write_text(STARTER.format(title=title, topic=path.parent.name), encoding="utf-8")
    typer.echo(f"{path}: change it, then run examgen check {path} and examgen preview {path}")


def preview(
    file: Path = typer.Argument(..., help="A question file."),
    seed: str = typer.Option("1", "--seed", help="Chooses the numbers."),
    out: Path = typer.Option(Path("preview"), "--out", help="A folder for the preview."),
) -> None:
    """Print one question with its key, with numbers drawn for a seed.

    Example: examgen preview questions/cnn/my_question.tex
    """
    from examgen.checking import one_question_exam
    from generator.assemble import copies
    from generator.make import Job, make

    exam = one_question_exam(file)
    report = make(Job(exam, seed, copies(1), out, force=True))
    if report.failures:
        raise ExamgenError("\n".join(report.failures))
    typer.echo(f"{out}: the question is in papers, its key in keys")


def doctor(
    *, tex: bool = typer.Option(False, "--tex", help="Only say how to get a TeX engine.")
) -> None:
    """Say what is installed, what is missing, and the command that installs it.

    Example: examgen doctor
    """
    import platform

    from generator.landlock import available
    from generator.tex import engine, install_hint, missing_packages

    if tex:
        typer.echo(f"No TeX engine was found. To get one: {install_hint()}")
        return
    typer.echo(f"Python {platform.python_version()}: ok")
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
    guard = "ok" if available() else "not in this kernel; print only questions you trust"
    typer.echo(f"Landlock (keeps TeX from reading other files): {guard}")


def register(app: typer.Typer) -> None:
    """Adds these commands to the application."""
    for command in (check, new, preview, doctor):
        app.command()(command)
