"""Figures: what is drawn for values, what is said for those who do not see it, what is refused."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from examgen.ground.errors import ExamgenError
from generator.render.tame import is_tame
from generator.texts.figures.figure import KINDS
from generator.texts.shown import Shown
from generator.texts.template import fill_template, names_in, template_fault
from solvers.graph.number import parse_value, split_list


def _values(**texts: str) -> Mapping[str, Shown]:
    return {name: Shown(parse_value(text), split_list(text)) for name, text in texts.items()}


VALUES = _values(X="[0, 1, 2]", Y="[1.50, 3, 2]", n="7", a="-2")
ALT = re.compile(r"\\alt\{((?:[^{}]|\{[^{}]*\})*)\}")

SAID = [
    (r"\plot{kind=line, x=X, y=Y, xlabel=$t$, ylabel={$v$ in m/s}}",
     "Line plot. $t$; $v$ in m/s: ($0$; $1.5$), ($1$; $3$), ($2$; $2$)"),
    (r"\plot{kind=scatter, x=X, y=Y, alt={Three points up to \V{n}}}", "Three points up to 7"),
    (r"\plot{kind=function, f=a*x + n, from=0, to=2, xstep=1}",
     "Graph of a function. $x$; $y$: ($0$; $7$), ($1$; $5$), ($2$; $3$)"),
    (r"\plot{kind=bar, names=['A', 'B', 'C'], y=Y}",
     "Bar chart. $y$: (A; $1.5$), (B; $3$), (C; $2$)"),
    (r"\plot{kind=histogram, data=[1, 2, 2, 5], edges=[0, 2, 5]}",
     "Histogram. : ($0$--$2$; $1$), ($2$--$5$; $3$)"),
    (r"\plot{kind=box, data=[1, 2, 3, 10], label=A}",
     "Box plot. least; lower quartile; median; upper quartile; greatest: "
     "(A; $1$; $1.75$; $2.5$; $4.75$; $10$)"),
    (r"\graph{edges={A-B:\V{n}, B->C:-2, C-A}}",
     "Graph. Nodes: A, B, C. Edges: A – B (7), B → C (-2), C – A"),
    (r"\tree{nodes={8 (\V{n}) (10 () (14))}}", "Tree: 8 (7) (10 () (14))"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), SAID)
def test_what_a_figure_shows_is_said(text: str, said: str) -> None:
    (found,) = ALT.findall(fill_template(text, VALUES, "q"))
    assert found == said


TABLES = [
    (r"\table{columns=[X, Y], heads={$t$ & $v$}}",
     r"\toprule $t$&$v$\\ \midrule $0$&$1.50$\\ $1$&$3$\\ $2$&$2$\\\bottomrule"),
    (r"\table{rows=[X, Y], heads={$t$ & $v$}}",
     r"\toprule $t$&$0$&$1$&$2$\\ $v$&$1.50$&$3$&$2$\\\bottomrule"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), TABLES)
def test_tables_print_what_is_given_as_it_was_written(text: str, rows: str) -> None:
    assert rows in re.sub(r"\s+", " ", fill_template(text, VALUES, "q"))


def test_a_paper_in_another_language_has_its_decimal_sign_and_words() -> None:
    text = fill_template(
        r"$\V{Y}$ \plot{kind=scatter, x=X, y=Y} $\V{n * 1000.5}$", VALUES, "q", "tr"
    )
    assert "(1{,}50; 3; 2)" in text
    assert "$7{.}003{,}5$" in text
    assert "Saçılım grafiği. $x$; $y$: ($0$; $1{,}5$)" in text
    assert "1.5" not in re.sub(r"\\begin\{tikzpicture\}.*?\\end", "", text)


def test_a_figure_in_a_loop_has_the_values_of_each_turn() -> None:
    text = r"\B{for k in X}\tree{nodes={1 (\V{k})}}\B{endfor}"
    assert ALT.findall(fill_template(text, VALUES, "q")) == [
        "Tree: 1 (0)",
        "Tree: 1 (1)",
        "Tree: 1 (2)",
    ]


def test_the_points_of_a_plot_are_where_their_numbers_are() -> None:
    text = fill_template(r"\plot{kind=line, x=X, y=Y, width=80mm, height=60mm, ymin=0, ymax=3}",
                  VALUES, "q")  # fmt: skip
    assert r"\draw[thick] (0,30) -- (40,60) -- (80,40);" in text  # 80 mm for 2, 60 mm for 3


def test_figures_are_one_line_and_tame() -> None:
    """So that lines of TeX stay those of the question, and papers may share a run."""
    for text, _ in (*SAID, *TABLES):
        drawn = fill_template(text, VALUES, "q")
        assert (text, "\n" in drawn, is_tame(drawn)) == (text, False, True)


def test_names_in_figures_are_names_of_the_text() -> None:
    text = "a\n\\plot{kind=function, f=b*x + c, from=low, to=sqrt(3), y=[d]}"
    assert names_in(text) == {"b", "c", "low", "d"} | ({"sqrt"} & names_in(text))


FAULTS = [
    ("a\n\\plot{kind=line, colour=red}", 2, r"\plot has no part 'colour=red'"),
    ("\\plot{kind=line, x=X, y}", 1, r"\plot has no part 'y'"),
    ("a\nb \\table{columns=[X,\n Z]}", 2, "there is no quantity 'Z'"),
    ("\\plot{kind=line, x2=X, xmin2=0}", 1, "has no part 'xmin2=0'"),
]


@pytest.mark.parametrize(("text", "line", "what"), FAULTS)
def test_a_faulty_part_is_named_with_its_line(text: str, line: int, what: str) -> None:
    found = template_fault(text, {"X", "Y"})
    assert found is not None
    assert found[0] in {line, line + 1}
    assert what in found[1]


REFUSED = [
    (r"\plot{kind=pie, x=X, y=Y}", "there is no kind=pie; known: line, scatter"),
    (r"\plot{kind=line, x=[1, 2], y=Y}", "2 values of x have 3 of y"),
    (r"\plot{kind=line, x=X}", "a plot needs data"),
    (r"\plot{kind=line, x=n, y=Y}", "x=7 is no list"),
    (r"\plot{kind=function, f=x**2, from=3, to=0}", "is no range"),
    (r"\plot{kind=function, f=1/x, from=0, to=1}", "f=1/x"),
    (r"\plot{kind=function, from=0, to=1}", "write f="),
    (r"\plot{kind=line, x=X, y=Y, ymin=5, ymax=4}", "ymin=5 is not below ymax=4"),
    (r"\plot{kind=line, x=X, y=Y, xmin=5, xmax=6}", "no point lies between"),
    (r"\plot{kind=line, x=X, y=Y, xstep=0.001}", "marks too many numbers"),
    (r"\plot{kind=line, x=X, y=Y, width=300mm}", "up to 174 mm"),
    (r"\plot{kind=bar, names=['A'], y=Y}", "3 bars have 1 names"),
    (r"\plot{kind=histogram, data=X, edges=[1, 2]}", "leave some of the data out"),
    (r"\table{heads=a}", "columns=[X, Y] or rows"),
    (r"\table{columns=[X, Y], heads={a}}", "2 columns or rows have 1 heads"),
    (r"\table{columns=X}", "a list of lists"),
    (r"\graph{edges={A=B}}", "'A=B' is no edge"),
    (r"\graph{edges={A-B}, at={A: (0, 0)}}", "has no place for B"),
    (r"\tree{nodes={8 (3}}", "a bracket of the tree is not closed"),
    (r"\image{file=image-00000000000000000000.png, width=30mm}", "needs alt="),
    (r"\image{file=image-00000000000000000000.png, alt=a}", "needs a size"),
]


@pytest.mark.parametrize(("text", "what"), REFUSED, ids=[text for text, _ in REFUSED])
def test_a_figure_that_cannot_be_drawn_says_why(text: str, what: str) -> None:
    with pytest.raises(ExamgenError) as error:
        fill_template(text, VALUES, "q")
    assert what in str(error.value)
    assert "\n" not in str(error.value)


def test_every_kind_of_figure_is_in_the_docs() -> None:
    text = (Path(__file__).parents[4] / "docs" / "figures.md").read_text(encoding="utf-8")
    for kind, entry in KINDS.items():
        assert f"`\\{kind}{{" in text
        named = set(re.findall(r"[a-z]+", text))
        assert set(entry.parts) <= named
