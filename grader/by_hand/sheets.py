"""Files for those who mark: a table, and a page that needs nothing but a browser."""

from __future__ import annotations

import hashlib
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup

from examgen.folder.questions import criterion_html, model_html
from examgen.folder.rubric import look_for
from examgen.ground.csv_cells import table
from examgen.ground.files import writing
from examgen.ground.html.mathml import formula
from examgen.ground.html.script_words import script_words
from examgen.ground.html.templates import environment, inline_with_hash, place_of, script_json
from examgen.ground.translator import ENGLISH, Translator
from examgen.ground.wording import marks_text
from grader.by_hand.comments import offer_comments
from grader.by_hand.highlight import pieces
from grader.records.submissions import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from fractions import Fraction
    from pathlib import Path

    from examgen.folder.key import Criterion
    from grader.by_hand.comments import Bank
    from grader.by_hand.groups import Group
    from grader.store.marks import Opinion
    from grader.store.proposals import Proposal

MARKING = "marking"
TITLES: Mapping[Opinion, str] = {
    "first": "Marking (first opinion)",
    "second": "Marking (second opinion)",
    "settled": "Marking (two opinions to settle)",
    "calibration": "Marking (calibration)",
    "appeal": "Marking (appeals)",
}
COLUMNS = ("group", "answer", "papers", "opinion", "marks", "criteria", "remark")
RUBRIC = "rubric"
_SHOWN = (
    RUBRIC,
    "out_of",
    "label",
    "look_for",
    "text",
    "pattern",
    "why",
    "expected",
    "earlier",
    "proposed",
)


def write_sheets(
    groups: Sequence[Group],
    folder: Path,
    opinion: Opinion,
    bank: Bank = MappingProxyType({}),
    say: Translator = ENGLISH,
) -> tuple[Path, Path]:
    """Write a table and a page with the same groups; either may come back.

    Args:
        groups: what is to be marked.
        folder: where the files go.
        opinion: whose marks they are for.
        bank: comments that were used before, which the page offers again.
        say: the language of the papers, in which the page and the sentences of the table are.

    Raises:
        ExamgenError: they cannot be written.
    """
    texts = {
        ".csv": marking_table(groups, opinion, say),
        ".html": marking_page(groups, opinion, bank, say),
    }
    table_file, page = (folder / f"marking-{opinion}{suffix}" for suffix in texts)
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for target, text in zip((table_file, page), texts.values(), strict=True):
            encoding = "utf-8-sig" if target.suffix == ".csv" else "utf-8"  # for spreadsheets
            target.write_text(text, encoding=encoding, newline="")
    return table_file, page


def marking_table(groups: Iterable[Group], opinion: Opinion, say: Translator = ENGLISH) -> str:
    """Return one row for each group; marks, criteria (`2; 0.5`) and remark are to be filled in."""
    return table((*COLUMNS, *_SHOWN), (_row(group, opinion, say) for group in groups))


def _row(group: Group, opinion: Opinion, say: Translator) -> Iterator[str]:
    yield from (group.id, group.answer, " ".join(group.papers), opinion, "", "", "")
    yield from (group.rubric, marks_text(group.out_of), group.label, look_for(group.criteria, say))
    yield from (group.text, group.pattern, say.translate(group.why), group.expected, group.earlier)
    yield "; ".join(
        say("{0}: {1} by {2}: {3}", one.criterion, _percent(one, say), one.proposer, one.evidence)
        for one in group.proposals
    )


def marking_page(
    groups: Sequence[Group],
    opinion: Opinion,
    bank: Bank = MappingProxyType({}),
    say: Translator = ENGLISH,
) -> str:
    """Return one self-contained page: marks by keyboard, kept in the browser, saved as a file."""
    models, questions, looks = dict[Markup, int](), dict[Markup, int](), dict[Markup, int]()
    data = {
        "opinion": opinion,
        "groups": [
            {
                **_record(group, say),
                "model": place_of(models, _model(group, say)),
                "question": place_of(questions, group.question),
                "looks": place_of(looks, _look_for(group, say)),
            }
            for group in groups
        ],
        "bank": {
            group.answer: [offer_comments(bank, group.answer, item) for item in group.criteria]
            for group in groups
            if group.criteria
        },
    }
    template = environment("marking", {}).get_template("page.html.j2")
    return template.render(
        opinion=opinion,
        models=models,
        questions=questions,
        looks=looks,
        data=script_json(data),
        words=script_json(script_words("marking", "page.js", say)),
        title=say(TITLES[opinion]),
        _=say,
        **inline_with_hash(
            "marking", style="shared/question.css page.css", script="shared/say.js page.js"
        ),
    )


def _look_for(group: Group, say: Translator) -> Markup:
    """Return what each criterion says and what meets it, an element each."""
    return Markup().join(
        Markup("<span>{}. {}</span>").format(number, criterion_html(item, say))
        for number, item in enumerate(group.criteria, start=1)
    )


def _record(group: Group, say: Translator) -> dict[str, object]:
    return {
        "id": group.id,
        "answer": group.answer,
        "label": group.label,
        "out_of": marks_text(group.out_of),
        "criteria": [_scale(item) for item in group.criteria],
        "rubric": group.rubric,
        "earlier": visible(group.earlier),
        "proposals": [
            {
                "criterion": one.criterion,
                "by": one.proposer,
                "evidence": visible(one.evidence),
                "confidence": _percent(one, say),
            }
            for one in group.proposals
        ],
        "opinions": [
            {
                "by": m.marker,
                "marks": marks_text(m.marks),
                "criteria": m.criteria,
                "remark": m.remark,
            }
            for m in group.opinions
        ],
        "expected": group.expected,
        "text": visible(group.text),
        "pieces": pieces(visible(group.text), [item.keywords for item in group.criteria]),
        "pattern": visible(group.pattern),
        "why": visible(say.translate(group.why)),
        "papers": group.papers,
        "pictures": group.pictures,
    }


def _percent(one: Proposal, say: Translator) -> str:
    return say.percent(f"{100 * float(one.confidence):.0f}")


def _scale(item: Criterion) -> dict[str, str]:
    """Return what the page adds up by: the whole of a criterion, its group, its cap."""
    cap = "" if item.cap is None else marks_text(item.cap)
    return {"marks": marks_text(item.full), "one_of": item.one_of, "cap": cap}


def _model(group: Group, say: Translator) -> Markup:
    """Return the right answer: a formula, or what people mark by."""
    if group.criteria:
        return model_html(group.model, group.accept, say)
    return formula(group.model) if group.model else Markup()


def second_sample(groups: Sequence[Group], share: Fraction) -> tuple[Group, ...]:
    """Return the groups that a second person marks as well: always the same ones, at least one."""
    if not share or not groups:
        return ()
    by_hash = sorted(groups, key=lambda g: hashlib.sha256(g.id.encode()).digest())
    chosen = {group.id for group in by_hash[: max(1, round(share * len(groups)))]}
    return tuple(group for group in groups if group.id in chosen)
