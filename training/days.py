"""The day of a past workout, as lifters write it on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
_DAY_NAME = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_WEEKDAY = rf"(?:{_DAY_NAME}[.,]?\s+)?"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = r"(?P<year>\d{4})"
_ANY_YEAR = r"(?P<year>\d{4}|'?\d\d)"
_ONE, _OTHER = r"(?P<one>\d{1,2})", r"(?P<other>\d{1,2})"
_CLOCK = r"\d{1,2}(?:[:.]\d{2})?\s?[ap]\.?m\.?|\d{1,2}[:.]\d{2}"
_TIMES = rf"(?:,?\s+(?:at\s+)?(?P<began>{_CLOCK})(?:\s*-\s*(?P<ended>{_CLOCK}))?)?"


def _lines(*forms: str) -> list[re.Pattern[str]]:
    return [re.compile(f"{_WEEKDAY}{form}{_TIMES}") for form in forms]


_FULL = _lines(
    rf"{_YEAR}[-./](?P<number>\d{{1,2}})[-./]{_DAY}",
    rf"{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_ANY_YEAR}",
    rf"{_MONTH}\s+{_DAY},?\s+{_ANY_YEAR}",
    rf"{_ONE}[-./]{_OTHER}[-./]{_YEAR}",
    r"(?P<word>today|yesterday)",
)
_SHORT = _lines(
    rf"{_DAY}\s+(?:of\s+)?{_MONTH}",
    rf"{_MONTH}\s+{_DAY}",
    rf"{_ONE}[-./]{_OTHER}[-./](?P<year>\d\d)",
    rf"{_ONE}[./]{_OTHER}\.?",
)
"""Days that may be meant as something else, as sets say."""
_AGO = [
    re.compile(f"{form}{_TIMES}")
    for form in (
        rf"(?:on\s+)?(?P<last>last\s+)?(?P<weekday>{_DAY_NAME})\.?",
        r"(?P<count>an?|one|two|three|four|five|six|seven|\d{1,3})\s+(?P<unit>day|week)s?\s+ago",
        r"(?:the\s+)?day before yesterday",
    )
]
"""Days as they are told from today on, by whom is asked for one."""

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}


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
        ended = began
        if self.ended is not None:
            later = timedelta(days=self.began is not None and self.ended < self.began)
            ended = datetime.combine(self.date + later, self.ended, zone)
        from_, until = began.astimezone(UTC), ended.astimezone(UTC)
        return from_, max(from_, until)  # a clock that is put forward skips times


def read_day(line: str, today: date, *, short: bool = False) -> tuple[Day, ...] | None:
    """The days that the line may mean, none of them in the future; None if it says no day.

    Numbers alone may be meant either way round, day or month first. Without a year, and as numbers with one of two
    digits, it is a day only where a `short` one is looked for; without a year the latest is meant.
    """
    match = _match([*_FULL, *_SHORT] if short else _FULL, _plain(line))
    if match is None:
        return None
    said = match.groupdict()
    return _days(said, _either_way(said, today) if said.get("one") else [_named(said, today)], today)


def read_day_asked_for(line: str, today: date) -> tuple[Day, ...] | None:
    """The same where the lifter was asked for the day: a short one, or told from today on, as Friday or 2 weeks ago.

    A weekday is the latest; if it is today's, today may be meant or the one a week ago.
    """
    match = _match(_AGO, _plain(line))
    if match is None:
        return read_day(line, today, short=True)
    said = match.groupdict()
    return _days(said, [today - timedelta(days=ago) for ago in _days_ago(said, today)], today)


def _plain(line: str) -> str:
    return normalize("NFKC", line).translate(_AS_HYPHEN).casefold().strip().rstrip(":-, ")


def _days(said: Mapping[str, str | None], dates: Sequence[date | None], today: date) -> tuple[Day, ...]:
    days = [day for day in dict.fromkeys(dates) if day is not None and day.year >= _EARLIEST and day <= today]
    try:
        began, ended = _clock(said["began"]), _clock(said["ended"])
    except ValueError:  # no clock shows that
        return ()
    return tuple(Day(day, began, ended) for day in days)


def _match(forms: Sequence[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((match for form in forms if (match := form.fullmatch(text))), None)


def _named(said: Mapping[str, str | None], today: date) -> date | None:
    if (word := said.get("word")) is not None:
        return today - timedelta(days=word == "yesterday")
    month, number, year, day = (said.get(part) for part in ("month", "number", "year", "day"))
    return _latest(year, _MONTHS.index(month[:3]) + 1 if month else int(number or 0), int(day or 0), today)


def _days_ago(said: Mapping[str, str | None], today: date) -> list[int]:
    if (name := said.get("weekday")) is not None:
        ago = (today.weekday() - _WEEKDAYS.index(name[:3])) % 7
        return [ago] if ago else [7] if said.get("last") else [0, 7]
    if (count := said.get("count")) is not None:
        return [(_COUNTS.get(count) or int(count)) * (7 if said.get("unit") == "week" else 1)]
    return [2]


def _either_way(said: Mapping[str, str | None], today: date) -> list[date | None]:
    one, other = int(said["one"] or 0), int(said["other"] or 0)
    return [_latest(said.get("year"), other, one, today), _latest(said.get("year"), one, other, today)]


def _latest(year: str | None, month: int, day: int, today: date) -> date | None:
    """The day of that year; without one the latest that isn't in the future. None if there is none."""
    if year is not None:
        number = int(year.removeprefix("'"))
        return _date(number + (_CENTURY if number < 100 else 0), month, day)
    days = (_date(today.year - ago, month, day) for ago in range(_LEAP))
    return next((found for found in days if found is not None and found <= today), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(text: str | None) -> time | None:
    """Raises ValueError for what no clock shows."""
    if text is None:
        return None
    hours, minutes = (int(part) for part in (*re.findall(r"\d+", text), "0")[:2])
    if text.rstrip(".").endswith("m"):
        if not 1 <= hours <= 12:
            raise ValueError(text)
        hours = hours % 12 + (12 if "p" in text else 0)
    return time(hours, minutes)
