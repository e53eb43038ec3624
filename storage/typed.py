"""Queries on the messages that sets were typed in."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

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


class SaidAnew(NamedTuple):
    """Sets that two messages have said one after the other; some may be gone."""

    by_another: frozenset[int]
    """Which the message had said until another one said them anew."""
    by_itself: frozenset[int]
    """Which were there before the message first said them."""


async def said_anew(session: ReadSession, user_id: int, message_id: int, since: datetime) -> SaidAnew:
    """What was said anew, by this message or of what it says, since that time."""
    query = select(Change.rows).where(Change.user_id == user_id, Change.made_at >= since).order_by(Change.id)
    by_another, first_said = set[int](), dict[int, bool]()
    for rows in await session.scalars(query):
        for row in rows:
            set_id, was, now = row["key"][0], row["was"] or {}, row["is"] or {}
            if row["table"] != Set.__tablename__ or "message_id" not in now:
                continue
            if was.get("message_id") == message_id:
                by_another.add(set_id)
            if message_id in {was.get("message_id"), now["message_id"]}:
                first_said.setdefault(set_id, bool(was) and was.get("message_id") != message_id)
    return SaidAnew(frozenset(by_another), frozenset(set_id for set_id, anew in first_said.items() if anew))
