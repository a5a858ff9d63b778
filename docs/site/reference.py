"""The reference of the site, written from the tables and models that the code itself reads."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from inspect import cleandoc
from itertools import groupby
from typing import TYPE_CHECKING, Any

import typer
from message_list import messages  # it lies beside this file

from answers import ambiguities
from answers.kinds.base import all_kinds
from answers.options import Options
from answers.syntax.functions.table import CALLS
from answers.verdict import Ground, Verdict
from examgen.cli import app
from examgen.grades.scale import Scale
from examgen.ground.plugins import modules_below
from examgen.yaml_files.json_schema import json_schema
from generator.exams.exam_entry import ExamEntry
from generator.questions.front_matter import Front
from grader.export.systems.search import all_systems
from solvers.catalogue import derivations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path


def write(folder: Path) -> None:
    """Write every page of the reference, where its text has changed."""
    folder.mkdir(exist_ok=True)
    for name, (title, made) in PAGES.items():
        text = "\n".join([f"# {title}", "", *made(), ""])
        page = folder / f"{name}.md"
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8")


def commands() -> Iterator[str]:
    """Yield each command with its arguments and options."""
    group = typer.main.get_command(app)
    for name, command in sorted(getattr(group, "commands", {}).items()):
        said, _, example = (command.help or "").partition("Example: ")
        yield from (f"## examgen {name}", "", " ".join(said.split()), "")
        if example:
            yield from ("```console", f"$ {' '.join(example.split())}", "```", "")
        rows = [
            (", ".join((*param.opts, *param.secondary_opts)), getattr(param, "help", None) or "")
            for param in command.params
        ]
        yield from table(("argument or option", "meaning"), rows)


def question_files() -> Iterator[str]:
    """Yield the keys of a question file's front matter."""
    yield from _model(json_schema(Front))


def exam_files() -> Iterator[str]:
    """Yield the keys of an exam file."""
    yield from _model(json_schema(ExamEntry))


def scale_files() -> Iterator[str]:
    """Yield the keys of a scale file."""
    yield from _model(json_schema(Scale))


def kinds() -> Iterator[str]:
    """Yield the kinds of answers, and the options, verdicts and grounds of a comparison."""
    rows = [
        (kind.name, kind.says or "the same value, within the tolerance that is given")
        for kind in all_kinds().values()
    ]
    yield from table(("kind", "what is accepted"), rows)
    yield from ("## Options", "")
    yield from table(("option", "meaning"), _attributes(Options))
    yield from ("## Verdicts and grounds", "")
    yield from (f"- `{verdict.value}`" for verdict in Verdict)
    yield ""
    yield from (f"- ground `{ground.value}`" for ground in Ground if ground.value)


def other_readings() -> Iterator[str]:
    """Yield the ways in which an answer is read again before it is called wrong."""
    yield "Tried only if the plain reading is not right; see [](../judging.md)."
    yield ""
    for module in modules_below(ambiguities):
        if hasattr(module, "AMBIGUITY"):
            yield f"- **{module.AMBIGUITY.name}**: {cleandoc(module.__doc__ or '').splitlines()[0]}"


def functions() -> Iterator[str]:
    """Yield the functions that answers may use."""
    rows = [
        (name, ", ".join(f"`{other}`" for other in row.also))
        for name, row in sorted(CALLS.items())
        if row.is_written
    ]
    yield from table(("function", "also written"), rows)


def units() -> Iterator[str]:
    """Yield the units with what they are and how else they are written."""
    yield "How units are judged, and how to add one, is in [units](../judging.md#units)."
    yield ""
    text = files("answers.numbers").joinpath("units.toml").read_text(encoding="utf-8")
    for section, rows in tomllib.loads(text).items():
        title, base = SECTIONS_OF_UNITS[section]
        yield from (f"## {title}", "")
        if not base:
            spelled = ((name, row) for name, row in rows.items())
            yield from table(("unit", "also written"), spelled)
            continue
        found = [(name, _meaning(row, base), _words(row)) for name, row in rows.items()]
        yield from table(("symbol", "meaning", "also written"), found)


def topics() -> Iterator[str]:
    """Yield the derivations with their inputs and quantities, by topic."""
    for name, item in derivations().items():
        yield from (f"## {name}", "", item.title, "")
        rows = [(node.name, f"input: {node.says}") for node in item.inputs]
        rows += [(node.name, node.says) for node in item.quantities]
        yield from table(("name", "meaning"), rows)


