"""Two people mark the same answers: how far they agree, who drifts, and which mark counts."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from examgen.cli import app
from examgen.folder.manifest import read_manifest
from examgen.folder.people_rules import MarkingRule
from examgen.ground.errors import InputError
from examgen.yaml_files.located_yaml import Source
from generator.exams.people_entry import MarkingEntry
from grader.by_hand.agreement import agreement
from grader.by_hand.calibrate import calibrate, write_calibration
from grader.by_hand.markers import agreement_of
from grader.by_hand.people import take_marks, write_marking
from grader.grade import grade
from grader.report.report import report
from grader.results.read import read_results
from grader.results.two_marks import Difference, counting_mark
from grader.statistics.drift import marker_drift
from grader.store.marks import PersonMark
from tests.grader.exams import hand_in, paper, write_exam

if TYPE_CHECKING:
    from pathlib import Path

    from grader.store.marks import Opinion

# a table of two raters; kappa and weighted kappa, each with its interval of 95 %:
# cohens_kappa(table) and cohens_kappa(table, weights=range(n), wt="quadratic") of statsmodels 0.14,
# the values themselves also cohen_kappa_score of scikit-learn 1.5
KAPPAS = [
    ([[20, 5], [10, 15]], (0.4, 0.151092, 0.648908), (0.4, 0.151092, 0.648908)),
    (
        [[44, 5, 1], [7, 20, 3], [9, 5, 6]],
        (0.491525, 0.350158, 0.632893),
        (0.454545, 0.270349, 0.638742),
    ),
    (
        [[10, 2, 0, 1], [3, 8, 2, 0], [0, 4, 9, 3], [1, 0, 2, 5]],
        (0.515086, 0.336561, 0.693611),
        (0.693914, 0.479430, 0.908399),
    ),
]


@pytest.mark.parametrize(("table", "plain", "weighted"), KAPPAS)
def test_kappa_and_its_interval(
    table: list[list[int]], plain: tuple[float, ...], weighted: tuple[float, ...]
) -> None:
    found = agreement(
        [
            (Fraction(a), Fraction(b))
            for a, row in enumerate(table)
            for b, count in enumerate(row)
            for _ in range(count)
        ]
    )
    assert found.kappa is not None
    assert found.weighted is not None
    assert found.interval is not None
    assert found.weighted_interval is not None
    assert (float(found.kappa), *found.interval) == pytest.approx(plain, abs=1e-6)
    assert (float(found.weighted), *found.weighted_interval) == pytest.approx(weighted, abs=1e-6)


def mark(marks: float, opinion: Opinion = "first", by: str = "", **more: str) -> PersonMark:
    who = by or {"first": "Ada", "second": "Bob"}.get(opinion, "Cleo")
    given = more.get("criteria", "").split()
    return PersonMark(
        *("p1", more.get("answer", "2b.why"), "r", Fraction(marks), who),
        criteria=tuple(given),
        opinion=opinion,
    )


AGREED, THIRD, MEAN = (
    MarkingRule("1"),
    MarkingRule("1", "mean", "third"),
    MarkingRule("1", beyond="mean"),
)
ONE, TWO, THREE = mark(1), mark(2), mark(3)
# the rule, marks in their order, the mark that counts of 4; "waits" where it must be settled
COUNTING = [
    (None, [ONE, TWO], "2"),
    (None, [ONE, mark(3, "second")], "1"),
    (AGREED, [ONE], "1"),
    (AGREED, [mark(3, "second")], "none"),
    (AGREED, [ONE, mark(2, "second")], "3/2"),
    (AGREED, [ONE, mark(3, "second")], "waits"),
    (MarkingRule("0"), [ONE, mark(1, "second")], "1"),
    (MarkingRule("50%"), [ONE, mark(3, "second")], "2"),
    (MarkingRule("49.9%"), [ONE, mark(3, "second")], "waits"),
    (MarkingRule("1", "first"), [ONE, mark(2, "second")], "1"),
    (MarkingRule("1", "higher"), [ONE, mark(2, "second")], "2"),
    (MEAN, [ONE, mark(4, "second")], "5/2"),
    (THIRD, [ONE, mark(4, "second"), mark(3, "settled")], "3"),
    (AGREED, [ONE, mark(4, "second"), mark(0, "settled")], "0"),
    (AGREED, [ONE, mark(4, "second"), mark(3, "settled"), mark(2)], "waits"),
    (AGREED, [ONE, mark(4, "second"), mark(3, "settled"), mark(2, "second")], "3/2"),
]


@pytest.mark.parametrize(("rule", "marks", "wanted"), COUNTING)
def test_the_mark_that_counts(
    rule: MarkingRule | None, marks: list[PersonMark], wanted: str
) -> None:
    found = counting_mark(marks, Fraction(4), rule)
    if isinstance(found, Difference):
        assert wanted == "waits"
    else:
        assert ("none" if found is None else str(found.marks)) == wanted


def test_the_mean_of_two_people_has_means_of_criteria() -> None:
    both = [mark(2, criteria="2 0"), mark(1, "second", criteria="0 1")]
    found = counting_mark(both, Fraction(3), MEAN)
    assert isinstance(found, PersonMark)
    assert (found.criteria, found.marker) == (("1", "1/2"), "Ada and Bob")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tolerance: some", "tolerance: expected marks or a share, found 'some'; write 1, or 10%"),
        ("tolerance: -1", "tolerance: expected marks or a share"),
        ("beyond: dice", "beyond: "),
        ("third: yes", "marking: has no 'third'"),
    ],
)
def test_a_rule_that_is_none(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        Source(text, "exam.yaml").model(MarkingEntry)
    assert said in str(caught.value)


def simulated(bias: float, slip: float) -> list[tuple[PersonMark, PersonMark]]:
    """Return marks of 500 answers: each of two people errs with `slip`, the second is stricter."""
    draw, found = random.Random(7), []  # noqa: S311 - a simulation
    for _ in range(500):
        truth = draw.random() < 0.5
        first, second = (truth != (draw.random() < slip) for _ in range(2))
        second = second and draw.random() >= bias
        one, two = (mark(got, criteria=str(int(got))) for got in (first, second))
        found.append((one, two))
    return found


# bias and slip; kappa and the shift of the second as they follow: p_e is 1/2, since the first gives
# half of the marks; p_o is (1-s)^2 + s^2 without bias, and 0.328 + 0.428 with a bias of 0.2
SIMULATED = [(0.0, 0.1, 0.64, 0.0), (0.0, 0.2, 0.36, 0.0), (0.2, 0.1, 0.512, -0.1)]


@pytest.mark.parametrize(("bias", "slip", "kappa", "shift"), SIMULATED)
def test_agreement_comes_out_as_simulated(
    bias: float, slip: float, kappa: float, shift: float
) -> None:
    found = agreement_of(simulated(bias, slip), {"2b.why": Fraction(1)})["2b.why 1"]
    assert found.interval is not None
    assert found.interval[0] <= kappa <= found.interval[1]
    assert float(found.shift) == pytest.approx(shift, abs=0.04)
    assert found.is_low == (kappa < 0.6)


def test_drift_comes_out_as_simulated() -> None:
    draw = random.Random(3)  # noqa: S311 - a simulation
    flat = [("1a.x", draw.gauss(0.6, 0.2)) for _ in range(500)]
    falling = [(name, share - 0.2 * n / 499) for n, (name, share) in enumerate(flat)]
    steady, drifting = marker_drift(flat), marker_drift(falling)
    assert steady is not None
    assert drifting is not None
    assert not steady.is_certain
    assert drifting.is_certain
    assert drifting.interval[0] <= -0.2 <= drifting.interval[1]
    assert drifting.change == pytest.approx(steady.change - 0.2)
    assert marker_drift(flat[:9]) is None
    assert marker_drift([("1a.x", 1.0)] * 20) is not None


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four answers in prose that two people mark, with a rule in the exam folder."""
    here = tmp_path_factory.mktemp("two")
    keys = [paper(n) for n in range(1, 5)]
    folder = write_exam(here / "exam", keys)
    rule = {"tolerance": "1", "within": "mean", "beyond": "third"}
    (folder / "exam.json").write_text(json.dumps({"seed": "1", "marking": rule}))
    grade(folder, [hand_in(here / "a.csv", {k.paper: {"2b.why": f"is {k.paper}"} for k in keys})])
    write_marking(folder, double=Fraction(1))
    return folder


