"""Queries on the exercise library. What belongs to another lifter is never found.

Every writing transaction takes its locks in one order, so that no two wait for each other: the lifter, the catalogue
(before any write to `exercises`), workouts by their ids, exercises by their ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import bindparam, literal, select, text, union_all
from sqlalchemy.orm import selectinload

from storage.database import ReadSession, WriteSession
from storage.finding import NAMES, OF_LIFTER, Bearer, led_to, private_names, seen
from storage.models import Exercise, ExerciseAlias, ExerciseExecution
from storage.values.exercise import BodyPart, Measure, Modality
from storage.values.finding import SearchFilter


@dataclass(frozen=True, slots=True)
class SystemExercise:
    """An exercise that everybody sees, as far as the catalogue has to say of it."""

    alias_keys: Collection[str]
    id: int
    name: str
    name_key: str
    catalogue_key: str | None
    body_part: BodyPart
    modality: Modality
    measure: Measure
    primary_muscles: Sequence[str]
    secondary_muscles: Sequence[str]
    default_rest: int | None
    how: str
    merged_into_id: int | None
    is_edited: bool


# What they are called besides stands in a table of its own.
_SYSTEM_EXERCISES = (
    select(*(getattr(Exercise, field.name) for field in fields(SystemExercise)[1:]))
    .where(Exercise.user_id.is_(None))
    .order_by(Exercise.id)
)
_SYSTEM_ALIASES = (
    select(ExerciseAlias.exercise_id, ExerciseAlias.alias_key)
    .join(Exercise, ExerciseAlias.exercise_id == Exercise.id)
    .where(Exercise.user_id.is_(None))
)


async def visible(session: ReadSession, user_id: int, exercise_id: int) -> Exercise | None:
    """The exercise, if this lifter may pick it. In a writing transaction it stays so until the commit.

    To be called once all workouts are held that the transaction holds.
    """
    return (await visible_all(session, user_id, [exercise_id])).get(exercise_id)


async def visible_all(session: ReadSession, user_id: int, exercise_ids: Collection[int]) -> dict[int, Exercise]:
    """As `visible` for several exercises, by their ids: a transaction that holds more than one asks for all at once."""
    if not exercise_ids:
        return {}
    query = select(Exercise).where(Exercise.id.in_(exercise_ids), *seen(user_id, SearchFilter()))
    if isinstance(session, WriteSession):
        # What the session read before may have changed until now.
        query = query.with_for_update(read=True, key_share=True).execution_options(populate_existing=True)
    return {exercise.id: exercise for exercise in await session.scalars(query.order_by(Exercise.id))}


async def pickable(session: ReadSession, user_id: int, exercise_id: int) -> Exercise | None:
    """As `visible`, but it may change before the commit: for what is only read."""
    return await session.scalar(select(Exercise).where(Exercise.id == exercise_id, *seen(user_id, SearchFilter())))


async def measures_of(session: ReadSession, exercise_ids: Collection[int]) -> dict[int, Measure]:
    """How each of the exercises is logged."""
    query = select(Exercise.id, Exercise.measure).where(Exercise.id.in_(exercise_ids))
    return {row.id: row.measure for row in await session.execute(query)}


async def by_exact_keys(session: ReadSession, user_id: int, keys: Collection[str]) -> dict[str, list[Exercise]]:
    """For each key, the exercises that have it: by name before by alias, a lifter's own before the system's.

    A private alias leads the lifter to its exercise alone, whatever else is called so.
    """
    found: dict[str, list[Exercise]] = {}
    for key, bears in NAMES:
        query = led_to(user_id, key, Exercise).where(bears, key.in_(keys), *seen(user_id, SearchFilter()))
        for name, exercise in await session.execute(query.order_by(Bearer.user_id.is_(None), Exercise.id)):
            if exercise not in found.setdefault(name, []):
                found[name].append(exercise)
    private, bears = private_names(user_id)
    meant = led_to(user_id, private, Exercise).where(bears, private.in_(keys), *seen(user_id, SearchFilter()))
    for name, exercise in await session.execute(meant):
        found[name] = [exercise]
    return found


async def hold_catalogue(session: WriteSession) -> None:
    """Keeps others from changing exercises until the commit, so that replicas that seed at once don't collide."""
    # Logging sets goes on under this lock.
    await _lock_table(session, "SHARE ROW EXCLUSIVE")


