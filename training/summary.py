"""What a finished workout comes to: its best sets, the records that it broke, how it compares with the last like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from storage import records, workouts
from storage.database import ReadSession
from storage.models import ExerciseExecution, User, Workout
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import WeightUnit
from training.alike import kind_of, latest_finished
from training.facts import Circumstances, Fact, facts_of, weight_of
from training.occurrences import day_of
from training.preferring import unit_of
from training.records import Record, RecordKind, broken_by, estimated_1rm, with_also
from training.streak import weeks_in_a_row
from training.volume import volume_mg
from training.weeks import monday_of

_MOST_ALIKE = 10
"""How many workouts of the same kind one is seen beside."""


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
    exercise_id: int = 0


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

    Without a name it is the last one without that had the same exercises. `facts` are those that matter beside the
    records, none where only the workout itself is looked at.
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
    facts: tuple[Fact, ...] = ()

    @property
    def leading(self) -> Performed | None:
        """The exercise with the record that says most; None where none fell."""
        return next(iter(self._ranked), None)

    @property
    def grown(self) -> tuple[Performed, RecordKind] | None:
        """The exercise in which more was lifted than ever before, and by which kind that is best seen over time."""
        for one in self._ranked:
            broken = {held.record.kind for held in one.records if held.record.before > 0}
            for kind in (RecordKind.ESTIMATED_1RM, RecordKind.HEAVIEST):
                if kind in broken:
                    return one, kind
        return None

    @property
    def _ranked(self) -> Sequence[Performed]:
        broken = [one for one in self.performed if one.records]
        return sorted(broken, key=lambda one: max(weight_of(held.record) for held in one.records), reverse=True)

    @property
    def duration(self) -> timedelta:
        """From the start to the finish."""
        return self.finished_at - self.started_at


async def summary_of(
    session: ReadSession,
    user: User,
    workout: Workout,
    executions: Sequence[ExerciseExecution],
    *,
    with_facts: bool = False,
) -> Summary:
    """The summary of a workout that is finished, or is about to be."""
    performed, first_times = await _performed(session, user.id, workout.id, executions)
    lifted = [entry for exercise in performed for entry in exercise.sets]
    alike = await _alike(session, workout, [execution.exercise_id for execution in executions])
    facts: tuple[Fact, ...] = ()
    if with_facts:
        what = replace(
            await _among_others(session, user, workout),
            first_times=first_times,
            volume_mg=volume_mg(lifted),
            alike_mg=[one.volume_mg for one in alike],
        )
        facts = facts_of(what, beside_record=any(exercise.records for exercise in performed))
    return Summary(
        workout_id=workout.id,
        revision=workout.revision,
        title=workout.title,
        started_at=workout.started_at,
        finished_at=workout.finished_at or workout.started_at,
        unit=unit_of(user),
        sets=len(lifted),
        volume_mg=volume_mg(lifted),
        performed=performed,
        before=alike[0] if alike else None,
        facts=facts,
    )


async def _performed(
    session: ReadSession, user_id: int, workout_id: int, executions: Sequence[ExerciseExecution]
) -> tuple[tuple[Performed, ...], tuple[str, ...]]:
    """What was done, with the records that fell, and the names of what was done for the first time."""
    done = [execution for execution in executions if execution.sets]
    bests = await records.bests(
        session, user_id, {execution.exercise_id for execution in done}, without_workout=workout_id
    )
    performed: list[Performed] = []
    first_times: list[str] = []
    for execution in done:
        entries, measure = tuple(row.entry for row in execution.sets), execution.exercise.measure
        before = bests.get(execution.exercise_id, {})
        held = _held(entries, broken_by(entries, measure, before))
        best = best_set(entries, measure)
        if best is not None and not before:
            first_times.append(execution.exercise.name)
        performed.append(Performed(execution.exercise.name, measure, entries, best, held, execution.exercise_id))
        if before:  # the exercise may stand in the workout once more
            bests[execution.exercise_id] = with_also(before, entries)
    return tuple(performed), tuple(dict.fromkeys(first_times))


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


async def _alike(session: ReadSession, workout: Workout, exercise_ids: Sequence[int]) -> Sequence[Before]:
    """The latest workouts before that were the same one, newest first."""
    kind = kind_of(workout.title, exercise_ids)
    past = await latest_finished(session, workout.user_id, before=workout)
    alike = [one.workout for one in past if one.kind == kind][:_MOST_ALIKE]
    totals = await workouts.totals_of(session, [one.id for one in alike])
    nothing = workouts.Totals(0, 0, 0)
    return [
        Before(
            on=one.started_at,
            duration=(one.finished_at or one.started_at) - one.started_at,
            sets=(total := totals.get(one.id, nothing)).sets,
            volume_mg=total.volume_mg,
        )
        for one in alike
    ]


async def _among_others(session: ReadSession, user: User, workout: Workout) -> Circumstances:
    """Where the workout stands among all of its lifter's."""
    zone = ZoneInfo(user.time_zone)
    earlier, begun = await workouts.begun_until(session, user.id, workout)
    on, days = day_of(zone, workout.started_at), [day_of(zone, began) for began in begun]
    weeks = 0
    if not days or monday_of(days[0]) != monday_of(on):  # else it was told at the first of the week
        known = date.min if len(days) == earlier else monday_of(days[-1])
        weeks = await weeks_in_a_row(session, user, on, days=[on, *days], since=known)
    return Circumstances(on=on, nth=earlier + 1, last=days[0] if days else None, weeks=weeks)
