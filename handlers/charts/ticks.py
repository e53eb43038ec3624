"""The days that a time axis names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from handlers.charts.chart import Tick
from handlers.dates import day_and_month, month_name
from storage.values.quantity import WeightUnit

_MOST_TICKS = 5
_WEEKLY = 45
"""Days of a picture up to which its ticks are weeks apart; up to four months of days they say the day."""

_MONTHLY = 130


def ticks(since: date, until: date, unit: WeightUnit) -> Iterator[Tick]:
    """A few days of the time, evenly apart and as short as they can be: days, beginnings of months, or years."""
    days = (until - since).days
    if days <= _WEEKLY:
        weeks_apart = 1 + days // (7 * _MOST_TICKS)
        first = until - timedelta(weeks=weeks_apart) * (days // (7 * weeks_apart))
        for number in range(days // (7 * weeks_apart) + 1):
            on = first + timedelta(weeks=weeks_apart) * number
            yield Tick(on, day_and_month(on, unit))
        return
    begun = [month for month in months(since, until) if month >= since]
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200, 12000) if len(begun) <= step * _MOST_TICKS)
    for on in begun:
        if (on.year * 12 + on.month - 1) % step == 0:
            yield Tick(on, _month(on, step, unit, names_days=days <= _MONTHLY))


def _month(on: date, step: int, unit: WeightUnit, *, names_days: bool) -> str:
    if step >= 12:
        return str(on.year)
    return day_and_month(on, unit) if names_days else month_name(on.year, on.month)


def months(since: date, until: date) -> Iterator[date]:
    """The first day of each month that has a day in the time."""
    month = since.replace(day=1)
    while month <= until:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)
