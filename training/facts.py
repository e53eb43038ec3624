"""What is worth saying first when a workout is over: the one or two facts that matter most to who has just trained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from training.records import Record, RecordKind

MOST = 2
"""How many facts are said, a record included."""

AWAY = 14
"""Days without a workout after which coming back is a return."""

_FIRST_STREAK = 2
_LEAST_ALIKE = 3
"""Workouts that there must have been of the same kind before one of them can stand out."""

_MILESTONES = frozenset({1, 10, 25, 50, 75})
_HUNDREDS_FROM = 500
"""From here on every hundredth workout is a milestone, before it every fiftieth."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """The workout is the first, the 10th, the 25th and so on."""

    workouts: int


@dataclass(frozen=True, slots=True)
class Return:
    """The first workout after a pause."""


@dataclass(frozen=True, slots=True)
class FirstTimes:
    """Exercises that were never done before."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MostVolume:
    """More was moved than in each of so many workouts before that were like it."""

    before: int


@dataclass(frozen=True, slots=True)
class WeekInARow:
    """It is the first workout of a week, and so many weeks one after the other have had one, this one included."""

    weeks: int


Fact = Milestone | Return | FirstTimes | MostVolume | WeekInARow


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What facts follow from. `on` is the day of this workout, `last` that of the one before, None if it is the first.

    `nth` counts all workouts until this one, `weeks` the weeks in a row up to it, 0 if it isn't the first of its week.
    `alike_mg` are the volumes of the workouts before that were like it.
    """

    on: date
    nth: int
    last: date | None = None
    weeks: int = 0
    first_times: tuple[str, ...] = ()
    volume_mg: int = 0
    alike_mg: Sequence[int] = ()


class _Tier(IntEnum):
    """How much a kind of record says, most first."""

    STRENGTH = 0
    REPS = 1
    VOLUME = 2


def facts_of(what: Circumstances, *, beside_record: bool) -> tuple[Fact, ...]:
    """The facts that matter most, the rarest first; one less if a record is said as well."""
    if what.nth == 1:
        return (Milestone(1),)
    found: list[Fact | None] = [
        Milestone(what.nth) if is_milestone(what.nth) else None,
        Return() if what.last is not None and (what.on - what.last).days >= AWAY else None,
        FirstTimes(what.first_times) if what.first_times else None,
        _volume(what),
        WeekInARow(what.weeks) if what.weeks >= _FIRST_STREAK else None,
    ]
    return tuple(fact for fact in found if fact is not None)[: MOST - beside_record]


def is_milestone(nth: int) -> bool:
    """Whether the number of a workout is one to celebrate."""
    return nth in _MILESTONES or nth % (50 if nth < _HUNDREDS_FROM else 100) == 0


def weight_of(record: Record) -> tuple[int, float]:
    """By what records are compared, the more the larger: first by what the kind says, then by the gain."""
    scale = max(abs(record.value), abs(record.before), 1)
    return -_tier(record), (record.value - record.before) / scale


def _tier(record: Record) -> _Tier:
    match record.kind:
        case RecordKind.SET_VOLUME:
            return _Tier.VOLUME
        case RecordKind.MOST_REPS if record.load is not None:
            return _Tier.REPS
        case _:
            return _Tier.STRENGTH


def _volume(what: Circumstances) -> Fact | None:
    if len(what.alike_mg) < _LEAST_ALIKE or what.volume_mg <= max(what.alike_mg):
        return None
    return MostVolume(len(what.alike_mg))
