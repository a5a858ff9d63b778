"""A simulated class of 500 with two markers of known bias and noise, and appeals of 20 students.

`python -m benchmarks.markers [--students 500]` makes the class, lets Ada and Bob mark it through
the files of `examgen mark`, settles what differs, takes appeals, and says for each figure what was
simulated and what came out. Both err in 1 of 10 criteria. Bob passes over the second criterion in
2 of 5 answers, and over the first more and more often, at the end in every other one.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from examgen.folder.key import SCHEMA, Criterion, Model, PaperKey, PartKey, RubricKey
from examgen.ground.csv_cells import to_csv
from grader.by_hand.appeals.decide import decide_appeals, write_appeals
from grader.by_hand.appeals.receive import take_appeals
from grader.by_hand.people import take_marks, write_marking
from grader.grade import grade
from grader.results.read import read_results

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.by_hand.markers import Markers

ANSWER, TOLERANCE, ASKING = "1a.why", 2, 20
SLIP, BIAS, DRIFT = 0.1, 0.4, 0.5
Met: TypeAlias = tuple[bool | Fraction, bool | Fraction]
KAPPAS = (0.48, 0.384)
"""Expected agreement: both see 0.41 of all, of which Bob keeps 0.75, and 0.6; chance gives 1/2."""
CRITERIA = (Criterion("names the product", Fraction(2)), Criterion("it shrinks", Fraction(2)))


@dataclass(frozen=True)
class Student:
    """An answer: the criteria that it meets, and those that each of the two markers sees met."""

    text: str
    truth: tuple[bool, bool]
    ada: tuple[bool, bool]
    bob: tuple[bool, bool]


def simulate(count: int) -> dict[str, Student]:
    """Return students by their papers."""
    draw = random.Random(1)  # noqa: S311 - a simulation
    found = {}
    for number in range(count):
        truth = (draw.random() < 0.5, draw.random() < 0.5)
        ada, bob = ((truth[0] != err(draw), truth[1] != err(draw)) for _ in range(2))
        found[f"p{number + 1:04d}"] = Student(
            f"answer {number}", truth, ada, (bob[0], bob[1] and draw.random() >= BIAS)
        )
    return found


def err(draw: random.Random) -> bool:
    """Draw whether a marker errs in a criterion."""
    return draw.random() < SLIP


def make(folder: Path, students: Mapping[str, Student]) -> None:
    """Make an exam of one question that a person marks, and grade its answers."""
    folder.mkdir()
    rubric = RubricKey(ANSWER, "why", Fraction(4), CRITERIA)
    part = PartKey("1a", "t", "T", Model(), (rubric,))
    keys = (PaperKey(SCHEMA, paper, paper, "", (part,)) for paper in students)
    (folder / "key.jsonl").write_text("".join(f"{key.to_json()}\n" for key in keys))
    rules = {"marking": {"tolerance": str(TOLERANCE), "within": "mean", "beyond": "third"}}
    rules["appeals"] = {"opens": "2026-12-01", "closes": "2026-12-15"}
    (folder / "exam.json").write_text(json.dumps({"seed": "1", **rules}))
    table = folder.parent / "answers.csv"
    rows = [["paper", ANSWER], *([paper, one.text] for paper, one in students.items())]
    table.write_text(to_csv(rows))
    grade(folder, [table])


def fill(page: Path, given: Callable[[str, float], tuple[Met, str]]) -> Path:
    """Fill in a page as its button saves it; `given` gets the text and the place in the stack."""
    text = page.read_text()
    data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    lines = []
    for place, group in enumerate(data["groups"]):
        met, remark = given(group["text"], place / max(1, len(data["groups"]) - 1))
        line = {name: group[name] for name in ("answer", "papers", "rubric")}
        criteria = [str(2 * Fraction(one)) for one in met]
        lines.append(line | {"group": group["id"], "opinion": data["opinion"], "remark": remark})
        lines[-1]["criteria"] = criteria
    target = page.with_suffix(".jsonl")
    target.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return target


def marks_now(folder: Path) -> dict[str, Fraction | None]:
    """Read the marks of each paper; None where they wait."""
    return {one.paper: one.answers[0].marks for one in read_results(folder / "grades")}


def say(name: str, simulated: object, found: object, *, good: bool) -> None:
    """Print a figure as it was simulated and found; end with status 1 where they disagree."""
    print(f"{'ok ' if good else 'OFF'} {name}: simulated {simulated}, found {found}")
    if not good:
        raise SystemExit(1)


def kappa(pairs: list[tuple[bool, bool]]) -> float:
    """Return Cohen's kappa of yes and no from its definition."""
    n = len(pairs)
    alike, p = sum(a == b for a, b in pairs) / n, sum(a for a, _ in pairs) / n
    q = sum(b for _, b in pairs) / n
    chance = p * q + (1 - p) * (1 - q)
    return (alike - chance) / (1 - chance)


