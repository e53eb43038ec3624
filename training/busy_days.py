"""The days on which a lifter trained, and how much each was by what is usual for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median
from zoneinfo import ZoneInfo

from storage.progress import Done
from training.occurrences import day_of


@dataclass(frozen=True, slots=True)
class BusyDay:
    """A day on which something was done. Level 1 is up to half of what is usual, 2 up to it, 3 up to half more, 4
    beyond.
    """

    on: date
    sets: int
    level: int


def busy_days(done: Iterable[Done], zone: ZoneInfo) -> tuple[BusyDay, ...]:
    """The days in their order. Usual is the median, which one extraordinary day doesn't move."""
    sets: dict[date, int] = {}
    for one in done:
        on = day_of(zone, one.started_at)
        sets[on] = sets.get(on, 0) + one.sets
    usual = median(sets.values()) if sets else 0
    return tuple(BusyDay(on, number, _level(number, usual)) for on, number in sorted(sets.items()))


def _level(sets: int, usual: float) -> int:
    return 1 + sum(2 * sets > halves * usual for halves in (1, 2, 3))
