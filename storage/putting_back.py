"""Putting rows back as they were, where they still are as the change left them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, inspect, select, tuple_
from sqlalchemy.orm import selectinload

from storage.database import WriteSession
from storage.images import RECORDED, SHOWING, ImageRow, Key, portions, table_of, values_of
from storage.models import Base, Exercise, ExerciseAlias, ExercisePreference

_LIBRARY = frozenset(model.__tablename__ for model in (Exercise, ExerciseAlias, ExercisePreference))

_OF_A_CARD_LONG_GONE = frozenset({"card_message_id", "messages_below"})

_NOT_COMPARED = SHOWING | {"finished_before"}
"""What is written outside of changes: how a workout is shown, and when one that undoing reopens had ended."""


class NotAsLeftError(Exception):
    """What the change left is not so any more, or what it needs is gone: it can't be taken back."""


async def put_back(session: WriteSession, user_id: int, rows: Sequence[ImageRow]) -> None:
    """Makes what this lifter's change wrote what it was before; what it didn't write stays as it is.

    Exercises that the rows are of or refer to are held until the commit. Raises NotAsLeftError, and IntegrityError if
    what a row refers to is gone or its place is taken.
    """
    merged = await _hold_exercises(session, rows)
    lasting = [row for row in rows if not _is_of_merged(row, merged)]
    if not lasting:
        raise NotAsLeftError
    await _remove(session, [row for row in lasting if row["was"] is None], merged)
    kept = [_without_step_of_others(row, user_id) for row in lasting if row["was"] is not None]
    kept.sort(key=_is_signpost)  # what it points to has to be there first
    for table in RECORDED:
        await _restore(session, table, [row for row in kept if row["table"] == table], merged)


async def _remove(session: WriteSession, made: Sequence[ImageRow], merged: dict[int, int]) -> None:
    await _require_unused(session, [row["key"][0] for row in made if row["table"] == Exercise.__tablename__])
    # Places are unique, so a row may come back only when whatever the change put there has left.
    for table in reversed(RECORDED):
        of_table = [row for row in made if row["table"] == table]
        children = [each for each in inspect(RECORDED[table]).relationships if each.uselist]
        loaded = [selectinload(each.class_attribute) for each in children]
        present = await _present(session, table, of_table, *loaded)
        _require_as_left(of_table, present, merged)
        for instance in present.values():
            if any(getattr(instance, each.key) for each in children):
                raise NotAsLeftError
            await session.delete(instance)
        await session.flush()


async def _restore(session: WriteSession, table: str, rows: Sequence[ImageRow], merged: dict[int, int]) -> None:
    present = await _present(session, table, rows)
    _require_as_left(rows, present, merged)
    before = {tuple(row["key"]): _before(row, merged) for row in rows}
    # Rows that change places would meet on the way: each leaves its place first.
    for key, instance in present.items():
        if "position" in before[key] and instance.position != before[key]["position"]:
            instance.position = -1 - instance.position
    await session.flush()
    model = RECORDED[table]
    for key, values in before.items():
        if key in present:
            for name in values.keys() - SHOWING:
                setattr(present[key], name, values[name])
        else:
            session.add(model(**{name: value for name, value in values.items() if name not in _OF_A_CARD_LONG_GONE}))
    await session.flush()


def _before(row: ImageRow, merged: dict[int, int]) -> dict[str, Any]:
    """What the columns that the change wrote held before; all of them if it removed the row."""
    written = row.get("is") or row["was"]
    return _with_successor(values_of(row["table"], {name: row["was"][name] for name in written}), merged)


def _is_signpost(row: ImageRow) -> bool:
    return row["was"].get("merged_into_id") is not None


def _without_step_of_others(row: ImageRow, user_id: int) -> ImageRow:
    """Another lifter may have chosen another unit since, in which the weight step would be read."""
    others = row["table"] == ExercisePreference.__tablename__ and row["key"][0] != user_id
    return row | {"was": row["was"] | {"weight_step": None}} if others and row["was"]["unit"] is None else row


def _require_as_left(rows: Sequence[ImageRow], present: dict[Key, Base], merged: dict[int, int]) -> None:
    if not all(_is_as_left(row, present.get(tuple(row["key"])), merged) for row in rows):
        raise NotAsLeftError


def _is_as_left(row: ImageRow, instance: Base | None, merged: dict[int, int]) -> bool:
    if "is" not in row:
        return True
    left = row["is"]
    if left is None or instance is None:
        return left is None and instance is None
    # Others write to the library too, so there the whole row counts; what is the lifter's only they change.
    whole = (row["was"] or {}) | left if row["table"] in _LIBRARY else left
    expected = _with_successor(values_of(row["table"], whole), merged)
    return all(getattr(instance, name) == expected[name] for name in expected.keys() - _NOT_COMPARED)


def _with_successor(values: dict[str, Any], merged: dict[int, int]) -> dict[str, Any]:
    exercise_id = values.get("exercise_id")
    return values | {"exercise_id": merged[exercise_id]} if exercise_id in merged else values


async def _require_unused(session: WriteSession, exercise_ids: Collection[int]) -> None:
    """Raises NotAsLeftError if what hangs on an exercise that is about to go would go with it."""
    if not exercise_ids:
        return
    for query in (
        select(ExercisePreference.user_id).where(ExercisePreference.exercise_id.in_(exercise_ids)),
        select(Exercise.id).where(Exercise.merged_into_id.in_(exercise_ids)),
    ):
        if await session.scalar(query.limit(1)) is not None:
            raise NotAsLeftError


async def _present(session: WriteSession, table: str, rows: Sequence[ImageRow], *loaded: Any) -> dict[Key, Any]:
    """Those of the rows that are there, by their keys."""
    model = RECORDED[table]
    columns = table_of(model).primary_key.columns
    found: dict[Key, Any] = {}
    for some in portions([tuple(row["key"]) for row in rows]):
        query = select(model).where(tuple_(*columns).in_(some)).options(*loaded)
        for instance in await session.scalars(query.execution_options(populate_existing=True)):
            found[tuple(inspect(instance).identity or ())] = instance
    return found


async def _hold_exercises(session: WriteSession, rows: Sequence[ImageRow]) -> dict[int, int]:
    """For each exercise that the rows speak of and that was merged, the one that it has become.

    All of them are held: alone those that are written to, so that no set is logged with one meanwhile.
    """
    library = [row for row in rows if row["table"] in {Exercise.__tablename__, ExerciseAlias.__tablename__}]
    images = [image for row in rows for image in (row["was"], row.get("is")) if image is not None]
    wanted = {row["key"][0] for row in library if row["table"] == Exercise.__tablename__}
    wanted |= {row["key"][1] for row in rows if row["table"] == ExercisePreference.__tablename__}
    wanted |= {image["exercise_id"] for image in images if "exercise_id" in image}
    merged: dict[int, int] = {}
    while wanted:
        found = {
            exercise_id: into
            for some in portions(sorted(wanted))
            for exercise_id, into in await session.execute(_held(some, alone=bool(library)))
            if into is not None
        }
        merged |= found
        wanted = set(found.values()) - merged.keys()
    return {exercise_id: _end(exercise_id, merged) for exercise_id in merged}


def _held(exercise_ids: Sequence[int], *, alone: bool) -> Select[int, int | None]:
    query = select(Exercise.id, Exercise.merged_into_id).where(Exercise.id.in_(exercise_ids)).order_by(Exercise.id)
    return query.with_for_update(read=not alone, key_share=not alone)


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
