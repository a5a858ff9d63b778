"""`solve`, `judge`, `check`, `doctor`: what can be asked without an exam folder."""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from examgen.ground.errors import ExamgenError

if TYPE_CHECKING:
    from typing import BinaryIO


def solve(
    name: str = typer.Argument("", help="A derivation, such as conv2d."),
    inputs: list[str] = typer.Argument(None, help="Inputs, such as height=224 forget_gates=1,0.5."),
    *,
    list_all: bool = typer.Option(
        False, "--list", help="List the derivations of each topic with their inputs."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print values, steps and mistakes as JSON."),
) -> None:
    """Solve one derivation: values, worked steps, formulas, typical mistakes.

    Example: examgen solve lstm input_size=10 hidden_size=20 biases=1
    """
    from examgen.solving import solve as solve_named

    if list_all:
        _list_derivations(as_json=as_json)
        return
    if not name:
        raise typer.BadParameter("name a derivation, or ask for --list", param_hint="NAME")
    solved = solve_named(name, _pairs(inputs or [], "INPUTS"))
    typer.echo(_json(solved.to_json()) if as_json else solved.text(), nl=as_json)


def _pairs(texts: list[str], hint: str) -> dict[str, str]:
    """Return what `key=value` texts say; each key once."""
    found: dict[str, str] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals:
            raise typer.BadParameter(f"expected key=value, found {text!r}", param_hint=hint)
        if key.strip() in found:
            raise typer.BadParameter(f"{key.strip()!r} is given twice", param_hint=hint)
        found[key.strip()] = value
    return found


def _list_derivations(*, as_json: bool) -> None:
    from solvers.catalogue import derivations, topics

    if as_json:
        found = {
            name: {
                "title": item.title,
                "inputs": [node.name for node in item.inputs],
                "quantities": [node.name for node in item.quantities],
            }
            for name, item in derivations().items()
        }
        typer.echo(_json(found))
        return
    for topic, some in topics().items():
        typer.echo(f"{topic}/")
        for name, item in some.items():
            typer.echo(f"  {name}: {item.title}")
            typer.echo(f"    {' '.join(node.name for node in item.inputs)}")
            typer.echo(f"    -> {' '.join(node.name for node in item.quantities)}")


def judge(
    kind: str | None = typer.Option(
        None, "--kind", help="integer, number, quantity, shape, expression, ..."
    ),
    expected: str | None = typer.Option(None, "--expected", help="The right answer."),
    answer: str | None = typer.Option(None, "--answer", help="What the student wrote."),
    option: list[str] = typer.Option(
        [], "--option", "-o", help="An option: rel=1%, sigfigs=3, ..."
    ),
    cases: str | None = typer.Option(
        None, "--cases", help="A file of cases, one JSON object a line; - is stdin."
    ),
    *,
    as_json: bool = typer.Option(False, "--json", help="Print the verdict as JSON."),
) -> None:
    """Compare one answer with the right one, or a file of such cases.

    Example: examgen judge --kind quantity --expected "3211264 B" --answer "3.0625 MiB"
    """
    one = (kind, expected, answer)
    if cases is not None and one == (None, None, None) and not option:
        _judge_cases(cases)
        return
    if cases is not None or kind is None or expected is None or answer is None:
        raise typer.BadParameter("give --kind, --expected and --answer, or only --cases")
    from answers.judge import Options
    from answers.judge import judge as judge_answer

    _check_kind(kind)
    pairs = _pairs(option, "--option")
    options = Options.from_mapping({k: _listed(k, v) for k, v in pairs.items()})
    found = judge_answer(kind, expected, answer, options)
    if as_json:
        shown = {
            "verdict": found.verdict,
            "score": float(found.score),
            "read_as": found.read_as,
            "why": found.why,
            "ground": found.ground,
        }
        typer.echo(_json(shown))
        return
    typer.echo(found.verdict)
    for label, text in (("read as", found.read_as), ("why", found.why)):
        if text:
            typer.echo(f"  {label}: {text}")


def _check_kind(kind: str) -> None:
    from answers.judge import all_kinds

    if kind not in all_kinds():
        known = ", ".join(all_kinds())
        raise typer.BadParameter(f"expected one of {known}, found {kind!r}", param_hint="--kind")


def read(
    kind: str = typer.Option(..., help="The kind of answer, as for judge."),
    answer: str = typer.Option(..., help="What was written."),
    variables: str = typer.Option("", help="The letters of the question: h,x."),
    *,
    as_json: bool = typer.Option(False, "--json", help="Print the reading as JSON."),
) -> None:
    """Say how a text is read, without any key.

    Example: examgen read --kind number --answer "2,176"
    """
    from dataclasses import asdict

    from answers.echo import echo

    _check_kind(kind)
    found = echo(kind, answer, [name.strip() for name in variables.split(",") if name.strip()])
    if as_json:
        typer.echo(_json(asdict(found)))
        return
    typer.echo(found.read_as or "cannot be read")
    if found.problem is not None:
        typer.echo(f"  at character {found.problem.place + 1}: {found.problem.text}")
    for other in found.other_readings:
        typer.echo(f"  or: {other}")


_LISTS = frozenset({"variables", "nouns", "known", "choices"})


def _listed(name: str, value: str) -> str | list[str]:
    if name not in _LISTS:
        return value
    sign = "/" if name == "choices" and "," not in value else ","
    return [item.strip() for item in value.split(sign)]


def _judge_cases(path: str) -> None:
    from examgen.case_file import judge_lines

    gc.freeze()  # what is there by now stays, and is not looked through again
    with _opened(path) as cases:
        for line in judge_lines(cases):
            print(line, flush=True)


def _opened(path: str) -> BinaryIO:
    if path == "-":
        if sys.stdin is None:
            raise ExamgenError("standard input is closed; name a file of cases")
        return sys.stdin.buffer
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise ExamgenError(f"{path}: {error.strerror}; name a file of cases, or -") from error


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (solve, judge, read):
        app.command()(command)
