"""The guide to a first question, followed literally."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

GUIDE = Path("docs/first_question.md")


def test_the_guide_can_be_followed(tmp_path: Path) -> None:
    text = GUIDE.read_text("utf-8")
    blocks = re.findall(r"(?:^    .*\n)+", text, re.MULTILINE)
    (exam,) = (block for block in blocks if block.startswith("    course:"))
    (tmp_path / "midterm.yaml").write_text(re.sub("^    ", "", exam, flags=re.MULTILINE))
    (tmp_path / "roster.csv").write_text("id,name\n1001,Ada Lovelace\n1002,Ayşe Öztürk\n")
    commands = [
        line for block in blocks for line in re.findall(r"^    (examgen .*)$", block, re.MULTILINE)
    ]
    assert len(commands) == 4
    for command in commands:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", *shlex.split(command)],
            cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(Path.cwd())},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (command, done.stderr)
    page = (tmp_path / "preview" / "question.html").read_text("utf-8")
    assert "Filters" in page
    assert len(list((tmp_path / "midterm" / "papers").glob("*.html"))) == 2
