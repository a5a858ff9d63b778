"""Every command of the README is run, in its order, in a new folder."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from examgen.cli import app
from tests.in_process import run

README = Path("README.md")
SETUP = re.compile(r"^    (\./setup\.sh.*)$", re.MULTILINE)


def commands() -> list[list[str]]:
    text = README.read_text(encoding="utf-8")
    return [shlex.split(line) for line in re.findall(r"^    (examgen .*)$", text, re.MULTILINE)]


def test_the_readme_has_exactly_two_set_up_commands() -> None:
    found = SETUP.findall(README.read_text(encoding="utf-8"))
    assert len(found) == 2
    words = found[1].removeprefix("./setup.sh dev && ").replace(".venv/bin/python", "$(PYTHON)")
    assert f"\ntest:\n\t{words}\n" in Path("Makefile").read_text(encoding="utf-8")
    assert Path(".ci/run").read_text(encoding="utf-8").endswith("\nmake check\n")


def test_every_command_works(tmp_path: Path) -> None:
    assert len(commands()) >= 7
    for _, *words in commands():
        done = run(*words, cwd=tmp_path)
        assert done.returncode == 0, (words, done.stderr)


def test_every_command_of_the_program_is_in_the_documentation() -> None:
    pages = [README, *Path("docs").glob("*.md")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    names = [c.name or getattr(c.callback, "__name__", "") for c in app.registered_commands]
    assert len(names) > 15
    assert [name for name in names if f"examgen {name}" not in text] == []
