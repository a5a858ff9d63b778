"""Question files: every fault with its line, all at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from examgen.folder.key import PaperKey
from examgen.ground.errors import InputError
from examgen.proof.files import exam_of
from generator.questions.model import Asked
from generator.questions.question_file import read_question
from generator.render.html import paper_html
from generator.render.key import key_body
from generator.render.latex import paper_body
from generator.texts.percent import as_percent, hidden_comments
from generator.variants.assemble import copies, papers

if TYPE_CHECKING:
    from pathlib import Path

GOOD = r"""---
title: Weights
vary:
  k: [3, 5]
values: {n: k**2 * 8}
mistakes:
  linear: {says: one side only, n: k * 8}
answers:
  n: {integer: n, marks: 2}
examples:
  - given: {k: 3}
    gives: {n: 72}
---
A filter has \V{k} rows. \answer{n}
"""

FAULTS = [
    ("title: Weights\n", "", ":2: 'title' is missing"),
    ("title:", "titel:", "the key 'titel' is not known here; did you mean 'title'?"),
    ("[3, 5]", "[3, five]", ":4: cannot read 'five' as a number"),
    ("k**2 * 8", "k**2 +", ":5: cannot read the formula 'k**2 +'"),
    ("n: k * 8", "n: open(k)", ":7: in the formula 'open(k)'"),
    ("marks: 2", "marks: none", ":9: the marks are missing or not positive"),
    ("integer: n, ", "", ":9: the answer 'n' has no kind"),
    ("marks: 2", "marks: 2, rle: 1%", ":9: an answer has no 'rle'"),
    ("gives: {n: 72}", "gives: {m: 72}", ":12: there is no answer 'm'"),
    (r"\answer{n}", r"\answer{m}", ":14: there is no answer 'm'"),
    (r"\answer{n}", r"\answer{n} \answer{n}", r":14: \answer{n} occurs twice"),
    (r"\V{k}", r"\V{kk}", ":14: there is no quantity 'kk'; did you mean 'k'?"),
    (r"\V{k}", r"\V{k", ":14: "),
    (r"\V{k}", r"\B{if k > 3}x", ":14: "),
    ("values:", "title: again\nvalues:", ":5: 'title' occurs twice here"),
    ("---\n", "", ":1: there is no front matter"),
    ("[3, 5]", "[]", ":4: k has no values"),
    ("k: [3, 5]", "k: k", ":4: 'k' is drawn as 'k' is, in a circle; list the values of one"),
    ("k: [3, 5]", "k: a\n  a: k", ":5: 'k' is drawn as 'a' is, in a circle"),
    ("k: [3, 5]", "k: [3, 5]\n  a: b\n  b: c\n  c: b", ":5: 'b' is drawn as 'a' is, in a circle"),
    ("examples:", "hints: ['']\nexamples:", ":10: a hint is empty; write one, or remove it"),
    ("examples:", "hints:\n  - x\n  - {says: ' '}\nexamples:", ":12: a hint is empty"),
    ("integer: n,", "choice: a, options: [b, c],", ":9: 'a' is not among the options"),
    ("integer: n,", "choice: a, options: [a, a],", ":9: an option occurs twice"),
    ("integer: n,", "choice: a, options: [a],", ":9: a choice has at least two options"),
    ("integer: n,", "choice: a, options: a,", ":9: a choice has at least two options"),
    ("integer: n, marks: 2", "rubric: []", ":9: the rubric has no criteria"),
    ("integer: n, marks: 2", "rubric: all", ":9: the rubric has no criteria"),
    ("marks: 2", "marks: 2, accept: [a]", ":9: accept: is read by people, and this answer is"),
    ("marks: 2", "marks: 2, model: a", ":9: model: is read by people, and this answer is"),
    ("answers:\n  n: {integer: n, marks: 2}", "answers: {}", ":8: nothing is asked"),
    ("integer: n,", "number: n/3,", ":9: 'n/3' is compared as it stands, and n is the name"),
    ("integer: n,", "expression: k + x,", ":9: 'k + x' is compared as it stands, and k is"),
    ("integer: n,", "matrix: '[[k, 1], [1, k]]',", ":9: '[[k, 1], [1, k]]' is compared as it"),
    ("integer: n,", "set: '{k, 2}',", ":9: '{k, 2}' is compared as it stands"),
    ("integer: n,", "matrix: [[n, n], [n, n]],", ":9: lists in a list are no names of values"),
    ("integer: n,", "integer: tree,", ":9: 'tree' is not a number"),
    ("integer: n,", "integer: 3 +,", ":9: the expected answer '3 +' is not of kind integer"),
    ("integer: n,", "number: area/3,", ":9: the expected answer 'area/3' is not of kind number"),
    ("integer: n,", "number: y+1,", ":9: 'y+1' is not a number"),
    ("integer: n,", "set: '{1,2',", ":9: the expected answer '{1,2' is not of kind set"),
    ("integer: n,", "expression: a*(b,", ":9: the expected answer 'a*(b' is not of kind"),
    ("integer: n,", "interval: '[1',", ":9: the expected answer '[1' is not of kind interval"),
    ("integer: n,", "quantity: 3 furlongs,", ":9: "),
    ("integer: n,", "quantity: n, unit: furlongs,", ":9: the unit 'furlongs' is not known"),
    ("integer: n,", "choice: n, options: [n, b],", ":9: the option 'n' is printed as it stands"),
    ("marks: 2", "marks: 2, mistakes: [{says: x, answer: 7}]", ":9: mistakes: holds no names"),
    ("marks: 2", "marks: 2, mistakes: none", ":9: mistakes: holds no names"),
    ("marks: 2", "marks: 2, letters: [k]", ":9: letters: holds no names"),
    ("marks: 2", "marks: 2, harmless: {linear: yes}", ":9: harmless: expected a list"),
    ("marks: 2", "mark: 2", ":9: an answer has no 'mark'; did you mean 'marks'?"),
    ("k**2 * 8", "k**2 * tau", ":5: 'k**2 * tau' uses the unknown name 'tau'"),
    ("marks: 2", "marks: 2, rel: x", ":9: rel is a number such as 0.01 or 1%, not 'x'; correct"),
    ("marks: 2", "marks: 2, sigfigs: 0", ":9: sigfigs is a whole number from 1 to 999, not '0'"),
    ("marks: 2", "marks: 2, domain: whole", ":9: domain is one of real, positive, complex, not"),
    ("marks: 2", "marks: 2, also: [a]", ":9: also: holds no names; write also: {name: ...}"),
    ("marks: 2", "marks: 2, carry: 2", ":9: expected a share from 0 to 1, found '2'; write 0.5"),
    ("marks: 2", "marks: 2, trivial: perhaps", ":9: trivial: Input should be a valid boolean"),
    ("marks: 2", "marks: 2, lines: 500", ":9: lines: Input should be less than or equal to 99"),
    ("marks: 2", "marks: 2, space: 4", ":9: space: expected a length, found '4'; write space: 40"),
    ("marks: 2", "marks: 2, lines: 5, space: 4 cm", ":9: the room for the answer is said twice"),
    ("marks: 2", "marks: 2, mistakes: {a: {says: x}}", ":9: 'answer' is missing; add it"),
    (
        "marks: 2",
        "marks: 2, mistakes: {a: 3}",
        ":9: a: expected names with values, as {name: value}",
    ),
    ("integer: n,", "integer: n, number: n,", ":9: the answer 'n' has several kinds: integer, num"),
    ("integer: n,", "integer: {a: b},", ":9: integer: expected a value or a list of values, found"),
    ("n: {integer", "n m: {integer", ":9: the name 'n m' is not usable; use letters, digits, _"),
    ("{integer: n, marks: 2}", "5", ":9: n: expected names with values, as {name: value}, found"),
    ("says: one side only, ", "", ":7: 'says' is missing; add it"),
    ("n: k * 8", "share: 2, n: k * 8", ":7: expected a share from 0 to 1, found '2'"),
    ("title: Weights", "title: Weights\nlevel: 9", ":3: level: Input should be less than or equal"),
    ("k**2 * 8", "'k[0:2]'", ":5: in the formula 'k[0:2]', 'k[0:2]' is a part of a list"),
    ("k**2 * 8", "'k[0, 1]'", ":5: in the formula 'k[0, 1]', 'k[0, 1]' has two indices"),
    ("n: k * 8", "n: m * 8", ":7: 'm * 8' uses the unknown name 'm'"),
    ("mistakes:", "where: kk > 2\nmistakes:", ":6: 'kk > 2' uses the unknown name 'kk'"),
    ("[3, 5]", "range(3)", ":4: 'range(3)' is neither a list"),
    ("marks: 2", "like: m, marks: 2", ":9: like: names 'm', which is no answer above this one"),
    ("marks: 2", "like: n, marks: 2", ":9: like: names 'n', which is no answer above this one"),
    ("A filter has", "Half % of it:", ":14: TeX takes '% of it:"),
    ("A filter has", "% \\answer{n}\nA filter has", ":14: TeX takes '% "),
]

RUBRIC_FAULTS = [
    ("accept: {a: b}", ":9: accept: holds something else than sentences; list"),
    ("accept: [{Option A: zeros}]", ":9: accept: holds something else than sentences"),
    ("accept: ['']", ":9: accept: holds something else than sentences"),
    ("accept: ['\\V{kk} too']", ":9: there is no quantity 'kk'; did you mean 'k'?"),
    ("model: '\\V{kk} it is'", ":9: there is no quantity 'kk'; did you mean 'k'?"),
    ("model: half % of it", ":9: TeX takes '% of it' for a comment"),
    ("acept: [a]", ":9: a rubric has no 'acept'; did you mean 'accept'?"),
    ("marks: 2", ":9: a rubric has no 'marks'"),
    ("label: [a]", ":9: label: Input should be a valid string"),
]


LIKE = """
  first:
    choice: a
    options: [a, b]
    nouns: [one, two]
    marks: 2
    mistakes: {other: {says: it is the other one, share: 0.5, answer: b}}
  second: {like: first, choice: b, mistakes: {other: {answer: a}}}
  third: {like: second, marks: 1, nouns: [three], mistakes: {no: {says: not so, answer: c}}}
