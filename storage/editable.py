"""Workouts as they are edited: held until the commit, whole, their rows put in order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from storage import workouts
from storage.database import WriteSession
from storage.models import ExerciseExecution, Set, Workout


@dataclass(frozen=True, slots=True)
class Whose:
    """Names a workout, by its own id or by that of something in it: exactly one is given.

    `message_id` is the lifter's message in which sets of it were typed.
    """

    workout_id: int | None = None
    execution_id: int | None = None
    set_id: int | None = None
    message_id: int | None = None


async def workout(session: WriteSession, user_id: int, of: Whose) -> Workout | None:
    """The lifter's workout that has this in it, with all that is under it; None if there is none, also a stranger's.

    The row is locked before the rest is read, so that edits of one workout follow one another.
    """
    return await session.scalar(workouts.whole(user_id, _is(of)).with_for_update())


async def settle(session: WriteSession, orders: Iterable[Sequence[Set | ExerciseExecution]]) -> None:
    """Gives the rows of each parent the places 0, 1, … in their order, and writes whatever is pending."""
    moving = [(place, row) for rows in orders for place, row in enumerate(rows) if row.position != place]
    # Places are unique at every moment, so each row leaves its old one before any takes its new one.
    for place, row in moving:
        row.position = -1 - place
    await session.flush()
    for place, row in moving:
        row.position = place
    await session.flush()


async def close_gaps(session: WriteSession, user_id: int, workout_ids: Collection[int]) -> None:
    """Settles the executions and sets of these workouts of the lifter's, from which rows may have gone."""
    whole = workouts.whole(user_id, Workout.id.in_(workout_ids)).order_by(Workout.id)
    orders: list[Sequence[Set | ExerciseExecution]] = []
    for workout in await session.scalars(whole.execution_options(populate_existing=True)):
        orders += [workout.executions, *(execution.sets for execution in workout.executions)]
    await settle(session, orders)


def _is(of: Whose) -> ColumnElement[bool]:
    if of.workout_id is not None:
        return Workout.id == of.workout_id
    executions = select(ExerciseExecution.workout_id)
    if of.execution_id is not None:
        return Workout.id.in_(executions.where(ExerciseExecution.id == of.execution_id))
    named = Set.message_id == of.message_id if of.set_id is None else Set.id == of.set_id
    return Workout.id.in_(executions.join(Set, Set.execution_id == ExerciseExecution.id).where(named))
