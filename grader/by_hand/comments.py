"""The comments that were written on a criterion, to be offered again."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeAlias

from grader.store.marks import comments_used, rubrics

if TYPE_CHECKING:
    from collections.abc import Mapping

    from examgen.folder.key import Criterion
    from grader.store.store import Store

OFFERED = 12
Bank: TypeAlias = "Mapping[tuple[str, str], Counter[str]]"


def comment_bank(store: Store) -> Bank:
    """Return the comments on each criterion of each answer, with how often each was given."""
    known = rubrics(store)
    found: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for answer, rubric, comments in comments_used(store):
        for item, comment in zip(known.get(rubric, ()), comments, strict=False):
            if comment:
                found[answer, _called(item)][comment] += 1
    return found


def offer_comments(bank: Bank, answer: str, item: Criterion) -> list[str]:
    """Return the comments to offer on a criterion, the most used first."""
    used = bank.get((answer, _called(item)), Counter[str]())
    return [comment for comment, _ in used.most_common(OFFERED)]


def _called(item: Criterion) -> str:
    return item.name or " ".join(item.says.split())
