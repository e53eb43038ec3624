"""What the screen of an open workout says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage import rests, workouts
from storage.database import ReadSession
from storage.models import ExerciseExecution, User, Workout
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from storage.values.quantity import Weight, WeightUnit
from training.notation import LineContext
from training.suggestion import suggest


@dataclass(frozen=True, slots=True)
class LastTime:
    """How an exercise went in the last finished workout that had it."""

    on: datetime
    sets: tuple[SetEntry, ...]


@dataclass(frozen=True, slots=True)
class CurrentExercise:
    """The exercise whose sets are being logged. `place` counts from 1."""

    execution_id: int
    name: str
    measure: Measure
    unit: WeightUnit
    place: int
    today: tuple[SetEntry, ...]
    last_time: LastTime | None
    suggestion: SetEntry | None

    @property
    def context(self) -> LineContext:
        """What a typed line is read against."""
        before = () if self.last_time is None else self.last_time.sets
        return line_context(self.measure, self.unit, self.today, before)


@dataclass(frozen=True, slots=True)
class CardPlace:
    """Where the card stands in the chat: its message, if it was sent, and how many messages came below it."""

    message_id: int | None
    messages_below: int


@dataclass(frozen=True, slots=True)
class Card:
    """The open workout. `volume_mg` is in milligrams, `rest_until` is when the running rest is over."""

    workout_id: int
    revision: int
    title: str
    started_at: datetime
    unit: WeightUnit
    sets: int
    exercises: int
    volume_mg: int
    current: CurrentExercise | None
    rest_until: datetime | None
    place: CardPlace


def line_context(
    measure: Measure, unit: WeightUnit, today: Sequence[SetEntry], last_time: Sequence[SetEntry]
) -> LineContext:
    """What a typed line is read against: the last working set of today, else of last time."""
    working = [entry for entry in (*last_time, *today) if entry.kind is not SetKind.WARM_UP]
    weight: Weight | None = working[-1].weight if working else None
    return LineContext(measure, unit, weight, working[-1].clean_reps if working else None)


async def read_card(session: ReadSession, user: User) -> Card | None:
    """The lifter's card; None if no workout is open."""
    workout = await workouts.open_workout(session, user.id)
    return None if workout is None else await card_of(session, user, workout)


async def card_of(session: ReadSession, user: User, workout: Workout) -> Card:
    """The card of this open workout of this lifter."""
    executions = await workouts.executions(session, workout.id)
    totals = await workouts.totals(session, workout.id)
    rest = await rests.running(session, user.id)
    current = current_execution(executions)
    return Card(
        workout_id=workout.id,
        revision=workout.revision,
        title=workout.title,
        started_at=workout.started_at,
        unit=unit_of(user),
        sets=totals.sets,
        exercises=len(executions),
        volume_mg=totals.volume_mg,
        current=None if current is None else await current_exercise(session, user, current),
        rest_until=None if rest is None else rest.due_at,
        place=CardPlace(workout.card_message_id, workout.messages_below),
    )


def current_execution(executions: Sequence[ExerciseExecution]) -> ExerciseExecution | None:
    """The execution that was focused last."""
    return max(executions, key=lambda execution: (execution.focused_at, execution.position), default=None)


def unit_of(user: User) -> WeightUnit:
    """The lifter's unit; kg while they haven't chosen."""
    return user.unit or WeightUnit.KG


async def current_exercise(session: ReadSession, user: User, execution: ExerciseExecution) -> CurrentExercise:
    """The exercise that is being logged, as the card shows it."""
    exercise = execution.exercise
    today = tuple(row.entry for row in await workouts.sets_of(session, execution.id))
    last = await read_last_time(session, user.id, exercise.id)
    return CurrentExercise(
        execution_id=execution.id,
        name=exercise.name,
        measure=exercise.measure,
        unit=unit_of(user),
        place=execution.position + 1,
        today=today,
        last_time=last,
        suggestion=suggest(today, () if last is None else last.sets),
    )


async def read_last_time(session: ReadSession, user_id: int, exercise_id: int) -> LastTime | None:
    """How the exercise went last time; None if it never did."""
    last = await workouts.last_performance(session, user_id, exercise_id)
    return None if last is None else LastTime(last[0], tuple(row.entry for row in last[1]))
