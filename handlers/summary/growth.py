"""The picture that may follow a summary: how what was lifted in an exercise has grown."""

from __future__ import annotations

from handlers.charts.chart import Point, Trend
from handlers.charts.ticks import ticks
from handlers.dates import day_and_month
from handlers.progress.charts import LONGEST_TITLE, measured
from handlers.progress.figures import Writing, figure_name, writing_of
from handlers.screen import Screen, shortened
from handlers.words import count, label, lines, say
from training.record_book import Growth


def chart(grown: Growth) -> Trend:
    """What was reached workout by workout, the first and the last of it named: the last is the record."""
    written, last = _writing(grown), len(grown.marks) - 1
    points = [
        Point(
            mark.on,
            written.number(mark.value),
            written.bare(mark.value) if place in {0, last} else "",
            is_record=place == last,
        )
        for place, mark in enumerate(grown.marks)
    ]
    since, until = grown.marks[0].on, grown.marks[-1].on
    return Trend(
        title=shortened(grown.name, LONGEST_TITLE),
        unit=measured(grown.figure, grown.measure, written.unit),
        since=since,
        until=until,
        ticks=tuple(ticks(since, until, grown.lifters_unit)),
        points=tuple(points),
        record_word=label("record"),
    )


def caption(grown: Growth) -> Screen:
    """In words what the picture shows."""
    written, first, last = _writing(grown), grown.marks[0], grown.marks[-1]
    return Screen(
        lines(
            say("📈 <b>{name}</b>", name=shortened(grown.name, LONGEST_TITLE)),
            say(
                "{figure}: from {first} on {day} to <b>{last}</b>, over {workouts}.",
                figure=figure_name(grown.figure, grown.measure),
                first=written.whole(first.value),
                day=day_and_month(first.on, grown.lifters_unit),
                last=written.whole(last.value),
                workouts=count("{number} workout", "{number} workouts", len(grown.marks)),
            ),
            say("/progress shows more, /records all your records."),
        )
    )


def _writing(grown: Growth) -> Writing:
    most = max(mark.value for mark in grown.marks)
    return writing_of(grown.figure, grown.measure, grown.unit, most)
