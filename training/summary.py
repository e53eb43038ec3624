"""What a finished workout comes to: its best sets, the records that it broke, how it compares with the last like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import records, workouts
from storage.database import ReadSession
from storage.models import ExerciseExecution, User, Workout
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import WeightUnit
from training.alike import kind_of, latest_finished
from training.preferring import unit_of
from training.records import Record, RecordKind, broken_by, estimated_1rm, with_also
from training.volume import volume_mg


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    """A record as the workout leaves it, and the set that holds it now."""

    entry: SetEntry
    record: Record


@dataclass(frozen=True, slots=True)
class Performed:
    """One exercise of a finished workout. `best` is its best set, None if it was only warmed up for.

    `records` are those that it broke, one of each kind at most; none if it was the first workout with the exercise.
    """

    name: str
    measure: Measure
    sets: tuple[SetEntry, ...]
    best: SetEntry | None = None
    records: tuple[BrokenRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Before:
    """The last workout like it. `volume_mg` is in milligrams."""

    on: datetime
    duration: timedelta
    sets: int
    volume_mg: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A finished workout. `volume_mg` is in milligrams, `before` the last workout of its name, if there is one.

    Without a name it is the last one without that had the same exercises.
    """

    workout_id: int
    revision: int
    title: str
    started_at: datetime
    finished_at: datetime
    unit: WeightUnit
    sets: int
    volume_mg: int
    performed: tuple[Performed, ...]
    before: Before | None = None

    @property
    def duration(self) -> timedelta:
        """From the start to the finish."""
        return self.finished_at - self.started_at


async def summary_of(
    session: ReadSession, user: User, workout: Workout, executions: Sequence[ExerciseExecution]
) -> Summary:
    """The summary of a workout that is finished, or is about to be."""
    done = [execution for execution in executions if execution.sets]
    bests = await records.bests(
        session, user.id, {execution.exercise_id for execution in done}, without_workout=workout.id
    )
    performed: list[Performed] = []
    for execution in done:
        entries, measure = tuple(row.entry for row in execution.sets), execution.exercise.measure
        before = bests.get(execution.exercise_id, {})
        held = _held(entries, broken_by(entries, measure, before))
        performed.append(Performed(execution.exercise.name, measure, entries, best_set(entries, measure), held))
        if before:  # the exercise may stand in the workout once more
            bests[execution.exercise_id] = with_also(before, entries)
    lifted = [entry for exercise in performed for entry in exercise.sets]
    return Summary(
        workout_id=workout.id,
        revision=workout.revision,
        title=workout.title,
        started_at=workout.started_at,
        finished_at=workout.finished_at or workout.started_at,
        unit=unit_of(user),
        sets=len(lifted),
        volume_mg=volume_mg(lifted),
        performed=tuple(performed),
        before=await _before(session, workout, [execution.exercise_id for execution in executions]),
    )


def best_set(entries: Sequence[SetEntry], measure: Measure) -> SetEntry | None:
    """The best of the sets, the first of equals: by estimated 1RM, else by what the measure is about."""
    counted = [entry for entry in entries if entry.kind is not SetKind.WARM_UP]
    return max(counted, key=lambda entry: _worth(entry, measure), default=None)


def _worth(entry: SetEntry, measure: Measure) -> tuple[int, ...]:
    load = 0 if entry.weight is None else entry.weight.milligrams
    distance = 0 if entry.distance is None else entry.distance.millimetres
    duration, reps = entry.duration or 0, entry.clean_reps or 0
    match measure:
        case Measure.WEIGHT_REPS:
            # With too many reps for a formula the weight itself is what is known to be lifted.
            return (estimated_1rm(entry) or load, load, reps)
        case Measure.DISTANCE_DURATION:
            return (distance, -duration if distance else duration)
        case _:
            return (load, reps, distance, duration)


def _held(entries: Sequence[SetEntry], broken: Sequence[Sequence[Record]]) -> tuple[BrokenRecord, ...]:
    """Of what several sets broke one after the other the last."""
    held: dict[RecordKind, BrokenRecord] = {}
    for entry, broken_here in zip(entries, broken, strict=True):
        held |= {record.kind: BrokenRecord(entry, record) for record in broken_here}
    return tuple(held[kind] for kind in RecordKind if kind in held)


async def _before(session: ReadSession, workout: Workout, exercise_ids: Sequence[int]) -> Before | None:
    kind = kind_of(workout.title, exercise_ids)
    past = await latest_finished(session, workout.user_id, before=workout)
    alike = next((one.workout for one in past if one.kind == kind), None)
    if alike is None:
        return None
    totals = (await workouts.totals_of(session, [alike.id])).get(alike.id)
    return Before(
        on=alike.started_at,
        duration=(alike.finished_at or alike.started_at) - alike.started_at,
        sets=0 if totals is None else totals.sets,
        volume_mg=0 if totals is None else totals.volume_mg,
    )
