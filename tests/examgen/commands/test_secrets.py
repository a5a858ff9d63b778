"""Who can read what examgen writes, and who can guess what it draws."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from examgen.cli import app
from examgen.folder.manifest import read_manifest
from examgen.ground.privacy import private
from generator.exams.exam_file import read_exam
from generator.folder.batch import Order
from generator.folder.finalize import seal
from generator.folder.make import FOLDERS, batches_for
from generator.folder.make import run as make_all
from generator.folder.seeds import is_guessable
from generator.variants.assemble import copies, number_papers

EXAM = "course: c\ntitle: t\ncode: quiz\nquestions: [{title: q, parts: [cnn/padding]}]\n"
ROSTER = "id,name,email\n2019001,Ada Lovelace,ada@uni.edu\n2019002,Alan Turing,\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an exam and a roster, and a system that lets everybody read."""
    (tmp_path / "quiz.yaml").write_text(EXAM)
    (tmp_path / "class.csv").write_text(ROSTER)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(words: str) -> tuple[str, str]:
    """What a command prints, and its complaints."""
    done = CliRunner().invoke(app, words.split())
    assert done.exit_code == 0, done.output
    return done.stdout, done.stderr


def modes(folder: Path) -> set[tuple[str, int]]:
    """The kinds of things in a folder, and their permissions."""
    every = (folder, *folder.rglob("*"))
    return {("d" if p.is_dir() else "f", stat.S_IMODE(p.stat().st_mode)) for p in every}


@pytest.mark.parametrize(
    ("option", "folders", "files"), [("", 0o700, 0o600), (" --group", 0o750, 0o640)]
)
def test_other_accounts_read_nothing(here: Path, option: str, folders: int, files: int) -> None:
    run("make quiz.yaml --tex-only --students class.csv --out e" + option)
    paper = json.loads((here / "e" / "key.jsonl").read_text().splitlines()[0])
    ids = [answer["id"] for part in paper["parts"] for answer in part["answers"]]
    (here / "a.csv").write_text(f"student,{','.join(ids)}\n2019001,{','.join('7' for _ in ids)}\n")
    (here / "late.csv").write_text("id\nlate\n")
    for words in (
        "key e --release",
        "make --add late.csv --out e",
        "grade e a.csv",
        "regrade e",
        "mark e",
        "feedback e",
        "export e --to csv --pending-as-blank",
        "report e",
        "simulate e --seed 1",
    ):
        run(words)
    assert modes(here / "e") == {("d", folders), ("f", files)}


def test_the_mask_of_files_is_given_back() -> None:
    before = os.umask(0o022)
    os.umask(before)
    with pytest.raises(ZeroDivisionError), private():
        _ = 1 / 0
    after = os.umask(before)
    assert after == before


@pytest.mark.parametrize("whom", ["--students class.csv", "--copies 2"])
def test_a_seed_is_drawn_and_kept(here: Path, whom: str) -> None:
    for name in ("one", "two"):
        said, warned = run(f"make quiz.yaml --tex-only {whom} --out {name}")
        assert (f"kept in {name}/exam.json" in said, warned) == (True, "")
    seeds = [read_manifest(here / name).seed for name in ("one", "two")]
    assert seeds[0] != seeds[1]
    assert min(map(len, seeds)) == 32
    assert "identical" in run("verify one")[0]
    run(f"make quiz.yaml --tex-only {whom} --out one --resume")
    assert read_manifest(here / "one").seed == seeds[0]


