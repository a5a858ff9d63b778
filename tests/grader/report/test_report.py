"""The report on a graded folder: what is counted, what agrees, and a page without a bad figure."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from fractions import Fraction
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from examgen.folder.key import AnswerKey, Model, PartKey
from examgen.folder.key_file import KEY
from examgen.ground.errors import InputError, ToolError
from examgen.ground.html.mathml import content_hash
from examgen.simulation.classroom import Shares
from examgen.simulation.folder import simulate
from grader.grade import grade
from grader.regrade import regrade
from grader.report.report import report, write_report
from tests.grader.exams import class_of
from tests.grader.report.folders import PARTS, pooled, right, squares, write_exam

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from examgen.folder.key import PaperKey
    from grader.report.figures import ClassReport

    Answers = Mapping[str, Mapping[str, str]]


def simulated(folder: Path, count: int) -> Path:
    """A class of the small exam in which nobody copies."""
    folder.mkdir()
    lines = [key.to_json() + "\n" for key in class_of(count)]
    (folder / KEY).write_text("".join(lines), encoding="utf-8")
    made = simulate(folder, "1", shares=Shares(copied=0, swapped=0)).folder
    grade(folder, [made / "submissions"])
    return folder


def _perfect(keys: Sequence[PaperKey]) -> Answers:
    return {key.paper: right(key) for key in keys}


def _nobody(keys: Sequence[PaperKey]) -> Answers:  # noqa: ARG001 - one of several
    return {}


def _one(keys: Sequence[PaperKey]) -> Answers:
    return {keys[0].paper: right(keys[0])}


def _blank(keys: Sequence[PaperKey]) -> Answers:
    return {key.paper: dict.fromkeys(right(key), "") for key in keys}


def _one_item_blank(keys: Sequence[PaperKey]) -> Answers:
    return {
        key.paper: right(key) | {"1.area": "", "2.area": str(number % 2)}
        for number, key in enumerate(keys)
    }


def _unreadable(keys: Sequence[PaperKey]) -> Answers:
    return {key.paper: dict.fromkeys(right(key), "((5") for key in keys}


# name, what is handed in, what the page says
EDGES: list[tuple[str, Callable[[Sequence[PaperKey]], Answers], str]] = [
    ("all right", _perfect, "all totals are equal"),
    ("all absent", _nobody, "0 papers handed in, 30 absent"),
    ("one student", _one, "fewer than two students have a complete total"),
    ("all blank", _blank, "all totals are equal"),
    ("an item nobody answered", _one_item_blank, "often omitted"),
    ("everything waits", _unreadable, "0 of the 30 who handed in have a total"),
]


@pytest.mark.parametrize(
    ("answers", "said"), [row[1:] for row in EDGES], ids=[row[0] for row in EDGES]
)
def test_a_strange_class_has_a_report(
    answers: Callable[[Sequence[PaperKey]], Answers], said: str, tmp_path: Path
) -> None:
    keys = squares(30)
    found = report(write_exam(tmp_path / "exam", keys, answers(keys)))
    text = page_of(found, tmp_path)
    assert said in text
    assert json.dumps(asdict(found), allow_nan=False)


def page_of(found: ClassReport, folder: Path) -> str:
    """The page, of which whatever it holds is sound."""
    (path,) = write_report(found, folder / "out")
    text = path.read_text(encoding="utf-8")
    shown = re.sub(r'src="data:[^"]*"', "", text)
    assert not re.search(r"\b(nan|inf|None)\b", shown)
    _Sound().feed(text)
    return text


class _Sound(HTMLParser):
    """Fails on pages that load anything, hold scripts, or have images without a text."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert tag not in {"script", "link", "iframe", "object", "embed"}
        assert "style" not in given
        for name in ("src", "href"):
            assert (given.get(name) or "#").startswith(("#", "data:image/svg+xml;base64,"))
        if tag == "img":
            assert len(given["alt"] or "") > 20


def test_the_page_of_a_simulated_class(tmp_path: Path) -> None:
    found = report(simulated(tmp_path / "exam", 72))
    assert (found.handed_in, found.absent) == (71, 1)
    text = page_of(found, tmp_path)
    style = text[text.index("<style>") + 7 : text.index("</style>")]
    policy = f"style-src 'sha256-{content_hash(style)}'"
    assert f"default-src 'none'; {policy}; img-src data:" in text
    assert "s0003" not in text
    assert found.items[-1].figures.flags == ("left out: marks wait",)
    assert "2b.why" in found.items_left_out


