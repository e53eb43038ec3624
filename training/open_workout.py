"""Changing the open workout inside a transaction: the steps that workouts and the notebook are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import lifters, rests, workouts
from storage.database import ReadSession, WriteSession
from storage.models import Exercise, ExerciseExecution, RestTimer, Set, User, Workout
from storage.values.chat import RestState
from storage.values.lifted import SetEntry, SetKind
from training.card import Card, card_of, current_execution
from training.errors import NoOpenWorkoutError, StaleButtonError, UnitNotChosenError


@dataclass(frozen=True, slots=True)
class RestMessage:
    """A rest-over message that has done its work and should leave the chat."""

    timer_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Logged:
    """Sets were logged: the card as it is now, and what should leave the chat."""

    card: Card
    entries: tuple[SetEntry, ...]
    outdated: tuple[RestMessage, ...]


async def ready_lifter(session: WriteSession, lifter_id: int) -> User:
    """The lifter who is about to train. Raises UnitNotChosenError."""
    user = await lifters.by_id(session, lifter_id)
    if user.unit is None:
        raise UnitNotChosenError
    return user


async def required_workout(session: WriteSession, lifter_id: int) -> Workout:
    """The open workout, held until the commit. Raises NoOpenWorkoutError."""
    workout = await workouts.open_workout(session, lifter_id)
    if workout is None:
        raise NoOpenWorkoutError
    return workout


async def workout_at(session: WriteSession, lifter_id: int, workout_id: int, revision: int) -> Workout:
    """The open workout, if it still is as the pressed button showed it. Raises StaleButtonError."""
    workout = await workouts.open_workout(session, lifter_id)
    if workout is None or (workout.id, workout.revision) != (workout_id, revision):
        raise StaleButtonError
    return workout


async def focus_on(session: WriteSession, workout: Workout, exercise: Exercise, now: datetime) -> ExerciseExecution:
    """Makes the exercise the current one, adding it at the end if the workout doesn't have it yet."""
    executions = await workouts.executions(session, workout.id)
    current = current_execution(executions)
    if current is not None and current.exercise_id == exercise.id:
        return current
    execution = next((done for done in executions if done.exercise_id == exercise.id), None)
    if execution is None:
        position = executions[-1].position + 1 if executions else 0
        execution = ExerciseExecution(
            workout_id=workout.id, user_id=workout.user_id, exercise=exercise, position=position
        )
        session.add(execution)
    # Clocks of two replicas may differ, but what was focused last has to stay the latest.
    execution.focused_at = now if current is None else max(now, current.focused_at + timedelta(microseconds=1))
    workout.revision += 1
    await session.flush()
    return execution


async def log(  # noqa: PLR0913 -- a set belongs to all of these
    session: WriteSession,
    user: User,
    workout: Workout,
    execution: ExerciseExecution,
    *,
    entries: Sequence[SetEntry],
    now: datetime,
) -> Logged:
    """Adds the sets, at least one, at the end of the execution and starts the rest after the last."""
    done = await workouts.sets_of(session, execution.id)
    for position, entry in enumerate(entries, start=done[-1].position + 1 if done else 0):
        session.add(Set(execution_id=execution.id, position=position, logged_at=now, entry=entry))
    workout.revision += 1
    outdated = await _rest(session, user, execution, entries[-1], now)
    await session.flush()
    return Logged(await card_of(session, user, workout), tuple(entries), outdated)


async def end_rests(session: WriteSession, lifter_id: int) -> tuple[RestMessage, ...]:
    """Ends the lifter's rest; the messages that should leave the chat."""
    ended = await rests.end_all(session, lifter_id)
    return _rest_messages(ended)


async def rest_leftovers(session: ReadSession, lifter_id: int) -> tuple[RestMessage, ...]:
    """The messages of ended rests that should have left the chat before."""
    return _rest_messages(await rests.leftover(session, lifter_id))


def _rest_messages(timers: Iterable[RestTimer]) -> tuple[RestMessage, ...]:
    return tuple(RestMessage(timer.id, timer.message_id) for timer in timers if timer.message_id is not None)


async def _rest(
    session: WriteSession, user: User, execution: ExerciseExecution, entry: SetEntry, now: datetime
) -> tuple[RestMessage, ...]:
    outdated = await end_rests(session, user.id)
    default = execution.exercise.default_rest
    seconds = user.default_rest if default is None else default
    if seconds and entry.kind is not SetKind.WARM_UP:
        session.add(
            RestTimer(
                user_id=user.id,
                workout_id=execution.workout_id,
                execution_id=execution.id,
                started_at=now,
                due_at=now + timedelta(seconds=seconds),
                state=RestState.RUNNING,
            )
        )
    return outdated
