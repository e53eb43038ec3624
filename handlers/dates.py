"""Days as they stand on buttons and in pictures, where no date can show itself in the reader's own way."""

from __future__ import annotations

from datetime import date

from handlers.words import label
from storage.values.quantity import WeightUnit

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def short_day(day: date) -> str:
    """20 Nov 2026: the month in letters, so that nobody takes it for the day."""
    return label("{day} {month} {year}", day=day.day, month=label(_MONTHS[day.month - 1]), year=day.year)


def weekday(day: date) -> str:
    """Fri 20 Nov: for a day of the last week."""
    name, month = label(_WEEKDAYS[day.weekday()]), label(_MONTHS[day.month - 1])
    return label("{weekday} {day} {month}", weekday=name, day=day.day, month=month)


def short_weekday(number: int) -> str:
    """Fri; 0 is Monday."""
    return label(_WEEKDAYS[number])


def weekday_name(number: int) -> str:
    """Friday; 0 is Monday."""
    return label(_WEEKDAY_NAMES[number])


def month_name(year: int, month: int) -> str:
    """Nov 2026."""
    return label("{month} {year}", month=label(_MONTHS[month - 1]), year=year)


def is_month_first(unit: WeightUnit) -> bool:
    """Whether a lifter of this unit reads the month before the day.

    Telegram says nothing of where somebody lives, and their language doesn't either: English is written both ways. But
    pounds are what people train in where the month comes first. The month is in letters, so that no order misleads.
    """
    return unit is WeightUnit.LB


def day_and_month(day: date, unit: WeightUnit) -> str:
    """12 Nov, or Nov 12: for a day whose year is clear."""
    if is_month_first(unit):
        return label("{month} {day}", day=day.day, month=short_month(day.month))
    return label("{day} {month}", day=day.day, month=short_month(day.month))


def whole_day(day: date, unit: WeightUnit) -> str:
    """12 Nov 2026, or Nov 12, 2026."""
    if is_month_first(unit):
        return label("{month} {day}, {year}", day=day.day, month=short_month(day.month), year=day.year)
    return short_day(day)


def short_month(month: int) -> str:
    """Nov; 1 is January."""
    return label(_MONTHS[month - 1])
