"""A Dask cluster marks as one machine does, also when a part of it is lost."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any

import pytest

from examgen.folder.key import AnswerKey
from examgen.ground.errors import ExamgenError
from grader.grade import grade
from grader.processes.dask_cluster import Cluster
from grader.processes.worker import Task
from grader.records.submissions import Submission
from grader.scoring.mark_paper import mark_paper
from tests.grader.exams import class_of, hand_in, write_exam

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.scoring.marked import MarkedPaper

distributed = pytest.importorskip("distributed")
dask_config = pytest.importorskip("dask.config")
pytestmark = pytest.mark.filterwarnings("ignore")  # Dask's own, of which it has many
KEYS = class_of(120)
GIVEN = [
    Submission(
        key.paper,
        key.student,
        {a.id: a.expected if isinstance(a, AnswerKey) else "prose" for a in key.answers},
    )
    for key in KEYS
]


@pytest.fixture
def local() -> Iterator[Any]:
    settings = {"processes": True, "dashboard_address": None, "host": "127.0.0.1"}
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, **settings) as cluster:
        yield cluster


def test_a_cluster_that_loses_a_machine_gives_the_same_marks(local: Any) -> None:  # noqa: ANN401
    pairs = zip(KEYS, GIVEN, strict=True)
    tasks = [Task(n, key.to_json().encode(), item) for n, (key, item) in enumerate(pairs)]
    pids = [worker.pid for worker in local.workers.values()]
    found: dict[int, MarkedPaper] = {}
    with Cluster(local.scheduler_address) as cluster:
        for task, paper in cluster.mark_all(tasks):
            if not found:
                os.kill(pids[0], signal.SIGKILL)
            found[task.place] = paper
    assert [found[n] for n in range(len(KEYS))] == list(map(mark_paper, KEYS, GIVEN))


def test_grading_on_a_cluster(local: Any, tmp_path: Path) -> None:  # noqa: ANN401
    rows = {item.student: {n: str(t) for n, t in item.answers.items()} for item in GIVEN[:30]}
    table = hand_in(tmp_path / "a.csv", rows)
    results = []
    for name, scheduler in (("one", None), ("many", local.scheduler_address)):
        exam = write_exam(tmp_path / name, KEYS[:40])
        grade(exam, [table], scheduler=scheduler)
        results.append((exam / "grades" / "verdicts.jsonl").read_text())
    assert results[0] == results[1]


def test_a_scheduler_that_is_not_there_is_one_clear_line() -> None:
    with (
        dask_config.set({"distributed.comm.timeouts.connect": "200ms"}),
        pytest.raises(ExamgenError, match=r"tcp://127.0.0.1:1 does not answer"),
    ):
        Cluster("tcp://127.0.0.1:1")