def test_what_was_dropped_is_in_no_total(tmp_path: Path) -> None:
    exam = simulated(tmp_path / "exam", 18)
    whole = report(exam)
    regrade(exam, drop=["1a.size"])
    found = report(exam)
    assert found.whole == whole.whole - 4
    assert "1a.size" not in found.items_left_out
    assert found.items[0].figures.flags[-1] == "dropped"
    assert "<td>dropped</td>" in page_of(found, tmp_path)


def test_the_same_class_gives_the_same_bytes(tmp_path: Path) -> None:
    exam = simulated(tmp_path / "exam", 18)
    assert page_of(report(exam), tmp_path / "a") == page_of(report(exam), tmp_path / "b")


def test_mistakes_and_options(tmp_path: Path) -> None:
    keys = class_of(4)
    answers = {key.paper: right(key) for key in keys}
    wrong = next(a for a in keys[0].answers if a.id == "2a.derivative")
    answers[keys[0].paper]["2a.derivative"] = wrong.mistakes[0].expected  # type: ignore[union-attr]
    answers[keys[1].paper]["2a.gate"] = "a"
    items = {item.id: item for item in report(write_exam(tmp_path, keys, answers)).items}
    (mistake,) = items["2a.derivative"].mistakes
    assert (mistake.name, mistake.count, mistake.share) == ("sign", 1, 0.25)
    options = {option.option: option for option in items["2a.gate"].options}
    assert {name: option.count for name, option in options.items()} == {
        "input gate": 1,
        "forget gate": 3,
        "output gate": 0,
    }
    assert options["output gate"].functional is False
    assert options["forget gate"].right_for == 4


def test_options_with_hyphens(tmp_path: Path) -> None:
    key = squares(1)[0]
    options = ("one-to-one", "one-to-many")
    choice = AnswerKey("7.kind", "kind", Fraction(1), "choice", options[1], choices=options)
    last = PartKey("7", "test/choice", "Choice", Model(), (choice,))
    keys = [replace(key, paper=f"q{i}", parts=(*key.parts, last)) for i in range(3)]
    texts = ("b", "One to many", "one-to-one")
    answers = {key.paper: {"7.kind": text} for key, text in zip(keys, texts, strict=True)}
    first, second = report(write_exam(tmp_path, keys, answers)).items[-1].options
    assert (first.count, second.count, second.right_for) == (1, 2, 3)


def test_swapped_papers_are_a_hint_without_names(tmp_path: Path) -> None:
    keys = squares(40)
    answers = {key.paper: right(key) for key in keys}
    answers["p003"], answers["p007"] = answers["p007"], answers["p003"]
    exam = write_exam(tmp_path / "exam", keys, answers)
    found = report(exam)
    assert {(h.kind, h.paper.paper, h.other.paper) for h in found.hints} == {
        ("swapped", "p003", "p007"),
        ("swapped", "p007", "p003"),
    }
    assert all(len(h.parts) == PARTS and h.by_chance < 1e-4 for h in found.hints)
    assert "s003" not in page_of(found, tmp_path / "hidden")
    named = report(exam, names=True)
    assert "Name s003, s003" in page_of(named, tmp_path / "named")


def test_copied_answers_are_hints(tmp_path: Path) -> None:
    keys = squares(40, parts=8)
    answers = {
        key.paper: right(key) | {f"{i % 8 + 1}.area": str(9 * i), f"{i % 5 + 2}.area": "7"}
        for i, key in enumerate(keys)
    }
    answers["p005"] = right(keys[5])
    for item in ("1.area", "2.area", "3.area", "4.area"):
        answers["p005"][item] = right(keys[9])[item]
    for item in right(keys[0]):
        answers["p021"][item] = answers["p030"][item] = f"77{item[0]}1"
    found = {hint.kind: hint for hint in report(write_exam(tmp_path, keys, answers)).hints}
    copied, same = found["other_variant"], found["same_wrong"]
    assert (copied.paper.paper, copied.other.paper, copied.own_parts) == ("p005", "p009", 4)
    assert (same.paper.paper, same.other.paper, same.parts) == ("p021", "p030", tuple("12345678"))


