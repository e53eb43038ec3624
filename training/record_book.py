"""All of a lifter's records in an exercise, and the sets that hold them.

The first set that reached a value holds the record. Warm-ups never count, forced reps don't count as clean ones, and
what doesn't fit the measure that the exercise has now is left out. Nothing is kept: see `training.records`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from storage import keeping, lifters, performed, progress, record_book, workouts
from storage.database import Database
from storage.record_book import MOST_REPS_LISTED, Holder, Holders
from storage.values.exercise import Measure
from storage.values.figure import Figure
from storage.values.lifted import SetEntry
from storage.values.quantity import WeightUnit
from training.errors import NotFoundError
from training.matches import Choice
from training.occurrences import day_of
from training.preferring import unit_of
from training.records import RecordKind, kinds_of
from training.trends import Mark

_MOST_SEEN = 50
_LEAST_SEEN = 3
"""Workouts that make a picture of how something grows."""

_SEEN_FOR = timedelta(days=183)

_FIGURE_OF = {RecordKind.ESTIMATED_1RM: Figure.ESTIMATED_1RM, RecordKind.HEAVIEST: Figure.HEAVIEST}
"""What is followed after a record of that kind."""

_WITH_REPS = frozenset({Measure.WEIGHT_REPS, Measure.BODYWEIGHT_REPS})


@dataclass(frozen=True, slots=True)
class Held:
    """The set that holds a record, and when its workout began."""

    entry: SetEntry
    on: datetime


@dataclass(frozen=True, slots=True)
class RepRecord:
    """The heaviest that was lifted so many times or more: the same set for each number from the least to the most."""

    least: int
    most: int
    held: Held


@dataclass(frozen=True, slots=True)
class WorkoutVolume:
    """The most volume of an exercise in one workout, in milligrams, and when that began."""

    volume_mg: int
    on: datetime


@dataclass(frozen=True, slots=True)
class RecordsOfExercise:
    """Who holds what in an exercise; nothing is held where no set counts.

    `is_done`: whether there are sets at all, be they warm-ups or none that fit. `unit` is the lifter's for it.
    """

    exercise: Choice
    measure: Measure
    is_archived: bool
    is_done: bool
    unit: WeightUnit
    zone: ZoneInfo
    held: Mapping[RecordKind, Held]
    by_reps: tuple[RepRecord, ...]
    in_a_workout: WorkoutVolume | None


@dataclass(frozen=True, slots=True)
class Growth:
    """What was reached in an exercise workout by workout, oldest first, by days of the lifter's calendar.

    `unit` is that of the exercise.
    """

    name: str
    measure: Measure
    figure: Figure
    unit: WeightUnit
    lifters_unit: WeightUnit
    marks: tuple[Mark, ...]


class RecordBook:
    """What a lifter looks up of their records."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, lifter_id: int, exercise_id: int) -> RecordsOfExercise:
        """The records in the exercise, archived ones too; of one that was merged those in its successor.

        Raises NotFoundError.
        """
        async with self._database.reading() as session:
            user = await lifters.by_id(session, lifter_id)
            exercise = await performed.followed(session, lifter_id, exercise_id)
            if exercise is None:
                raise NotFoundError
            measure = exercise.measure
            found = await record_book.holders(session, lifter_id, exercise.id, measure)
            in_a_workout = None
            if measure in _WITH_REPS and found.of_kind:
                in_a_workout = await record_book.largest_workout(session, lifter_id, exercise.id, measure)
            preference = await keeping.preference(session, lifter_id, exercise.id)
            return RecordsOfExercise(
                exercise=Choice(exercise.id, exercise.name),
                measure=measure,
                is_archived=exercise.archived_at is not None,
                is_done=bool(found.of_kind) or await performed.is_done(session, lifter_id, exercise.id),
                unit=unit_of(user, preference),
                zone=ZoneInfo(user.time_zone),
                held=dict(_held(found, measure)),
                by_reps=tuple(_by_reps(found)) if measure in _WITH_REPS else (),
                in_a_workout=None if in_a_workout is None else WorkoutVolume(*in_a_workout),
            )

    async def growth(
        self, lifter_id: int, exercise_id: int, kind: RecordKind, *, workout_id: int, revision: int
    ) -> Growth | None:
        """What was reached over the last months up to this workout, as it was finished.

        None if the workout has changed since or its lifter is leaving, or where there are fewer than three to be seen.
        """
        async with self._database.reading() as session:
            user = await lifters.find(session, lifter_id)
            workout = await workouts.finished_one(session, lifter_id, workout_id)
            exercise = await performed.followed(session, lifter_id, exercise_id)
            if user is None or user.leaving_since is not None or workout is None or exercise is None:
                return None
            if workout.revision != revision:
                return None
            figure = _FIGURE_OF[kind]
            found = await progress.reached(session, lifter_id, exercise, figure, limit=_MOST_SEEN)
            preference = await keeping.preference(session, lifter_id, exercise.id)
        zone, since = ZoneInfo(user.time_zone), workout.started_at - _SEEN_FOR
        marks = [
            Mark(day_of(zone, one.started_at), one.value)
            for one in found
            if since <= one.started_at <= workout.started_at
        ]
        if len(marks) < _LEAST_SEEN:
            return None
        return Growth(exercise.name, exercise.measure, figure, unit_of(user, preference), unit_of(user), tuple(marks))


def _held(found: Holders, measure: Measure) -> Iterator[tuple[RecordKind, Held]]:
    for kind in kinds_of(measure):
        holder = found.of_kind.get(kind.value)
        if holder is not None and not (kind is RecordKind.LONGEST and _was_on_a_way(found, holder)):
            yield kind, Held(holder.entry, holder.on)


def _was_on_a_way(found: Holders, longest: Holder) -> bool:
    """Whether the farthest took as long: then it says so itself."""
    farthest = found.of_kind.get(RecordKind.FARTHEST.value)
    return farthest is not None and (farthest.entry.duration or 0) >= (longest.entry.duration or 0)


def _by_reps(found: Holders) -> Iterator[RepRecord]:
    """From one rep on; who lifted more for more reps holds the record for fewer, too."""
    holding: list[Holder | None] = []
    best: Holder | None = None
    for reps in range(MOST_REPS_LISTED, 0, -1):
        best = _better(best, found.by_reps.get(reps))
        holding.append(best)
    holding.reverse()
    least = 1
    for most, holder in enumerate(holding, 1):
        if most == MOST_REPS_LISTED or holding[most] is not holder:
            if holder is not None:
                yield RepRecord(least, most, Held(holder.entry, holder.on))
            least = most + 1


def _better(one: Holder | None, other: Holder | None) -> Holder | None:
    """The heavier, the earlier of equals."""
    if one is None or other is None:
        return one or other
    loads = _load(one), _load(other)
    return (one if one.place < other.place else other) if loads[0] == loads[1] else max(one, other, key=_load)


def _load(holder: Holder) -> int:
    return 0 if holder.entry.weight is None else holder.entry.weight.milligrams
