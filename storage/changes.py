"""What a lifter changed last, kept with the rows as they were, so that it can be taken back.

`recording` watches what the session flushes and writes one change in the same transaction. That sees what goes through
the ORM only: a bulk statement on these tables would pass it by.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, delete, event, inspect, select
from sqlalchemy.orm import InstanceState, Session, UOWTransaction

from storage.columns import HalfSteps, UtcDateTime
from storage.database import ReadSession, WriteSession
from storage.models import (
    Base,
    Change,
    Exercise,
    ExerciseAlias,
    ExerciseExecution,
    ExercisePreference,
    Set,
    Target,
    Workout,
)
from storage.values.change import ChangeKind

_RECORDED: dict[str, type[Base]] = {
    model.__tablename__: model
    for model in (Exercise, ExerciseAlias, ExercisePreference, Workout, ExerciseExecution, Set, Target)
}
"""Parents before children: that is the order in which rows come back."""

_NOT_THE_LIFTERS_DOING = {"revision", "card_message_id", "messages_below"}
"""Columns of a workout that say how it is shown."""

Key = tuple[int, ...]


@asynccontextmanager
async def recording(session: WriteSession, user_id: int, kind: ChangeKind, now: datetime) -> AsyncIterator[None]:
    """What is flushed within the block is one change of this lifter; nothing is written if nothing changed."""
    recorder = _Recorder()
    event.listen(session.sync_session, "before_flush", recorder.before_flush)
    event.listen(session.sync_session, "after_flush", recorder.after_flush)
    try:
        yield
        await session.flush()
    finally:
        event.remove(session.sync_session, "before_flush", recorder.before_flush)
        event.remove(session.sync_session, "after_flush", recorder.after_flush)
    if rows := recorder.rows():
        session.add(Change(user_id=user_id, kind=kind, made_at=now, rows=rows))
        await session.flush()


async def latest(session: ReadSession, user_id: int) -> Change | None:
    """The lifter's last change that hasn't been taken back."""
    query = select(Change).where(Change.user_id == user_id).order_by(Change.id.desc()).limit(1)
    if isinstance(session, WriteSession):
        query = query.with_for_update()
    return await session.scalar(query)


async def take_back(session: WriteSession, change: Change) -> None:
    """Puts every row back as it was before the change, and forgets the change.

    Raises IntegrityError if what a row refers to is gone, or if its place is taken.
    """
    made = [row for row in change.rows if row["was"] is None]
    # Places are unique, so a row may come back only when whatever the change put there has left.
    for row in sorted(made, key=lambda row: -_order(row)):
        await _remove(session, row)
    await session.flush()
    kept = sorted((row for row in change.rows if row["was"] is not None), key=_order)
    for row in kept:
        await _make_way(session, row)
    await session.flush()
    for row in kept:
        await _restore(session, row)
        await session.flush()
    await session.delete(change)
    await session.flush()


async def forget(session: WriteSession, user_id: int, before: datetime) -> None:
    """Forgets the lifter's changes made before that time: nobody takes back what is so long ago."""
    await session.execute(delete(Change).where(Change.user_id == user_id, Change.made_at < before))


class _Recorder:
    """Keeps for each row what it was when the change began."""

    def __init__(self) -> None:
        self._was: dict[tuple[str, Key], dict[str, Any] | None] = {}
        self._gone: set[tuple[str, Key]] = set()

    def before_flush(self, session: Session, _: UOWTransaction, __: Any) -> None:
        for instance in (*session.dirty, *session.deleted):
            if _is_recorded(instance) and (instance in session.deleted or session.is_modified(instance)):
                self._was.setdefault(_name(instance), _committed(instance))
        self._gone |= {_name(instance) for instance in session.deleted if _is_recorded(instance)}

    def after_flush(self, session: Session, _: UOWTransaction) -> None:
        for instance in session.new:
            if _is_recorded(instance):
                self._was.setdefault(_name(instance), None)

    def rows(self) -> list[dict[str, Any]]:
        """What was touched, without rows that came and went within the change."""
        return [
            {"table": table, "key": list(key), "was": was}
            for (table, key), was in self._was.items()
            if was is not None or (table, key) not in self._gone
        ]


def _is_recorded(instance: object) -> bool:
    return isinstance(instance, tuple(_RECORDED.values()))


def _name(instance: Any) -> tuple[str, Key]:
    model = type(instance)
    return model.__tablename__, tuple(getattr(instance, column.name) for column in model.__table__.primary_key)


def _columns(model: type[Base]) -> Iterator[Column[Any]]:
    for column in model.__table__.columns:
        if column.name not in _NOT_THE_LIFTERS_DOING:
            yield column  # type: ignore[misc] # a table's columns are Columns


def _committed(instance: Any) -> dict[str, Any]:
    """The row as the database has it before this flush."""
    state: InstanceState[Any] = inspect(instance)
    row = {}
    for column in _columns(type(instance)):
        history = state.attrs[column.name].history
        value = history.deleted[0] if history.deleted else getattr(instance, column.name)
        row[column.name] = _plain(value)
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return str(value) if isinstance(value, Decimal) else value


def _value(column: Column[Any], plain: Any) -> Any:
    if plain is None:
        return None
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(plain)
    if isinstance(column.type, HalfSteps):
        return Decimal(plain)
    enum_class = getattr(column.type, "enum_class", None)
    return plain if enum_class is None else enum_class(plain)


def _order(row: dict[str, Any]) -> int:
    return list(_RECORDED).index(row["table"])


async def _present(session: WriteSession, row: dict[str, Any]) -> Any:
    key = row["key"]
    return await session.get(_RECORDED[row["table"]], tuple(key) if len(key) > 1 else key[0], populate_existing=True)


async def _remove(session: WriteSession, row: dict[str, Any]) -> None:
    if (instance := await _present(session, row)) is not None:
        await session.delete(instance)


async def _make_way(session: WriteSession, row: dict[str, Any]) -> None:
    """Rows that change places would meet on the way: each leaves its place first."""
    instance = await _present(session, row)
    if instance is not None and "position" in row["was"]:
        instance.position = -1 - instance.position


async def _restore(session: WriteSession, row: dict[str, Any]) -> None:
    model = _RECORDED[row["table"]]
    values = {column.name: _value(column, row["was"][column.name]) for column in _columns(model)}
    instance = await _present(session, row)
    if instance is None:
        session.add(model(**values))
    else:
        for name, value in values.items():
            setattr(instance, name, value)