def run(count: int) -> None:
    """Simulate the class, have it marked twice and settled, and decide appeals."""
    with tempfile.TemporaryDirectory() as work:
        folder, began = Path(work) / "exam", time.monotonic()
        students = simulate(count)
        make(folder, students)
        by_text = {one.text: one for one in students.values()}
        write_marking(folder, double=Fraction(1))
        first = fill(folder / "marking/marking-first.html", lambda t, _: (by_text[t].ada, ""))
        take_marks(folder, first, "Ada")
        draw, seen = random.Random(2), dict[str, tuple[bool, bool]]()  # noqa: S311 - a simulation

        def bob(text: str, place: float) -> tuple[Met, str]:
            one = by_text[text].bob
            seen[text] = (one[0] and draw.random() >= DRIFT * place, one[1])
            return seen[text], ""

        report = take_marks(folder, fill(folder / "marking/marking-second.html", bob), "Bob")
        check_agreement(report.markers, by_text, seen)
        check_settling(folder, students, by_text, seen)
        check_appeals(folder, students, by_text)
        print(f"{count} students, {time.monotonic() - began:.1f} s")


def check_agreement(
    markers: Markers, by_text: Mapping[str, Student], seen: Mapping[str, tuple[bool, bool]]
) -> None:
    """Check kappa of each criterion and the drift of both markers."""
    for at in (0, 1):
        pairs = [(one.ada[at], seen[text][at]) for text, one in by_text.items()]
        found = markers.agreement[f"{ANSWER} {at + 1}"]
        assert found.kappa is not None
        assert found.interval is not None
        own, (low, high) = kappa(pairs), found.interval
        good = abs(float(found.kappa) - own) < 1e-9 and low <= KAPPAS[at] <= high and found.is_low
        shown = f"{float(found.kappa):.3f} ({low:.3f} to {high:.3f})"
        say(f"kappa of criterion {at + 1}", KAPPAS[at], shown, good=good)
    drift = markers.drift
    expected = -0.5 * (0.5 * (1 - SLIP) + 0.5 * SLIP) * DRIFT
    low, high = drift["Bob"].interval
    say(
        "drift of Bob",
        f"{expected:.3f}",
        f"{low:.3f} to {high:.3f}",
        good=low <= expected <= high and drift["Bob"].is_certain,
    )
    say("drift of Ada", 0, drift["Ada"].interval, good=not drift["Ada"].is_certain)


def points(met: tuple[bool, bool]) -> int:
    """Return the marks for the criteria that are met."""
    return 2 * sum(met)


def check_settling(
    folder: Path,
    students: Mapping[str, Student],
    by_text: Mapping[str, Student],
    seen: Mapping[str, tuple[bool, bool]],
) -> None:
    """Check which answers wait to be settled, and all marks once they are."""
    differ = {
        p
        for p, one in students.items()
        if abs(points(one.ada) - points(seen[one.text])) > TOLERANCE
    }
    waiting = {paper for paper, marks in marks_now(folder).items() if marks is None}
    say("answers to settle", len(differ), len(waiting), good=differ == waiting)
    write_marking(folder)
    take_marks(
        folder,
        fill(folder / "marking/marking-settled.html", lambda t, _: (by_text[t].truth, "")),
        "Cleo",
    )
    now = marks_now(folder)
    right = {
        p: points(one.truth) if p in differ else (points(one.ada) + points(seen[one.text])) / 2
        for p, one in students.items()
    }
    say(
        "marks after settling",
        "as computed",
        sum(now[p] == right[p] for p in students),
        good=now == right,
    )


def check_appeals(
    folder: Path, students: Mapping[str, Student], by_text: Mapping[str, Student]
) -> None:
    """Check that appeals move the marks of those who are right, and of nobody else."""
    before = marks_now(folder)
    low = [p for p, one in students.items() if points(one.truth) > (before[p] or 0)]
    asking = [*low[: ASKING // 2], *[p for p in students if p not in low][: ASKING // 2]]
    file = folder.parent / "asked.csv"
    file.write_text(
        to_csv([["paper", "answer", "reason"], *([p, ANSWER, "look again"] for p in asking)])
    )
    take_appeals(folder, file, date(2026, 12, 2))
    write_appeals(folder)

    def decide(text: str, _: float) -> tuple[Met, str]:
        paper = next(p for p, one in students.items() if one.text == text)
        truth, now = by_text[text].truth, before[paper] or Fraction(0)
        first = min(now / 2, Fraction(1))
        return (truth if points(truth) >= now else (first, now / 2 - first)), "looked at"

    found = decide_appeals(folder, fill(folder / "appeals/marking-appeal.html", decide), "Eve")
    should = {p for p in asking if points(students[p].truth) > (before[p] or 0)}
    after = marks_now(folder)
    moved = {p for p in students if after[p] != before[p]}
    upheld = {one.paper for one in found.appeals if one.outcome == "upheld"}
    say(f"moved by {ASKING} appeals", len(should), len(moved), good=should == moved == upheld)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=500)
    run(parser.parse_args().students)
