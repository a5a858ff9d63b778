"""The HTML paper under WCAG 2 AA: axe-core in headless Chromium finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examgen.folder.students import Student
from generator.exams.exam_file import read_exam
from generator.exams.find_exam import bundled_exam
from generator.render import paper_html
from generator.variants.assemble import papers

if TYPE_CHECKING:
    from tests.conftest import Violations


def test_the_whole_exam_has_no_violation(violations: Violations) -> None:
    student = Student("s1", "Ayşe Öztürk", section="A", extra_time="25 %")
    (paper,) = papers(read_exam(bundled_exam()), "42", [student])
    passes, violated = violations(paper_html(paper))
    assert violated == []
    assert passes > 20


def test_a_violation_is_found(violations: Violations) -> None:
    page = "<!DOCTYPE html><html><head><title>x</title></head><body><img src=x></body></html>"
    _, violated = violations(page)
    assert {"image-alt", "html-has-lang"} <= {
        item[0] for item in violated if isinstance(item, list)
    }
