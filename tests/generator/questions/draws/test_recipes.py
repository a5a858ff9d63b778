"""Samples, permutations, graphs and matrices under `vary`: what is drawn, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import fmean, stdev

import pytest
import sympy

from examgen.ground.errors import InputError
from examgen.proof.space import Space
from generator.questions.question_file import read_question
from solvers.graph.number import Value, parse_value

QUESTION = r"""---
title: T
vary: {X: %s}
values: {y: len(X)}
answers: {y: {integer: y, marks: 1, trivial: yes}}
---
\V{X} \answer{y}
"""


def drawn(tmp_path: Path, recipe: str, name: str = "q") -> list[Value]:
    """Return the first values of a recipe, at most 400."""
    path = tmp_path / "q.tex"
    path.write_text(QUESTION % recipe, encoding="utf-8")
    values = read_question(path, name).vary["X"]
    return [parse_value(values[at]) for at in range(min(400, len(values)))]


def numbers(values: list[Value]) -> list[float]:
    return [float(x) for row in values if isinstance(row, tuple)
            for x in row if isinstance(x, Fraction)]  # fmt: skip


# Mean and standard deviation from the formulas of each distribution; bounds of 5 standard errors.
@pytest.mark.parametrize(
    ("recipe", "mean", "sd"),
    [
        ("{from: normal, mean: 50, sd: 8, n: 12, decimals: 1}", 50, 8),
        ("{from: uniform, low: -1, high: 3, n: 10, decimals: 3}", 1, 1.1547),
        ("{from: exponential, mean: 2.5, n: 10, decimals: 4}", 2.5, 2.5),
        ("{from: binomial, trials: 20, p: 0.3, n: 10}", 6, 2.0494),
        ("{from: poisson, mean: 4, n: 10}", 4, 2),
        ("{from: integers, low: 1, high: 6, n: 10}", 3.5, 1.7078),
        ("{from: [0, 0, 1], n: 10}", 0.3333, 0.4714),
    ],
)
def test_samples_have_their_mean_and_spread(
    recipe: str, mean: float, sd: float, tmp_path: Path
) -> None:
    found = numbers(drawn(tmp_path, f"{{sample: {recipe}}}"))
    error = 5 * sd / len(found) ** 0.5
    assert abs(fmean(found) - mean) < error
    assert abs(stdev(found) - sd) < 2 * error


def test_pairs_have_their_correlation(tmp_path: Path) -> None:
    recipe = "{sample: {from: pairs, n: 20, mean: [50, 60], sd: [5, 8], cor: -0.7, decimals: 2}}"
    found = drawn(tmp_path, recipe)
    xs, ys = (numbers([pair[side] for pair in found if isinstance(pair, tuple)]) for side in (0, 1))
    assert (round(fmean(xs)), round(fmean(ys))) == (50, 60)
    x, y = fmean(xs), fmean(ys)
    cor = fmean((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / stdev(xs) / stdev(ys)
    assert abs(cor + 0.7) < 0.03


def test_without_replacement_nothing_comes_twice(tmp_path: Path) -> None:
    for recipe in ("{from: integers, low: 1, high: 49, n: 6, replace: no, sort: yes}",
                   "{from: [2, 3, 5, 7, 11, 13, 17], n: 6, replace: no, sort: yes}"):  # fmt: skip
        for row in drawn(tmp_path, f"{{sample: {recipe}}}"):
            assert isinstance(row, tuple)
            assert all(float(str(a)) < float(str(b)) for a, b in pairwise(row))


def test_the_draws_are_the_same_on_every_machine(tmp_path: Path) -> None:
    # They are printed on papers that exist: these literals must never change.
    recipe = "{sample: {from: normal, mean: 50, sd: 8, n: 3, decimals: 1}}"
    first = [parse_value("[64.4, 55.7, 48.5]"), parse_value("[40.1, 43.0, 33.7]")]
    assert drawn(tmp_path, recipe, "t/q")[:2] == first
    assert drawn(tmp_path, recipe, "t/other")[:2] != first


def test_every_permutation_is_a_member_once(tmp_path: Path) -> None:
    found = drawn(tmp_path, "{permutation: 4}")
    assert len(set(found)) == 24
    assert len(drawn(tmp_path, "{permutation: 30}")) == 400


def test_a_space_of_samples_is_covered_by_a_sample(tmp_path: Path) -> None:
    drawn(tmp_path, "{sample: {from: [1, 2], n: 3}}, k: [1, 2, 3], m: [4, 5]")
    space = Space.of(read_question(tmp_path / "q.tex", "q"), {})
    rows = list(space.members())
    assert (space.is_whole, len(rows)) == (False, 1000)
    assert {(row["k"], row["m"]) for row in rows} == {(k, m) for k in "123" for m in "45"}
    assert "with every pair of values of k, m" in space.describe_sample(len(rows))


def rows_of(value: Value) -> list[list[int]]:
    assert isinstance(value, tuple)
    return [[int(str(cell)) for cell in row] for row in value if isinstance(row, tuple)]


def components(graph: list[list[int]]) -> int:
    seen, count = set[int](), 0
    for start in range(len(graph)):
        count += start not in seen
        waiting = [start]
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting += (o for o in range(len(graph)) if graph[node][o] or graph[o][node])
    return count


@pytest.mark.parametrize(
    ("recipe", "edges", "is_symmetric", "parts"),
    [
        ("{nodes: 6, edges: 9, weights: [1, 20], distinct: yes}", 9, True, {1}),
        ("{nodes: 7, kind: tree, weights: [2, 5]}", 6, True, {1}),
        ("{nodes: 5, edges: 7, kind: dag}", 7, False, {1, 2}),
        ("{nodes: 5, edges: 8, directed: yes, weights: [1, 9]}", 8, False, {1}),
        ("{nodes: 5, edges: 3, kind: any}", 3, True, {2, 3}),
    ],
)
def test_graphs_are_of_their_kind(
    recipe: str, edges: int, *, is_symmetric: bool, parts: set[int], tmp_path: Path
) -> None:
    for value in drawn(tmp_path, f"{{graph: {recipe}}}")[:100]:
        graph = rows_of(value)
        alike = graph == [list(row) for row in zip(*graph, strict=True)]
        count = sum(bool(weight) for row in graph for weight in row)
        weights = [w for i, row in enumerate(graph) for w in row[i if alike else 0 :] if w]
        assert alike == is_symmetric
        assert count == edges * (2 if alike else 1)
        assert components(graph) in parts
        assert "distinct" not in recipe or len(set(weights)) == len(weights)
        if "dag" in recipe:
            assert sympy.Matrix(graph).is_nilpotent()


def test_matrices_have_what_is_wanted(tmp_path: Path) -> None:
    for value in drawn(tmp_path, "{matrix: {rows: 3, det: -2, low: -6, high: 6}}")[:60]:
        assert sympy.Matrix(rows_of(value)).det() == -2
    for value in drawn(tmp_path, "{matrix: {rows: 3, eigenvalues: [-1, 2, 2]}}")[:60]:
        found = sympy.Matrix(rows_of(value))
        assert found.eigenvals() == {-1: 1, 2: 2}
        assert found.is_diagonalizable()
    for value in drawn(tmp_path, "{matrix: {rows: 2, columns: 3, low: 0, high: 4}}")[:60]:
        rows = rows_of(value)
        assert [len(row) for row in rows] == [3, 3]
        assert all(0 <= cell <= 4 for row in rows for cell in row)


@pytest.mark.parametrize(
    ("recipe", "why"),
    [
        ("{sample: {from: gauss, n: 3}}", "expected a distribution under from:, found 'gauss'"),
        ("{sample: {from: normal, mean: 5, sd: 0, n: 3}}", "sd: Input should be greater than 0"),
        ("{sample: {from: normal, mean: 5, n: 3}}", "'sd' is missing"),
        ("{sample: {from: normal, mean: 5, sd: 1, n: 0}}", "n: Input should be greater than"),
        ("{sample: {from: integers, low: 1, high: 3, n: 4, replace: no}}", "4 are drawn without"),
        ("{sample: {from: integers, low: 3, high: 1, n: 4}}", "from 0"),
        ("{sample: {from: pairs, n: 4, mean: [1, 2], sd: [1, 1], cor: 2}}", "less than or equal"),
        ("{sample: {from: poisson, mean: 1e6, n: 4}}", "less than or equal to 200"),
        ("{sample: {from: normal, mean: 1, sd: 1, n: 3, digits: 1}}", "a draw has no 'digits'"),
        ("{permutation: many}", "permutation"),
        ("{permutation: 3, matrix: {rows: 2}}", "expected one draw, found several"),
        ("{graph: {nodes: 4, edges: 9}}", "has 3 to 6 edges, not 9"),
        ("{graph: {nodes: 4}}", "a graph needs a number of edges"),
        ("{graph: {nodes: 4, edges: 5, weights: [1, 3], distinct: yes}}", "different weights"),
        ("{graph: {nodes: 4, edges: 5, weights: [0, 3]}}", "weights from 0 to 3 are none"),
        ("{matrix: {rows: 3, det: 2, low: 0, high: 1}}", "no such matrix of numbers from 0 to 1"),
        ("{matrix: {rows: 2, columns: 3, det: 1}}", "is square"),
        ("{matrix: {rows: 3, eigenvalues: [1, 2]}}", "3 rows have 3 eigenvalues, not 2"),
        ("{tensor: 3}", "tensor"),
    ],
)
def test_what_cannot_be_drawn_is_one_line(recipe: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        drawn(tmp_path, recipe)
    assert why in str(error.value)
    assert all(str(fault).startswith(f"{tmp_path}/q.tex:3: ") for fault in error.value.faults)
