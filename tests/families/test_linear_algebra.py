"""The exam of linear algebra: shared numbers, parts to choose, and a class marked as it must be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from examgen.folder.key import AnswerKey, PaperKey
from examgen.simulation.folder import simulate
from examgen.simulation.truth import compare
from generator.exams.exam_file import read_exam
from generator.exams.find_exam import bundled_exam
from generator.render import paper_html, paper_tex
from generator.variants.assemble import copies, papers
from grader.grade import grade
from grader.results.read import read_results

if TYPE_CHECKING:
    from pathlib import Path

    from generator.variants.paper import Paper


@pytest.fixture(scope="module")
def made() -> list[Paper]:
    return list(papers(read_exam(bundled_exam("linear_algebra")), "5", copies(40)))


def test_two_parts_have_the_same_matrix_and_another_student_another(made: list[Paper]) -> None:
    pairs = set()
    for paper in made:
        parts = {part.id: part for part in paper.key.parts}
        one, other = (parts[name].model.inputs for name in ("2a", "2b"))
        assert one == other
        pairs.add((one["a"], one["b"]))
    assert len(pairs) > 5


def test_an_answer_follows_from_the_part_before(made: list[Paper]) -> None:
    keys = {answer.id: answer for answer in made[0].key.answers}
    trace = keys["2b.trace"]
    assert isinstance(trace, AnswerKey)
    assert trace.follows == ("2a.larger", "2a.smaller")


def test_two_of_three_parts_count_and_the_paper_says_so(made: list[Paper]) -> None:
    paper = made[0]
    assert [int(one.marks) for one in paper.questions] == [16, 10, 16, 12]
    assert [(one.parts, one.count) for one in paper.key.choose] == [(("4a", "4b", "4c"), 2)]
    for text in (paper_tex(paper), paper_html(paper)):
        assert "Answer 2 of these 3 parts; the best 2 count." in text
        assert "Section B" in text
        assert "Both parts are about the matrix" in text


def test_a_made_up_class_is_marked_without_a_difference(made: list[Paper], tmp_path: Path) -> None:
    folder = tmp_path / "exam"
    folder.mkdir()
    lines = "".join(paper.key.to_json() + "\n" for paper in made)
    (folder / "key.jsonl").write_text(lines, encoding="utf-8")
    assert PaperKey.from_json(lines.splitlines()[0]) == made[0].key
    graded = grade(folder, [simulate(folder, "2").folder / "submissions"])
    found = compare(folder / "simulated", graded.folder)
    assert [str(item) for item in found.differences] == []
    results = [paper for paper in read_results(graded.folder) if paper.handed_in]
    assert {paper.out_of for paper in results} == {54}
    assert any(answer.carried for paper in results for answer in paper.answers)
