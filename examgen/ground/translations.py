"""The words that examgen prints, in a language: one file each, with English for what it lacks.

A file holds names with their words, and under `sentences` those of feedback and reports by what
they are in English, with `{}` where something is put in. Files are those of `templates/words`, of
packages (entry points `examgen.languages`), and of a folder that an exam file names.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Self

import yaml

from examgen.ground.errors import Fault, InputError
from examgen.ground.plugins import load_entry_points
from examgen.ground.separators import localize_plain
from examgen.ground.wording import marks_text, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

FALLBACK = "en"
PLUGINS = "examgen.languages"  # entry points of packages that hold CODE.yaml
SENTENCES = "sentences"
SIGNS = frozenset({"decimal", "thousands"})  # of numbers; English needs none
_FIELD = re.compile(r"\{(\w*)\}")


class Language(str):
    """The code of a language that brings its own words, such as those of a lecturer's file."""

    __slots__ = ("own",)
    own: tuple[tuple[str, str], ...]

    def __new__(cls, code: str, own: Mapping[str, str]) -> Self:
        """Return a code with words."""
        made = super().__new__(cls, code)
        made.own = tuple(own.items())
        return made

    def __eq__(self, other: object) -> bool:
        """Return whether both are the same code with the same words."""
        return str.__eq__(self, other) is True and self.own == getattr(other, "own", None)

    def __ne__(self, other: object) -> bool:
        """Return whether the code or the words differ."""
        return not self == other

    def __hash__(self) -> int:
        """Return a hash of code and words."""
        return hash((str(self), self.own))

    def __reduce__(self) -> tuple[type[Language], tuple[str, dict[str, str]]]:
        """Return how another process makes it again."""
        return Language, (str(self), dict(self.own))


def bundled_file(language: str) -> Traversable:
    """Return the file of a language that comes with examgen, whether it exists or not."""
    return files("templates") / "words" / f"{language}.yaml"


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that are known wherever examgen runs.

    >>> languages()
    ('en', 'tr')
    """
    found = (files("templates") / "words").iterdir()
    own = {item.name.removesuffix(".yaml") for item in found if item.name.endswith(".yaml")}
    return tuple(sorted(own | _offered().keys()))


@cache
def _offered() -> Mapping[str, Traversable]:
    """Return the files of packages by their languages."""
    packages = (package for _, package in load_entry_points(PLUGINS))
    inside = (files(one).iterdir() for one in packages if isinstance(one, ModuleType))
    found = (item for items in inside for item in items if item.name.endswith(".yaml"))
    return {item.name.removesuffix(".yaml"): item for item in found}


def find_language(code: str, folder: Traversable | None = None) -> str:
    """Return a language with its words: of a folder, of a package, or as it comes with examgen.

    Args:
        code: such as `tr`, the name of its file.
        folder: where its file is looked for first.

    Raises:
        InputError: there is none, or its file is faulty.
    """
    own = folder / f"{code}.yaml" if folder is not None else None
    file = own if own is not None and own.is_file() else _offered().get(code)
    if file is not None:
        return Language(code, read_words(file))
    if bundled_file(code).is_file():
        return code
    place = str(own or bundled_file(code))
    known = ", ".join(languages())
    fix = f"known: {known}; or name a folder with {code}.yaml as languages: in the exam file"
    raise InputError([Fault(place, 1, f"there are no words in {code!r}", fix)])


def read_words(file: Traversable) -> dict[str, str]:
    """Return the words of a file, sentences among them.

    Raises:
        InputError: it is no such file, or puts in what its English does not.
    """
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), yaml.BaseLoader)
        found = dict(_entries(node)) if node is not None else {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        what = f"this is no file of words: {getattr(error, 'problem', None) or error}"
        fix = "write a name and its words on each line, as templates/words/en.yaml does"
        raise InputError([Fault(str(file), mark.line + 1 if mark else 1, what, fix)]) from error
    english = words(FALLBACK) if file != bundled_file(FALLBACK) else {}
    faults = [
        Fault(str(file), line, f"{name}: {wrong} is not put in here", "use what the English has")
        for name, (text, line) in found.items()
        for wrong in _not_put_in(text, english.get(name, text))
        if name not in SIGNS
    ]
    if faults:
        raise InputError(faults)
    return {name: text for name, (text, _) in found.items() if text}


def _entries(node: yaml.Node, *, listed: bool = False) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield each name with its text and line; a sentence that is listed is its own text."""
    if listed and isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield item.value, (item.value, item.start_mark.line + 1)
        return
    if not isinstance(node, yaml.MappingNode):
        raise yaml.YAMLError("there are no names")
    for key, value in node.value:
        if key.value == SENTENCES:
            yield from _entries(value, listed=True)
        elif not isinstance(value, yaml.ScalarNode):
            raise yaml.YAMLError(f"{key.value} is no text")
        else:
            yield key.value, (value.value, key.start_mark.line + 1)


def _not_put_in(text: str, english: str) -> list[str]:
    """Return what a translation asks for and its English does not put in."""
    known, asked = _FIELD.findall(english), _FIELD.findall(text)
    gaps = known.count("")
    by_place = {str(at) for at in range(gaps)} if "" not in asked else set()
    wrong = set(asked) - {*known, *by_place}
    return ["{}"] if asked.count("") > gaps else sorted(f"{{{name}}}" for name in wrong)


@lru_cache(maxsize=64)
def words(language: str) -> Mapping[str, str]:
    """Return the words of a language; what its file lacks is English.

    >>> words("tr")["question"]
    'Soru'
    """
    if language == FALLBACK:
        return MappingProxyType(read_words(bundled_file(FALLBACK)))
    return MappingProxyType({**words(FALLBACK), **own_words(language)})


def own_words(language: str) -> Mapping[str, str]:
    """Return the words that a language has itself."""
    if isinstance(language, Language):
        return dict(language.own)
    return read_words(bundled_file(language))


def missing_words(language: str) -> list[str]:
    """Return the names that are English in a language, in the order of the English file."""
    own = own_words(language)
    return [name for name in words(FALLBACK) if name not in own]


def unknown_words(language: str) -> list[str]:
    """Return the names in a language's own words that nothing asks for."""
    return [name for name in own_words(language) if name not in {*words(FALLBACK), *SIGNS}]


def translate_count(number: Fraction | int, thing: str, known: Mapping[str, str]) -> str:
    """Return a number of marks or questions with its word.

    >>> translate_count(1, "mark", words("en")), translate_count(7, "mark", words("en"))
    ('1 mark', '7 marks')
    """
    words_of_it = plural(number, known[f"one_{thing}"], known[f"{thing}s"])
    return f"{localize_plain(marks_text(Fraction(number)), known)} {words_of_it}"
