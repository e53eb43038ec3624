"""Queries on the messages that sets were typed in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from storage.database import ReadSession
from storage.models import Change, ExerciseExecution, Set, Workout


async def last_set_in(session: ReadSession, user_id: int, message_id: int) -> tuple[int, Workout] | None:
    """The last of the sets that this message of the lifter's has logged, and the workout that it is in."""
    query = (
        select(Set.id, Workout)
        .join(ExerciseExecution, Set.execution_id == ExerciseExecution.id)
        .join(Workout, ExerciseExecution.workout_id == Workout.id)
        .where(ExerciseExecution.user_id == user_id, Set.message_id == message_id)
        .order_by(ExerciseExecution.workout_id.desc(), ExerciseExecution.position.desc(), Set.position.desc())
    )
    found = (await session.execute(query.limit(1))).one_or_none()
    return None if found is None else (found[0], found[1])


async def said_before(session: ReadSession, user_id: int, message_id: int, since: datetime) -> frozenset[int]:
    """The sets that this message had said until, since that time, another one said them anew; some may be gone."""
    query = select(Change.rows).where(Change.user_id == user_id, Change.made_at >= since)
    return frozenset(
        row["key"][0]
        for rows in await session.scalars(query)
        for row in rows
        if row["table"] == Set.__tablename__
        and (row["was"] or {}).get("message_id") == message_id
        and "message_id" in (row.get("is") or {})
    )
