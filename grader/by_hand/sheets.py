"""Files for those who mark: a table, and a page that needs nothing but a browser."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Literal, TypeAlias

from markupsafe import Markup

from examgen.folder.questions import model_html, sentence_html
from examgen.ground.csv_cells import table
from examgen.ground.files import writing
from examgen.ground.html.mathml import formula
from examgen.ground.html.templates import environment, inline_with_hash
from examgen.ground.wording import marks_text
from grader.records.submissions import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction
    from pathlib import Path

    from grader.by_hand.groups import Group

Opinion: TypeAlias = Literal["first", "second"]
COLUMNS = ("group", "answer", "papers", "opinion", "marks", "criteria", "remark")
_SHOWN = ("out_of", "label", "look_for", "text", "pattern", "why", "expected")


def write_sheets(groups: Sequence[Group], folder: Path, opinion: Opinion) -> tuple[Path, Path]:
    """Write a table and a page with the same groups; either may come back.

    Raises:
        ExamgenError: they cannot be written.
    """
    texts = {".csv": marking_table(groups, opinion), ".html": marking_page(groups, opinion)}
    table_file, page = (folder / f"marking-{opinion}{suffix}" for suffix in texts)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for target, text in zip((table_file, page), texts.values(), strict=True):
            encoding = "utf-8-sig" if target.suffix == ".csv" else "utf-8"  # for spreadsheets
            target.write_text(text, encoding=encoding, newline="")
    return table_file, page


def marking_table(groups: Iterable[Group], opinion: Opinion) -> str:
    """Return one row for each group; marks, criteria (`2; 0.5`) and remark are to be filled in."""
    return table((*COLUMNS, *_SHOWN), (_row(group, opinion) for group in groups))


def _row(group: Group, opinion: Opinion) -> Iterator[str]:
    yield from (group.id, group.answer, " ".join(group.papers), opinion, "", "", "")
    yield from (marks_text(group.out_of), group.label)
    yield "; ".join(f"{item.says} ({marks_text(item.marks)})" for item in group.criteria)
    yield from (group.text, group.pattern, group.why, group.expected)


def marking_page(groups: Sequence[Group], opinion: Opinion) -> str:
    """Return one self-contained page: marks by keyboard, kept in the browser, saved as a file."""
    models = list(dict.fromkeys(map(_model, groups)))
    questions = list(dict.fromkeys(group.question for group in groups))
    looks = list(dict.fromkeys(map(_look_for, groups)))
    data = json.dumps(
        {
            "opinion": opinion,
            "groups": [
                {
                    **_record(group),
                    "model": models.index(_model(group)),
                    "question": questions.index(group.question),
                    "looks": looks.index(_look_for(group)),
                }
                for group in groups
            ],
        }
    )
    template = environment("marking", {}).get_template("page.html.j2")
    return template.render(
        opinion=opinion,
        models=models,
        questions=questions,
        looks=looks,
        data=Markup(data.replace("<", "\\u003c")),  # noqa: S704 - no tag can begin in it
        **inline_with_hash("marking", style="shared/question.css page.css", script="page.js"),
    )


def _look_for(group: Group) -> Markup:
    """Return what each criterion says, an element each."""
    says = (sentence_html(item.says) for item in group.criteria)
    return Markup().join(Markup("<span>{}</span>").format(one) for one in says)


def _record(group: Group) -> dict[str, object]:
    return {
        "id": group.id,
        "answer": group.answer,
        "label": group.label,
        "out_of": marks_text(group.out_of),
        "criteria": [{"marks": marks_text(item.marks)} for item in group.criteria],
        "expected": group.expected,
        "text": visible(group.text),
        "pattern": visible(group.pattern),
        "why": visible(group.why),
        "papers": group.papers,
    }


def _model(group: Group) -> Markup:
    """Return the right answer: a formula, or what people mark by."""
    if group.criteria:
        return model_html(group.model, group.accept)
    return formula(group.model) if group.model else Markup()


def second_sample(groups: Sequence[Group], share: Fraction) -> tuple[Group, ...]:
    """Return the groups that a second person marks as well: always the same ones, at least one."""
    if not share or not groups:
        return ()
    by_hash = sorted(groups, key=lambda g: hashlib.sha256(g.id.encode()).digest())
    chosen = {group.id for group in by_hash[: max(1, round(share * len(groups)))]}
    return tuple(group for group in groups if group.id in chosen)
