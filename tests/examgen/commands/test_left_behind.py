"""Commands that are ended by a signal leave no process behind; a disk's faults are one line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.in_process import run

PROC = Path("/proc")
PATIENCE = 60
EXAM = "course: c\ntitle: t\ncode: quiz\nquestions: [{title: C, parts: [cnn/conv_layer]}]\n"
# Items that never end, in the pool that `feedback` uses, and in the one of `key` and `make`.
ENDLESS = {
    "spread": """
import time
from itertools import repeat
from grader.processes.spread import spread
if __name__ == "__main__":
    list(spread(time.sleep, repeat(0.2), 2))
""",
    "pool": """
import time
from examgen.ground.processes import process_pool
if __name__ == "__main__":
    with process_pool(2, time.sleep, (0.01,)) as pool:
        list(pool.map(time.sleep, [600, 600]))
""",
    "busy": """
from examgen.ground.processes import process_pool
def spin(_):
    while True:
        pass
if __name__ == "__main__":
    with process_pool(2) as pool:
        list(pool.map(spin, [1, 2]))
""",
}

pytestmark = pytest.mark.skipif(not PROC.exists(), reason="this system has no /proc")


def children(process: int) -> list[int]:
    """The processes that descend from one."""
    found: list[int] = []
    for task in (PROC / str(process) / "task").glob("*/children"):
        own = [int(word) for word in task.read_text().split()]
        found += own
        for child in own:
            found += children(child)
    return found


def is_alive(process: int) -> bool:
    try:
        state = (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_for(reached: object, seconds: float = PATIENCE) -> bool:
    assert callable(reached)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if reached():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(
    ("what", "number"),
    [("spread", signal.SIGKILL), ("pool", signal.SIGTERM), ("busy", signal.SIGHUP)],
)
def test_no_process_outlives_a_pool(what: str, number: signal.Signals, tmp_path: Path) -> None:
    # A terminal's end is ignored by what nohup started, and by all that it starts.
    heard = f"import signal; signal.signal({int(number)}, signal.SIG_DFL)\n"
    is_settable = number is not signal.SIGKILL
    (tmp_path / "endless.py").write_text((heard if is_settable else "") + ENDLESS[what])
    words = [sys.executable, str(tmp_path / "endless.py")]
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    parent = subprocess.Popen(words, env=surroundings, start_new_session=True)  # noqa: S603
    try:
        assert wait_for(lambda: len(children(parent.pid)) >= 3)  # two, and what tracks resources
        time.sleep(0.5)
        left = children(parent.pid)
        parent.send_signal(number)
        parent.wait(PATIENCE)
        assert wait_for(lambda: not any(map(is_alive, left))), [p for p in left if is_alive(p)]
    finally:
        os.killpg(parent.pid, signal.SIGKILL) if parent.poll() is None else None


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("quiz")
    (here / "quiz.yaml").write_text(EXAM)
    words = ("make", "quiz.yaml", "--seed", "1", "--copies", "120", "--out", "exam", "--tex-only")
    assert run(*words, cwd=here).returncode == 0
    rows = (f"{number:03},5x5x5\n" for number in range(1, 121))
    (here / "in.csv").write_text("paper,1a.size\n" + "".join(rows))
    assert run("grade", "exam", "in.csv", cwd=here).returncode == 0
    return here / "exam"


@pytest.mark.parametrize(
    ("command", "number"),
    [("feedback", signal.SIGKILL), ("feedback", signal.SIGHUP), ("key", signal.SIGTERM)],
)
def test_no_process_outlives_a_command(command: str, number: signal.Signals, exam: Path) -> None:
    words = [sys.executable, "-m", "examgen", command, str(exam)]
    parent = subprocess.Popen(  # noqa: S603
        words, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    assert wait_for(lambda: len(children(parent.pid)) >= 3 or parent.poll() is not None)
    left = children(parent.pid)
    parent.send_signal(number)
    parent.wait(PATIENCE)
    assert left
    assert wait_for(lambda: not any(map(is_alive, left))), [p for p in left if is_alive(p)]


def test_key_says_in_one_line_what_it_cannot_write(exam: Path, tmp_path: Path) -> None:
    copy = tmp_path / "exam"
    copy.mkdir()
    for name in ("exam.json", "key.jsonl", "papers.jsonl"):
        (copy / name).write_bytes((exam / name).read_bytes())
    (copy / "keys").write_text("in the way")
    made = run("key", "exam", "--paper", "001", cwd=tmp_path)
    assert made.returncode == 1
    assert "Traceback" not in made.stderr
    assert made.stderr.count("\n") == 1
    assert "keys" in made.stderr
