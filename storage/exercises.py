"""Queries on the exercise library. What belongs to another lifter is never found."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import literal, select, text, union_all
from sqlalchemy.orm import selectinload

from storage.database import ReadSession, WriteSession
from storage.finding import NAMES, Bearer, led_to, passing
from storage.models import Exercise
from storage.values.finding import SearchFilter


async def visible(session: ReadSession, user_id: int, exercise_id: int) -> Exercise | None:
    """The exercise, if this lifter may pick it. In a writing transaction it stays so until the commit."""
    query = select(Exercise).where(Exercise.id == exercise_id, *passing(user_id, SearchFilter()))
    if isinstance(session, WriteSession):
        query = query.with_for_update(read=True, key_share=True)
    return await session.scalar(query)


async def by_exact_keys(session: ReadSession, user_id: int, keys: Collection[str]) -> dict[str, list[Exercise]]:
    """For each key, the exercises that have it: by name before by alias, a lifter's own before the system's."""
    found: dict[str, list[Exercise]] = {}
    for key, bears in NAMES:
        query = led_to(user_id, key, Exercise).where(bears, key.in_(keys), *passing(user_id, SearchFilter()))
        for name, exercise in await session.execute(query.order_by(Bearer.user_id.is_(None), Exercise.id)):
            if exercise not in found.setdefault(name, []):
                found[name].append(exercise)
    return found


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
    """As `by_exact_keys` for one key, in one query."""
    ways = union_all(
        *(
            led_to(user_id, Exercise.id, literal(rank).label("rank")).where(bears, column == key)
            for rank, (column, bears) in enumerate(NAMES)
        )
    ).subquery()
    query = select(Exercise).join(ways, Exercise.id == ways.c.id).where(*passing(user_id, SearchFilter()))
    found = await session.scalars(query.order_by(ways.c.rank, Exercise.user_id.is_(None), Exercise.id))
    return list(dict.fromkeys(found))
