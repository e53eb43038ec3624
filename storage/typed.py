"""Queries on the messages that sets were typed in."""

from __future__ import annotations

from sqlalchemy import select

from storage.database import ReadSession
from storage.models import ExerciseExecution, Set


async def last_set_in(session: ReadSession, user_id: int, message_id: int) -> int | None:
    """The last of the sets that this message of the lifter's has logged."""
    query = (
        select(Set.id)
        .join(ExerciseExecution, Set.execution_id == ExerciseExecution.id)
        .where(ExerciseExecution.user_id == user_id, Set.message_id == message_id)
        .order_by(ExerciseExecution.workout_id.desc(), ExerciseExecution.position.desc(), Set.position.desc())
    )
    return await session.scalar(query.limit(1))
