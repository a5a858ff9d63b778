"""Read when something was handed in, as platforms write it; nothing uncertain is guessed.

ISO times, AM and PM, zones, and months in the languages in which downloads are met are
understood. Whether `9/8/2025` is in September or in August, the whole column says, if anything.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dateutil.parser import ParserError, parse

_MONTHS = """
january february march april may june july august september october november december
jan feb mar apr may jun jul aug sep oct nov dec
januar februar marz april mai juni juli august september oktober november dezember
janner feber maerz apr mai jun jul aug sept okt nov dez
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
janv fevr mars avr mai juin juil aout sept oct nov dec
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene feb mar abr may jun jul ago sept oct nov dic
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
jan fev mar abr mai jun jul ago set out nov dez
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
gen feb mar apr mag giu lug ago set ott nov dic
ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik
oca sub mar nis may haz tem agu eyl eki kas ara
januari februari maart april mei juni juli augustus september oktober november december
jan feb mrt apr mei jun jul aug sep okt nov dec
stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia
ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince
januari februari mars april maj juni juli augusti september oktober november december
ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
"""
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = {
    name: _ENGLISH[place]
    for line in _MONTHS.strip().splitlines()
    for place, name in enumerate(line.split())
}
_HALF = {"am": "AM", "pm": "PM", "oo": "AM", "os": "PM"}  # Turkish: öğleden önce, sonra
_HOURS = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "mez": 1,
    "mesz": 2, "eet": 2, "eest": 3, "trt": 3, "msk": 3, "est": -5, "edt": -4, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
_FILLING = set(
    "de del di da do at um uhr saat kl h a as alle le om ora o den der el la the".split()
)
_DOTTED_HALF = re.compile(r"\b([ap])\. ?m\b\.?")
_WORD = re.compile(r"[^\W\d_]+\.?")
_SLASHED = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([./-])(\d{1,2})\2(\d{1,2})(?!\d)")
_CLOCK = re.compile(r"(?<![\d.:])(\d{1,2})[.h](\d{2})(?![\d.]| ?[./-]\d)")
_ZONE = re.compile(r"(?:gmt|utc) ?([+-]\d)")
_LONGEST = 60
_FARTHEST = timedelta(hours=14)  # how far the clocks of two zones may be from UTC


@dataclass(frozen=True)
class Moment:
    """A time as it was read, once with the day before the month and once after it.

    Attributes:
        day_first: None where no such date exists, as are days in a 27th month.
        month_first: the same for the other order.
    """

    day_first: datetime | None
    month_first: datetime | None

    def is_before(self, other: Moment) -> bool:
        """Return whether this one is earlier for certain."""
        pairs = ((self.day_first, other.day_first), (self.month_first, other.month_first))
        return all(one and another and _is_before(one, another) for one, another in pairs)

    @property
    def order(self) -> float:
        """Return a number by which times are sorted, right for those whose order is certain."""
        time = self.day_first or self.month_first or datetime.min  # noqa: DTZ901
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()

    def __str__(self) -> str:
        """Return the time, as far as it is known."""
        time = self.day_first or self.month_first
        return time.isoformat(" ", "minutes") if time else "an unknown time"


def read_time(text: str) -> Moment | None:
    """Read a time; None where there is none, or no day with a time of day.

    >>> str(read_time("25. Eylül 2025 15:50")), str(read_time("2026/09/27 9:00:00 PM GMT+3"))
    ('2025-09-25 15:50', '2026-09-27 21:00+03:00')
    >>> read_time("yesterday"), read_time("25 September 2025")
    (None, None)
    """
    try:
        time = datetime.fromisoformat(text.strip()[:_LONGEST])
        return Moment(time, time) if ":" in text else None
    except ValueError:
        plain = _plain(text)
    if plain is None:
        return None
    return _moment(*(_parsed(plain, is_day_first=order) for order in (True, False)))


def settle_times(moments: list[Moment | None]) -> list[Moment | None]:
    """Return the times of a column, with the order of day and month that all of them have.

    Of a column that has both orders, no time of such a kind is known.

    >>> [str(m) for m in settle_times([read_time("9/8/2025 9:00"), read_time("9/27/2025 9:00")])]
    ['2025-09-08 09:00', '2025-09-27 09:00']
    """
    known = [moment for moment in moments if moment is not None]
    is_month_first = any(moment.day_first is None for moment in known)
    if not is_month_first and all(moment.month_first is not None for moment in known):
        return moments
    return [moment and _chosen(moment, is_month_first=is_month_first) for moment in moments]


def _chosen(moment: Moment, *, is_month_first: bool) -> Moment | None:
    time = moment.month_first if is_month_first else moment.day_first
    return _moment(time, time)


def _moment(day_first: datetime | None, month_first: datetime | None) -> Moment | None:
    return Moment(day_first, month_first) if day_first or month_first else None


def _is_before(one: datetime, another: datetime) -> bool:
    """Return whether a time is earlier; without a zone, its clock may be that of any place."""
    if (one.tzinfo is None) == (another.tzinfo is None):
        return one < another
    both = [time if time.tzinfo else time.replace(tzinfo=UTC) for time in (one, another)]
    return both[0] + _FARTHEST < both[1]


def _plain(text: str) -> str | None:
    """Return a time in words that any reader knows; None where a word of it is unknown."""
    parts = unicodedata.normalize("NFKD", text.strip()[:_LONGEST].casefold())
    plain = "".join(char for char in parts if not unicodedata.combining(char)).replace("ı", "i")
    plain = _ZONE.sub(r" \1", _DOTTED_HALF.sub(r"\1m", plain)).replace(" ,", ",")
    plain = _CLOCK.sub(r"\1:\2", plain)
    words = [_known(word.rstrip("."), at=at) for at, word in _words(plain)]
    if None in words:
        return None
    found = iter(words)
    return _WORD.sub(lambda _: f" {next(found)} ", plain)


def _words(text: str) -> list[tuple[int, str]]:
    return [(found.start(), found[0]) for found in _WORD.finditer(text)]


def _known(word: str, *, at: int) -> str | None:
    """Return a word as English writes it; what is at the beginning is a day of the week."""
    if word in _MONTH or word in _HALF:
        return _MONTH.get(word) or _HALF[word]
    if word in _HOURS:
        return f"{_HOURS[word]:+03d}:00"
    return "" if word in _FILLING or at == 0 else None


def _parsed(text: str, *, is_day_first: bool) -> datetime | None:
    """Return a time under one order of day and month; what is missing in it, nothing fills in."""
    text = _YEAR_FIRST.sub(lambda m: f"{m[1]}-{int(m[3]):02}-{int(m[4]):02}", text)
    text = _SLASHED.sub(lambda m: _iso(m, is_day_first=is_day_first), text)
    text = re.sub(r"[.,](?!\d)|,", " ", text)
    if not re.search(r"\d{4}", text) or not re.search(r"\d:\d\d", text):
        return None
    starts = (datetime(2000, 1, 1), datetime(2001, 2, 2))  # noqa: DTZ001 - zones are as written
    try:
        both = {parse(text, default=start) for start in starts}
    except (ParserError, OverflowError, ValueError):
        return None
    return both.pop() if len(both) == 1 else None


def _iso(found: re.Match[str], *, is_day_first: bool) -> str:
    """Return a date with its year last; dots are written where the day comes first."""
    first, sign, second, year = found.groups()
    day, month = (first, second) if is_day_first or sign == "." else (second, first)
    return f"{year}-{int(month):02}-{int(day):02}"