def saved(exam: Path, opinion: str, given: dict[str, str]) -> Path:
    page = (exam / f"marking/marking-{opinion}.html").read_text()
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    lines = [
        {"group": group["id"], "answer": group["answer"], "papers": group["papers"]}
        | {"opinion": opinion, "rubric": group["rubric"], "criteria": given[group["text"]].split()}
        for group in data["groups"]
        if group["text"] in given
    ]
    path = exam / f"{opinion}.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def marks_now(exam: Path) -> list[str]:
    answers = [one.answers[-1] for one in read_results(exam / "grades")]
    return ["waits" if answer.marks is None else str(answer.marks) for answer in answers]


FIRST = {"is p001": "2 1", "is p002": "2 1", "is p003": "0 0", "is p004": "1 0"}
SECOND = {"is p001": "2 1", "is p002": "2 0", "is p003": "2 0", "is p004": "1 0"}


def test_calibration_takes_no_mark(exam: Path) -> None:
    reference = saved(exam, "first", {name: FIRST[name] for name in ("is p001", "is p003")})
    table, _ = write_calibration(exam, reference)
    assert table.read_text("utf-8-sig").count("calibration") == 2
    own = saved(exam, "calibration", SECOND)
    found = calibrate(exam, own, reference, "Bob")
    assert [(name, one.count) for name, one in found.items()] == [
        *[("2b.why", 2), ("2b.why 1", 2), ("2b.why 2", 2), ("all", 2)]
    ]
    assert found["2b.why"].same == Fraction(1, 2)
    assert marks_now(exam) == ["waits"] * 4
    with pytest.raises(InputError, match="marked for calibration; name the reference"):
        take_marks(exam, own, "Bob")
    done = CliRunner().invoke(
        app, ["mark", str(exam), str(own), "--by", "Bob", "--reference", str(reference)]
    )
    assert "Bob beside the reference; no mark was taken\n2b.why: 2 marked twice" in done.stdout


