"""Images of rows: what they were before a change, and what it left of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import Connection, Table, inspect, select, tuple_

from storage.columns import HalfSteps, UtcDateTime
from storage.models import (
    Base,
    Exercise,
    ExerciseAlias,
    ExerciseExecution,
    ExercisePreference,
    PrivateAlias,
    Set,
    Target,
    Workout,
)

RECORDED: dict[str, type[Base]] = {
    model.__tablename__: model
    for model in (Exercise, ExerciseAlias, ExercisePreference, PrivateAlias, Workout, ExerciseExecution, Set, Target)
}
"""The tables with images, parents before children: that is the order in which rows come back."""

SHOWING = frozenset({"revision", "card_message_id", "messages_below", "focused_at", "turned"})
"""Columns that say how a workout is shown: changing them is no change to take back."""

_AT_ONCE = 500
"""How many rows one query looks for."""

Key = tuple[int, ...]
Image = dict[str, Any]
ImageRow = dict[str, Any]
"""`{"table": …, "key": […], "was": {column: value} | None, "is": {column: value} | None}`.

`was` is the whole row, None for one that the change made. `is` has the columns that the change wrote, None for a row
that it removed. What was recorded before there was an `is` has none.
"""


def image_of(connection: Connection, instance: Base) -> Image:
    """The row as it is in the database, whatever is about to be written to it."""
    attributes, image = inspect(instance).attrs, {}
    for column in table_of(type(instance)).columns:
        history = attributes[column.name].history
        if not (known := history.deleted or history.unchanged):
            return _read(connection, instance)
        image[column.name] = _plain(known[0])
    return image


def image_of_new(instance: Base) -> Image:
    """The row that was just inserted."""
    written = inspect(instance).dict
    return {column.name: _plain(written.get(column.name)) for column in table_of(type(instance)).columns}


def written_to(instance: Base) -> Image:
    """What is about to be written to the row, but for how it is shown."""
    attributes = inspect(instance).attrs
    names = [column.name for column in table_of(type(instance)).columns if column.name not in SHOWING]
    return {name: _plain(attributes[name].value) for name in names if attributes[name].history.has_changes()}


def values_of(table: str, image: Image) -> dict[str, Any]:
    """What the columns in the image held."""
    columns = table_of(RECORDED[table]).columns
    return {name: _value(columns[name].type, plain) for name, plain in image.items()}


def table_of(model: type[Base]) -> Table:
    """The table of a model."""
    return cast("Table", model.__table__)


def portions(keys: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """The keys, as many at a time as one query looks for."""
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))


def _read(connection: Connection, instance: Base) -> Image:
    table, state = table_of(type(instance)), inspect(instance)
    query = select(table).where(tuple_(*table.primary_key.columns).in_([tuple(state.identity or ())]))
    return {name: _plain(value) for name, value in connection.execute(query).mappings().one().items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return str(value) if isinstance(value, Decimal) else value


def _value(kind: object, plain: Any) -> Any:
    if plain is None:
        return None
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(plain)
    if isinstance(kind, HalfSteps):
        return Decimal(plain)
    enum_class = getattr(kind, "enum_class", None)
    return plain if enum_class is None else enum_class(plain)
