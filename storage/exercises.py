"""Queries on the exercise library. What belongs to another lifter is never found."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select, text, union
from sqlalchemy.orm import selectinload

from storage.database import ReadSession, WriteSession
from storage.models import Exercise, ExerciseAlias
from storage.values.exercise import BodyPart


def _visible_to(user_id: int) -> tuple[ColumnElement[bool], ...]:
    return (or_(Exercise.user_id.is_(None), Exercise.user_id == user_id), Exercise.archived_at.is_(None))


async def visible(session: ReadSession, user_id: int, exercise_id: int) -> Exercise | None:
    """The exercise, if this lifter may pick it."""
    return await session.scalar(select(Exercise).where(Exercise.id == exercise_id, *_visible_to(user_id)))


async def count_by_body_part(session: ReadSession, user_id: int, part: BodyPart) -> int:
    """How many exercises this lifter can pick for the body part."""
    query = select(func.count()).select_from(Exercise).where(Exercise.body_part == part, *_visible_to(user_id))
    return await session.scalar(query) or 0


async def by_body_part(
    session: ReadSession, user_id: int, part: BodyPart, *, offset: int, limit: int
) -> Sequence[Exercise]:
    """Those exercises by name, from `offset` on."""
    query = select(Exercise).where(Exercise.body_part == part, *_visible_to(user_id))
    return (await session.scalars(query.order_by(Exercise.name_key, Exercise.id).offset(offset).limit(limit))).all()


async def by_exact_keys(session: ReadSession, user_id: int, keys: Collection[str]) -> dict[str, list[Exercise]]:
    """For each key, the exercises that have it: by name before by alias, a lifter's own before the system's."""
    found: dict[str, list[Exercise]] = {}
    named = select(Exercise.name_key, Exercise).where(Exercise.name_key.in_(keys), *_visible_to(user_id))
    aliased = (
        select(ExerciseAlias.alias_key, Exercise)
        .join(Exercise, ExerciseAlias.exercise_id == Exercise.id)
        .where(ExerciseAlias.alias_key.in_(keys), *_visible_to(user_id))
    )
    own_first = (Exercise.user_id.is_(None), Exercise.id)
    for query in (named.order_by(*own_first), aliased.order_by(*own_first)):
        for key, exercise in await session.execute(query):
            if exercise not in found.setdefault(key, []):
                found[key].append(exercise)
    return found


async def with_words(session: ReadSession, user_id: int, words: Sequence[str], *, limit: int) -> Sequence[Exercise]:
    """Exercises whose name or one of whose aliases contains every word; their aliases are loaded."""
    in_name = [Exercise.name_key.contains(word, autoescape=True) for word in words]
    in_alias = [ExerciseAlias.alias_key.contains(word, autoescape=True) for word in words]
    aliased = select(ExerciseAlias.exercise_id).where(*in_alias)
    matches = select(Exercise).where(or_(Exercise.id.in_(aliased), and_(*in_name)), *_visible_to(user_id))
    loaded = matches.options(selectinload(Exercise.aliases)).order_by(Exercise.name_key, Exercise.id).limit(limit)
    return (await session.scalars(loaded)).all()


async def hold_catalogue(session: WriteSession) -> None:
    """Keeps others from changing exercises until the commit, so that replicas that seed at once don't collide."""
    # On SQLite the writing transaction itself does; logging sets goes on under this lock.
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("LOCK TABLE exercises IN SHARE ROW EXCLUSIVE MODE"))


async def of_catalogue(session: ReadSession) -> Sequence[Exercise]:
    """Every system exercise, archived ones too, with its aliases."""
    query = select(Exercise).where(Exercise.user_id.is_(None)).options(selectinload(Exercise.aliases))
    return (await session.scalars(query.order_by(Exercise.id))).all()


async def exactly_named(session: ReadSession, user_id: int, key: str) -> Sequence[Exercise]:
    """The exercises that have the key as their name or as an alias, in one query."""
    ids = union(
        select(Exercise.id).where(Exercise.user_id.is_(None), Exercise.name_key == key),
        select(Exercise.id).where(Exercise.user_id == user_id, Exercise.name_key == key),
        select(ExerciseAlias.exercise_id).where(ExerciseAlias.alias_key == key),
    ).subquery()
    query = select(Exercise).join(ids, Exercise.id == ids.c.id).where(*_visible_to(user_id))
    own_first = (Exercise.name_key != key, Exercise.user_id.is_(None), Exercise.id)
    return (await session.scalars(query.order_by(*own_first))).all()
