"""The kind of answer and the layout of docs/plugins.md, as a package that is installed beside."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from answers.judge import judge
from answers.kinds import base
from examgen.ground.errors import ExamgenError, InputError
from generator.exams.exam_file import exam_from_text
from generator.render.latex import layouts, paper_tex
from generator.texts.layouts import layout_files
from generator.variants.assemble import copies, papers

GUIDE = Path("docs/plugins.md").read_text("utf-8")
POINTS = "".join(line[4:] + "\n" for line in re.findall(r"^    .*$", GUIDE, re.MULTILINE)[:4])
EXAM = "course: c\ntitle: t\nlayout: {}\nquestions: [{{title: q, parts: [{}]}}]\n"
PROGRAM = """
import json, sys
from pathlib import Path
from collections import Counter
from examgen.proof.member import faults
from generator.exams.exam_file import read_exam
from generator.variants.assemble import copies, papers
from grader.records.submissions import Submission
from grader.scoring.mark_paper import mark_paper
here = Path(sys.argv[1])
(paper,) = papers(read_exam(here / "quiz.yaml"), "1", copies(1))
given = [Submission("001", "001", {"1a.it": text}, ()) for text in json.loads(sys.argv[2])]
marked = [mark_paper(paper.key, one).answers[0] for one in given]
tried = Counter()
found = list(faults(paper.parts[0], tried))
print(json.dumps([found, tried["notations"], [(one.verdict, str(one.marks)) for one in marked]]))
"""


def _code(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


def forget_plugins() -> None:
    base.all_kinds.cache_clear()
    base.names_of.cache_clear()
    layout_files.cache_clear()
    layouts.cache_clear()


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Install the package of the guide."""
    points = re.sub(r'\[project.entry-points."(.*?)"\]', r"[\1]", POINTS)
    points = re.sub(r'"(\w+)".*', r"\1", points)
    for name, text in {
        "colour_kind.py": _code("python"), "colour_layouts/__init__.py": "",
        "colour_layouts/plain.tex.j2": _code("jinja"), "orange.tex": _code("latex"),
        "quiz.yaml": EXAM.format("plain", "orange"),
        "tiny-1.dist-info/entry_points.txt": points,
        "tiny-1.dist-info/METADATA": "Name: tiny\nVersion: 1\n",
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    forget_plugins()
    yield tmp_path
    forget_plugins()
    for name in [name for name in sys.modules if name.startswith("colour_")]:
        del sys.modules[name]


COLOURS = [
    ("#FF8800", "correct"),
    ("rgb(255, 136, 0)", "correct"),
    ("#ff8801", "wrong"),
    ("rgb(256, 136, 0)", "unreadable"),
    ("orange", "unreadable"),
    (" ", "blank"),
]


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize(("answer", "verdict"), COLOURS)
def test_a_kind_of_a_package_is_judged(answer: str, verdict: str) -> None:
    assert judge("colour", "#ff8800", answer).verdict == verdict


def test_a_question_of_such_a_kind_is_proven_and_marked(package: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{package}{os.pathsep}{Path.cwd()}"}
    words = [sys.executable, "-c", PROGRAM, str(package), json.dumps(["ff8800", "#000000", "?"])]
    done = subprocess.run(  # noqa: S603 - our own program
        words, env=environment, capture_output=True, text=True, check=False
    )
    assert not done.returncode, done.stderr
    faults, notations, marked = json.loads(done.stdout)
    assert (faults, notations) == ([], 4)
    assert marked == [["correct", "2"], ["wrong", "0"], ["unreadable", "None"]]


def _tex(package: Path, layout: str) -> str:
    question = "---\ntitle: t\nanswers: {x: {integer: 7, marks: 1}}\n---\nSeven? \\answer{x}\n"
    (package / "seven.tex").write_text(question, "utf-8")
    exam = exam_from_text(EXAM.format(layout, "seven"), "x.yaml", [package])
    return paper_tex(next(iter(papers(exam, "1", copies(1)))))


def test_a_layout_of_a_package_is_used(package: Path) -> None:
    found = _tex(package, "plain")
    assert "{\\Large t\\hfill Paper 001\\par}" in found
    assert "Instructions" not in found
    assert "\\startpart{1a}" in found
    assert "Instructions" in _tex(package, "exam")


def test_an_unknown_layout_names_those_that_are_known(package: Path) -> None:
    with pytest.raises(InputError, match="no layout 'plane'; known: exam, worksheet, plain"):
        _tex(package, "plane")


def test_a_faulty_layout_is_named(package: Path) -> None:
    (package / "colour_layouts" / "plain.tex.j2").write_text("\n\\V{nothing}", "utf-8")
    with pytest.raises(ExamgenError, match=r"the layout plain.*'nothing' is undefined"):
        _tex(package, "plain")


def test_names_that_are_taken_are_refused(package: Path) -> None:
    own = package / "colour_kind.py"
    own.write_text(own.read_text("utf-8").replace('"colour",', '"integer",'), "utf-8")
    with pytest.raises(ExamgenError, match="the plugin colours has a kind integer, too"):
        base.all_kinds()
    (package / "colour_layouts" / "parts.tex.j2").write_text("", "utf-8")
    with pytest.raises(ExamgenError, match=r"a layout parts.tex.j2, which is taken"):
        layout_files()
