"""Every command line that the documentation shows is run, in the order in which a user types it."""

from __future__ import annotations

import shlex
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner

from examgen.cli import app
from generator.pdf.pdflatex import engine
from tests.docs.lines import PAGES, block_lines, inline_lines, pattern_of
from tests.docs.story import LOOK_ROUND, OURS, STORY

# Pages whose blocks are run by tests of their own.
GUIDES = {"README.md", "first_question.md", "derivation.md"}
# Lines that take minutes: `make bank` proves the bank, and tests/families its exams.
LONG = {"examgen check templates/exams/ceng403.yaml"}
COMMANDS = [c.name or getattr(c.callback, "__name__", "") for c in app.registered_commands]
ALONE: dict[str, dict[str, object]] = {name: {"jobs": 1} for name in COMMANDS}
WITHOUT_TEX = ALONE | {"make": {"jobs": 1, "tex_only": True}}


def test_every_line_of_the_pages_is_in_the_story() -> None:
    guided = {line for page in PAGES if page.name in GUIDES for line in block_lines(page)}
    told = {line for page in PAGES for line in (*block_lines(page), *inline_lines(page))}
    patterns = {line: pattern_of(line) for line in told - LONG}
    typed = [" ".join(shlex.split(step.line)) for step in STORY]
    untold = {line for line, one in patterns.items() if not any(map(one.fullmatch, typed))}
    assert untold - guided == set()
    assert [t for t in typed if not any(one.fullmatch(t) for one in patterns.values())] == [OURS]


@pytest.mark.tex
@pytest.mark.skipif(engine() is None, reason="no TeX engine is installed")
@pytest.mark.skipif(find_spec("cv2") is None, reason="the extra scan is not installed")
def test_the_story_of_an_exam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from uvicorn import Server  # noqa: PLC0415 - of the extra

    monkeypatch.setattr(Server, "run", lambda *_, **__: None)
    monkeypatch.chdir(tmp_path)
    for step in STORY:
        if step.before is not None:
            step.before()
        run(step.line, WITHOUT_TEX if step in LOOK_ROUND else ALONE)


def run(line: str, defaults: dict[str, dict[str, object]]) -> None:
    """Run a command line; whatever it asks is answered with yes."""
    words, _, target = line.partition(" > ")
    done = CliRunner().invoke(app, shlex.split(words)[1:], input="y\n", default_map=defaults)
    assert (done.exit_code, done.exception) == (0, None), f"{line}: {done.output}"
    if target:
        Path(target).write_text(done.stdout, encoding="utf-8")
