"""Every exception of the project travels between processes as it is."""

from __future__ import annotations

import importlib
import inspect
import pickle
import pkgutil
from typing import TYPE_CHECKING

import pytest

import answers
import examgen
import generator
import grader
import solvers
from examgen.ground.errors import ExamgenError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

FAULT = Fault("q.tex", 3, "this is wrong", "mend it")


def kinds(kind: type[ExamgenError] = ExamgenError) -> Iterator[type[ExamgenError]]:
    """The tree of errors, with all modules imported."""
    yield kind
    for below in kind.__subclasses__():
        yield from kinds(below)


for package in (solvers, answers, generator, grader, examgen):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def built(kind: type[ExamgenError]) -> ExamgenError:
    """An error of some kind, by what its `__init__` takes."""
    made: dict[str, object] = {"str": "text", "int": 7, "Iterable[Fault]": [FAULT]}
    own = inspect.signature(kind.__init__).parameters.values()
    named = [made[one.annotation] for one in own if one.annotation in made]
    return kind(*named or ["text"])


@pytest.mark.parametrize("kind", dict.fromkeys(kinds()), ids=lambda kind: kind.__name__)
def test_an_error_is_the_same_in_another_process(kind: type[ExamgenError]) -> None:
    error = built(kind)
    found = pickle.loads(pickle.dumps(error))  # noqa: S301 - made here
    assert (type(found), str(found), found.args) == (kind, str(error), error.args)
    assert vars(found) == vars(error)


def test_the_tree_is_the_whole_one() -> None:
    assert {"InputError", "Unreadable", "UnreadableKey", "NoDraw", "NoShares", "ToolError"} <= {
        kind.__name__ for kind in kinds()
    }
