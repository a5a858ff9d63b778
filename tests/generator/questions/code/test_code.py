"""Code beside a question: what it gives, what is refused, and what its errors say."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from examgen.cli import app
from examgen.ground.errors import ExamgenError
from examgen.proof.family import prove
from generator.questions.code import process
from generator.questions.code.draw import Draw
from generator.questions.draw import draw
from generator.questions.question_file import read_question

QUESTION = r"""---
title: A rectangle
answers: {area: {integer: area, marks: 2}}
---
It is $\V{a}$ by $\V{b}$. \answer{area}
"""
CODE = """
def variant(draw):
    a, b = draw.integers(3, 9), draw.integers(11, 19)
    return {"a": a, "b": b, "area": a * b}


def oracle(a, b):
    return {"area": sum(1 for i in range(a) for j in range(b))}
"""


def written(folder: Path, code: str, question: str = QUESTION) -> Path:
    (folder / "q.tex").write_text(question, encoding="utf-8")
    (folder / "q.py").write_text(code, encoding="utf-8")
    return folder / "q.tex"


def faults(path: Path) -> list[str]:
    """Return what check says, with names of files in place of paths."""
    try:
        (report,) = prove([path], limit=20, jobs=1)
    except ExamgenError as error:
        return str(error).replace(f"{path.parent}/", "").splitlines()
    return [fault.replace(f"{path.parent}/", "") for fault in report.faults]


def test_the_values_come_from_the_code_and_are_proven(tmp_path: Path) -> None:
    path = written(tmp_path, CODE)
    (report,) = prove([path], limit=30, jobs=1)
    assert (report.faults, report.proven, report.distinct > 10) == ([], 30, True)


def test_the_same_student_gets_the_same_values(tmp_path: Path) -> None:
    question = read_question(written(tmp_path, CODE), "t/q")
    one, again, other = (draw(question, {}, "1", who).model.inputs for who in ("s", "s", "t"))
    assert one == again != other
    assert int(one["a"]) * int(one["b"]) == int(one["area"])


# Each with the line of the author's file that it must name.
WRONG = [
    ("import random\n" + CODE, "q.py:1: random gives other numbers at every run; take random"),
    ("import numpy.random as r\n" + CODE, "q.py:1: numpy.random gives other"),
    ("from numpy import random\n" + CODE, "q.py:1: numpy.random gives other"),
    ("from random import randint\n" + CODE, "q.py:1: random.randint gives other"),
    ("import numpy as np\nx = np.random.rand()\n" + CODE, "q.py:2: numpy.random gives other"),
    ("import time as t\n" + CODE, "q.py:1: time gives other"),
    ("from os import urandom\n" + CODE, "q.py:1: os.urandom gives other"),
    ("import numpy\nx = numpy.random.default_rng(1)\n" + CODE, "q.py:2: numpy.random gives other"),
    ("def variant(draw:\n", "q.py:1: this is not Python: "),
    (CODE.partition("def oracle")[0], "q.py:1: there is no oracle to prove the answers by; write"),
    (CODE.replace("(draw)", "(rng)"), "q.py:2: variant takes draw and nothing else"),
    (CODE.replace("oracle(a, b)", "oracle(**all)"), "q.py:7: oracle takes values of the question"),
    (CODE.replace("oracle(a, b)", "oracle(a, c)"), "q.py:7: oracle takes c, which is no value"),
    (CODE.replace("a * b}", "a // 0}"), "q.py:4: variant: ZeroDivisionError: "),
    (CODE.replace("draw.integers(3, 9)", "draw.integers(9, 3)"),
     "q.py:3: variant: ValueError: there are no integers from 9 to 3; mend"),
    (CODE.replace("a * b}", "float('nan')}"), "variant: area is nan: no number, no list"),
    (CODE.replace("a * b}", "{1, 2}}"), "variant: area is {1, 2}: no number, no list"),
    (CODE.replace("return {", "return 3 or {"), "q.py:2: variant: variant returned int, not"),
    (CODE.replace("a * b}", "exit()}"), "q.py:4: variant: SystemExit: "),
    (CODE.replace("a * b}", "__import__('os')._exit(3)}"), "q.py:2: variant: it ended its process"),
    (CODE.replace("a * b}", "input()}"), "q.py:4: variant: EOFError: "),
    (CODE.replace("a * b}", "len('x' * 10**11)}"), "q.py:4: variant: it took more than 2048 MB"),
    (CODE.replace("return {", "while True: pass\n    return {"), "q.py:4: variant: it took"),
    ("n = []\n" + CODE.replace("return {", "n.append(1); return {\"n\": len(n), "),
     "q.py:3: variant gives other values when it is called again"),
    (CODE.replace("return {", "return {} if a == 9 else {"), "differs from others in its names"),
    (CODE.replace("range(a)", "range(a + 1)"), "and the oracle says"),
    (CODE.replace('{"area": sum', '{"a": sum'), "q.py: the oracle says nothing of area; return"),
    (CODE.replace("oracle(a, b)", "oracle(a, b, area)"), "q.py:7: oracle takes area, which it has"),
    (CODE.replace("sum(1", "sum(1 / 0"), "q.py:8: oracle: ZeroDivisionError: division by zero"),
    (CODE.replace("a * b}", "a * b / 7 + 0.1}"), "q.tex:3: the answer area is"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "why"), WRONG, ids=[why[:48] for _, why in WRONG])
def test_what_is_wrong_names_the_line(
    code: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "SECONDS", 1)
    said = faults(written(tmp_path, code))
    assert said
    assert why in said[0]
    assert not any("Traceback" in line for line in said)


def test_what_the_code_prints_and_reads_is_nobody_s(tmp_path: Path) -> None:
    assert faults(written(tmp_path, 'print("{}" * 9)\n' + CODE)) == []


def test_a_rounded_value_is_right_where_there_is_a_tolerance(tmp_path: Path) -> None:
    question = QUESTION.replace("integer: area", "number: area, rel: 1%")
    code = CODE.replace("a * b}", "a * b / 7}").replace("range(b))", "range(b)) / 7")
    assert faults(written(tmp_path, code, question)) == []


def test_an_oracle_alone_proves_formulas(tmp_path: Path) -> None:
    question = QUESTION.replace("answers:", "vary: {a: [3, 4], b: [5, 6]}\nvalues: {area: a*b}\n"
                                "answers:")  # fmt: skip
    oracle = CODE[CODE.index("def oracle") :]
    assert faults(written(tmp_path, oracle, question)) == []
    (tmp_path / "other").mkdir()
    wrong = faults(
        written(tmp_path / "other", oracle, question.replace("area: a*b}", "area: a*b + 1}"))
    )
    assert "area is 16, and the oracle says 15" in wrong[0]


def test_a_name_stands_in_one_place(tmp_path: Path) -> None:
    question = QUESTION.replace("answers:", "given: {a: 3}\nanswers:")
    said = faults(written(tmp_path, CODE, question))
    assert said == ["q.tex:3: a is a value of q.py, too; keep one of them"]


def test_words_and_lists_are_values(tmp_path: Path) -> None:
    question = QUESTION.replace(
        "It is", r"\V{who} draws $\V{X|matrix}$ and \V{x|fixed(1)}."
    ).replace("integer: area", "integer: area, trivial: yes")
    code = CODE.replace("{\"a\"", "{'who': draw.choice(['Ada', 'Bo']), 'x': 1.5, "
                        "'X': np.array([[1, 2], [3, 4]]), \"a\"")  # fmt: skip
    path = written(tmp_path, "import numpy as np\n" + code, question)
    assert faults(path) == []
    inputs = draw(read_question(path, "t/q"), {}, "1", "s").model.inputs
    assert (inputs["X"], inputs["x"]) == ("[[1, 2], [3, 4]]", "1.5")
    assert inputs["who"] in {'"Ada"', '"Bo"'}


def test_an_exam_is_made_verified_and_notices_other_code(tmp_path: Path) -> None:
    written(tmp_path, CODE)
    (tmp_path / "quiz.yaml").write_text(
        "course: C\ntitle: T\nquestions:\n  - {title: One, parts: [q]}\n"
    )
    made, quiz = str(tmp_path / "made"), str(tmp_path / "quiz.yaml")
    run = CliRunner().invoke
    done = run(app, ["make", quiz, "--copies", "2", "--seed", "1", "--tex-only", "--out", made])
    assert done.exit_code == 0, done.output
    assert run(app, ["verify", made]).exit_code == 0
    (tmp_path / "q.py").write_text(CODE.replace("(3, 9)", "(3, 8)"))
    assert "question q: its file changed" in str(run(app, ["verify", made]).exception)
    (tmp_path / "made" / "questions" / "q.py").write_text("x = 1\n" + CODE)
    assert "questions/q.py: changed since it was made" in str(run(app, ["verify", made]).exception)


# Every way to draw, twice: the literals are printed on papers that exist.
def test_draw_gives_the_same_everywhere() -> None:
    def drawn() -> list[object]:
        d = Draw("t/q", "5")
        return [
            d.integers(1, 6), d.integers(1, 6, 3), d.integers(1, 9, 4, replace=False),
            d.uniform(0, 1), d.normal(50, 8, 2), d.exponential(2), d.binomial(10, 0.5),
            d.poisson(3), d.choice("abc"), d.sample([1, 2, 3], 2), d.permutation(4),
            d.pairs(2, (0, 0), (1, 1), 0.5), d.graph(3, 3, weights=(2, 9)),
            d.matrix(2, det=1), d.matrix(2, eigenvalues=[1, 2]), d.matrix(1, 3),
        ]  # fmt: skip

    assert drawn() == drawn()
    assert drawn()[:9] == [2, [1, 6, 3], [5, 9, 2, 7], 0.3, [49.2, 43.0], 1.32, 4, 6, "a"]
