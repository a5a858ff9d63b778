"""Making that is killed: what is there then, and that the same command with --resume goes on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from examgen.ground.files import file_hash
from generator.folder.make import unfinished_folder
from generator.pdf.pdflatex import engine

EXAM = """course: c
title: t
code: quiz
shuffle: [parts, options]
questions:
  - {title: One, parts: [cnn/padding, {pool: [rnn/classify, cnn/pointwise], pick: 1, marks: 4}]}
"""
PATIENCE = 60


def words(folder: Path, *more: str) -> list[str]:
    """The command that makes the exam in a folder, or adds to it."""
    start = [sys.executable, "-m", "examgen", "make", "--out", str(folder / "made"), *more]
    return start if "--add" in more else [*start, str(folder / "quiz.yaml"), *GIVEN]


GIVEN = ("--seed", "1", "--copies", "24", "--tex-only")


def contents(folder: Path) -> dict[str, str]:
    """The hash of every file of a folder."""
    return {
        str(path.relative_to(folder)): file_hash(path)
        for path in folder.rglob("*")
        if path.is_file()
    }


def killed(command: list[str], work: Path, files: int) -> None:
    """Runs a command and kills it when the unfinished folder has some files."""
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)  # noqa: S603
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        found = sum(len(names) for _, _, names in os.walk(work))
        if work.exists() and found >= files:
            os.killpg(process.pid, signal.SIGKILL)
            break
    process.wait()


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    """A folder with an exam and a roster of those who come late."""
    (tmp_path / "quiz.yaml").write_text(EXAM)
    (tmp_path / "late.csv").write_text("id,name\nlate,L\nlater,M\n")
    return tmp_path


@pytest.mark.parametrize("files", [0, 40])
def test_a_killed_run_goes_on(exam: Path, files: int) -> None:
    made = exam / "made"
    subprocess.run(words(exam), check=True)  # noqa: S603
    whole = contents(made)
    shutil.rmtree(made)
    killed(words(exam), unfinished_folder(made), files)
    subprocess.run(words(exam, "--resume"), check=True)  # noqa: S603
    assert contents(made) == whole
    assert not unfinished_folder(made).exists()


@pytest.mark.parametrize("files", [60])
def test_a_folder_is_not_lost_while_it_is_replaced(exam: Path, files: int) -> None:
    made = exam / "made"
    subprocess.run(words(exam), check=True)  # noqa: S603
    whole = contents(made)
    killed([*words(exam, "--force"), "--seed", "2"], unfinished_folder(made), files)
    assert contents(made) == whole
    subprocess.run([*words(exam, "--force", "--resume"), "--seed", "2"], check=True)  # noqa: S603
    assert contents(made) != whole
    assert sorted(path.name for path in exam.iterdir()) == ["late.csv", "made", "quiz.yaml"]


@pytest.mark.parametrize("files", [1, 8])
def test_killed_adding_goes_on(exam: Path, files: int) -> None:
    made, late = exam / "made", ("--add", str(exam / "late.csv"))
    subprocess.run(words(exam), check=True)  # noqa: S603
    shutil.copytree(made, exam / "before")
    subprocess.run(words(exam, *late), check=True)  # noqa: S603
    grown = contents(made)
    shutil.rmtree(made)
    (exam / "before").rename(made)
    killed(words(exam, *late), unfinished_folder(made), files)
    subprocess.run(words(exam, *late, "--resume"), check=True)  # noqa: S603
    assert contents(made) == grown
    assert not unfinished_folder(made).exists()


def _descendants(process: int) -> set[int]:
    """The processes that one has started, and those that they have."""
    found: set[int] = set()
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
    while more := {one for one, by in parents.items() if by in found | {process}} - found:
        found |= more
    return found


def _lives(process: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_nothing_is_left_running(exam: Path, end: signal.Signals, jobs: str) -> None:
    command = [word for word in words(exam, "--jobs", jobs) if word != "--tex-only"]
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)  # noqa: S603
    until, started = time.monotonic() + PATIENCE, set[int]()
    while time.monotonic() < until and process.poll() is None:
        started |= _descendants(process.pid)
        if any("pdflatex" in _name(one) for one in started) or (engine() is None and started):
            break
    process.send_signal(end)
    process.wait()
    assert started
    while time.monotonic() < until and any(map(_lives, started)):
        time.sleep(0.05)
    assert not [one for one in started if _lives(one)]


def _name(process: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{process}/comm").read_text()
    return ""
