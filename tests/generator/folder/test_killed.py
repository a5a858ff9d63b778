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
from tests.in_process import run

EXAM = """course: c
title: t
code: quiz
shuffle: [parts, options]
questions:
  - {title: One, parts: [cnn/padding, {pool: [rnn/classify, cnn/pointwise], pick: 1, marks: 4}]}
"""
LATE = "id,name\nlate,L\nlater,M\n"
PATIENCE = 60


def words(folder: Path, *more: str) -> list[str]:
    """The words of the command that makes the exam in a folder, or adds to it."""
    start = ["make", "--out", str(folder / "made"), *more]
    return start if "--add" in more else [*start, str(folder / "quiz.yaml"), *GIVEN]


def finish(command: list[str]) -> None:
    """Run a command to its end."""
    done = run(*command)
    assert done.returncode == 0, done.stderr


GIVEN = ("--seed", "1", "--copies", "24", "--tex-only")


def contents(folder: Path) -> dict[str, str]:
    """The hash of every file of a folder."""
    return {
        str(path.relative_to(folder)): file_hash(path)
        for path in folder.rglob("*")
        if path.is_file()
    }


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """Begin a command as a program."""
    program = [sys.executable, "-m", "examgen", *command]
    return subprocess.Popen(program, start_new_session=True, stdout=subprocess.DEVNULL)  # noqa: S603


def killed(command: list[str], work: Path, files: int) -> None:
    """Run a command and kill it when the unfinished folder has some files."""
    process = start(command)
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
    (tmp_path / "late.csv").write_text(LATE)
    return tmp_path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exam, made without a break."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "quiz.yaml").write_text(EXAM)
    finish(words(folder))
    return folder / "made"


@pytest.fixture(scope="module")
def grown(whole: Path) -> Path:
    """Return the exam to which late students were added without a break."""
    folder = whole.parent / "grown"
    folder.mkdir()
    (folder / "late.csv").write_text(LATE)
    shutil.copytree(whole, folder / "made")
    finish(words(folder, "--add", str(folder / "late.csv")))
    return folder / "made"


@pytest.mark.parametrize("files", [0, 40])
def test_a_killed_run_goes_on(exam: Path, whole: Path, files: int) -> None:
    made = exam / "made"
    killed(words(exam), unfinished_folder(made), files)
    finish(words(exam, "--resume"))
    assert contents(made) == contents(whole)
    assert not unfinished_folder(made).exists()


@pytest.mark.parametrize("files", [60])
def test_a_folder_is_not_lost_while_it_is_replaced(exam: Path, whole: Path, files: int) -> None:
    made = shutil.copytree(whole, exam / "made")
    killed([*words(exam, "--force"), "--seed", "2"], unfinished_folder(made), files)
    assert contents(made) == contents(whole)
    finish([*words(exam, "--force", "--resume"), "--seed", "2"])
    assert contents(made) != contents(whole)
    assert sorted(path.name for path in exam.iterdir()) == ["late.csv", "made", "quiz.yaml"]


@pytest.mark.parametrize("files", [1, 8])
def test_killed_adding_goes_on(exam: Path, whole: Path, grown: Path, files: int) -> None:
    made = shutil.copytree(whole, exam / "made")
    late = ("--add", str(exam / "late.csv"))
    killed(words(exam, *late), unfinished_folder(made), files)
    finish(words(exam, *late, "--resume"))
    assert contents(made) == contents(grown)
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
    process = start(command)
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
