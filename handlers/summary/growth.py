"""The picture that may follow a summary: how what was lifted in an exercise has grown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from handlers.amounts import number, volume
from handlers.charts.chart import Point, Tick, Trend
from handlers.dates import day_and_month
from handlers.screen import Screen, shortened
from handlers.words import Html, count, label, lines, say
from storage.values.quantity import WeightUnit
from training.record_book import Growth
from training.records import RecordKind

_LONGEST_NAME = 60
_TICKS = 3


def chart(grown: Growth) -> Trend:
    """What was reached workout by workout, the first and the last of it named: the last is the record."""
    last = len(grown.reached) - 1
    points = [
        Point(
            reached.on,
            float(_amount(reached.milligrams, grown.unit)),
            _said(reached.milligrams, grown) if place in {0, last} else "",
            is_record=place == last,
        )
        for place, reached in enumerate(grown.reached)
    ]
    since, until = grown.reached[0].on, grown.reached[-1].on
    return Trend(
        title=shortened(grown.name, _LONGEST_NAME),
        unit=label("{figure}, {unit}", figure=_what(grown), unit=grown.unit),
        since=since,
        until=until,
        ticks=_ticks(since, until, grown.unit),
        points=tuple(points),
        record_word=label("record"),
    )


def caption(grown: Growth) -> Screen:
    """In words what the picture shows."""
    return Screen(
        lines(
            say("📈 <b>{name}</b>", name=shortened(grown.name, _LONGEST_NAME)),
            _from_to(grown),
            say("/records has all your records."),
        )
    )


def _what(grown: Growth) -> str:
    return label("Estimated 1RM") if grown.kind is RecordKind.ESTIMATED_1RM else label("Heaviest set")


def _from_to(grown: Growth) -> Html:
    phrase = "Heaviest set: from {first} on {day} to <b>{last}</b>, over {workouts}."
    if grown.kind is RecordKind.ESTIMATED_1RM:
        phrase = "Estimated 1RM: from {first} on {day} to <b>{last}</b>, over {workouts}."
    first, last = grown.reached[0], grown.reached[-1]
    return say(
        phrase,
        first=_said(first.milligrams, grown),
        day=day_and_month(first.on, grown.unit),
        last=_said(last.milligrams, grown),
        workouts=count("{number} workout", "{number} workouts", len(grown.reached)),
    )


def _said(milligrams: int, grown: Growth) -> str:
    """What is reckoned in whole units, what was lifted as it was, but for what a change of units leaves."""
    if grown.kind is RecordKind.ESTIMATED_1RM:
        return volume(milligrams, grown.unit)
    return f"{number(round(_amount(milligrams, grown.unit), 2))} {grown.unit}"


def _amount(milligrams: int, unit: WeightUnit) -> Decimal:
    return Decimal(milligrams) * 1000 / unit.nanograms_per_thousandth


def _ticks(since: date, until: date, unit: WeightUnit) -> tuple[Tick, ...]:
    """The two ends, and the middle where there is one."""
    days = (until - since).days
    places: Sequence[int] = sorted({days * tick // (_TICKS - 1) for tick in range(_TICKS)})
    return tuple(Tick(on := since + timedelta(days=place), day_and_month(on, unit)) for place in places)
