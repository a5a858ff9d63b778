"""Every command, option, key, kind, function and platform is on a page.

The reference of the site is written from the same tables; these are the pages that people wrote.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from functools import cache
from typing import Any

import pytest
import typer
from pydantic import BaseModel

from answers.kinds.base import all_kinds
from answers.options import Options
from answers.verdict import Ground, Verdict
from examgen.cli import app
from examgen.grades.scale import Scale
from generator.exams.exam_entry import ExamEntry
from generator.questions.front_matter import Front
from generator.texts.figures.figure import KINDS
from grader.export.systems.search import all_systems
from grader.intake.platforms.search import all_platforms
from solvers.graph.formulas.builder import KNOWN
from tests.docs.lines import DOCS, PAGES, README, block_lines, inline_lines

TESTING = {"test", "dev", "benchmarks"}
LINES = sorted({line for page in PAGES for line in (*block_lines(page), *inline_lines(page))})


def packages() -> list[str]:
    """Return the names of packages that examgen needs, but for those of tests and development."""
    project = tomllib.loads((README.parent / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"].items()
    users = [row for name, rows in extras if name not in TESTING for row in rows]
    names = (re.split(r"[\[>=<]", row)[0] for row in (*project["dependencies"], *users))
    return sorted({f"`{name}`" for name in names if name != "examgen-toolkit"})


@cache
def text_of(page: str) -> str:
    """Return a page; all of them for `*`."""
    if page == "*":
        return "\n".join(path.read_text(encoding="utf-8") for path in [README, *DOCS.glob("*.md")])
    return (DOCS / page).read_text(encoding="utf-8")


def commands() -> dict[str, Any]:
    """Return the commands of the program."""
    group = typer.main.get_command(app)
    return dict(getattr(group, "commands", {}))


def option_names() -> list[str]:
    """Return all options in their long form."""
    params = [param for command in commands().values() for param in command.params]
    return sorted({name for param in params for name in param.opts if name.startswith("--")})


def keys(model: type[BaseModel]) -> list[str]:
    """Return the keys of a model of files."""
    return [field.alias or name for name, field in model.model_fields.items()]


# What there is, the page, and how it is written there.
SAID = [
    ("commands", "*", [f"examgen {name}" for name in commands()]),
    ("flags", "*", option_names()),
    ("kinds", "judging.md", [f"`{name}`" for name in all_kinds()]),
    ("options", "judging.md", [f"`{n}`" for n in Options.__dataclass_fields__ if n != "abs_unit"]),
    ("verdicts", "judging.md", [f"`{each.value}`" for each in (*Verdict, *Ground) if each.value]),
    (
        "question",
        "questions.md",
        [f"`{field.alias or n}" for n, field in Front.model_fields.items()],
    ),
    ("exam", "exams.md", [f"`{field.alias or n}" for n, field in ExamEntry.model_fields.items()]),
    ("scale", "grades.md", [f"{field.alias or n}:" for n, field in Scale.model_fields.items()]),
    ("figures", "figures.md", [f"\\{name}" for name in KINDS]),
    ("functions", "formulas.md", sorted(KNOWN)),
    ("systems", "gradebooks.md", [f"`{name}`" for name in all_systems()]),
    ("packages", "architecture.md", packages()),
    ("platforms", "handing_in.md", [platform.name.split()[0] for platform in all_platforms()]),
]


@pytest.mark.parametrize(("page", "names"), [row[1:] for row in SAID], ids=[row[0] for row in SAID])
def test_everything_is_on_a_page(page: str, names: list[str]) -> None:
    text = text_of(page)
    missing = [n for n in names if not re.search(rf"(?<![\w-]){re.escape(n)}(?![\w-])", text)]
    assert names
    assert missing == []


@pytest.mark.parametrize("line", LINES)
def test_a_command_line_can_be_typed(line: str) -> None:
    words = shlex.split(line.split(" > ", maxsplit=1)[0].replace("[", "").replace("]", ""))[1:]
    command = commands()[words[0]]
    command.make_parser(command.context_class(command)).parse_args(words[1:])