"""


def test_an_answer_takes_over_what_it_does_not_say_itself(tmp_path: Path) -> None:
    path = tmp_path / "q.tex"
    path.write_text(f"---\ntitle: Alike\nanswers:{LIKE}---\n\\answer{{first}}\n")
    first, second, third = read_question(path, "q").answers
    assert isinstance(first, Asked)
    assert isinstance(second, Asked)
    assert isinstance(third, Asked)
    assert second.literal == "b"
    assert second.marks == first.marks == 2
    assert second.choices == ("a", "b")
    assert second.options.nouns == first.options.nouns == ("one", "two")
    assert second.mistakes == (replace(first.mistakes[0], answer="a"),)
    assert third.marks == 1
    assert third.options.nouns == ("three",)
    assert [item.answer for item in third.mistakes] == ["a", "c"]


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "q.tex"
    path.write_text(GOOD)
    question = read_question(path, "q")
    assert question.vary == {"k": ("3", "5")}
    assert question.examples[0].gives == {"n": "72"}


@pytest.mark.parametrize(("right", "wrong", "message"), FAULTS)
def test_a_fault_is_named_with_its_line(
    right: str, wrong: str, message: str, tmp_path: Path
) -> None:
    path = tmp_path / "q.tex"
    path.write_text(GOOD.replace(right, wrong, 1))
    with pytest.raises(InputError) as error:
        read_question(path, "q")
    assert message in str(error.value)


@pytest.mark.parametrize(("line", "message"), RUBRIC_FAULTS)
def test_a_fault_of_a_rubric_is_named(line: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "q.tex"
    rubric = f"rubric: [{{says: it, marks: 2}}], {line}"
    path.write_text(GOOD.replace("integer: n, marks: 2", rubric))
    with pytest.raises(InputError) as error:
        read_question(path, "q")
    assert message in str(error.value)


def test_what_is_right_besides_a_model_answer_is_in_key_and_solutions(tmp_path: Path) -> None:
    rubric = "rubric: [{says: it, marks: 2}], model: '\\V{n}', accept: [some, '$\\V{k}^2$ too']"
    (tmp_path / "q.tex").write_text(GOOD.replace("integer: n, marks: 2", rubric))
    exam = exam_of(read_question(tmp_path / "q.tex", "q"))
    (made,) = papers(exam, "1", copies(1))
    (answer,) = made.key.answers
    number = made.parts[0].key.model.inputs["k"]
    assert getattr(answer, "accept", ()) == ("some", f"${number}^2$ too")
    assert PaperKey.from_json(made.key.to_json()) == made.key
    older = made.key.to_json().replace(',"accept":["some","$' + number + '^2$ too"]', "")
    assert getattr(PaperKey.from_json(older).answers[0], "accept", None) == ()
    for release in (False, True):
        assert f"${number}^2$ too" in key_body(made, release=release)
    assert "too" not in paper_body(made) + paper_html(made)


def test_all_faults_are_found_at_once(tmp_path: Path) -> None:
    path = tmp_path / "q.tex"
    path.write_text(GOOD.replace("[3, 5]", "[x]").replace("{n: 72}", "{m: 72}"))
    with pytest.raises(InputError) as error:
        read_question(path, "q")
    assert [fault.line for fault in error.value.faults] == [4, 12]


def test_an_answer_with_faults_hides_no_others(tmp_path: Path) -> None:
    other = "  m: {integer: k, marks: none, mistakes: {a: {says: x, answr: 7}}}\nexamples:"
    text = GOOD.replace("[3, 5]", "[x]").replace("examples:", other).replace("{n: 72}", "{l: 72}")
    (tmp_path / "q.tex").write_text(text)
    with pytest.raises(InputError) as error:
        read_question(tmp_path / "q.tex", "q")
    assert [fault.line for fault in error.value.faults] == [4, 10, 10, 10, 13]
    assert "a mistake of an answer has no 'answr'; did you mean 'answer'?" in str(error.value)


def test_a_criterion_has_no_other_keys(tmp_path: Path) -> None:
    rubric = "rubric:\n      - {says: it, marks: 2}\n      - {say: it, marks: 1}"
    (tmp_path / "q.tex").write_text(GOOD.replace("{integer: n, marks: 2}", f"\n    {rubric}"))
    with pytest.raises(InputError, match=":12: a criterion has no 'say'; did you mean 'says'"):
        read_question(tmp_path / "q.tex", "q")


PERCENT = [
    (r"A shop takes \V{a}% off \V{b}.", r"A shop takes \V{a}\% off \V{b}."),
    ("Reduce by 20% and add", r"Reduce by 20\% and add"),
    ("12.5 % of $x$", r"12.5 \% of $x$"),
    (r"$\V{a}$% and $5$ %", r"$\V{a}$\% and $5$ \%"),
    (r"5\,% or 5~%", r"5\,\% or 5~\%"),
    (r"50\% stays", r"50\% stays"),
    (r"\B{if n % 2 == 0}even\B{endif}", r"\B{if n % 2 == 0}even\B{endif}"),
    (r"\V{n % 7}", r"\V{n % 7}"),
    ("\\begin{verbatim}\n5 % 3\n\\end{verbatim}", "\\begin{verbatim}\n5 % 3\n\\end{verbatim}"),
    (r"\verb|5% 3| and 5%", r"\verb|5% 3| and 5\%"),
    ("% a remark\nText", "% a remark\nText"),
]


@pytest.mark.parametrize(("text", "printed"), PERCENT)
def test_a_percent_sign_behind_a_number_is_printed(text: str, printed: str) -> None:
    assert as_percent(text) == printed
    assert list(hidden_comments(printed)) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [("Half % of it", 1), ("a\n\nwhat % is it?", 3), ("% \\V{n}", 1), ("x\n% see \\answer{y}", 2)],
)
def test_a_comment_that_hides_text_is_a_fault(text: str, line: int) -> None:
    assert [at for at, _ in hidden_comments(text)] == [line]
