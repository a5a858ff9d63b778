"""The six readings of one small derivation: a framed rectangle and the paint for its area."""

from __future__ import annotations

from fractions import Fraction

import pytest

from examgen.ground.errors import DerivationError
from solvers.graph.derivation import Derivation
from solvers.graph.domain import COUNT, whole
from solvers.graph.printing.style import LATEX, UNICODE
from solvers.graph.solution import solve
from solvers.graph.symbolic import expression, factored_latex, plain
from solvers.graph.term import Term, floor
from solvers.graph.worked import formula, steps

box = Derivation("box", "A framed rectangle")
box.input("width", "w", "width", COUNT)
box.input("height", "h", "height", COUNT)
box.input("border", "b", "border on each side", whole(0, 9), default=1)


@box.quantity("A", "area of the frame")
def area(width: Term, height: Term, border: Term) -> Term:
    return (width + 2 * border) * (height + 2 * border)


@box.quantity("n", "cans of paint", unit="cans")
def cans(area: Term) -> Term:
    return floor(area / 10) + 1


box.mistake(
    "one_side",
    "the border was added on one side only",
    share="0.5",
    area=lambda width, height, border: (width + border) * (height + border),
)


@box.proof
def counted(width: int, height: int, border: int) -> dict[str, int]:
    cells = [(x, y) for x in range(width + 2 * border) for y in range(height + 2 * border)]
    return {"area": len(cells), "cans": len(range(0, len(cells) + 1, 10))}


GIVEN = {"width": Fraction(7), "height": Fraction(4)}


def test_values_are_exact() -> None:
    solution = solve(box, GIVEN)
    assert solution["area"] == 54
    assert solution["cans"] == 6
    assert solution["border"] == 1


def test_the_general_formula() -> None:
    solution = solve(box, GIVEN)
    assert formula(solution, "area") == r"\left(w + 2 b\right) \cdot \left(h + 2 b\right)"
    assert formula(solution, "cans", UNICODE) == "⌊A/10⌋ + 1"


def test_the_worked_steps() -> None:
    (area_chain,) = steps(solve(box, GIVEN), "area", UNICODE)
    assert [str(line.right) for line in area_chain.lines] == [
        "(w + 2·b)·(h + 2·b)",
        "(7 + 2·1)·(4 + 2·1)",
        "54",
    ]
    (cans_chain,) = steps(solve(box, GIVEN), "cans", LATEX)
    assert cans_chain.symbol == "n"
    assert cans_chain.lines[-1].right.endswith(r"\mathrm{cans}")


def test_a_wrong_earlier_value_is_carried_into_what_follows() -> None:
    carried = solve(box, GIVEN).carry_forward({"area": Fraction(99)})
    assert carried["cans"] == 10
    assert carried["width"] == 7


def test_a_mistake_is_carried_into_what_follows() -> None:
    solution = solve(box, GIVEN)
    wrong = solution.mistaken(box.mistakes["one_side"])
    assert wrong["area"] == 40  # (7 + 1) * (4 + 1)
    assert wrong["cans"] == 5  # 40 / 10 + 1
    assert solution.mistakes("cans") == {"one_side": 5}


def test_letters_stay_letters() -> None:
    found = expression(solve(box, GIVEN), "area", {"width": "w", "height": "h"})
    assert plain(found).replace(" ", "") in {"(w+2)*(h+2)", "(h+2)*(w+2)"}
    assert factored_latex(found) == r"\left(h + 2\right) \left(w + 2\right)"


def test_the_oracle_agrees_and_a_wrong_one_is_noticed() -> None:
    assert solve(box, GIVEN).disagreements() == []
    wrong = box.extensible_copy()
    wrong.oracle = lambda width, height, border: {"area": width * height}  # noqa: ARG005
    assert "area" in solve(wrong, GIVEN).disagreements()[0]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"width": Fraction(7)}, "height"),
        ({**GIVEN, "depth": Fraction(1)}, "depth"),
        ({**GIVEN, "width": Fraction(0)}, "width"),
        ({**GIVEN, "width": Fraction(1, 2)}, "width"),
        ({**GIVEN, "border": Fraction(10)}, "border"),
    ],
)
def test_an_input_out_of_place_is_named(given: dict[str, Fraction], said: str) -> None:
    with pytest.raises(DerivationError, match=said):
        solve(box, given)


def test_a_name_cannot_be_defined_twice_or_used_before() -> None:
    again = Derivation("again", "Again")
    again.input("x", "x", "x", COUNT)
    with pytest.raises(DerivationError):
        again.input("x", "x", "x", COUNT)
    with pytest.raises(DerivationError):
        again.quantity("y", "y", name="y")(lambda unknown: unknown)