def message_rows() -> Iterator[str]:
    """Yield the messages with what to do, by the room of the code that says them."""
    yield "What is known only when a message is made is in braces, or `...`."
    yield "Messages about a file begin with its name and line."
    yield ""
    for room, rows in groupby(messages(), key=lambda one: one.room):
        yield from (f"## {room}", "")
        of_room = list(rows)
        fixes = ((_as_code(row.what), row.fix) for row in of_room if row.fix)
        yield from table(("message", "what to do"), fixes)
        alone = [row.what for row in of_room if not row.fix]
        yield from (f"- `{_as_code(what)}`" for what in alone)
        yield from ("",) if alone else ()


def systems() -> Iterator[str]:
    """Yield the systems for which grades are written."""
    rows = [(name, way.says) for name, system in all_systems().items() for way in system.ways]
    yield from table(("system", "what is written"), rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table in Markdown, its first column as code."""
    found = list(rows)
    if not found:
        return
    yield from (f"| {' | '.join(head)} |", f"|{'---|' * len(head)}")
    for first, *rest in found:
        cells = (f"`{first}`", *(_cell(text) for text in rest))
        yield f"| {' | '.join(cells)} |"
    yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("$", "\\$").replace("<", "\\<")


def _as_code(text: str) -> str:
    return text.replace("`", "'").replace("|", "\\|")


def _model(schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield a JSON schema: its own keys, and then those of what lies below them."""
    definitions = schema.get("$defs", {})
    yield from _keys(schema, definitions)
    for name, below in definitions.items():
        if "properties" in below:
            yield from (f"## {name}", "", below.get("description", ""), "")
            yield from _keys(below, definitions)


def _keys(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Iterator[str]:
    rows = []
    for name, value in schema.get("properties", {}).items():
        below = definitions.get(value.get("$ref", "").rpartition("/")[2], {})
        rows.append((name, value.get("description") or below.get("description", "")))
    yield from table(("key", "meaning"), rows)


def _attributes(cls: type) -> Iterator[tuple[str, str]]:
    """Yield the attributes of a class as its docstring describes them."""
    name, said = "", ""
    for line in cleandoc(cls.__doc__ or "").partition("Attributes:")[2].splitlines():
        if line.startswith("    ") and not line.startswith("     "):
            if name:
                yield name, said
            name, _, said = line.strip().partition(": ")
        elif name:
            said += " " + line.strip()
    if name:
        yield name, said


_MEASURED = {"solid": "solid angle", "light": "luminous intensity", "level": "level (decibel)"}


def _meaning(row: Mapping[str, object], base: int) -> str:
    """Return what a row of the table of units says: a power, a worth, or a base unit."""
    if "power" in row:
        power = int(str(row["power"]))
        return f"{base}^{power} = 2^{10 * power}" if base == 1024 else f"{base}^{power}"
    prefixes = f" (with prefixes: {row['prefixes']})" if "prefixes" in row else ""
    if "zero" in row:
        return f"a step is {row['is']}, and 0 is at {row['zero']}{prefixes}"
    if "signs" in row:
        return "a currency; none is converted into another"
    measured = str(row.get("measures"))
    return str(row.get("is") or f"the base unit of {_MEASURED.get(measured, measured)}") + prefixes


def _words(row: Mapping[str, object]) -> str:
    known = ("also", "signs", "spelled", "en", "de", "tr")
    return ", ".join(str(row[name]) for name in known if name in row)


# The sections of the table of units: their titles, and what a `power` in them is a power of; 0
# where a row is other spellings alone.
SECTIONS_OF_UNITS = {
    "prefixes": ("Prefixes, decimal (k, M, G)", 10),
    "binary_prefixes": ("Prefixes, binary (Ki, Mi, Gi)", 1024),
    "units": ("Units", 10),
    "spellings": ("Other spellings", 0),
    "words": ("Words for units with a prefix", 0),
    "currencies": ("Currencies", 10),
    "amounts": ("Amounts of money", 10),
}


PAGES = {
    "commands": ("Commands", commands),
    "question_files": ("Keys of question files", question_files),
    "exam_files": ("Keys of exam files", exam_files),
    "scale_files": ("Keys of scale files", scale_files),
    "kinds": ("Kinds and options of answers", kinds),
    "ambiguities": ("Other readings of an answer", other_readings),
    "functions": ("Functions in answers", functions),
    "units": ("Units", units),
    "derivations": ("Derivations", topics),
    "systems": ("Learning platforms", systems),
    "messages": ("Messages", message_rows),
}
