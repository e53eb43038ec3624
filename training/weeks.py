"""A lifter's calendar weeks, from Monday on by their own clock: what each came to, what is usual, how many in a row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.progress import Done
from training.occurrences import day_of

WEEKS_SHOWN = 12
"""How many weeks are looked back upon, the one that is running included."""

USUAL_OF = 8
"""How many weeks before the running one say what is usual."""

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class WeekDone:
    """What the week that begins on this Monday came to. Warm-ups are no sets; `volume_mg` is in milligrams."""

    monday: date
    workouts: int
    sets: int
    volume_mg: int


@dataclass(frozen=True, slots=True)
class Usual:
    """What a week with training comes to, as the mean of so many `weeks`."""

    weeks: int
    workouts: float
    sets: float
    volume_mg: float


def monday_of(day: date) -> date:
    """The day on which its week began."""
    return day - timedelta(days=day.weekday())


def begins(day: date, zone: ZoneInfo) -> datetime:
    """When the day begins there, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def week_by_week(done: Iterable[Done], zone: ZoneInfo, today: date) -> tuple[WeekDone, ...]:
    """The weeks that are looked back upon, oldest first, the running one last."""
    found: dict[date, list[Done]] = {}
    for one in done:
        found.setdefault(monday_of(day_of(zone, one.started_at)), []).append(one)
    mondays = [monday_of(today) - WEEK * ago for ago in reversed(range(WEEKS_SHOWN))]
    return tuple(_week(monday, found.get(monday, [])) for monday in mondays)


def _week(monday: date, done: Sequence[Done]) -> WeekDone:
    return WeekDone(monday, len(done), sum(one.sets for one in done), sum(one.volume_mg for one in done))


def usual_of(weeks: Sequence[WeekDone]) -> Usual | None:
    """What is usual, by the weeks before the last one, which is running.

    Weeks without a workout don't count: a holiday makes no week to come look better. None if there is no other.
    """
    counted = [week for week in weeks[-1 - USUAL_OF : -1] if week.workouts]
    if not counted:
        return None
    number = len(counted)
    return Usual(
        number,
        sum(week.workouts for week in counted) / number,
        sum(week.sets for week in counted) / number,
        sum(week.volume_mg for week in counted) / number,
    )


def in_a_row(mondays: Collection[date], today: date) -> int:
    """How many weeks with a workout follow each other up to now. The running one breaks nothing until it is over."""
    monday = monday_of(today)
    if monday not in mondays:
        monday -= WEEK
    number = 0
    while monday in mondays:
        number, monday = number + 1, monday - WEEK
    return number