def test_an_interrupted_run_goes_on_with_the_seed_that_it_drew(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("generator.folder.make.run", interrupted)
        CliRunner().invoke(app, "make quiz.yaml --tex-only --copies 2 --out e".split())
    drawn = (here / "e.unfinished" / "records" / "seed").read_text()
    run("make quiz.yaml --tex-only --copies 2 --out e --resume")
    assert read_manifest(here / "e").seed == drawn
    assert not (here / "e" / "records").exists()


@pytest.mark.parametrize(
    ("seed", "lines"),
    [
        ("42", 1),
        ("2026", 1),
        ("ceng403", 1),
        ("", 1),
        ("a" * 40, 1),
        ("12121212121212121212121212", 1),
        ("7f3c9a01d5e84b62a90c13f7e6d28b54", 0),
        ("correct horse battery staple", 0),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_seed_that_can_be_guessed_is_noticed(seed: str, lines: int) -> None:
    assert is_guessable(seed) is (lines == 1)
    words = ["make", "quiz.yaml", "--tex-only", "--seed", seed, "--students", "class.csv"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0
    assert done.stderr.count("\n") == done.stderr.count("easy to guess") == lines


def test_papers_jsonl_names_nobody(here: Path) -> None:
    run("make quiz.yaml --tex-only --students class.csv --out e")
    text = (here / "e" / "papers.jsonl").read_text()
    assert not [word for word in ("2019001", "Ada", "ada@uni.edu", "student") if word in text]


def test_a_folder_whose_papers_name_students_is_read_by_every_command(here: Path) -> None:
    order = Order(read_exam(here / "quiz.yaml"), "42", names_students=True)
    batches = batches_for(number_papers(copies(3)))
    for name in FOLDERS:
        (here / "old" / name).mkdir(parents=True)
    make_all(order, batches, here / "old", 1, None)
    sealed = seal(order, batches, here / "old")
    (here / "old" / "exam.json").write_text(replace(sealed, schema=2).to_json())
    assert '"student": "001"' in (here / "old" / "papers.jsonl").read_text()
    assert "identical" in run("verify old")[0]
    (here / "late.csv").write_text("id\nlate\n")
    run("make --add late.csv --out old")
    assert '"student": "late"' in (here / "old" / "papers.jsonl").read_text()
    assert "identical" in run("verify old")[0]
    run("key old")
    (here / "late.json").write_text((here / "old" / "forms" / "004.json").read_text())
    run("grade old late.json")


# -- question files of one's own ------------------------------------------------------------------

OWN = """---
title: Own
vary: {a: [2, 3, 4]}
values: {y: a * 11}
answers: {y: {integer: y, marks: 1}}
---
Eleven times \\V{a}? \\answer{y}
"""


@pytest.mark.parametrize(
    ("place", "option"),
    [
        ("own/count.tex", ""),
        ("questions/own/count.tex", ""),
        ("bank/own/count.tex", " --questions bank"),
    ],
)
def test_own_questions_are_found_again(here: Path, place: str, option: str) -> None:
    path = here / place
    path.parent.mkdir(parents=True)
    path.write_text(OWN)
    (here / "late.csv").write_text("id\nlate\n")
    (here / "quiz.yaml").write_text(EXAM.replace("cnn/padding", "own/count"))
    run(f"make quiz.yaml --copies 2 --seed 1 --tex-only --out e{option}")
    assert read_manifest(here / "e").places == {"own/count": f"../{place}"}
    path.unlink()
    for words in ("verify e", "key e", "make --add late.csv --out e", "verify e", "check e"):
        run(words)


def test_an_edited_question_is_noticed_and_the_older_one_used(here: Path) -> None:
    (here / "own").mkdir()
    (here / "own" / "count.tex").write_text(OWN)
    (here / "late.csv").write_text("id\nlate\n")
    (here / "quiz.yaml").write_text(EXAM.replace("cnn/padding", "own/count"))
    run("make quiz.yaml --copies 2 --seed 1 --tex-only --out e")
    (here / "own" / "count.tex").write_text(OWN.replace("Eleven", "11"))
    _, warned = run("make --add late.csv --out e")
    assert "question own/count: its file changed since the exam was made" in warned
    assert "Eleven times" in (here / "e" / "papers" / "003.tex").read_text()
