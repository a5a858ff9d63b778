"""An exam from the first look at the program to the last appeal: each command line of the pages.

A step is a line as a page shows it, and what somebody does before they type it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.docs import people


class Step(NamedTuple):
    """A command line, and what somebody does before."""

    line: str
    before: Callable[[], None] | None = None


OURS = "examgen make exam.yaml --students roster.csv --seed 42 --out exam"
"""The one line that no page has: the exam of this story."""

LOOK_ROUND = [
    Step("examgen doctor"),
    Step("examgen schema question > question.schema.json"),
    Step("examgen schema question"),
    Step("examgen schema exam > exam.schema.json"),
    Step("examgen schema exam"),
    Step("examgen solve --list"),
    Step("examgen judge --cases answers.jsonl", people.write_cases),
    Step("examgen new topic/name"),
    Step("examgen new topic/name --kind code", people.delete_draft),
    Step("examgen make sample --copies 1"),
    Step("examgen make sample --copies 3", people.delete_sample),
    Step("examgen make linear_algebra --copies 1"),
    Step("examgen make --seed 42"),
]
PREPARE = [
    Step("examgen check exam.yaml", people.write_exam),
    Step("examgen make quiz --copies 3 --out papers", people.copy_to_folder),
    Step(OURS),
    Step("examgen make --spare 20 --out exam"),
    Step("examgen seats exam rooms.csv", people.write_rooms),
]
TRY = [
    Step("examgen make trial.yaml --copies 10 --out trial", people.write_trial),
    Step("examgen simulate trial --seed 1 --scans --scanner print"),
    Step("examgen scan trial yours.pdf", people.scan_trial),
    Step("examgen score trial/simulated trial/scans"),
]
ON_PAPER = [
    Step("examgen simulate exam --seed 1 --scans --scanner office"),
    Step("examgen scan exam exam/simulated/scans"),
    Step("examgen score exam/simulated exam/scans"),
    Step("examgen scan exam stack.pdf", people.scan_again),
    Step("examgen scan exam stack.pdf more/"),
    Step("examgen scan exam --look"),
    Step("examgen scan exam --look --by Grace"),
    Step("examgen scan exam --look --by Grace --by Alan"),
    Step("examgen scan exam --list"),
    Step(
        'examgen scan exam --transcribed exam/scans/waiting.csv --by "Grace"', people.type_waiting
    ),
    Step("examgen grade exam exam/scans"),
    Step("examgen seats exam --back", people.count_papers),
    Step("examgen mark exam --by-paper"),
    Step('examgen mark exam by-paper-marks.csv --by "Ada"', people.enter_booklets),
    Step("examgen annotate exam"),
    Step("examgen annotate exam --zip plain"),
]
AS_FILES = [
    Step("examgen grade exam answers/ more.zip", people.fill_forms),
    Step("examgen grade exam quiz.csv --columns map.yaml", people.map_columns),
    Step("examgen grade exam quiz.csv exceptions.csv", people.settle_exceptions),
    Step("examgen grade exam exam/forms/answers.csv", people.delete_absent),
    Step("examgen grade exam answers/ --jobs 2", people.unpack_form),
]
BY_PEOPLE = [
    Step("examgen mark exam --double 10%"),
    Step('examgen mark exam proposals.jsonl --by "reader 2"', people.propose),
    Step("examgen mark exam --reference reference.csv", people.mark_reference),
    Step(
        'examgen mark exam marks-calibration.jsonl --by "Bob" --reference reference.csv',
        people.mark_to_calibrate,
    ),
    Step('examgen mark exam marks-first.jsonl --by "Ada"', people.mark_first),
    Step('examgen mark exam marks-second.jsonl --by "Bob"', people.mark_second),
    Step("examgen mark exam"),
    Step("examgen appeals exam handed_in/ --received 2026-12-10", people.ask),
    Step("examgen appeals exam"),
    Step('examgen appeals exam marks-appeal.jsonl --by "Eve"', people.decide),
]
AGAIN = [
    Step("examgen key exam", people.mend_question),
    Step("examgen regrade exam --dry-run"),
    Step("examgen regrade exam --never-lower"),
    Step("examgen regrade exam"),
    Step("examgen key exam --release"),
    Step("examgen audit exam"),
]
AFTERWARDS = [
    Step("examgen export exam --to moodle", people.download),
    Step("examgen export exam --to moodle --into worksheet.csv"),
    Step("examgen export exam --to blackboard --into downloaded.xls"),
    Step("examgen export exam --to canvas --into canvas.csv"),
    Step("examgen export exam --to canvas --into canvas.csv --out-of 100", people.rescale_canvas),
    Step("examgen feedback exam --zip plain"),
    Step("examgen report exam"),
    Step("examgen report exam --names"),
    Step("examgen grades exam --scale scale.yaml"),
    Step("examgen make exam.yaml --students absent.csv --out exam2", people.list_absent),
    Step("examgen subject exam s1001"),
    Step("examgen forget exam s1001", people.delete_scans),
]
STORY = [
    *(*LOOK_ROUND, *PREPARE, *TRY, *ON_PAPER, *AS_FILES),
    *(*BY_PEOPLE, *AGAIN, *AFTERWARDS),
]
