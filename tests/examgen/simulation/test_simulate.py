"""Made-up classes: the same everywhere, nobody moved by another, and graded as the truth says."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from answers.verdict import Verdict
from examgen.folder.key import AnswerKey, PaperKey
from examgen.proof.files import bank, exam_of, read
from examgen.simulation.classroom import Manner, Shares, Sitting, sittings
from examgen.simulation.draws import Draws, ability
from examgen.simulation.folder import simulate
from examgen.simulation.formats import Format
from examgen.simulation.grounds import Ground
from examgen.simulation.sheet import _WRONG, What, Written, _in_words, foreign
from examgen.simulation.texts import POISON
from examgen.simulation.truth import compare
from generator.variants.assemble import copies, papers
from grader.grade import grade
from grader.results.read import read_results
from grader.scoring.marked import MarkedPaper
from tests.bundled import LARGEST, LONG, first_keys
from tests.grader.exams import class_of
from tests.in_process import run, run_program


def folder_of(keys: list[PaperKey], folder: Path) -> Path:
    folder.mkdir()
    lines = [key.to_json() + "\n" for key in keys]
    (folder / "key.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def ceng403() -> list[PaperKey]:
    return first_keys()


@pytest.fixture(scope="module")
def class_(ceng403: list[PaperKey]) -> list[Sitting]:
    return list(sittings(ceng403, "1"))


def differences(folder: Path, form: Format = Format.WIDE) -> list[str]:
    simulated = simulate(folder, "1", form=form).folder
    graded = grade(folder, [simulated / "submissions"])
    return [str(item) for item in compare(simulated, graded.folder).differences]


@pytest.mark.parametrize("form", list(Format))
def test_the_truth_of_the_whole_exam_agrees_with_grading(
    form: Format, ceng403: list[PaperKey], tmp_path: Path
) -> None:
    keys = ceng403 if form is Format.WIDE else ceng403[: LARGEST // 4]
    assert differences(folder_of(keys, tmp_path / "exam"), form) == []


def test_the_truth_of_every_question_agrees_with_grading(tmp_path: Path) -> None:
    keys = [
        replace(paper.key, paper=f"{number}-{path.stem}-{paper.id}", student=f"{number}-{paper.id}")
        for number, path in enumerate(bank())
        for paper in papers(exam_of(read(path)), "1", copies(6 if LONG else 2))
    ]
    assert differences(folder_of(keys, tmp_path / "exam")) == []


def test_a_class_is_what_it_was(class_: list[Sitting]) -> None:
    """Literals: another digest, another order of draws, and old classes are lost."""
    skills = [(sitting.paper, sitting.ability) for sitting in class_[:3]]
    assert skills == [("001", 0.383), ("002", -0.718), ("003", -0.407)]
    assert [(written.text, written.what) for written in class_[0].answers[:4]] == [
        ("94 by 94 by 48", "right"),
        ("", "blank"),
        ("N_w = 17424\n17472", "right"),  # the weights of the filters, and then with the biases
        ("1696512B", "right"),
    ]


def test_a_class_does_not_depend_on_hashing(tmp_path: Path) -> None:
    folder_of(list(class_of(30)), tmp_path / "exam")
    words = ("simulate", "exam", "--seed", "1", "--out")
    for done in (
        run(*words, "a", cwd=tmp_path),
        run_program(*words, "b", cwd=tmp_path, PYTHONHASHSEED="1"),
    ):
        assert done.returncode == 0, done.stderr
    for name in ("class.json", "truth.jsonl", "submissions/answers-0001.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_more_students_move_nobody(ceng403: list[PaperKey], class_: list[Sitting]) -> None:
    fewer = list(sittings(ceng403[:20], "1"))
    assert fewer[:19] == class_[:19]  # the last one may yet swap papers with the next


def test_every_kind_of_behaviour_is_there() -> None:
    shares = Shares(absent=100, copied=100, swapped=50, twice_alike=50, twice=50, poison=50)
    found = list(sittings(class_of(200), "1", shares))
    assert {sitting.manner for sitting in found} == set(Manner)
    assert {written.what for sitting in found for written in sitting.answers} == set(What)


def test_shares_are_near_what_is_asked() -> None:
    found = Counter(sitting.manner.value for sitting in sittings(class_of(500), "1"))
    assert found == {
        "honest": 459,
        "absent": 18,  # of 500, 20 are asked for, with a standard deviation of 4
        "copied": 6,  # 7.5
        "swapped": 6,  # 2.5 pairs
        "twice_alike": 3,  # 2.5
        "twice": 3,  # 2.5
        "poison": 5,  # 2.5
    }


def test_abilities_are_normal() -> None:
    found = sorted(ability("1", f"s{number}") for number in range(10_000))
    assert abs(sum(found)) < 300  # three standard errors of the mean
    for place, quantile in ((228, -2.0), (1_587, -1.0), (5_000, 0.0), (8_413, 1.0), (9_772, 2.0)):
        assert abs(found[place] - quantile) < 0.1


def test_poison_changes_no_other_mark(tmp_path: Path) -> None:
    keys = list(class_of(200 if LONG else 60))
    marks: list[dict[str, MarkedPaper]] = []
    for name, poison in (("clean", 0), ("poisoned", 100)):
        folder = folder_of(keys, tmp_path / name)
        simulated = simulate(folder, "1", shares=Shares(poison=poison)).folder
        graded = grade(folder, [simulated / "submissions"])
        assert compare(simulated, graded.folder).differences == []
        marks.append({paper.paper: paper for paper in read_results(graded.folder)})
    poisoned = [
        json.loads(line)["paper"]
        for line in (tmp_path / "poisoned/simulated/truth.jsonl").read_text("utf-8").splitlines()
        if json.loads(line)["manner"] == "poison"
    ]
    texts = {answer.text for name in poisoned for answer in marks[1][name].answers}
    assert texts == set(POISON.values())
    clean, others = ({n: p.answers for n, p in m.items() if n not in poisoned} for m in marks)
    assert clean == others


BYTES = AnswerKey(
    *("1a.memory", "memory", Fraction(2), "quantity", "903168 B"),
    {"rel": "1/100", "prefixes": "either"},
    unit="B",
)


@pytest.mark.parametrize(
    ("prefixes", "verdict"), [("either", Verdict.CORRECT), ("decimal", None)], ids=str
)
def test_megabytes_of_another_paper_may_be_right_by_1024(
    prefixes: str, verdict: Verdict | None
) -> None:
    # 0.860672 MB is 860,672 B or, by 1024, 902,480 B: within 1 % of 903,168 B.
    own = replace(BYTES, options={**BYTES.options, "prefixes": prefixes})
    there = Written("1a.memory", "0.860672 MB", What.RIGHT, states="860672 B")
    assert foreign(own, there).verdict is verdict


def test_no_wrong_answer_is_written_as_one_that_is_right_by_1024() -> None:
    texts = {
        found.text
        for number in range(300)
        for found in [_in_words(BYTES, "860672 B", Draws((str(number),)), _WRONG, Fraction(0))]
    }
    assert "860.672 kB" in texts
    assert "0.82080078125 MiB" in texts
    assert "0.860672 MB" not in texts


def test_no_wrong_answer_is_written_as_a_mistake_by_1024() -> None:
    # 1.517824 MB is 1,517,824 B or, by 1024, 1,591,554 B: within 1 % of the mistake's 1,600,000 B.
    own = replace(BYTES, expected="903168 B")
    grounds = [Ground("1600000 B", Fraction(1, 2), "floor_forgotten")]
    texts = {
        _in_words(own, "1517824 B", Draws((str(n),)), _WRONG, Fraction(0), grounds=grounds).text
        for n in range(300)
    }
    assert "1517.824 kB" in texts
    assert "1.517824 MB" not in texts


def test_score_finds_a_wrong_mark(tmp_path: Path) -> None:
    folder = folder_of(list(class_of(20)), tmp_path / "exam")
    simulated = simulate(folder, "1").folder
    grade(folder, [simulated / "submissions"])
    assert run("score", "exam/simulated", "exam/grades", cwd=tmp_path).returncode == 0
    verdicts = folder / "grades" / "verdicts.jsonl"
    lines = verdicts.read_text("utf-8").splitlines(keepends=True)
    place = next(i for i, line in enumerate(lines) if json.loads(line)["verdict"] == "correct")
    record = json.loads(lines[place])
    record["marks"] = str(Fraction(record["marks"]) / 2)
    lines[place] = json.dumps(record) + "\n"
    verdicts.write_text("".join(lines), "utf-8")
    done = run("score", "exam/simulated", "exam/grades", cwd=tmp_path)
    assert done.returncode == 1
    assert f"{record['paper']} {record['answer']}" in done.stdout
    assert "1 differ" in done.stdout


def test_too_few_papers_is_an_error(tmp_path: Path) -> None:
    folder_of(list(class_of(2)), tmp_path / "exam")
    done = run("simulate", "exam", "--seed", "1", "--students", "3", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "the exam has 2 papers; make more" in done.stderr
    assert run("simulate", "nowhere", "--seed", "1", cwd=tmp_path).returncode == 1
