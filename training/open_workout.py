"""Changing the open workout inside a transaction: the steps that workouts and the notebook are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import lifters, performing, rests, workouts
from storage.changes import Recording
from storage.database import ReadSession, WriteSession
from storage.models import Exercise, ExerciseExecution, ExercisePreference, RestTimer, Set, User
from storage.values.change import ChangeKind
from storage.values.chat import RestState
from storage.values.lifted import SetEntry
from training.card import Card, OpenWorkout, card_of, read_open
from training.errors import InvalidValueError, StaleButtonError, UnitNotChosenError
from training.fitting import check_set
from training.limits import MOST_EXECUTIONS, MOST_SETS
from training.preferring import rest_after
from training.records import Record


@dataclass(frozen=True, slots=True)
class RestMessage:
    """A rest-over message that has done its work and should leave the chat."""

    timer_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Logged:
    """Sets were logged: the card as it is now, the records that each breaks, and what should leave the chat."""

    card: Card
    entries: tuple[SetEntry, ...]
    records: tuple[tuple[Record, ...], ...]
    outdated: tuple[RestMessage, ...]


async def ready_lifter(session: WriteSession, lifter_id: int) -> User:
    """The lifter who is about to train. Raises UnitNotChosenError."""
    user = await lifters.by_id(session, lifter_id)
    if user.unit is None:
        raise UnitNotChosenError
    return user


async def open_at(session: WriteSession, lifter_id: int, workout_id: int, revision: int) -> OpenWorkout:
    """The open workout, if it still is as the pressed button showed it. Raises StaleButtonError."""
    found = await performing.lifter_and_workout(session, lifter_id)
    if found is None or (found[1].id, found[1].revision) != (workout_id, revision):
        raise StaleButtonError
    return await read_open(session, *found)


async def open_or_start(session: WriteSession, user: User, now: datetime, change: Recording) -> OpenWorkout:
    """The open workout, started if there is none, which is then what the change is."""
    workout = await workouts.open_workout(session, user.id)
    if workout is None:
        change.kind = ChangeKind.STARTED
        workout = await workouts.start(session, user.id, now)
    return await read_open(session, user, workout)


async def focus_on(session: WriteSession, opened: OpenWorkout, exercise: Exercise, now: datetime) -> None:
    """Makes the exercise the current one, adding it at the end if the workout doesn't have it yet.

    Raises InvalidValueError if it is one too many.
    """
    current = opened.current
    if current is not None and current.exercise_id == exercise.id:
        return
    # Clocks of two replicas may differ, but what was focused last has to stay the latest.
    focused_at = now if current is None else max(now, current.focused_at + timedelta(microseconds=1))
    known = next((done for done in opened.executions if done.exercise_id == exercise.id), None)
    if known is None:
        if len(opened.executions) >= MOST_EXECUTIONS:
            raise InvalidValueError("exercises", MOST_EXECUTIONS)
        await _add(session, opened, exercise, focused_at)
    else:
        known.focused_at = focused_at
    opened.workout.revision += 1
    await session.flush()


async def log(
    session: WriteSession,
    opened: OpenWorkout,
    entries: Sequence[SetEntry],
    now: datetime,
    said_in: Sequence[int | None],
) -> Logged:
    """Adds the sets, at least one, to the current exercise, which there must be, and starts the rest after the last.

    `said_in` has for each the lifter's message that says it. Raises InvalidSetError, and InvalidValueError if they are
    too many.
    """
    broken = await add_sets(session, opened, entries, now, said_in)
    outdated, rest_ends = await begin_rest(session, opened, entries[-1], now)
    return Logged(
        card=await card_of(session, opened, rest_ends), entries=tuple(entries), records=broken, outdated=outdated
    )


async def add_sets(
    session: WriteSession,
    opened: OpenWorkout,
    entries: Sequence[SetEntry],
    now: datetime,
    said_in: Sequence[int | None],
) -> tuple[tuple[Record, ...], ...]:
    """Adds the sets to the current exercise; the records that each breaks. Raises as `log`."""
    execution = opened.current
    assert execution is not None
    exercise = execution.exercise
    if len(execution.sets) + len(entries) > MOST_SETS:
        raise InvalidValueError("sets", MOST_SETS)
    for entry in entries:
        check_set(entry, exercise.measure)
    position = execution.sets[-1].position + 1 if execution.sets else 0
    rows = [
        Set(position=place, logged_at=now, entry=entry, message_id=message_id)
        for place, (entry, message_id) in enumerate(zip(entries, said_in, strict=True), position)
    ]
    execution.sets.extend(rows)
    execution.turned = None
    opened.workout.revision += 1
    broken = await opened.records(session, exercise.id)
    return tuple(broken[row] for row in rows)


async def begin_rest(
    session: WriteSession, opened: OpenWorkout, entry: SetEntry, now: datetime
) -> tuple[tuple[RestMessage, ...], datetime | None]:
    """Starts the rest after this set of the current exercise; what should leave the chat, and when the rest ends."""
    execution = opened.current
    assert execution is not None
    outdated = await end_rests(session, opened.user.id)
    rest = _start_rest(session, opened, execution, entry, now)
    await session.flush()
    return outdated, None if rest is None else rest.due_at


async def end_rests(
    session: WriteSession,
    lifter_id: int,
    execution_ids: Collection[int] | None = None,
    *,
    since: datetime | None = None,
) -> tuple[RestMessage, ...]:
    """Ends the lifter's rest; the messages that should leave the chat.

    Only that of some executions, or one that was started since a time, if that is given.
    """
    return _rest_messages(await rests.end_all(session, lifter_id, execution_ids=execution_ids, since=since))


def start_rest(session: WriteSession, execution: ExerciseExecution, now: datetime, rest: timedelta) -> RestTimer:
    """Starts a rest after a set of this execution; no other may run."""
    timer = RestTimer(
        user_id=execution.user_id,
        workout_id=execution.workout_id,
        execution_id=execution.id,
        started_at=now,
        due_at=now + rest,
        state=RestState.RUNNING,
    )
    session.add(timer)
    return timer


async def rest_leftovers(session: ReadSession, lifter_id: int) -> tuple[RestMessage, ...]:
    """The messages of ended rests that should have left the chat before."""
    return _rest_messages(await rests.leftover(session, lifter_id))


def _rest_messages(told: Iterable[rests.Told]) -> tuple[RestMessage, ...]:
    return tuple(RestMessage(rest.timer_id, rest.message_id) for rest in told)


async def _add(session: WriteSession, opened: OpenWorkout, exercise: Exercise, focused_at: datetime) -> None:
    execution = ExerciseExecution(
        workout_id=opened.workout.id,
        user_id=opened.user.id,
        exercise=exercise,
        position=opened.executions[-1].position + 1 if opened.executions else 0,
        focused_at=focused_at,
        sets=[],
        targets=[],
    )
    session.add(execution)
    opened.executions.append(execution)
    opened.preferences[exercise.id] = await session.get(ExercisePreference, (opened.user.id, exercise.id))


def _start_rest(
    session: WriteSession, opened: OpenWorkout, execution: ExerciseExecution, entry: SetEntry, now: datetime
) -> RestTimer | None:
    preference = opened.preferences[execution.exercise_id]
    seconds = rest_after(opened.user, execution.exercise, preference, entry.kind)
    if not seconds:
        return None
    return start_rest(session, execution, now, timedelta(seconds=seconds))
