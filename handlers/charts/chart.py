"""What a picture shows, as plain values: every word is ready to be drawn, every number in the unit that is named.

What doesn't fit is left to whoever draws: long words are cut, and of ticks and labels that would meet only some are
written.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Scale(StrEnum):
    """How the numbers of an axis are written."""

    NUMBER = "number"
    DURATION = "duration"
    """Seconds, written as m:ss or h:mm:ss."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A day that the time axis names."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class Point:
    """What was reached on a day. `label` stands beside the point; empty: nothing does."""

    on: date
    value: float
    label: str = ""
    is_record: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """Something over time, from the first to the last day of the axis. One point alone is drawn, too."""

    title: str
    unit: str
    """What is measured and in what, named above the axis: Heaviest set, kg."""
    since: date
    until: date
    ticks: tuple[Tick, ...]
    points: tuple[Point, ...]
    scale: Scale = Scale.NUMBER
    record_word: str = ""
    """What is written for the mark of a record; empty where none is marked."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An amount with its name before it and its figure behind it. `usual` is marked on it, if there is one."""

    name: str
    value: float
    text: str
    usual: float | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """Amounts one under the other, in this order."""

    title: str
    bars: tuple[Bar, ...]
    usual_word: str = ""
    """What the mark means; empty where nothing is marked."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days in weeks, the darker the more was done. A day that isn't named had nothing."""

    title: str
    since: date
    """The first day that is drawn, in the row of its weekday."""
    until: date
    levels: tuple[tuple[date, int], ...]
    """1 to 4 for each day on which something was done."""
    months: tuple[Tick, ...]
    """The first shown day of each month, with its name."""
    weekdays: tuple[str, ...]
    """The seven names, Monday first; empty ones are not written."""
    less: str
    more: str
    """The two ends of the legend."""


Chart = Trend | Bars | Calendar
