"""Rows as they were: taking images of them, and putting them back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import Column, Connection, Table, inspect, or_, select, tuple_

from storage.columns import HalfSteps, UtcDateTime
from storage.database import ReadSession, WriteSession
from storage.models import (
    Base,
    Exercise,
    ExerciseAlias,
    ExerciseExecution,
    ExercisePreference,
    Set,
    Target,
    Workout,
)

RECORDED: dict[str, type[Base]] = {
    model.__tablename__: model
    for model in (Exercise, ExerciseAlias, ExercisePreference, Workout, ExerciseExecution, Set, Target)
}
"""The tables with images, parents before children: that is the order in which rows come back."""

SHOWING = frozenset({"revision", "card_message_id", "messages_below", "focused_at"})
"""Columns that say how a workout is shown: changing them is no change to take back."""

_OF_A_CARD_LONG_GONE = frozenset({"card_message_id", "messages_below"})

_AT_ONCE = 500
"""How many rows one query looks for."""

Key = tuple[int, ...]
ImageRow = dict[str, Any]
"""`{"table": …, "key": […], "was": {column: value} | None}`, None for a row that the change made."""


def image_of(connection: Connection, instance: Base) -> dict[str, Any]:
    """The row as it is in the database, whatever is about to be written to it."""
    attributes, image = inspect(instance).attrs, {}
    for column in _table(type(instance)).columns:
        history = attributes[column.name].history
        if not (known := history.deleted or history.unchanged):
            return _read(connection, instance)
        image[column.name] = _plain(known[0])
    return image


async def put_back(session: WriteSession, rows: Sequence[ImageRow]) -> None:
    """Makes every row what its image says. Raises IntegrityError if what a row refers to is gone."""
    merged = await _merged(session, rows)
    lasting = [row for row in rows if not _is_of_merged(row, merged)]
    made = [row for row in lasting if row["was"] is None]
    kept = [row for row in lasting if row["was"] is not None]
    # Places are unique, so a row may come back only when whatever the change put there has left.
    for table in reversed(RECORDED):
        for instance in (await _present(session, table, made)).values():
            await session.delete(instance)
        await session.flush()
    for table in RECORDED:
        await _put_back(session, table, [row for row in kept if row["table"] == table], merged)


async def touches_system(session: ReadSession, rows: Sequence[ImageRow]) -> bool:
    """Whether the rows are, were or belong to exercises that everybody sees."""
    exercises = {row["key"][0] for row in rows if row["table"] == Exercise.__tablename__}
    aliases = {row["key"][0] for row in rows if row["table"] == ExerciseAlias.__tablename__}
    images = [row["was"] for row in rows if row["was"] is not None]
    exercises |= {image["exercise_id"] for image in images if "alias_key" in image}
    if any("name_key" in image and image["user_id"] is None for image in images):
        return True
    of_aliases = select(ExerciseAlias.exercise_id).where(ExerciseAlias.id.in_(aliases))
    system = select(Exercise.id).where(
        Exercise.user_id.is_(None), or_(Exercise.id.in_(exercises), Exercise.id.in_(of_aliases))
    )
    return bool(exercises or aliases) and await session.scalar(system.limit(1)) is not None


async def workouts_of(session: ReadSession, rows: Sequence[ImageRow]) -> frozenset[int]:
    """The workouts that the rows are or were part of."""
    sets, targets, executions, workouts = (
        {row["key"][0] for row in rows if row["table"] == model.__tablename__}
        for model in (Set, Target, ExerciseExecution, Workout)
    )
    images = [row["was"] for row in rows if row["was"] is not None]
    executions |= {image["execution_id"] for image in images if "execution_id" in image}
    workouts |= {image["workout_id"] for image in images if "workout_id" in image}
    for model, ids in ((Set, sets), (Target, targets)):
        for some in _portions(sorted(ids)):
            executions |= set(await session.scalars(select(model.execution_id).where(model.id.in_(some))))
    for some in _portions(sorted(executions)):
        found = select(ExerciseExecution.workout_id).where(ExerciseExecution.id.in_(some))
        workouts |= set(await session.scalars(found))
    return frozenset(workouts)


async def _put_back(session: WriteSession, table: str, rows: Sequence[ImageRow], merged: dict[int, int]) -> None:
    present = await _present(session, table, rows)
    # Rows that change places would meet on the way: each leaves its place first.
    for row in rows:
        instance = present.get(tuple(row["key"]))
        if instance is not None and "position" in row["was"] and instance.position != row["was"]["position"]:
            instance.position = -1 - instance.position
    await session.flush()
    model = RECORDED[table]
    for row in rows:
        values = {column.name: _value(column, row["was"][column.name]) for column in _table(model).columns}
        if "exercise_id" in values:
            values["exercise_id"] = merged.get(values["exercise_id"], values["exercise_id"])
        instance = present.get(tuple(row["key"]))
        if instance is None:
            session.add(model(**{name: value for name, value in values.items() if name not in _OF_A_CARD_LONG_GONE}))
        else:
            for name in values.keys() - SHOWING:
                setattr(instance, name, values[name])
    await session.flush()


async def _present(session: WriteSession, table: str, rows: Sequence[ImageRow]) -> dict[Key, Any]:
    """Those of the rows that are there, by their keys."""
    model = RECORDED[table]
    columns = _table(model).primary_key.columns
    keys = [tuple(row["key"]) for row in rows if row["table"] == table]
    found: dict[Key, Any] = {}
    for some in _portions(keys):
        query = select(model).where(tuple_(*columns).in_(some)).execution_options(populate_existing=True)
        for instance in await session.scalars(query):
            found[tuple(inspect(instance).identity or ())] = instance
    return found


async def _merged(session: WriteSession, rows: Iterable[ImageRow]) -> dict[int, int]:
    """For each exercise that the rows speak of and that was merged meanwhile, the one that it has become."""
    named = {row["key"][0] for row in rows if row["table"] == Exercise.__tablename__}
    named |= {row["was"]["exercise_id"] for row in rows if row["was"] is not None and "exercise_id" in row["was"]}
    named |= {row["key"][1] for row in rows if row["table"] == ExercisePreference.__tablename__}
    merged: dict[int, int] = {}
    while named:
        asked = select(Exercise.id, Exercise.merged_into_id)
        found = {
            one: into
            for some in _portions(sorted(named))
            for one, into in await session.execute(
                asked.where(Exercise.id.in_(some), Exercise.merged_into_id.is_not(None))
            )
            if into is not None
        }
        merged |= found
        named = set(found.values()) - merged.keys()
    return {one: _end(one, merged) for one in merged}


def _end(exercise_id: int, merged: dict[int, int]) -> int:
    while exercise_id in merged:
        exercise_id = merged[exercise_id]
    return exercise_id


def _is_of_merged(row: ImageRow, merged: dict[int, int]) -> bool:
    """Whether the row is a merged exercise itself or what a lifter preferred with it: both are settled since."""
    match row["table"]:
        case Exercise.__tablename__:
            return row["key"][0] in merged
        case ExercisePreference.__tablename__:
            return row["key"][1] in merged
        case _:
            return False


def _table(model: type[Base]) -> Table:
    return cast("Table", model.__table__)


def _read(connection: Connection, instance: Base) -> dict[str, Any]:
    table, state = _table(type(instance)), inspect(instance)
    query = select(table).where(tuple_(*table.primary_key.columns).in_([tuple(state.identity or ())]))
    return {name: _plain(value) for name, value in connection.execute(query).mappings().one().items()}


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


def _portions(keys: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))
