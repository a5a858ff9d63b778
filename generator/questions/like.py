"""Answers that are like another one: `like: NAME` takes over what an answer does not say itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.questions.located_yaml import Source

Entry = dict[str, object]


def with_likes(source: Source, answers: Mapping[str, Entry]) -> dict[str, Entry]:
    """Return the answers, each with what it takes over from the answer above that it is like.

    Args:
        source: notes a `like:` that names no answer above.
        answers: what stands under the name of each in the file.
    """
    found: dict[str, Entry] = {}
    for name, given in answers.items():
        own = {key: value for key, value in given.items() if key != "like"}
        other = found.get(str(given["like"])) if "like" in given else {}
        if other is None:
            what = f"like: names {given['like']!r}, which is no answer above this one"
            fix = f"known here: {', '.join(found) or 'no answer yet'}"
            source.fault(("answers", name, "like"), what, fix)
        found[name] = _merged(other or {}, own)
    return found


def _merged(below: Mapping[str, object], above: Mapping[str, object]) -> Entry:
    """Return what is above and the rest of what is below, names under the same name merged."""
    return {**below, **{key: _over(below.get(key), value) for key, value in above.items()}}


def _over(below: object, above: object) -> object:
    if isinstance(below, dict) and isinstance(above, dict):
        return _merged(below, above)
    return above
