"""Count the keys and screens that typing a class's handwriting at `scan --look` takes.

    python benchmarks/transcription.py EXAM_FOLDER [--students 20] [--seed 1]

A made-up class answers by hand; nothing is printed or scanned for it. What says the same as the
key beside it takes no key of its own: the rest of a contact sheet is confirmed with one. What
differs is taken out, a key each. A mistake that the page proposes takes one more; all others are
typed: `t`, the text, Enter; so is a working of several lines. Blanks and ticks are confirmed by the
screen; 6 of 100 ticks are doubtful, a key each. The aim is 20 keys a paper. Of the texts by which
the class attacks a grader, as much is typed as fits in a box. How long people look is not counted.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from answers.judge import accepts
from answers.options import Options
from answers.syntax.errors import UnreadableKey
from answers.verdict import Verdict
from examgen.folder.key import AnswerKey
from examgen.folder.key_file import KEY, read_keys
from examgen.simulation.folder import class_of
from examgen.web.look.keys import KEYS, key_to_show
from examgen.web.look.verdicts import proposals, right_proposal
from examgen.web.look.views import BLANKS, ROWS, TICKS
from grader.records.submissions import Submission
from grader.scan.records import ReadRecord
from grader.scoring.mark_paper import mark_paper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from examgen.folder.key import PaperKey, RubricKey
    from examgen.web.look.verdicts import Proposal
    from grader.scoring.marked import MarkedAnswer

DOUBTFUL = 0.06
LEAVE_AND_TAKE = 2  # keys: into the field, and on
IN_A_BOX = 60  # characters that a hand writes at most, as in made-up scans
AIM = 20  # keys a paper, at one a second
LOOSE = frozenset(  # options by which what differs from the key may be right
    {"rel", "abs", "log10", "sigfigs", "accuracy", "decimals", "digits_rule", "trailing_zeros"}
)


@dataclass
class Effort:
    """The keys that the answers of a class take.

    Attributes:
        keys: by their purpose.
        counts: answers by the way they are entered.
        typed: the number of answers to type of each question.
        lengths: the number of keys of each typed answer.
    """

    keys: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    typed: Counter[str] = field(default_factory=Counter)
    lengths: list[int] = field(default_factory=list)

    def add(self, key: PaperKey, answer: AnswerKey | RubricKey, marked: MarkedAnswer) -> None:
        """Count an answer."""
        text = marked.text or ""
        is_choice = isinstance(answer, AnswerKey) and bool(answer.choices)
        if not text.strip():
            self.counts["blank"] += 1
        elif is_choice:
            self.counts["ticked"] += 1
        elif isinstance(answer, AnswerKey):
            self._write(key, answer, marked)
        else:
            self.counts["prose, marked and not typed"] += 1

    def _write(self, key: PaperKey, answer: AnswerKey, marked: MarkedAnswer) -> None:
        text = (marked.text or "").strip()
        shown = key_to_show(answer)
        self.counts["beside a key"] += shown is not None
        if shown is not None and says_as(answer, shown, text):
            self.counts["as the key"] += 1
            return
        self.keys["taken out"] += shown is not None
        is_short = "\n" not in text
        rest = "typed" if is_short else "working, typed line by line"
        how = "proposed" if is_short and is_proposed(key, answer, marked) else rest
        self.counts[how] += 1
        keys = 1 if how == "proposed" else min(len(text), IN_A_BOX) + LEAVE_AND_TAKE
        self.keys[how] += keys
        if how == "typed":
            self.lengths.append(keys)
        self.typed[answer.id] += 1

    def finish(self) -> Mapping[str, int]:
        """Return the screens of each page, whose keys are counted, too."""
        doubtful = round(DOUBTFUL * self.counts["ticked"])
        screens = {
            "blanks": ceil(self.counts["blank"] / BLANKS),
            "ticks": ceil((self.counts["ticked"] - doubtful) / TICKS),
            "keys": ceil(self.counts.pop("beside a key", 0) / KEYS),
            "typing": sum(ceil(count / ROWS) for count in self.typed.values()),
        }
        self.keys["sheets"] = screens["blanks"] + screens["ticks"] + screens["keys"]
        self.keys["doubtful ticks"] = doubtful
        return screens


def says_as(answer: AnswerKey, shown: Proposal, text: str) -> bool:
    """Return whether a text says the same as a key: no other digits, no other value or unit."""
    if shown.is_exact or "\n" in text:
        return text == shown.text
    options = {name: value for name, value in answer.options.items() if name not in LOOSE}
    try:
        return accepts(answer.kind, shown.text, text, Options.from_mapping(options))
    except UnreadableKey:
        return text == shown.text


def is_proposed(key: PaperKey, answer: AnswerKey, marked: MarkedAnswer) -> bool:
    """Return whether the page proposes what is written: the right answer, or a mistake by name."""
    found = proposals(key, ReadRecord("", key.paper, 1, answer.id, "written"))
    if any(one.is_exact for one in found):
        return marked.text in {one.text for one in found}
    if marked.verdict is Verdict.CORRECT:
        right = right_proposal(answer)
        return bool(found) and right is not None and says_as(answer, right, marked.text or "")
    return marked.verdict is Verdict.MISTAKE and marked.says in {one.says for one in found}


def main() -> None:
    """Print answers, keys and screens, each for one paper."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--students", type=int, default=20)
    parser.add_argument("--seed", default="1")
    given = parser.parse_args()
    keys = {key.paper: key for key in read_keys(given.folder / KEY)}
    effort, papers = Effort(), 0
    for sitting in class_of(given.folder, given.seed, given.students):
        papers += 1
        key = keys[sitting.paper]
        marked = mark_paper(key, Submission(key.paper, "", sitting.handed_in[0]))
        for answer, one in zip(key.answers, marked.answers, strict=True):
            effort.add(key, answer, one)
    screens = effort.finish()
    print(f"{papers} papers")
    for what, count in effort.counts.most_common():
        print(f"{count / papers:8.1f} answers a paper: {what}")
    for what, count in effort.keys.most_common():
        print(f"{count / papers:8.1f} keys a paper: {what}")
    for what, count in screens.items():
        print(f"{count / papers:8.1f} screens a paper: {what}")
    total = effort.keys.total() / papers
    print(f"{total:8.1f} keys a paper in all: {'within' if total <= AIM else 'above'} {AIM}")
    if effort.lengths:
        print(f"{median(effort.lengths):8.1f} keys, the median of an answer that is typed")


if __name__ == "__main__":
    main()
