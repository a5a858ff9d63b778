r"""The text of a question with its values put in: Jinja2 in delimiters that LaTeX does not use.

`\V{height}` is a value, `\B{if stride > 1}` ... `\B{endif}` a block. The environment is sandboxed,
undefined names are errors, and nothing of Python is in reach.
"""

from __future__ import annotations

import difflib
import re
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, TypeVar

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError
from jinja2.meta import find_undeclared_variables
from jinja2.nodes import Getitem, If, Name
from jinja2.sandbox import ImmutableSandboxedEnvironment

from examgen.folder.model import word_of
from examgen.ground.errors import DerivationError, ExamgenError
from examgen.ground.separators import localize
from examgen.ground.translations import FALLBACK, words
from generator.texts.figures.figure import KINDS, Figures, draw_figures, without_drawings
from generator.texts.figures.syntax import Misdrawn, without_figures
from generator.texts.layouts import template_text
from generator.texts.shown import FORMATS, Shown, data
from generator.texts.siunitx import in_digits
from generator.texts.values_in_formulas import BEGIN, END, mark_value, set_apart
from solvers.graph.number import parse_value, split_list

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from jinja2 import Template

    from examgen.folder.key import Model
    from solvers.graph.solution import Solution

MAX_LENGTH = 100_000
# Jinja's own sign, which joins the text before it.
_SIGN = re.compile(r"\\V\{[-+]")
_VALUE, _TOLD = re.compile(r"\\V\{([^{}]*)\}"), "\x05"
_PRINTED = re.compile(f"{_TOLD}([^{_TOLD}]*){_TOLD}{BEGIN}([^{END}]*){END}")
AnyEnvironment = TypeVar("AnyEnvironment", bound=Environment)


def named_values(model: Model, solution: Solution | None) -> dict[str, Shown | str]:
    """Return the values that templates may put in, by their names.

    Args:
        model: what is given.
        solution: what is computed; None where nothing is.
    """
    computed = solution.values.items() if solution is not None else ()
    values: dict[str, Shown | str] = {key: Shown(value) for key, value in computed}
    for name, text in model.inputs.items():
        word = word_of(text)
        values[name] = Shown(parse_value(text), split_list(text)) if word is None else word
    return values


def holds_values(text: str) -> bool:
    r"""Return whether a text asks for values.

    >>> holds_values(r"W*x_\V{step}"), holds_values("W*x_1")
    (True, False)
    """
    return "\\V{" in text or "\\B{" in text


def fill_template(
    text: str, values: Mapping[str, object], name: str, language: str = FALLBACK
) -> str:
    r"""Return a text with its values and figures.

    Args:
        text: the template.
        values: what has a name in it, as `named_values` gives it.
        name: of the question, for errors.
        language: of the paper, whose signs its numbers have.

    Raises:
        ExamgenError: the template names something unknown or is not well formed.
    """
    try:
        rendered = in_digits(_template(text, language).render(values))
        result = draw_figures(set_apart(rendered), words(language))
    except (DerivationError, Misdrawn) as error:
        raise ExamgenError(f"{name}: {error}") from error
    except (TemplateError, TypeError, ValueError, IndexError, OverflowError) as error:
        line = getattr(error, "lineno", None)
        where = f"{name}:{line}" if line else name
        raise ExamgenError(f"{where}: {error}; values are put in as \\V{{name}}") from error
    if len(result) > MAX_LENGTH:
        raise ExamgenError(f"{name}: the text becomes too long; shorten its loops")
    return result


def values_put_in(text: str, values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    r"""Yield what a text prints outside of drawings: each expression and its value in LaTeX.

    >>> [*values_put_in(r"\B{for k in [1, 2]}\V{k * n}\B{endfor}", {"n": Shown(parse_value("3"))})]
    [('k * n', '3'), ('k * n', '6')]
    """
    told = _VALUE.sub(lambda found: f"{_TOLD}{found[1]}{_TOLD}{found[0]}", text)
    rendered = without_drawings(_template(without_figures(told, KINDS), FALLBACK).render(values))
    yield from _PRINTED.findall(rendered)


@lru_cache(maxsize=1_024)
def names_in(text: str) -> frozenset[str]:
    """Return the names that a template puts in or asks about."""
    return frozenset(find_undeclared_variables(latex_environment().parse(text)))


@lru_cache(maxsize=1_024)
def names_that_choose(text: str) -> frozenset[str]:
    r"""Return the names by which a template chooses words: in an index or a condition.

    >>> sorted(names_that_choose(r"\B{if n == 2}x\B{endif} \V{['a', 'b'][k]} \V{m}"))
    ['k', 'n']
    """
    tree = latex_environment().parse(text)
    chosen = [node.arg for node in tree.find_all(Getitem)] + [
        node.test for node in tree.find_all(If)
    ]
    inside = (name for node in chosen for name in node.find_all(Name))
    own = {node.name for node in chosen if isinstance(node, Name)}
    return frozenset(own | {name.name for name in inside})


def template_fault(text: str, known: Collection[str]) -> tuple[int, str] | None:
    r"""Return what is wrong with a template before any value is put in: its line there, and what.

    >>> template_fault(r"A filter of \V{kernl}", {"kernel"})
    (1, "there is no quantity 'kernl'; did you mean 'kernel'?")
    """
    if (sign := _SIGN.search(text)) is not None:
        what = f"the sign in {sign[0]}...}} would not be printed; write \\V{{0 - x}} or -\\V{{x}}"
        return text[: sign.start()].count("\n") + 1, what
    try:
        tree = latex_environment().parse(text)
    except TemplateError as error:
        return getattr(error, "lineno", 1), str(error)
    for name in sorted(find_undeclared_variables(tree) - set(known)):
        line = next((n.lineno for n in tree.find_all(Name) if n.name == name), 1)
        near = difflib.get_close_matches(name, known, n=1)
        return line, f"there is no quantity {name!r}" + (
            f"; did you mean {near[0]!r}?" if near else ""
        )
    return None


@lru_cache(maxsize=1_024)
def _template(text: str, language: str) -> Template:
    return latex_environment(language).from_string(text)


@cache
def latex_environment(language: str = FALLBACK) -> ImmutableSandboxedEnvironment:
    r"""Return the sandbox for question texts: `\V{value}`, `\B{block}`, `\#{comment}`."""
    environment = _with_latex_signs(ImmutableSandboxedEnvironment)
    environment.add_extension(Figures)
    environment.finalize = partial(_mark, words(language))
    environment.filters = {**FORMATS, "data": data}
    return environment


def _mark(signs: Mapping[str, str], value: object) -> object:
    if not isinstance(value, Shown):
        return value
    is_list = isinstance(value.value, tuple) and "decimal" in signs
    text = str(value).replace(", ", "; ") if is_list else str(value)
    return mark_value(localize(text, signs))


@cache
def layout_environment() -> Environment:
    """Return the environment of our own layouts, with the same signs and no sandbox.

    Layouts and what they include are found in `templates`.
    """
    return _with_latex_signs(Environment)


def _with_latex_signs(kind: type[AnyEnvironment]) -> AnyEnvironment:
    environment = kind(
        loader=FunctionLoader(template_text),
        variable_start_string="\\V{",
        variable_end_string="}",
        block_start_string="\\B{",
        block_end_string="}",
        comment_start_string="\\#{",
        comment_end_string="}",
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.globals.clear()
    return environment
