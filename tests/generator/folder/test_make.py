"""Making exam folders: interrupted, resumed, added to, and never sealed with something wrong."""

from __future__ import annotations

import errno
import json
import shutil
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pypdf
import pytest

from examgen.folder.manifest import MANIFEST, read_manifest
from examgen.folder.pages.form_fields import checksum, field_of
from examgen.folder.pages.page_boxes import BOXES, boxes_from, boxes_of
from examgen.folder.students import Student
from examgen.ground.errors import ExamgenError, InputError, ToolError
from examgen.ground.files import file_hash
from generator.exams.exam_file import read_exam
from generator.exams.find_exam import bundled_exam
from generator.folder import batch as batches
from generator.folder.add_students import add, publish
from generator.folder.make import Job, make, report_of, unfinished_folder
from generator.folder.rewrite_keys import KeyJob, write_keys
from generator.folder.verify import verify
from generator.pdf.pdflatex import engine
from generator.variants.assemble import copies, papers
from tests.bundled import LONG

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from generator.folder.batch import Record
    from generator.variants.paper import Part

needs_tex = pytest.mark.skipif(engine() is None, reason="no TeX engine is installed")

EXAM = """course: c
title: t
code: quiz
questions:
  - title: Counting
    parts: [own/count, own/sort]
"""
SORT = r"""---
title: Patterns
answers:
  spam:
    {choice: many-to-one, marks: 1, options: [one-to-one, one-to-many, many-to-one, many-to-many]}
---
An e-mail is marked as spam or not. \answer{spam}
"""
QUESTION = r"""---
title: Weights
vary: {k: [3, 5, 7, 9], c: [16, 32, 64, 128], f: [10, 12, 14]}
values: {n: k**2 * c * f}
answers:
  n: {integer: n, marks: 2, space: 3 cm}
  why: {rubric: [{says: it is said why, marks: 1}], lines: 4}
---
\label{here}A filter has \V{k} rows and \V{c} channels, and there are \V{f}.
See page \pageref{here}.
\answer{n} \answer{why}
"""


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A small exam with a question of its own, without PDFs."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "count.tex").write_text(QUESTION)
    (tmp_path / "own" / "sort.tex").write_text(SORT)
    (tmp_path / "quiz.yaml").write_text(EXAM)
    exam = read_exam(tmp_path / "quiz.yaml")
    return Job(exam, "42", copies(23), tmp_path / "made", pdf="no", workers=1)