async def count_anew(session: WriteSession) -> None:
    """Has PostgreSQL look at what has just come: until it does so by itself, it compares each name with each."""
    if session.get_bind().dialect.name == "postgresql":
        await session.flush()
        await session.execute(text("ANALYZE exercises, exercise_aliases"))


async def await_catalogue(session: WriteSession) -> None:
    """Waits while the catalogue is held, for who is going to write to `exercises` but may do so beside others.

    The writing itself would wait too, but with workouts and exercises held that the other one may be waiting for.
    """
    await _lock_table(session, "ROW EXCLUSIVE")


async def _lock_table(session: WriteSession, mode: str) -> None:
    # On SQLite the writing transaction itself keeps others out.
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text(f"LOCK TABLE exercises IN {mode} MODE"))


async def of_catalogue(session: ReadSession) -> Sequence[SystemExercise]:
    """Every system exercise, archived ones too."""
    aliases: defaultdict[int, set[str]] = defaultdict(set)
    for exercise_id, key in await session.execute(_SYSTEM_ALIASES):
        aliases[exercise_id].add(key)
    return [SystemExercise(aliases[row.id], *row) for row in await session.execute(_SYSTEM_EXERCISES)]


async def with_aliases(session: ReadSession, exercise_ids: Collection[int]) -> Sequence[Exercise]:
    """The exercises, whoever's they are, with their aliases."""
    if not exercise_ids:
        return ()
    query = select(Exercise).where(Exercise.id.in_(exercise_ids)).options(selectinload(Exercise.aliases))
    return (await session.scalars(query.order_by(Exercise.id))).all()


async def system_names(session: ReadSession, exercise_ids: Collection[int]) -> dict[int, str]:
    """What those of the exercises are called that everybody sees, merged ones too."""
    query = select(Exercise.id, Exercise.name).where(Exercise.id.in_(exercise_ids), Exercise.user_id.is_(None))
    return {row.id: row.name for row in await session.execute(query)}


async def held_performed(session: WriteSession, exercise_ids: Collection[int]) -> set[int]:
    """Those of the exercises that stand in a workout; the others come into none until the commit."""
    held = select(Exercise.id).where(Exercise.id.in_(exercise_ids)).order_by(Exercise.id).with_for_update()
    await session.execute(held)
    performed = select(ExerciseExecution.exercise_id).where(ExerciseExecution.exercise_id.in_(exercise_ids))
    return set(await session.scalars(performed.distinct()))


_WAYS = union_all(
    *(
        led_to(OF_LIFTER, Exercise.id, literal(rank).label("rank")).where(bears, column == bindparam("key"))
        for rank, (column, bears) in enumerate((private_names(OF_LIFTER), *NAMES))
    )
).subquery()
_EXACTLY_NAMED = (
    select(Exercise, _WAYS.c.rank)
    .join(_WAYS, Exercise.id == _WAYS.c.id)
    .where(*seen(OF_LIFTER, SearchFilter()))
    .order_by(_WAYS.c.rank, Exercise.user_id.is_(None), Exercise.id)
)


async def exactly_named(session: ReadSession, user_id: int, key: str) -> Sequence[Exercise]:
    """As `by_exact_keys` for one key, in one query."""
    found = (await session.execute(_EXACTLY_NAMED, {"of_lifter": user_id, "key": key})).all()
    if found and found[0].rank == 0:
        return [found[0].Exercise]
    return list(dict.fromkeys(row.Exercise for row in found))
