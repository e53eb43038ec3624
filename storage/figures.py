"""Queries that count what there is, for the host."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from storage.database import ReadSession
from storage.models import Base, Exercise, JournalRow, Set, User, Workout
from storage.values.chat import JournalStatus


async def lifters(session: ReadSession) -> int:
    """How many lifters there are, without those who are on the way out."""
    return await _count(session, User, User.leaving_since.is_(None))


async def active_since(session: ReadSession, moment: datetime) -> int:
    """How many lifters have begun a workout since then."""
    return await _distinct(session, Workout.user_id, Workout.started_at >= moment)


async def workouts(session: ReadSession) -> int:
    """How many workouts there are, open ones too."""
    return await _count(session, Workout)


async def sets(session: ReadSession) -> int:
    """How many sets were done."""
    return await _count(session, Set)


async def library(session: ReadSession, *, system: bool) -> int:
    """How many exercises can be picked: those that everybody sees, or those of all lifters' own."""
    owner = Exercise.user_id.is_(None) if system else Exercise.user_id.is_not(None)
    return await _count(session, Exercise, owner, Exercise.archived_at.is_(None), Exercise.merged_into_id.is_(None))


async def set_aside(session: ReadSession, bot_id: int) -> int:
    """How many updates of the bot's were set aside and not tried again."""
    return await _count(session, JournalRow, JournalRow.bot_id == bot_id, JournalRow.status == JournalStatus.SET_ASIDE)


async def _count(session: ReadSession, model: type[Base], *conditions: ColumnElement[bool]) -> int:
    return await session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


async def _distinct(session: ReadSession, column: InstrumentedAttribute[int], condition: ColumnElement[bool]) -> int:
    return await session.scalar(select(func.count(func.distinct(column))).where(condition)) or 0
