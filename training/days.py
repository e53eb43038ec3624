"""The day of a past workout, as lifters write it on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from unicodedata import normalize

from training.notation.folding import DASHES

_NOON = time(12)
"""When a workout began of which only the day is known: no time zone makes another day of it."""

_EARLIEST = 1970
_CENTURY = 2000

_LEAP = 9
"""Years in which every day of the calendar comes at least once."""

_AS_HYPHEN = str.maketrans(dict.fromkeys(DASHES, "-"))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\s+)?"
_MONTH = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = r"(?P<year>\d{4})"
_CLOCK = r"(?P<{}>\d{{1,2}}[:.]\d{{2}})"
_TIMES = rf"(?:,?\s+(?:at\s+)?{_CLOCK.format('began')}(?:\s*-\s*{_CLOCK.format('ended')})?)?"

_FULL = [
    re.compile(rf"{_WEEKDAY}{form}{_TIMES}")
    for form in (
        rf"{_YEAR}[-./](?P<number>\d{{1,2}})[-./]{_DAY}",
        rf"{_DAY}\s+(?:of\s+)?{_MONTH},?(?:\s+{_YEAR})?",
        rf"{_MONTH}\s+{_DAY},?(?:\s+{_YEAR})?",
        r"(?P<word>today|yesterday)",
    )
]
_NUMBERS = re.compile(rf"{_WEEKDAY}(?P<one>\d{{1,2}})[-./](?P<other>\d{{1,2}})[-./](?P<year>\d{{4}}){_TIMES}")
_SHORT = [
    _NUMBERS,
    re.compile(rf"{_WEEKDAY}(?P<one>\d{{1,2}})[-./](?P<other>\d{{1,2}})[-./](?P<year>\d\d){_TIMES}"),
    re.compile(rf"{_WEEKDAY}(?P<one>\d{{1,2}})[./](?P<other>\d{{1,2}})[.]?{_TIMES}"),
]
"""Days that may be meant as sets, too."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and if that is said when the workout began and ended, by the lifter's clock."""

    date: date
    began: time | None = None
    ended: time | None = None

    def __str__(self) -> str:
        """As `read_day` reads it."""
        times = "-".join(f"{at:%H:%M}" for at in (self.began, self.ended) if at is not None)
        return f"{self.date.isoformat()} {times}".rstrip()

    def span(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """From when to when it lasted, in UTC; what isn't known ends as it begins. Past midnight it goes on."""
        began = datetime.combine(self.date, self.began or _NOON, zone)
        ended = began if self.ended is None else datetime.combine(self.date, self.ended, zone)
        if ended < began:
            ended = datetime.combine(self.date + timedelta(days=1), ended.time(), zone)
        return began.astimezone(UTC), ended.astimezone(UTC)


def read_day(line: str, today: date, *, short: bool = False) -> tuple[Day, ...] | None:
    """The days that the line may mean, none of them in the future; None if it says no day.

    Numbers alone may be meant either way round, day or month first. If they have a year of two digits or none, which
    may as well be sets, they are a day where a `short` one is looked for. Without a year the latest is meant.
    """
    text = normalize("NFKC", line).translate(_AS_HYPHEN).casefold().strip().rstrip(":-, ")
    if (match := _match(_FULL, text)) is not None:
        said = [_named(match.groupdict(), today)]
    elif (match := _match(_SHORT if short else [_NUMBERS], text)) is not None:
        said = _either_way(match, today)
    else:
        return None
    days = [day for day in dict.fromkeys(said) if day is not None and day.year >= _EARLIEST and day <= today]
    try:
        began, ended = _clock(match["began"]), _clock(match["ended"])
    except ValueError:  # no clock shows that
        return ()
    return tuple(Day(day, began, ended) for day in days)


def _match(forms: Sequence[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((match for form in forms if (match := form.fullmatch(text))), None)


def _named(said: dict[str, str | None], today: date) -> date | None:
    if (word := said.get("word")) is not None:
        return today - timedelta(days=word == "yesterday")
    month, number, year, day = (said.get(part) for part in ("month", "number", "year", "day"))
    return _latest(year, _MONTHS.index(month[:3]) + 1 if month else int(number or 0), int(day or 0), today)


def _either_way(match: re.Match[str], today: date) -> list[date | None]:
    one, other, year = int(match["one"]), int(match["other"]), match.groupdict().get("year")
    return [_latest(year, other, one, today), _latest(year, one, other, today)]


def _latest(year: str | None, month: int, day: int, today: date) -> date | None:
    """The day of that year; without one the latest that isn't in the future. None if there is none."""
    if year is not None:
        return _date(int(year) + (_CENTURY if len(year) == 2 else 0), month, day)
    days = (_date(today.year - ago, month, day) for ago in range(_LEAP))
    return next((found for found in days if found is not None and found <= today), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(text: str | None) -> time | None:
    """Raises ValueError."""
    if text is None:
        return None
    hours, minutes = map(int, re.split("[:.]", text))
    return time(hours, minutes)
