"""What must hold of the data of lifters for whom nothing is left to be done, whatever they did."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select, text
from sqlalchemy.orm import selectinload

from handlers.conversation import Step
from storage.database import Database, ReadSession
from storage.models import (
    Exercise,
    ExerciseExecution,
    ExercisePreference,
    IdleWatch,
    JournalRow,
    Paste,
    RestTimer,
    Set,
    Target,
    User,
    Workout,
)
from storage.values.chat import JournalStatus, RestState

Messages = Mapping[int, Collection[int]]
"""For each lifter the ids of all messages that ever were in their chat."""


async def wrongs(database: Database, messages: Messages) -> list[str]:
    """What is wrong with the data of these lifters, in words."""
    lifters = list(messages)
    async with database.reading() as session:
        rows = await session.scalars(select(JournalRow).where(JournalRow.user_id.in_(lifters)))
        users = await session.scalars(select(User).where(User.id.in_(lifters)))
        return [
            *(wrong for row in rows for wrong in _in_journal(row)),
            *(wrong for user in users for wrong in _in_conversation(user)),
            *_in_workouts(await _workouts(session, lifters), messages),
            *_in_timers(await _timers(session, lifters)),
            *await _dangling(session),
        ]


async def belongings(database: Database, lifter_id: int) -> list[Sequence[Row[Any]]]:
    """Everything of a lifter's that a stranger could wish to change."""
    own = select(ExerciseExecution.id).where(ExerciseExecution.user_id == lifter_id)
    tables = [
        (User, User.id == lifter_id),
        *((owned, owned.user_id == lifter_id) for owned in (Workout, ExerciseExecution, Exercise, RestTimer, Paste)),
        (ExercisePreference, ExercisePreference.user_id == lifter_id),
        *((part, part.execution_id.in_(own)) for part in (Set, Target)),
    ]
    async with database.reading() as session:
        return [
            (await session.execute(select(model.__table__).where(theirs).order_by(*model.__table__.primary_key))).all()
            for model, theirs in tables
        ]


def _in_journal(row: JournalRow) -> Iterator[str]:
    if row.status is not JournalStatus.DONE:
        yield f"journal row {row.id} is {row.status}"


def _in_conversation(user: User) -> Iterator[str]:
    if user.step is not None and user.step.partition(":")[0] not in set(Step):
        yield f"lifter {user.id} stands at {user.step!r}"


async def _workouts(session: ReadSession, lifters: Collection[int]) -> Sequence[Workout]:
    parts = selectinload(Workout.executions)
    loading = (parts.selectinload(part) for part in (ExerciseExecution.sets, ExerciseExecution.targets))
    whole = select(Workout).where(Workout.user_id.in_(lifters)).options(*loading)
    return (await session.scalars(whole.options(parts.selectinload(ExerciseExecution.exercise)))).all()


def _in_workouts(workouts: Sequence[Workout], messages: Messages) -> Iterator[str]:
    for lifter_id in messages:
        if sum(workout.user_id == lifter_id and workout.finished_at is None for workout in workouts) > 1:
            yield f"lifter {lifter_id} has several open workouts"
    for workout in workouts:
        owner, name = workout.user_id, f"workout {workout.id}"
        if workout.card_message_id is not None and workout.card_message_id not in messages[owner]:
            yield f"the card of {name} is none of the messages in its lifter's chat"
        yield from _unless_dense(f"the executions of {name}", workout.executions)
        for done in workout.executions:
            yield from _in_execution(done, owner, messages[owner])


def _in_execution(done: ExerciseExecution, owner: int, chat: Collection[int]) -> Iterator[str]:
    name = f"execution {done.id}"
    if done.user_id != owner:
        yield f"{name} stands in a stranger's workout"
    if done.exercise.user_id not in {None, owner}:
        yield f"{name} is of a stranger's exercise"
    yield from _unless_dense(f"the sets of {name}", done.sets)
    yield from _unless_dense(f"the targets of {name}", done.targets)
    for one in done.sets:
        if one.message_id is not None and one.message_id not in chat:
            yield f"set {one.id} was typed in a message that its lifter never sent"


def _unless_dense(name: str, rows: Sequence[ExerciseExecution] | Sequence[Set] | Sequence[Target]) -> Iterator[str]:
    positions = [row.position for row in rows]
    if positions != list(range(len(rows))):
        yield f"{name} stand at {positions}"


async def _timers(session: ReadSession, lifters: Collection[int]) -> Sequence[Row[RestTimer | IdleWatch, Workout]]:
    """What counts, each with its workout."""
    rests = select(RestTimer, Workout).join(Workout, Workout.id == RestTimer.workout_id)
    watches = select(IdleWatch, Workout).join(Workout, Workout.id == IdleWatch.workout_id)
    return [
        *await session.execute(rests.where(RestTimer.user_id.in_(lifters))),
        *await session.execute(watches.where(IdleWatch.user_id.in_(lifters))),
    ]


def _in_timers(timers: Sequence[Row[RestTimer | IdleWatch, Workout]]) -> Iterator[str]:
    for timer, workout in timers:
        name = f"{timer.__tablename__} {timer.id}"
        if timer.user_id != workout.user_id:
            yield f"{name} counts for a stranger's workout"
        if timer.state is RestState.RUNNING and workout.finished_at is not None:
            yield f"{name} runs though its workout is over"


async def _dangling(session: ReadSession) -> list[str]:
    """PostgreSQL lets no key dangle; SQLite is asked."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    return [f"a key dangles: {tuple(row)}" for row in await session.execute(text("PRAGMA foreign_key_check"))]
