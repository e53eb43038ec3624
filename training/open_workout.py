"""Changing the open workout inside a transaction: the steps that workouts and the notebook are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import lifters, performing, rests, timers, workouts
from storage.changes import Recording
from storage.database import ReadSession, WriteSession
from storage.models import Exercise, ExerciseExecution, ExercisePreference, RestHabit, Set, User
from storage.values.change import ChangeKind
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind
from training.card import Card, OpenWorkout, card_of, read_open
from training.errors import InvalidValueError, StaleButtonError, UnitNotChosenError
from training.fitting import check_set
from training.limits import MOST_EXECUTIONS, MOST_SETS
from training.preferring import rest_after
from training.records import Record
from training.rest_habits import noted
from training.rest_lengths import WARNED_FROM
from training.supersets import Turn, planned_kind, turn_after
from training.timer_plan import TIMED


@dataclass(frozen=True, slots=True)
class RestMessage:
    """A rest-over message that has done its work and should leave the chat."""

    timer_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Logged:
    """Sets were logged: the card as it is now, the records that each breaks, and what should leave the chat.

    `name` and `measure` are the exercise's, which in a superset isn't the current one any more.
    """

    card: Card
    name: str
    measure: Measure
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
    focused_at = focus_time(opened, now)
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
    """Adds the sets, at least one, to the current exercise, which there must be, and goes on after the last.

    `said_in` has for each the lifter's message that says it. Raises InvalidSetError, and InvalidValueError if they are
    too many.
    """
    execution = opened.current
    assert execution is not None
    exercise = execution.exercise
    broken = await add_sets(session, opened, entries, now, said_in)
    outdated, rest_ends = await go_on(session, opened, entries[-1], now)
    return Logged(
        card=await card_of(session, opened, rest_ends),
        name=exercise.name,
        measure=exercise.measure,
        entries=tuple(entries),
        records=broken,
        outdated=outdated,
    )


async def add_sets(
    session: WriteSession,
    opened: OpenWorkout,
    entries: Sequence[SetEntry],
    now: datetime,
    said_in: Sequence[int | None],
) -> tuple[tuple[Record, ...], ...]:
    """Adds the sets to the current exercise, whose countdown ends; the records that each breaks. Raises as `log`."""
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
    if exercise.measure in TIMED:
        # What was being timed is done.
        await timers.end_sets(session, opened.user.id, now, execution_ids=[execution.id])
    opened.workout.revision += 1
    broken = await opened.records(session, exercise.id)
    return tuple(broken[row] for row in rows)


async def go_on(
    session: WriteSession, opened: OpenWorkout, entry: SetEntry, now: datetime
) -> tuple[tuple[RestMessage, ...], datetime | None]:
    """What follows this set of the current exercise: the rest, in a superset once the round is over, and whose turn
    it is there. What should leave the chat, and when the rest ends.
    """
    execution = opened.current
    assert execution is not None
    outdated = await use_rests(session, opened)
    before = planned_kind(execution)
    stays = entry.kind is SetKind.WARM_UP or before is SetKind.DROP
    turn = Turn(execution, is_round_over=True) if stays else turn_after(opened.executions, execution)
    rest_ends = await _start_rest(session, opened, execution, entry, now, before) if turn.is_round_over else None
    if turn.next is not execution:
        turn.next.focused_at = focus_time(opened, now)
    await session.flush()
    return outdated, rest_ends


async def use_rests(session: WriteSession, opened: OpenWorkout) -> tuple[RestMessage, ...]:
    """Ends the lifter's rest since the next set has come: it was as long as they wanted. What should leave the chat."""
    ended = await rests.end_all(session, opened.user.id)
    _note_habit(session, opened, ended.latest)
    return rest_messages(ended.told)


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
    ended = await rests.end_all(session, lifter_id, execution_ids=execution_ids, since=since)
    return rest_messages(ended.told)


async def start_rest(  # noqa: PLR0913 -- whose, after what, how long, and what it says of its lifter's habits
    session: WriteSession,
    opened: OpenWorkout,
    execution_id: int,
    now: datetime,
    rest: timedelta,
    *,
    planned: int | None,
    wanted: int | None = None,
) -> datetime:
    """Starts a rest after a set of this execution; no other may run. When it ends.

    `planned` is how many seconds it lasts by itself, None if nothing follows from its length; `wanted` is what it has
    come to altogether, if that isn't its length.
    """
    if planned is not None and wanted is None:
        wanted = int(rest.total_seconds())
    due_at = now + rest
    await rests.start(
        session,
        opened.user.id,
        workout_id=opened.workout.id,
        execution_id=execution_id,
        started_at=now,
        due_at=due_at,
        planned=planned,
        wanted=wanted,
        warns=opened.user.warns_of_rest and rest >= WARNED_FROM,
    )
    return due_at


async def rest_leftovers(session: ReadSession, lifter_id: int) -> tuple[RestMessage, ...]:
    """The messages of ended rests that should have left the chat before."""
    return rest_messages(await rests.leftover(session, lifter_id))


def focus_time(opened: OpenWorkout, now: datetime) -> datetime:
    """Later than every focus before: clocks of two replicas may differ, but what was focused last stays the latest."""
    current = opened.current
    return now if current is None else max(now, current.focused_at + timedelta(microseconds=1))


def turn_to(opened: OpenWorkout, execution_id: int, now: datetime) -> None:
    """Makes the execution the current one. Raises StaleButtonError if the workout doesn't have it."""
    wanted = opened.execution(execution_id)
    if wanted is None:
        raise StaleButtonError
    if wanted is not opened.current:
        wanted.focused_at = focus_time(opened, now)


def rest_messages(told: Iterable[rests.Told]) -> tuple[RestMessage, ...]:
    return tuple(RestMessage(rest.timer_id, rest.message_id) for rest in told)


def _note_habit(session: WriteSession, opened: OpenWorkout, lasted: rests.Lasted | None) -> None:
    """The next set has come: the rest before it was what its lifter wanted."""
    execution = None if lasted is None else opened.execution(lasted.execution_id)
    if lasted is None or execution is None:
        return
    known = opened.habits[execution.exercise_id]
    habit = noted(known, lasted, opened.user.id, execution.exercise_id)
    if habit is not None and known is None:
        session.add(habit)
        opened.habits[execution.exercise_id] = habit


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
    opened.habits[exercise.id] = await session.get(RestHabit, (opened.user.id, exercise.id))


async def _start_rest(  # noqa: PLR0913, PLR0917 -- the set, what it stands in, and what is planned after it
    session: WriteSession,
    opened: OpenWorkout,
    execution: ExerciseExecution,
    entry: SetEntry,
    now: datetime,
    before: SetKind | None,
) -> datetime | None:
    preference = opened.preferences[execution.exercise_id]
    seconds = rest_after(opened.user, execution.exercise, preference, entry.kind, before=before)
    if not seconds:
        return None
    says_nothing = entry.kind is SetKind.WARM_UP or before is SetKind.DROP
    planned = None if says_nothing else seconds
    return await start_rest(session, opened, execution.id, now, timedelta(seconds=seconds), planned=planned)
