"""Days as they stand on buttons, where no date can show itself in the reader's own way."""

from __future__ import annotations

from datetime import date

from handlers.words import label

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def short_day(day: date) -> str:
    """20 Nov 2026: the month in letters, so that nobody takes it for the day."""
    return label("{day} {month} {year}", day=day.day, month=label(_MONTHS[day.month - 1]), year=day.year)


def day_and_month(day: date) -> str:
    """20 Nov: for a day whose year is clear."""
    return label("{day} {month}", day=day.day, month=label(_MONTHS[day.month - 1]))


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