def test_a_class_that_works_alone_gets_no_hint(tmp_path: Path) -> None:
    assert report(simulated(tmp_path / "exam", 18)).hints == ()
    keys = squares(40)
    assert report(write_exam(tmp_path / "perfect", keys, _perfect(keys))).hints == ()


def test_variants_that_are_harder_are_warned_of(tmp_path: Path) -> None:
    """Whoever has a round number in the first part gets it wrong."""
    keys = squares(60)
    answers = {key.paper: right(key) for key in keys}
    for key in keys:
        if int(key.parts[0].model.inputs["side"]) % 10 == 0:
            answers[key.paper]["1.area"] = "1"
    found = report(write_exam(tmp_path, keys, answers))
    first = next(row for row in found.efforts if row.part == "1")
    assert first.trend is not None  # since a round number is less work
    assert first.trend.slope > 0
    others = [row for row in found.efforts if row.part not in {"", "1"}]
    assert not any(row.trend and row.trend.effect.warns for row in others)


def test_values_of_a_parameter_are_compared_where_groups_are_large(tmp_path: Path) -> None:
    keys = tuple(
        replace(
            key,
            parts=tuple(
                replace(
                    part, model=replace(part.model, inputs={**part.model.inputs, "k": str(i % 2)})
                )
                for part in key.parts
            ),
        )
        for i, key in enumerate(squares(60))
    )
    answers = {key.paper: right(key) for key in keys}
    for number in range(0, 60, 2):
        answers[keys[number].paper]["1.area"] = "1" if number else right(keys[0])["1.area"]
    found = report(write_exam(tmp_path, keys, answers))
    rows = [row for row in found.values if row.part == "1"]
    assert [(r.parameter, r.value, r.count) for r in rows] == [("k", "0", 30), ("k", "1", 30)]
    assert [row.effect.warns for row in rows] == [True, True]
    assert rows[0].mean == pytest.approx(1 / 30)
    assert rows[0].effect.difference == pytest.approx(-29 / 30)


def test_pools_are_apart(tmp_path: Path) -> None:
    keys = [pooled(key, f"pool/{i % 2}") for i, key in enumerate(squares(12))]
    found = report(write_exam(tmp_path, keys, _perfect(keys)))
    assert [item.id for item in found.items][:3] == [
        "1.area (pool/0)",
        "1.area (pool/1)",
        "2.area",
    ]
    assert [item.figures.had for item in found.items] == [6, 6, 12, 12, 12, 12, 12]


def test_parts_are_in_order_whatever_their_order_on_paper(tmp_path: Path) -> None:
    keys = [replace(key, parts=tuple(reversed(key.parts))) for key in squares(3)]
    found = report(write_exam(tmp_path, keys, _perfect(keys)))
    assert [item.part for item in found.items] == list("123456")


def test_results_of_another_key_are_refused(tmp_path: Path) -> None:
    keys = squares(3)
    exam = write_exam(tmp_path / "exam", keys, _perfect(keys))
    (exam / "key.jsonl").write_text(keys[0].to_json() + "\n")
    with pytest.raises(InputError, match="the results have p001, the key has not; grade the exam"):
        report(exam)
    (exam / "grades" / "verdicts.jsonl").unlink()
    with pytest.raises(InputError, match="grade the exam first"):
        report(exam)


def test_markup_in_answers_and_names_is_text(tmp_path: Path) -> None:
    keys = [replace(key, name="<b>x</b>") for key in squares(40)]
    answers = {key.paper: dict(right(key)) for key in keys}
    answers["p003"], answers["p007"] = answers["p007"], answers["p003"]
    text = page_of(report(write_exam(tmp_path / "exam", keys, answers), names=True), tmp_path)
    assert "<b>x</b>" not in text
    assert "&lt;b&gt;x&lt;/b&gt;" in text


def test_without_a_browser_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    keys = squares(3)
    found = report(write_exam(tmp_path / "exam", keys, _perfect(keys)))
    with pytest.raises(ToolError, match="install chromium"):
        write_report(found, tmp_path / "out", pdf=True)
    assert not (tmp_path / "out").exists()
