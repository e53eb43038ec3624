"""How a figure of an exercise has gone over time: a point for each day, or the best of a longer time where there are
more than a picture can show.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from storage.progress import Lately, Reached
from storage.values.exercise import Measure
from storage.values.figure import Figure
from training.occurrences import day_of
from training.weeks import monday_of

MOST_POINTS = 120

FIGURES: dict[Measure, tuple[Figure, ...]] = {
    Measure.WEIGHT_REPS: (Figure.ESTIMATED_1RM, Figure.HEAVIEST, Figure.VOLUME, Figure.REPS),
    Measure.BODYWEIGHT_REPS: (Figure.MOST_REPS, Figure.REPS, Figure.HEAVIEST, Figure.VOLUME),
    Measure.REPS: (Figure.MOST_REPS, Figure.REPS),
    Measure.DURATION: (Figure.LONGEST, Figure.TIME),
    Measure.WEIGHT_DURATION: (Figure.HEAVIEST, Figure.LONGEST, Figure.TIME),
    Measure.DISTANCE_DURATION: (Figure.FARTHEST, Figure.DISTANCE, Figure.LONGEST, Figure.TIME),
    Measure.WEIGHT_DISTANCE: (Figure.HEAVIEST, Figure.FARTHEST, Figure.DISTANCE),
}
"""What is followed about an exercise, what says most first."""


class Span(StrEnum):
    """How far back one looks. The value stands in buttons."""

    MONTH = "1"
    QUARTER = "3"
    YEAR = "y"
    ALL = "a"


_MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


class Each(StrEnum):
    """The time of which a point shows the best."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Mark:
    """What was reached on a day, in the figure's unit, and whether it was a record then."""

    on: date
    value: int
    is_record: bool = False


def begin_of(span: Span, today: date) -> date:
    """The first day of the time that ends today; of all time the first of the calendar."""
    if span is Span.ALL:
        return date.min
    year, month = divmod(today.year * 12 + today.month - 1 - _MONTHS[span], 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def marks_of(reached: Sequence[Reached], zone: ZoneInfo, *, of_one_set: bool, records: bool) -> list[Mark]:
    """What each day came to, in their order.

    What is of one set is the best of the day's workouts, else it is all of them together. A workout that beats all
    before it has a record, the first with a value none.
    """
    days: dict[date, Mark] = {}
    best: int | None = None
    for workout in reached:
        value, on = workout.value, day_of(zone, workout.started_at)
        broken = records and best is not None and value > best
        best = value if best is None else max(best, value)
        before = days.get(on)
        if before is not None:
            value = max(before.value, value) if of_one_set else before.value + value
            broken = broken or before.is_record
        days[on] = Mark(on, value, broken)
    return list(days.values())


def marks_records(figure: Figure, measure: Measure) -> bool:
    """Whether `training.records` knows this as a record. A time over a distance is long because one was slow."""
    return figure.is_of_one_set and not (figure is Figure.LONGEST and measure is Measure.DISTANCE_DURATION)


def records_in(lately: Lately) -> dict[Figure, tuple[datetime, int]]:
    """For each figure that has a record in these workouts when it was last broken, and what it is now."""
    broken: dict[Figure, tuple[datetime, int]] = {}
    for figure in FIGURES[lately.measure]:
        if not marks_records(figure, lately.measure):
            continue
        best = None if lately.before is None else lately.before.of(figure, lately.measure)
        for began, peaks in lately.peaks:
            value = peaks.of(figure, lately.measure)
            if value is not None and best is not None and value > best:
                broken[figure] = (began, value)
            best = value if best is None else best if value is None else max(best, value)
    return broken


def thinned(marks: Sequence[Mark], most: int = MOST_POINTS) -> tuple[tuple[Mark, ...], Each]:
    """Of each day the mark; of each week, month or longer the best, where those are more than `most`.

    One that holds a record says so: the best of its time is the last record in it.
    """
    kept, each = marks, Each.DAY
    for each, time_of in _TIMES.items():
        kept = marks if each is Each.DAY else _best_of_each(marks, time_of)
        if len(kept) <= most:
            break
    return tuple(kept), each


_TIMES: dict[Each, Callable[[date], Hashable]] = {
    Each.DAY: lambda day: day,
    Each.WEEK: monday_of,
    Each.MONTH: lambda day: (day.year, day.month),
    Each.QUARTER: lambda day: (day.year, (day.month - 1) // 3),
    Each.YEAR: lambda day: day.year,
}


def _best_of_each(marks: Sequence[Mark], time_of: Callable[[date], Hashable]) -> list[Mark]:
    best: dict[Hashable, Mark] = {}
    for mark in marks:
        time = time_of(mark.on)
        if time not in best or mark.value > best[time].value:
            best[time] = mark
    return list(best.values())


def shown_since(span: Span, marks: Sequence[Mark], today: date) -> date:
    """The first day that a picture shows: that of the time, or of all time the first mark's, a month ago at least."""
    if span is not Span.ALL:
        return begin_of(span, today)
    month_ago = today - timedelta(days=30)
    return min(marks[0].on, month_ago) if marks else month_ago
