"""Queries that take a lifter's data away, in steps that each fit into a short transaction."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Text, case, cast, func, not_, or_, select, update
from sqlalchemy.orm import selectinload

from storage import audit, remnants, workouts
from storage.database import ReadSession, WriteSession
from storage.forgetting import forget_lifter
from storage.models import WAITS, Exercise, ExerciseExecution, JournalRow, Proposal, Set, User, Workout
from storage.values.chat import NOBODY, JournalStatus
from storage.values.proposal import ProposalState


async def count_exercises(session: ReadSession, user_id: int) -> int:
    """How many exercises of their own the lifter has."""
    return await session.scalar(select(func.count()).select_from(Exercise).where(Exercise.user_id == user_id)) or 0


async def count_sets(session: ReadSession, user_id: int) -> int:
    """How many sets the lifter has logged."""
    logged = select(func.count()).select_from(Set).join(ExerciseExecution, Set.execution_id == ExerciseExecution.id)
    return await session.scalar(logged.where(ExerciseExecution.user_id == user_id)) or 0


async def count_given(session: ReadSession, user_id: int) -> int:
    """How many exercises everybody sees because this lifter has proposed them."""
    given = select(func.count()).select_from(Proposal).where(Proposal.user_id == user_id)
    return await session.scalar(given.where(Proposal.state == ProposalState.ACCEPTED)) or 0


async def mark(session: WriteSession, user_id: int, now: datetime) -> None:
    """Remembers since when the lifter is on the way out."""
    staying = update(User).where(User.id == user_id, User.leaving_since.is_(None))
    await session.execute(staying.values(leaving_since=now))


async def marked(session: ReadSession) -> Sequence[int]:
    """The lifters who are on the way out."""
    query = select(User.id).where(User.leaving_since.is_not(None)).order_by(User.leaving_since, User.id)
    return (await session.scalars(query)).all()


async def delete_a_workout(session: WriteSession, user_id: int) -> bool:
    """Deletes one of the lifter's workouts with everything under it; whether there was one."""
    workout = await session.scalar(workouts.whole(user_id).order_by(Workout.started_at).limit(1))
    if workout is not None:
        await session.delete(workout)
    return workout is not None


async def delete_an_exercise(session: WriteSession, user_id: int) -> bool:
    """Deletes one of the lifter's own exercises, which no workout may refer to any more; whether there was one."""
    query = select(Exercise).where(Exercise.user_id == user_id).limit(1).options(selectinload(Exercise.aliases))
    exercise = await session.scalar(query)
    if exercise is not None:
        await session.delete(exercise)
    return exercise is not None


async def delete_user(session: WriteSession, user_id: int) -> None:
    """Deletes the lifter's row, with which preferences, changes, rests, timers, watches, reminders and more go.

    What others keep that names them, the record of what admins did and changes that can be taken back, names them no
    more.
    """
    await forget_lifter(session, user_id)
    await audit.forget(session, user_id)
    user = await session.get(User, user_id)
    if user is not None:
        await session.delete(user)
    await session.flush()
    await remnants.note(session)


async def last_update(session: ReadSession) -> int:
    """The id of the journal's newest row; 0 if there is none."""
    return await session.scalar(select(func.max(JournalRow.id))) or 0


async def updates_naming(session: ReadSession, user_id: int, ids: range) -> Sequence[int]:
    """Those of these journal rows that are the lifter's, or that say their id, and for which nothing is left to do."""
    journal, said = JournalRow.__table__.c, cast(JournalRow.payload, Text).contains(str(user_id))
    query = select(journal.id, journal.user_id, journal.payload).where(
        journal.id.between(ids.start, ids.stop - 1), not_(WAITS), or_(journal.user_id == user_id, said)
    )
    found = await session.execute(query)
    return [row_id for row_id, owner, payload in found if owner == user_id or _says(payload, user_id)]


async def forget_updates(session: WriteSession, user_id: int, journal_ids: Collection[int]) -> None:
    """Empties these journal rows, and takes the lifter's name off their own.

    The rows stay, so that none is taken for a new one. Nobody asks any more about what was set aside.
    """
    these = JournalRow.id.in_(journal_ids)
    await session.execute(update(JournalRow).where(these).values(payload={}))
    await session.execute(update(JournalRow).where(these, JournalRow.user_id == user_id).values(_NOBODYS))


async def close_for_good(session: WriteSession, journal_ids: Collection[int]) -> None:
    """Takes everything off rows that were just closed which says whose they were."""
    await session.execute(update(JournalRow).where(JournalRow.id.in_(journal_ids)).values({"payload": {}, **_NOBODYS}))


async def empty_applied(session: WriteSession, user_id: int) -> None:
    """Forgets what the lifter's updates said that only have to be answered."""
    applied = (JournalRow.user_id == user_id, JournalRow.status == JournalStatus.APPLIED)
    await session.execute(update(JournalRow).where(*applied).values(payload={}))


_ASKED_ABOUT = (JournalStatus.SET_ASIDE, JournalStatus.UNREADABLE)

_NOBODYS = {
    "user_id": NOBODY,
    "owed": None,
    "status": case((JournalRow.status.in_(_ASKED_ABOUT), JournalStatus.DONE), else_=JournalRow.status),
}


def _says(value: Any, lifter_id: int) -> bool:
    """Whether the id stands anywhere in what a JSON document holds."""
    if isinstance(value, dict):
        return any(_says(part, lifter_id) for part in value.values())
    if isinstance(value, list):
        return any(_says(part, lifter_id) for part in value)
    if isinstance(value, str):
        return re.search(rf"(?<!\d){lifter_id}(?!\d)", value) is not None
    return type(value) is int and value == lifter_id
