"""When something that comes every week comes next, by the clock of a time zone, and whether it is quiet then.

Times of a day are minutes since midnight as that clock shows them. A time that is skipped when the clock is put forward
comes as much later as it is put forward (02:30 as 03:30), as RFC 5545 has it; of one that comes twice the first counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from training.notation.folding import DASHES

DAYS = 7
MINUTES = 24 * 60

_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\.?|(\d{1,2}):(\d{2})", re.IGNORECASE)
_HOUR = re.compile(r"[01]?[0-9]|2[0-3]")
_SPAN = re.compile(rf"({_CLOCK.pattern})\s*(?:[-{DASHES}]|to|until)\s*({_CLOCK.pattern})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quiet:
    """From when to when nothing is sent; past midnight if it begins later than it ends. Never the whole day."""

    begins: int
    ends: int

    def holds_at(self, minute: int) -> bool:
        """Whether it is quiet then. At the end it isn't any more."""
        if self.begins < self.ends:
            return self.begins <= minute < self.ends
        return minute >= self.begins or minute < self.ends


def next_time(zone: ZoneInfo, weekday: int, minute: int, after: datetime) -> datetime:
    """The first time after that moment that it is this late on this day of the week, in UTC. 0 is Monday."""
    today = after.astimezone(zone).date()
    days = (today + timedelta(days=ahead) for ahead in range(DAYS + 1))
    times = (_moment(zone, day, minute) for day in days if day.weekday() == weekday)
    return next(time for time in times if time > after)


def quiet_until(zone: ZoneInfo, quiet: Quiet | None, moment: datetime) -> datetime | None:
    """When it is quiet no longer; None if it isn't quiet at that moment."""
    local = moment.astimezone(zone)
    if quiet is None or not quiet.holds_at(minute_of(local)):
        return None
    for day in (local.date(), local.date() + timedelta(days=1)):
        for fold in (0, 1):
            end = _moment(zone, day, quiet.ends, fold)
            if end > moment:
                return end
    raise AssertionError("the end of quiet hours comes within a day")


def day_of(zone: ZoneInfo, moment: datetime) -> date:
    """Which day it is there."""
    return moment.astimezone(zone).date()


def weeks_before(zone: ZoneInfo, moment: datetime, weeks: int) -> datetime:
    """The same time of the day so many weeks before, by the zone's clock."""
    return (moment.astimezone(zone) - timedelta(weeks=weeks)).astimezone(UTC)


def minute_of(local: datetime) -> int:
    """How many minutes since midnight its clock shows."""
    return local.hour * 60 + local.minute


def read_time(text: str) -> int | None:
    """The time of a day that is written there, as 18:30 or 6.30 pm; None if it isn't one. A number alone is none."""
    match = _CLOCK.fullmatch(text.strip())
    return None if match is None else _read(match.groups())


def read_hour(text: str) -> int | None:
    """The full hour that is written there as a number alone, as 18; None if it isn't one."""
    number = text.strip()
    return int(number) * 60 if _HOUR.fullmatch(number) else None


def read_span(text: str) -> Quiet | None:
    """From when to when it says, as 22:00-7:00; None if it doesn't."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        return None
    begins, ends = read_time(match[1]), read_time(match[7])
    return None if begins is None or ends is None or begins == ends else Quiet(begins, ends)


def _read(parts: tuple[str | None, ...]) -> int | None:
    half_hour, half_minute, half, hour, minute = parts
    hours, minutes = int(half_hour or hour or 0), int(half_minute or minute or 0)
    if half is not None:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.lower() == "p" else 0)
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None


def _moment(zone: ZoneInfo, day: date, minute: int, fold: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone, fold=fold).astimezone(UTC)
