"""Answers that are like another one: `like: NAME` takes over what an answer does not say itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from examgen.yaml_files.located_yaml import Plain, Source

Entry: TypeAlias = "dict[str, Plain]"


def resolve_likes(source: Source) -> None:
    """Put into each answer of a file what it takes over from the answer above that it is like.

    A `like:` that names no answer above is noted as a fault.
    """
    answers = source.content.get("answers") if isinstance(source.content, dict) else None
    if not isinstance(answers, dict):
        return
    for name, given in answers.items():
        if not isinstance(given, dict) or "like" not in given:
            continue
        other = str(given.pop("like"))
        above = list(answers)[: list(answers).index(name)]
        below = answers[other] if other in above else None
        if not isinstance(below, dict):
            what = f"like: names {other!r}, which is no answer above this one"
            fix = f"known here: {', '.join(above) or 'no answer yet'}"
            source.fault(("answers", name, "like"), what, fix)
        else:
            answers[name] = _merged(below, given)


def _merged(below: Mapping[str, Plain], above: Mapping[str, Plain]) -> Entry:
    """Return what is above and the rest of what is below, names under the same name merged."""
    return {**below, **{key: _over(below.get(key), value) for key, value in above.items()}}


def _over(below: Plain | None, above: Plain) -> Plain:
    if isinstance(below, dict) and isinstance(above, dict):
        return _merged(below, above)
    return above
