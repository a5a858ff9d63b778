"""Every derivation by its name: a file in the folder of a topic is found without being listed."""

from __future__ import annotations

import difflib
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import solvers
from examgen.ground.errors import DerivationError
from examgen.ground.plugins import load_entry_points, modules_below
from solvers.graph.derivation import Derivation

if TYPE_CHECKING:
    from collections.abc import Mapping

PLUGINS = "examgen.derivations"  # entry points of modules that have some


@cache
def derivations() -> Mapping[str, Derivation]:
    """Return all derivations of the topic files and of plugins, by name in alphabetical order.

    >>> derivations()["conv2d"].title
    'A two-dimensional convolutional layer'
    """
    found = {name: item for some in topics().values() for name, item in some.items()}
    return MappingProxyType(dict(sorted(found.items())))


def topics() -> Mapping[str, Mapping[str, Derivation]]:
    """Return the derivations of each topic, a folder of `solvers` or a plugin, by their names.

    >>> "lstm" in topics()["rnn"]
    True
    """
    found: dict[str, dict[str, Derivation]] = {}
    for module in modules_below(solvers, ("catalogue", "graph")):
        topic = module.__name__.split(".")[1]
        items = (item for item in vars(module).values() if isinstance(item, Derivation))
        found.setdefault(topic, {}).update({item.name: item for item in items})
    known = {name for some in found.values() for name in some}
    for plugin, offer in load_entry_points(PLUGINS):
        own = (item for item in vars(offer).values() if isinstance(item, Derivation))
        for item in own:
            if item.name in known:
                raise DerivationError(f"the plugin {plugin} has a derivation {item.name}, too")
            known.add(item.name)
            found.setdefault(plugin, {})[item.name] = item
    return MappingProxyType({topic: dict(sorted(found[topic].items())) for topic in sorted(found)})


def find(name: str) -> Derivation:
    """Return the derivation of a name.

    Raises:
        DerivationError: there is none; the message offers the nearest name.
    """
    found = derivations().get(name)
    if found is None:
        near = difflib.get_close_matches(name, derivations(), n=1)
        hint = f"did you mean {near[0]!r}?" if near else "`examgen solve --list` names them all"
        raise DerivationError(f"there is no derivation {name!r}; {hint}")
    return found
