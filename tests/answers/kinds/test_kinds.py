"""A kind of answer is one file: a made-up one is proved, drawn, simulated and marked as others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from answers.judge import Options, all_kinds, kind_named
from answers.kinds.base import Comparer, Group, names_of
from answers.syntax.errors import UnreadableKey

ROOT = Path(__file__).parents[3]
# A proportion, as 3:2: Euclid, "Elements", book VII, definition 20.
RATIO = r"""
from fractions import Fraction

from answers.kinds.base import Facts, Group, Kind, Written
from answers.options import Options
from answers.syntax.errors import Unreadable
from answers.verdict import Judgement, correct, wrong
from examgen.ground.record import record


def _read(text):
    above, colon, below = text.strip().partition(":")
    if not (colon and above.strip().isdigit() and below.strip().isdigit() and int(below)):
        raise Unreadable(text, 0, "a ratio such as 3:2 is expected")
    return Fraction(int(above), int(below))


@record
class RatioComparer:
    expected: Fraction

    @property
    def facts(self):
        return Facts(value=self.expected)

    def judge(self, answer):
        found = _read(answer)
        shown = f"{found.numerator}:{found.denominator}"
        if found == self.expected:
            return correct(shown, "the same ratio", found)
        return wrong(shown, "another ratio", found)


def _notations(expected, options):
    above, _, below = expected.partition(":")
    yield from (f" {above} : {below} ", f"{2 * int(above)}:{2 * int(below)}")


RATIO = Kind(
    "ratio",
    Group.NUMBER,
    lambda expected, options: RatioComparer(_read(expected)),
    neutral="1:1",
    written=lambda expected, options: Written(expected.replace(":", r"\mathbin{:}"), expected),
    latex=lambda read_as, names: read_as.replace(":", r"\mathbin{:}"),
    notations=_notations,
    says="the same ratio, in any terms",
    blank=24,
)
KINDS = (RATIO,)
"""
QUESTION = r"""---
title: Aspect ratio
given:
  width: 48
  height: 32
vary:
  width: [48, 64, 80]
  height: [32, 40, 56]
where: width > height
answers:
  aspect:
    ratio: \V{width}:\V{height}
    marks: 2
    mistakes:
      turned: {answer: "\\V{height}:\\V{width}", share: 50%, says: it is turned round}
---
A feature map is $\V{width}$ elements wide and $\V{height}$ high. What is the ratio of its width
to its height? \answer{aspect}
"""
EXAM = """\
title: Ratios
course: Vision
questions:
  - title: Maps
    parts: [maps/aspect]
"""
# Read by Python before all else, also by the processes that work at once.
MORE = "import answers.kinds\nanswers.kinds.__path__.append({!r})\n"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a kind, a question that asks for it, and an exam of that question."""
    folder = tmp_path_factory.mktemp("ratio")
    (folder / "more").mkdir()
    (folder / "more" / "ratios.py").write_text(RATIO, encoding="utf-8")
    customized = MORE.format(str(folder / "more"))
    (folder / "sitecustomize.py").write_text(customized, encoding="utf-8")
    (folder / "questions" / "maps").mkdir(parents=True)
    (folder / "questions" / "maps" / "aspect.tex").write_text(QUESTION, encoding="utf-8")
    (folder / "exam.yaml").write_text(EXAM, encoding="utf-8")
    return folder


COMMANDS = """
judge --kind ratio --expected 3:2 --answer '96 : 64'
read --kind ratio --answer 6:4 --json
check exam.yaml --jobs 1
make exam.yaml --seed 42 --copies 30 --out out --tex-only
simulate out --seed 7
grade out out/simulated
score out/simulated out/grades --json
feedback out --out feedback --jobs 1
""".strip()
# Runs them in one process; those that make and mark begin others.
PROGRAM = """
import shlex, sys
from examgen.cli import app
if __name__ == "__main__":
    for line in sys.argv[1].splitlines():
        assert not app(shlex.split(line), standalone_mode=False), line
        print(end="\\f")
"""


def test_it_is_judged_proved_and_marked(house: Path) -> None:
    (house / "program.py").write_text(PROGRAM, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join((str(house), *sys.path))}
    done = subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "program.py", COMMANDS],
        cwd=house, capture_output=True, text=True, check=False, env=env,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    judged, read, *_, found, _, _ = done.stdout.split("\f")
    assert judged.startswith("correct")
    assert r"3\\mathbin{:}2" in read
    scored = json.loads(found)
    assert scored["differences"] == []
    assert scored["agreeing"]["right"] > 10
    assert scored["agreeing"]["mistake"] > 5
    pages = [path.read_text(encoding="utf-8") for path in (house / "feedback").rglob("*.html")]
    assert any("the same ratio, in any terms" in page for page in pages)


def test_a_kind_that_is_none_is_named() -> None:
    with pytest.raises(UnreadableKey, match=r"kind is one of choice, equation, .*, not 'colour'"):
        kind_named("colour")


@pytest.mark.parametrize("name", sorted(all_kinds()))
def test_each_kind_says_what_it_is(name: str) -> None:
    kind = kind_named(name)
    comparer: Comparer = kind.comparer(kind.neutral, Options())
    assert comparer.judge(kind.neutral).verdict == "correct"
    assert kind.says or kind.group is Group.NUMBER


def test_each_kind_is_of_one_group() -> None:
    assert sum(len(names_of(group)) for group in Group) == len(all_kinds())