def test_two_marks_become_one_by_the_rule(exam: Path) -> None:
    take_marks(exam, saved(exam, "first", FIRST), "Ada")
    assert marks_now(exam) == ["3", "3", "0", "1"]
    second = saved(exam, "second", SECOND)
    with pytest.raises(InputError, match="Ada gave the first mark, and cannot give the second"):
        take_marks(exam, second, "Ada")
    report_of = take_marks(exam, second, "Bob")
    assert marks_now(exam) == ["3", "5/2", "waits", "1"]
    assert report_of.markers.agreement["2b.why 1"].count == 4
    sheets = write_marking(exam)
    assert (sheets.groups, sheets.settle) == (0, 1)
    settled = saved(exam, "settled", {"is p003": "1 0"})
    for who in ("ADA ", "Bob", "Ａda"):
        with pytest.raises(InputError, match=f"{who} gave one of the two marks"):
            take_marks(exam, settled, who)
    again = exam / "again.jsonl"
    again.write_text(second.read_text().replace('["2", "0"]', '["2", "1"]'))
    take_marks(exam, again, "Bob")
    with pytest.raises(InputError, match="or their marks have changed; take the row out"):
        take_marks(exam, settled, "Cleo")
    take_marks(exam, second, "Bob")
    take_marks(exam, settled, "Cleo")
    assert marks_now(exam) == ["3", "5/2", "1", "1"]
    [why] = [a.why for p in read_results(exam / "grades") for a in p.answers if "Cleo" in a.why]
    assert why == "marked by a person: Cleo"
    rows = {row.name: row for row in report(exam).markers.agreement}
    # first criterion 2 2 0 1 and 2 2 2 1: p_o 3/4, p_e 1/2*3/4 + 1/4*0 + 1/4*1/4 = 7/16
    assert rows["2b.why 1"].kappa == pytest.approx(5 / 9)
    assert rows["2b.why 1"].is_low
    assert rows["2b.why 1"].says == "names the product of derivatives"


@pytest.mark.parametrize(
    "rules", [{"marking": {"tolerance": "some"}}, {"appeals": {"closes": "soon"}}]
)
def test_a_rule_in_the_exam_folder_that_is_none(rules: dict[str, object], tmp_path: Path) -> None:
    (tmp_path / "exam.json").write_text(json.dumps({"seed": "1"} | rules))
    with pytest.raises(InputError, match="this is not a manifest: "):
        read_manifest(tmp_path)
