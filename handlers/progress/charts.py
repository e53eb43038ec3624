"""The pictures of /progress, as values: what is drawn, with every word and number in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from handlers.amounts import volume
from handlers.charts.chart import Bar, Bars, Calendar, Point, Tick, Trend
from handlers.dates import day_and_month, month_name, short_month, short_weekday
from handlers.picking.names import part_name
from handlers.progress.buttons import OfWeeks
from handlers.progress.figures import COUNTED, figure_name, writing
from handlers.screen import shortened
from handlers.words import label
from storage.values.quantity import WeightUnit
from training.progress import ExerciseProgress, Overview, Parts, TrainingYear
from training.weeks import Usual, WeekDone

_LONGEST_TITLE = 60
_FEWEST_WEEKS = 4
_APART = 4
"""Numbers a quarter of a picture apart don't stand side by side."""

_MOST_TICKS = 5
_WEEKLY = 45
"""Days of a picture up to which its ticks are weeks apart; up to four months of days they say the day."""

_MONTHLY = 130
_ROOM_FOR_NAME = timedelta(days=14)
"""How much of a month takes as much room as its name."""


def weeks(shown: Overview, drawn: OfWeeks) -> Bars | None:
    """Week by week, with what is usual beside the running one; None if there was nothing."""
    looked_back = weeks_drawn(shown)
    if not looked_back:
        return None
    names = {
        OfWeeks.SETS: label("Sets by week"),
        OfWeeks.VOLUME: label("Volume by week"),
        OfWeeks.WORKOUTS: label("Workouts by week"),
    }
    bars = [
        Bar(day_and_month(week.monday, shown.unit), amount_of(week, drawn), amount_text(week, drawn, shown.unit))
        for week in looked_back
    ]
    usual = None if shown.usual is None else amount_of(shown.usual, drawn)
    bars[-1] = replace(bars[-1], name=label("this week"), usual=usual)
    return Bars(names[drawn], tuple(bars), usual_word="" if usual is None else label("a usual week"))


def weeks_drawn(shown: Overview) -> Sequence[WeekDone]:
    """The weeks from the first with a workout on, but a few at least; none if there was no workout."""
    first = next((place for place, week in enumerate(shown.weeks) if week.workouts), None)
    return () if first is None else shown.weeks[min(first, len(shown.weeks) - _FEWEST_WEEKS) :]


def amount_of(week: WeekDone | Usual, drawn: OfWeeks) -> float:
    """What a week has of what is drawn; volume in milligrams."""
    amounts = {OfWeeks.SETS: week.sets, OfWeeks.VOLUME: week.volume_mg, OfWeeks.WORKOUTS: week.workouts}
    return amounts[drawn]


def amount_text(week: WeekDone | Usual, drawn: OfWeeks, unit: WeightUnit) -> str:
    """That in figures, a volume with its unit."""
    amount = amount_of(week, drawn)
    return volume(round(amount), unit) if drawn is OfWeeks.VOLUME else f"{round(amount):,}"


def trend(shown: ExerciseProgress) -> Trend | None:
    """The figure over time, with the first, the best and the last point named; None without any."""
    if not shown.marks:
        return None
    values = [mark.value for mark in shown.marks]
    written = writing(shown, values)
    best = values.index(max(values))
    named = _named(shown, values, best)
    points = tuple(
        Point(mark.on, written.number(mark.value), written.bare(mark.value) if at in named else "", mark.is_record)
        for at, mark in enumerate(shown.marks)
    )
    return Trend(
        title=shortened(shown.exercise.name, _LONGEST_TITLE),
        unit=measured(shown, written.unit),
        since=shown.since,
        until=max(shown.today, shown.marks[-1].on),
        ticks=tuple(ticks(shown.since, shown.today, shown.lifters_unit)),
        points=points,
        scale=written.scale,
        record_word=label("record") if any(mark.is_record for mark in shown.marks) else "",
    )


def _named(shown: ExerciseProgress, values: Sequence[int], best: int) -> set[int]:
    """The first, the best and the last, but the same number not twice side by side."""
    last = len(values) - 1
    if min(values) == max(values):
        return {last}
    since_best, in_all = shown.marks[last].on - shown.marks[best].on, shown.today - shown.since
    is_said = values[last] == values[best] and since_best * _APART < in_all
    return {0, best} if is_said else {0, best, last}


def measured(shown: ExerciseProgress, unit: str) -> str:
    """The figure with its unit: Heaviest set, kg. Reps are their own."""
    figure = figure_name(shown.figure, shown.measure)
    return figure if shown.figure in COUNTED else label("{figure}, {unit}", figure=figure, unit=unit)


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
    begun = [month for month in _months(since, until) if month >= since]
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200, 12000) if len(begun) <= step * _MOST_TICKS)
    for on in begun:
        if (on.year * 12 + on.month - 1) % step == 0:
            yield Tick(on, _month(on, step, unit, names_days=days <= _MONTHLY))


def _month(on: date, step: int, unit: WeightUnit, *, names_days: bool) -> str:
    if step >= 12:
        return str(on.year)
    return day_and_month(on, unit) if names_days else month_name(on.year, on.month)


def _months(since: date, until: date) -> Iterator[date]:
    month = since.replace(day=1)
    while month <= until:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)


def parts(shown: Parts) -> Bars | None:
    """Part by part, beside what is usual; None if there was nothing."""
    if not shown.parts:
        return None
    bars = tuple(Bar(part_name(one.part), one.sets, sets_text(one.sets), one.usual) for one in shown.parts)
    return Bars(label("Sets this week"), bars, usual_word=label("a usual week") if shown.weeks else "")


def sets_text(sets: float) -> str:
    """Sets with the half that there may be: 12, 12.5; of a mean the nearest tenth."""
    return f"{round(sets, 1):g}"


def year(shown: TrainingYear) -> Calendar | None:
    """The days of the year, the darker the more sets; None if there was nothing."""
    if not shown.days:
        return None
    title = label("Training days, last 12 months")
    if shown.year is not None:
        title = label("Training days {year}", year=shown.year)
    return Calendar(
        title=title,
        since=shown.since,
        until=shown.until,
        levels=tuple((day.on, day.level) for day in shown.days),
        months=tuple(_month_ticks(shown.since, shown.until)),
        weekdays=tuple(short_weekday(day) if day % 2 == 0 and day < 6 else "" for day in range(7)),
        less=label("less"),
        more=label("more"),
    )


def _month_ticks(since: date, until: date) -> Iterator[Tick]:
    """The first shown day of each month; none for one of which so little is shown that the next name would meet it."""
    for month in _months(since, until):
        on = max(month, since)
        after = (month + timedelta(days=31)).replace(day=1)
        if after - on >= _ROOM_FOR_NAME:
            yield Tick(on, short_month(month.month))