def contents(folder: Path) -> Mapping[str, str]:
    """The hash of every file of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): file_hash(path) for path in files}


def interrupt(monkeypatch: pytest.MonkeyPatch, after: int, error: BaseException) -> None:
    """Lets writing a batch fail after some files."""
    written, write = [0], batches._write

    def failing(folder: Path, name: str, content: bytes, record: Record) -> None:
        written[0] += 1
        if written[0] > after:
            raise error
        write(folder, name, content, record)

    monkeypatch.setattr(batches, "_write", failing)


@pytest.mark.parametrize("after", [0, 40, 70])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left")])
def test_an_interrupted_run_is_taken_up_again(
    job: Job, after: int, error: BaseException, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = replace(job, out=job.out.with_name("whole"))
    make(whole)
    with monkeypatch.context() as patched:
        interrupt(patched, after, error)
        with pytest.raises((KeyboardInterrupt, ExamgenError)):
            make(job)
    assert not job.out.exists()
    with pytest.raises(ExamgenError, match="--resume"):
        make(job)
    make(replace(job, resume=True))
    assert contents(job.out) == contents(whole.out)
    assert not unfinished_folder(job.out).exists()


def test_another_job_is_not_taken_up(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        interrupt(patched, 40, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            make(job)
    with pytest.raises(ExamgenError, match="another exam or class"):
        make(replace(job, resume=True, seed="43"))
    make(replace(job, force=True, seed="43"))
    assert read_manifest(job.out).seed == "43"


def test_what_is_sealed_is_not_taken_for_another_job(job: Job, tmp_path: Path) -> None:
    make(job)
    work = unfinished_folder(job.out)
    make(replace(job, out=tmp_path / "other", seed="43"))
    (tmp_path / "other").rename(work)  # as if --force had been killed before the last step
    with pytest.raises(ExamgenError, match="of another run"):
        add(job.out, [Student("late")], question_folders=[tmp_path])
    with pytest.raises(ExamgenError, match="another exam or class"):
        make(replace(job, force=True, resume=True))
    assert read_manifest(job.out).seed == "42"
    make(replace(job, force=True, resume=True, seed="43"))
    assert read_manifest(job.out).seed == "43"


def test_a_file_of_another_name_is_another_job(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        interrupt(patched, 40, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            make(job)
    other = replace(job.exam, code="other")
    with pytest.raises(ExamgenError, match="another exam or class"):
        make(replace(job, exam=other, resume=True))


@pytest.mark.parametrize(
    ("name", "message"),
    [("thesis.docx", "is not an exam folder"), ("exam.json", "has gradebook.csv")],
)
def test_force_replaces_nothing_but_an_exam_folder(job: Job, name: str, message: str) -> None:
    job.out.mkdir()
    (job.out / name).write_text("mine")
    (job.out / "gradebook.csv").write_text("mine")
    with pytest.raises(ExamgenError, match=message):
        make(replace(job, force=True))
    assert {path.name for path in job.out.iterdir()} == {name, "gradebook.csv"}


def test_what_an_interruption_left_beside_its_successor_goes(job: Job) -> None:
    make(job)
    older = job.out.with_name("made.older")
    shutil.copytree(job.out, older)
    make(replace(job, force=True))
    assert not older.exists()


def test_a_finished_job_is_not_made_again(job: Job) -> None:
    make(job)
    before = contents(job.out)
    assert make(replace(job, resume=True)).count == 23
    assert contents(job.out) == before


@pytest.mark.processes
def test_two_processes_make_what_one_makes(job: Job) -> None:
    two = replace(job, out=job.out.with_name("two"), workers=2)
    make(job)
    make(two)
    assert contents(job.out) == contents(two.out)


def unproven(part: Part) -> list[str]:
    """A proof that one member fails."""
    return ["the key is wrong"] if part.key.model.inputs.get("k") == "7" else []


def test_nothing_is_made_of_a_key_that_is_not_proven(job: Job) -> None:
    with pytest.raises(ExamgenError, match=r"own/count: the key is wrong[^$]*--with k=7"):
        make(replace(job, prove=unproven))
    assert not job.out.exists()
    assert not unfinished_folder(job.out).exists()


def test_students_are_added_and_nobody_else_is_touched(job: Job, tmp_path: Path) -> None:
    make(job)
    before = contents(job.out)
    late = [Student("late", "Late Comer"), Student("later")]
    report = add(job.out, late, question_folders=[tmp_path])
    assert report.count == 25
    after = contents(job.out)
    grown = {
        MANIFEST,
        "papers.jsonl",
        "key.jsonl",
        "key.csv",
        "forms/answers.csv",
        "keys/all.tex",
    }
    assert {name for name in before if before[name] != after[name]} == grown
    assert {name.rpartition("/")[2][:3] for name in after.keys() - before.keys()} == {"024", "025"}
    assert verify(job.out, [tmp_path]) == []
    assert [e.student.id for e in read_manifest(job.out).entries][-2:] == ["late", "later"]
    assert (job.out / "key.jsonl").read_text().count("\n") == 25


def test_who_has_a_paper_is_not_added(job: Job, tmp_path: Path) -> None:
    make(job)
    with pytest.raises(ExamgenError, match="007 has the paper 007 already"):
        add(job.out, [Student("007"), Student("new")], question_folders=[tmp_path])
    assert verify(job.out, [tmp_path]) == []


def test_a_question_that_changed_is_not_drawn_again(job: Job, tmp_path: Path) -> None:
    make(job)
    (tmp_path / "own" / "count.tex").write_text(QUESTION.replace("rows", "columns"))
    with pytest.raises(ExamgenError, match="own/count: its file changed"):
        add(job.out, [Student("late")], question_folders=[tmp_path])
    assert "question own/count: its file changed" in "\n".join(verify(job.out, [tmp_path]))


def test_adding_goes_on_where_its_last_step_broke_off(job: Job, tmp_path: Path) -> None:
    make(job)
    shutil.copytree(job.out, job.out.with_name("copy"))
    add(job.out, [Student("late")], question_folders=[tmp_path])
    # As after a crash: everything is sealed, some files are in their place, the manifest is not.
    work, copy = unfinished_folder(job.out), job.out.with_name("copy")
    work.mkdir()
    for name in (MANIFEST, "key.jsonl", "papers.jsonl"):
        shutil.move(job.out / name, work / name)
        shutil.copy(copy / name, job.out / name)
    publish(job.out)
    assert verify(job.out, [tmp_path]) == []
    assert not work.exists()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda f: (f / "keys" / "003.tex").unlink(), "keys/003.tex: missing"),
        (lambda f: (f / "papers" / "001.tex").write_text("x"), "papers/001.tex: changed since"),
    ],
    ids=["missing", "changed"],
)
def test_verify_names_what_differs(
    job: Job, damage: Callable[[Path], object], message: str, tmp_path: Path
) -> None:
    make(job)
    damage(job.out)
    assert any(line.startswith(message) for line in verify(job.out, [tmp_path]))


def test_pdfs_are_not_called_identical_without_an_engine(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(replace(job, students=job.students[:2]))
    monkeypatch.setattr("generator.folder.rebuild.engine", lambda: None)
    with pytest.raises(ToolError, match="without a TeX engine"):
        verify(job.out, [tmp_path], with_pdf=True)


def test_a_manifest_of_another_version_is_refused(job: Job) -> None:
    make(job)
    path = job.out / MANIFEST
    path.write_text(json.dumps({**json.loads(path.read_text()), "schema": 1}))
    with pytest.raises(InputError, match="schema 1"):
        verify(job.out)


def test_solutions_for_students_do_not_say_what_the_grader_recognises(
    job: Job, tmp_path: Path
) -> None:
    make(job)
    written = list(
        write_keys(job.out, KeyJob("solutions", papers=("002",), question_folders=[tmp_path]))
    )
    tex = job.out / "solutions" / "002.tex"
    assert tex in written
    assert "SECRET" not in tex.read_text()
    assert "Mistakes recognized" not in tex.read_text()
    assert "SECRET" in (job.out / "keys" / "002.tex").read_text()
    with pytest.raises(ExamgenError, match="no paper 999"):
        list(write_keys(job.out, KeyJob(papers=("999",), question_folders=[tmp_path])))


# -- PDFs -----------------------------------------------------------------------------------------


@needs_tex
@pytest.mark.tex
def test_a_paper_alone_is_the_paper_of_a_batch(job: Job, tmp_path: Path) -> None:
    alone = replace(job, pdf="yes", students=[job.students[2]], out=job.out.with_name("alone"))
    make(replace(job, pdf="yes"))
    make(alone)
    one = pypdf.PdfReader(alone.out / "papers" / "001.pdf")
    among = pypdf.PdfReader(job.out / "papers" / "003.pdf")
    texts = [[page.extract_text() for page in pdf.pages] for pdf in (one, among)]
    assert [text.replace("001", "003") for text in texts[0]] == texts[1]
    assert texts[1][0].split()[-4:] == ["Page", "1", "of", "2"]
    assert "See page 2" in texts[1][1]  # a label of one's own, on one's own page
    assert verify(job.out, [tmp_path], with_pdf=True) == []


@needs_tex
@pytest.mark.tex
def test_forms_say_where_they_belong(job: Job) -> None:
    make(replace(job, pdf="yes", students=job.students[:3]))
    public = (job.out / "papers.jsonl").read_text().splitlines()
    key = json.loads((job.out / "key.jsonl").read_text().splitlines()[1])
    fields = pypdf.PdfReader(job.out / "papers" / "002.pdf").get_fields() or {}
    found = [field_of(name) for name in fields]
    assert {field.answer for field in found if field and field.is_answer} == {
        answer["id"] for part in key["parts"] for answer in part["answers"]
    }
    cover = {field.answer for field in found if field and not field.is_answer}
    assert cover == {"cover.name", "cover.number", "cover.awarded", "cover.awarded 1"}
    assert {(field.exam, field.paper, field.checksum) for field in found if field} == {
        ("quiz", "002", checksum(public[1]))
    }
    choice = next(field for name, field in fields.items() if "/1b/spam/" in name)
    assert choice["/Opt"] == ["one-to-one", "one-to-many", "many-to-one", "many-to-many"]


@needs_tex
@pytest.mark.tex
def test_the_places_of_boxes_are_kept(job: Job) -> None:
    make(replace(job, pdf="yes", students=job.students[:3]))
    lines = (job.out / BOXES).read_text(encoding="utf-8").splitlines()
    assert [boxes_from(line).paper for line in lines] == ["001", "002", "003"]
    assert boxes_from(lines[1]) == boxes_of("002", (job.out / "papers" / "002.pdf").read_bytes())
    sheet = boxes_from(lines[0]).pages[1]
    assert (sheet.width, sheet.height) == (210, 297)
    ticks = [box for box in sheet.boxes if box.option is not None]
    assert [(box.answer, box.option, box.text) for box in ticks] == [
        ("1b.spam", 0, "one-to-one"),
        ("1b.spam", 1, "one-to-many"),
        ("1b.spam", 2, "many-to-one"),
        ("1b.spam", 3, "many-to-many"),
    ]
    assert {(box.width, box.height) for box in ticks} == {(3.51, 3.51)}  # 10 points of TeX
    assert all(0 < box.x < 210 and 0 < box.y < 297 - 26 for box in sheet.boxes)


@needs_tex
@pytest.mark.tex
def test_a_folder_without_places_of_boxes_is_added_to(job: Job) -> None:
    make(replace(job, pdf="yes", students=job.students[:2]))
    (job.out / BOXES).unlink()
    add(job.out, [Student("s9", "Ada")], question_folders=[job.out.parent], workers=1)
    (line,) = (job.out / BOXES).read_text(encoding="utf-8").splitlines()
    assert boxes_from(line).paper == "003"


@needs_tex
@pytest.mark.tex
def test_a_form_is_filled_in_and_saved(job: Job, tmp_path: Path) -> None:
    make(replace(job, pdf="yes", students=job.students[:1]))
    reader = pypdf.PdfReader(job.out / "papers" / "001.pdf")
    names = list(reader.get_fields() or {})
    number, tick = (next(n for n in names if f"/{part}/" in n) for part in ("1a/n", "1b/spam"))
    writer = pypdf.PdfWriter(clone_from=reader)
    for page in writer.pages:
        if "/Annots" in page:
            values = {number: "3·3 ünï", tick: "/2"}
            writer.update_page_form_field_values(page, values, auto_regenerate=False)
    writer.write(tmp_path / "filled.pdf")
    fields = pypdf.PdfReader(tmp_path / "filled.pdf").get_fields() or {}
    assert (fields[number]["/V"], fields[tick]["/V"]) == ("3·3 ünï", "/2")


@needs_tex
@pytest.mark.tex
def test_a_paper_that_tex_cannot_print_is_listed_and_the_others_are_made(
    job: Job, tmp_path: Path
) -> None:
    broken = QUESTION.replace(r"\answer{n}", r"\B{if k == 7}{\nonsense\B{endif} \answer{n}")
    (tmp_path / "own" / "count.tex").write_text(broken)
    exam = read_exam(tmp_path / "quiz.yaml")
    report = make(replace(job, exam=exam, pdf="yes"))
    lines = (job.out / "papers.jsonl").read_text().splitlines()
    bad = {p["paper"] for p in map(json.loads, lines) if p["parameters"]["1a"]["k"] == "7"}
    assert 0 < len(bad) < 23
    assert {failure.split()[1].rstrip(":") for failure in report.failures} == bad
    assert all("Undefined control sequence" in failure for failure in report.failures)
    made = {path.stem for path in (job.out / "papers").glob("*.pdf")}
    assert made == {f"{number:03d}" for number in range(1, 24)} - bad
    assert read_manifest(job.out).failures == report.failures


@needs_tex
@pytest.mark.tex
def test_an_open_brace_does_not_reach_the_next_paper(job: Job, tmp_path: Path) -> None:
    (tmp_path / "own" / "count.tex").write_text(
        QUESTION.replace("A filter", r"\B{if k == 7}\begingroup\B{endif} A filter")
    )
    report = make(replace(job, exam=read_exam(tmp_path / "quiz.yaml"), pdf="yes"))
    lines = (job.out / "papers.jsonl").read_text().splitlines()
    bad = {p["paper"] for p in map(json.loads, lines) if p["parameters"]["1a"]["k"] == "7"}
    wrong = [line for line in report.failures if line.startswith("papers ")]
    assert {line.split()[1].rstrip(":") for line in report.failures} == bad
    assert len(wrong) == len(bad)
    assert all("a brace or an environment is left open" in line for line in wrong)


# -- the whole exam -------------------------------------------------------------------------------


def test_students_have_papers_of_their_own() -> None:
    exam = read_exam(bundled_exam())
    students = [Student(f"s{number}") for number in range(1_000 if LONG else 20)]
    drawn = set()
    costs: dict[str, set[int]] = {}
    for paper in papers(exam, "42", students, Fraction(2)):
        drawn.add(json.dumps([dict(part.key.model.inputs) for part in paper.parts]))
        for part in paper.parts:
            costs.setdefault(part.key.id, set()).add(batches._cost(part))
    assert len(drawn) == len(students)
    assert all(max(found) <= 2 * min(found) for found in costs.values())


@pytest.mark.tex
@needs_tex
def test_a_box_that_runs_into_the_code_of_its_page_is_named(job: Job, tmp_path: Path) -> None:
    (tmp_path / "own" / "count.tex").write_text(QUESTION.replace("space: 3 cm", "space: 26 cm"))
    exam = read_exam(tmp_path / "quiz.yaml")
    made = make(replace(job, exam=exam, students=copies(1), pdf="yes"))
    (notice,) = made.notices
    assert notice.startswith("001, page 3: the box of 1a.n runs into the margin; run examgen check")
    (job.out / BOXES).unlink()  # as in a folder of an older version
    assert report_of(job.out, read_manifest(job.out), (), with_pdf=True).notices == ()
