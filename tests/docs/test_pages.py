"""Every command, option, key, kind, function and platform is on a page.

The reference of the site is written from the same tables; these are the pages that people wrote.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from functools import cache
from pathlib import Path
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

DOCS = Path(__file__).parents[2] / "docs"
README = DOCS.parent / "README.md"
TESTING = {"test", "dev", "benchmarks"}
# Where the command lines of a page are run: in this test, with other files.
RUN = {
    "README.md": "examgen/commands/test_readme.py",
    "first_question.md": "examgen/commands/test_guide.py",
    "derivation.md": "examgen/commands/test_guide.py",
    "annotating.md": "examgen/annotation/test_annotate.py",
    "gradebooks.md": "examgen/commands/test_handing_back.py",
    "grading.md": "examgen/commands/test_readme.py",
    "report.md": "examgen/commands/test_reporting.py",
    "installation.md": "examgen/commands",
    "handing_in.md": "grader/intake",
    "questions.md": "examgen/yaml_files",
    "scanning.md": "grader/scan",
    "transcribing.md": "grader/scan",
}


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


def command_lines() -> list[tuple[str, str]]:
    """Return the pages with their command lines, those in sentences included."""
    found = []
    for path in (README, *sorted(DOCS.glob("*.md"))):
        text = path.read_text(encoding="utf-8")
        lines = re.findall(r"^ {4,}(?:\$ )?(examgen \S.*)$", text, re.MULTILINE)
        inline = re.findall(r"`(examgen [a-z][^`]* [^`]+)`", text)
        found += [(path.name, " ".join(line.split())) for line in (*lines, *inline)]
    return found


@pytest.mark.parametrize("line", sorted({line for _, line in command_lines()}))
def test_a_command_line_can_be_typed(line: str) -> None:
    words = shlex.split(line.split(" > ", maxsplit=1)[0].replace("[", "").replace("]", ""))[1:]
    command = commands()[words[0]]
    command.make_parser(command.context_class(command)).parse_args(words[1:])


def test_pages_with_command_lines_say_where_they_are_run() -> None:
    blocks = re.compile(r"^ {4,}(?:\$ )?examgen ", re.MULTILINE)
    pages = [
        path for path in (README, *DOCS.glob("*.md")) if blocks.search(path.read_text("utf-8"))
    ]
    assert {page.name for page in pages} == set(RUN)
    assert all((DOCS.parent / "tests" / place).exists() for place in RUN.values())
