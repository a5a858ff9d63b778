"""A small exam without PDFs, and lines as scanning leaves them: no image is needed for these."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from examgen.folder.pages.page_boxes import BOXES, Box, PageBoxes, PaperBoxes
from examgen.folder.students import Student
from generator.exams.exam_file import read_exam
from generator.folder.make import Job, make
from generator.variants.assemble import copies
from grader.scan.records import Kind, PageRecord, ReadRecord, append
from tests.in_process import InlineWorkers

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from grader.processes.worker import Limits

EXAM = """course: c
title: t
code: quiz
questions: [{title: All, parts: [own/one]}]
"""
QUESTION = r"""---
title: Weights <b>
vary: {k: [3, 5], c: [16, 32]}
values: {n: k**2 * c, m: 2 * n}
answers:
  n: {integer: n, marks: 2}
  m: {integer: m, marks: 2}
  kind: {choice: dense, marks: 1, options: [dense, sparse]}
  why: {rubric: [{says: it is said why, marks: 1}]}
mistakes:
  once: {n: k * c, says: the kernel is squared, share: 1/2}
---
A filter of \V{k} rows has \V{c} channels. Give its weights \answer{n}, the weights of two
\answer{m}, which kind it is \answer{kind} and why \answer{why}.
"""
ROSTER = (Student("2019003", "Ayşe Öz"), Student("2019004", "Alan Turing"))


PORT = 8124
HERE = f"http://127.0.0.1:{PORT}"


class QuickWorkers(InlineWorkers):
    """A stand-in for a process that marks, which has a short time for each answer."""

    def __init__(self, jobs: int, *, limits: Limits) -> None:
        assert limits.seconds == 2
        super().__init__(jobs, limits=limits)


class Person:
    """A person's browser."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str) -> str:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(self, path: str, status: int = 200, **message: Any) -> Any:  # noqa: ANN401
        answer = self.client.post(path, json=message, headers={"origin": HERE})
        assert answer.status_code == status, answer.text
        return answer.json()

    def settle(self, paper: int, answer: str, text: str, status: int = 200, **more: Any) -> Any:  # noqa: ANN401
        state = more.pop("state", "typed" if text else "blank")
        line = {"image": image(paper), "answer": answer, "state": state, "text": text}
        line["why"] = more.pop("why", "")
        return self.post("/settle", status, **{"page": "/typing", "decisions": [line], **more})


def make_exam(place: Path, papers: int = 3) -> Path:
    """Write the exam, with boxes for its answers and for the cover."""
    (place / "own").mkdir()
    (place / "own" / "one.tex").write_text(QUESTION)
    (place / "exam.yaml").write_text(EXAM)
    folder = place / "quiz"
    make(Job(read_exam(place / "exam.yaml"), "1", copies(papers), folder, pdf="no"))
    written = ("cover.number", "cover.name", "1a.n", "1a.m", "1a.why")
    options = (Box("1a.kind", n, 20, 40, 4, 4, text) for n, text in enumerate(("dense", "sparse")))
    page = PageBoxes(210, 297, (*(Box(name, None, 20, 20, 30, 8) for name in written), *options))
    lines = [
        PaperBoxes(f"{n:03}", (page, PageBoxes(210, 297))).to_json() + "\n"
        for n in range(1, papers + 1)
    ]
    (folder / BOXES).write_text("".join(lines))
    (folder / "scans").mkdir()
    return folder


def image(number: int) -> str:
    return f"{'a' * 64}#{number}"


def pages(papers: int = 3) -> Iterator[PageRecord]:
    """The first page of each paper; image 9 has no code, and image 7 is page 1 of paper 1, too."""
    for number in range(1, papers + 1):
        matrix = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
        yield PageRecord(
            image(number), "s.pdf", number, Kind.PAGE, f"{number:03}", 1, matrix=matrix
        )
    yield PageRecord(image(9), "s.pdf", 9, Kind.UNKNOWN, why="no code is found on it")


def reads(papers: int = 3) -> Iterator[ReadRecord]:
    """What a rule read: numbers that are written, one of them not; a tick; prose."""
    for number in range(1, papers + 1):
        about = (image(number), f"{number:03}", 1)
        yield ReadRecord(*about, "cover.number", "written")
        yield ReadRecord(*about, "cover.name", "written")
        yield ReadRecord(*about, "1a.n", "written", corners=((1, 1, 9, 1, 9, 5, 1, 5),))
        yield ReadRecord(*about, "1a.m", "blank")
        yield ReadRecord(*about, "1a.kind", "ticked", "dense" if number < 3 else "sparse")
        yield ReadRecord(*about, "1a.why", "written")


def scanned(folder: Path) -> Path:
    append(folder / "scans", reads(), pages())
    return folder
