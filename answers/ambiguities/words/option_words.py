"""An option in other words: its letter or number, an explanation behind it, `yes` for `true`."""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase
from typing import TYPE_CHECKING

from answers.ambiguities.base import WORDS, Ambiguity, Reading
from answers.ambiguities.wording import may_change
from answers.kinds.plain_options import option_typed
from answers.kinds.texts import fold_text
from answers.options import ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting
    from answers.options import Aliases

# What spreadsheets and students make of true and false, in the languages of Excel and LibreOffice;
# where capitals do not count, the Turkish letter i without a dot is one with it.
_TRUE = frozenset(
    "t true y yes right correct ok wahr richtig ja stimmt doğru dogru evet vrai oui verdadero"
    " cierto sí si vero verdadeiro sim waar prawda правда истина ✓ ✔".split()
)
_FALSE = frozenset(
    "f false n no wrong incorrect falsch nein unwahr yanlış yanliş yanlis hayır hayir faux non"
    " falso no é falso onwaar fałsz ложь ✗ ✘ ✕".split()
)
_DOUBTFUL = {"1": "true", "0": "false"}
_LETTER = re.compile(
    r"\s*(?:option|choice|answer|seçenek|antwort)?\s*[(\[]?\s*([A-Za-z]|\d{1,2})\s*[)\].:]*\s*"
)
_LETTERED = re.compile(
    r"\s*(?:[(\[]\s*([A-Za-z]|\d{1,2})\s*[)\]]|([A-Za-z]|\d{1,2})\s*[).:])\s*[-:.]?\s*(?=\S)"
)
_EXPLAINED = re.compile(
    r"\s*(?:[,;:(\[.!]|[-–—](?=\s)|\s(?:because|since|but|if|when|unless|except|only|aber|wenn|ama|as|due|so|weil|da|çünkü|çunku|cunku|iff|->|→)\b)"
)
_DOUBT = re.compile(
    r"\b(?:or|not|but|unless|except|only|maybe|either|neither|partly|sometimes|depends|false|true"
    r"|never|none|no|cannot|wrong|incorrect|oder|nicht|aber|nur|veya|ya da|değil|ama)\b|n['’]t\b",
    re.IGNORECASE,
)
# Words that take something back in a few words, and are harmless in a sentence.
_FEW_WORDS = re.compile(
    r"\b(?:perhaps|mostly|usually|often|rarely|hardly|barely|when|iff|also|too|both|all|any"
    r"|everything|others?|wenn|auch|alle|beide|bazen|hepsi|ikisi)\b|%",
    re.IGNORECASE,
)
_LONG = 6
_BECAUSE = re.compile(r"\W*(?:because|since|as|due|weil|da|çünkü|çunku|cunku)\b", re.IGNORECASE)
# Another option by its letter or number, where this is no article: `, b`, `(b)`, `option 2`.
_MARKED = (
    r"[(\[,;:]\s*{0}\s*(?:[)\],;.]|$|\btoo\b)"
    r"|\b(?:option|choice|answer|and|or|then|ve|veya|und|oder)\s+{0}\b|^\W*{0}\W*$"
)
_SHORT = 3
# What is said before the word that a text is: an article, `it is called`.
_FRAME = re.compile(
    r"\A\s*(?:(?:it|this|that|they|these|es|das|c['’]est)(?:['’]s|\s+(?:is|are|ist|heißt))?\s+"
    r"(?:(?:also\s+)?(?:called|named|known\s+as)\s+)?)?"
    r"(?:(?:the|an?|der|die|das|eine?|le|la|les|une?)\s+)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[/,;()=]|\b(?:or|oder|veya|ou)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    options = setting.options
    words = fold_text(text, choice=setting.kind == "choice", capitals=options.keeps_capitals)
    if (name := _spellings(setting).get(words)) is not None:
        yield Reading(name, is_settled=True, how="other words for it")
    if setting.kind == "text":
        yield from _framed(text, setting)
    if setting.kind != "choice":
        return
    if (typed := option_typed(text, options.choices)) is not None and typed != text:
        yield Reading(typed, is_settled=True, how="its formulas typed out")
    is_truth = fold_text(setting.expected, choice=True) in {"true", "false"}
    if (letter := _LETTER.fullmatch(text)) and (chosen := _chosen(letter[1], options.choices)):
        said = _truth(letter[1].casefold()) if is_truth else ""
        is_settled = said in {"", fold_text(chosen, choice=True)}
        yield Reading(chosen, is_settled, how=f"option {letter[1]}")
    if (lettered := _LETTERED.match(text)) and text[lettered.end() :]:
        mark, rest = lettered[1] or lettered[2], text[lettered.end() :]
        own = _chosen(mark, options.choices) or (
            mark if _is_option(mark, options.choices) else None
        )
        agrees = own is None or fold_text(own, choice=True) == fold_text(rest, choice=True)
        yield Reading(rest, is_settled=agrees, how="without its letter")
    if is_truth and (truth := _truth(words)):
        yield Reading(truth, is_settled=words not in _DOUBTFUL, how=f"{words} as {truth}")
    yield from _explained(text, setting)


def _framed(text: str, setting: Setting) -> Iterator[Reading]:
    """Give the words of a text without those around them: `it is called the pivot`.

    Where it gives several words, all have to be right: `orthogonal (perpendicular)`.
    """
    bare = _FRAME.sub("", text)
    if bare != text and bare.strip():
        yield Reading(bare, is_settled=True, how="without the words before it")
    right = {*map(_folded, (setting.expected, *setting.options.other_answers))}
    parts = [part for part in map(_folded, _BETWEEN.split(text)) if part]
    if len(parts) > 1 and right.issuperset(parts):
        yield Reading(parts[0], is_settled=True, how="several words for it")


def _folded(text: str) -> str:
    return fold_text(text, choice=False)


@lru_cache(1_024)
def _table(also: Aliases, expected: str, kind: str, *, capitals: bool) -> dict[str, str]:
    is_choice = kind == "choice"
    return {
        fold_text(spelling, choice=is_choice, capitals=capitals): (
            expected if name == ANSWER else name
        )
        for name, spellings in also
        for spelling in spellings
    }


def _spellings(setting: Setting) -> dict[str, str]:
    """Return the options by their declared other spellings, all as they are compared."""
    options = setting.options
    capitals = options.keeps_capitals
    return _table(options.also, setting.expected, setting.kind, capitals=capitals)


def _chosen(mark: str, choices: tuple[str, ...]) -> str | None:
    """Return the option of a letter or a number; None where an option itself reads so."""
    if _is_option(mark, choices):
        return None
    place = int(mark) - 1 if mark.isdecimal() else ascii_lowercase.find(mark.lower())
    return choices[place] if 0 <= place < len(choices) else None


def _is_option(mark: str, choices: tuple[str, ...]) -> bool:
    return mark.casefold() in {choice.strip().casefold() for choice in choices}


def _truth(words: str) -> str:
    plain = words.replace("̇", "").replace("i̇", "i")
    if plain in _TRUE:
        return "true"
    return "false" if plain in _FALSE else _DOUBTFUL.get(words, "")


def _explained(text: str, setting: Setting) -> Iterator[Reading]:
    """Yield the expected option or a spelling of it, with an explanation or noun behind."""
    for spelling in _expected_spellings(setting):
        start = _length_of(spelling, text)
        rest = text[start:]
        if not start or not rest.strip(" .,;:!"):
            continue
        nouns = {word.casefold() for noun in setting.options.nouns for word in noun.split()}
        own = all(word.casefold().strip(".,") in nouns for word in rest.split())
        if own or _EXPLAINED.match(rest):
            yield Reading(
                setting.expected, is_settled=not _doubts(rest, setting), how="its first words"
            )
            return


def _expected_spellings(setting: Setting) -> list[str]:
    expected = fold_text(setting.expected, choice=True)
    own = [s for s, name in _spellings(setting).items() if fold_text(name, choice=True) == expected]
    truths = {"true": _TRUE, "false": _FALSE}.get(expected, frozenset())
    return sorted({expected, *own, *truths}, key=len, reverse=True)


def _length_of(spelling: str, text: str) -> int:
    """Return how many characters of a text are a spelling, if it begins with it; else none."""
    if text.lstrip(" \"'([*")[:1].casefold() != spelling[:1] and text.isascii():
        return 0
    least, most = len(spelling), min(len(text), 2 * len(spelling) + 4)
    for end in range(least, most + 1):
        begins = fold_text(text[:end], choice=True) == spelling
        ends_word = not text[end : end + 1].isalnum()
        if begins and ends_word:
            return end
    return 0


def _doubts(rest: str, setting: Setting) -> bool:
    """Return whether an explanation takes back what it explains, or names another option."""
    if _DOUBT.search(rest) or _takes_back(rest, setting):
        return True
    is_sentence = _BECAUSE.match(rest) or len(rest.split()) >= _LONG
    if not is_sentence and (may_change(rest.strip(" .!")) or _FEW_WORDS.search(rest)):
        return True
    own = fold_text(setting.expected, choice=True)
    words = fold_text(rest, choice=True)
    return any(_names(words, rest, other, own, setting) for other in _others(setting))


def _takes_back(rest: str, setting: Setting) -> bool:
    """Return whether the other truth is said behind the first, as in `yes, no`."""
    opposite = {"true": _FALSE, "false": _TRUE}.get(
        fold_text(setting.expected, choice=True), frozenset()
    )
    return any(len(word) > 1 and word.casefold() in opposite for word in _WORD.findall(rest))


def _others(setting: Setting) -> list[str]:
    return [choice for choice in setting.options.choices if choice != setting.expected]


def _names(words: str, rest: str, other: str, own: str, setting: Setting) -> bool:
    """Return whether an explanation names another option: its words, its own word or its letter."""
    other_words = fold_text(other, choice=True)
    spellings = [other_words, *(s for s, name in _spellings(setting).items() if name == other)]
    if any(re.search(rf"(?<!\w){re.escape(spelling)}(?!\w)", words) for spelling in spellings):
        return True
    single = set(other_words.split()) - set(own.split())
    if len(other_words.split()) <= _SHORT and single & set(words.split()):
        return True
    place = setting.options.choices.index(other)
    marks = (ascii_lowercase[place : place + 1], str(place + 1))
    return any(
        mark and re.search(_MARKED.format(mark), rest.strip(), re.IGNORECASE) for mark in marks
    )


AMBIGUITY = Ambiguity(
    "option_words",
    WORDS,
    _readings,
    rank=10,
)
