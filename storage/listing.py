"""Lists of exercises to choose from, read a page at a time: what the lifter uses before what they don't."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, case, func, literal, select

from storage.database import ReadSession
from storage.finding import Named, Use, passing, recent_uses
from storage.models import Exercise, ExerciseExecution, Workout
from storage.values.finding import SearchFilter

_COLUMNS = (Exercise.id, Exercise.name, Exercise.name_key, Exercise.name_key)
"""Those of a `Named` that goes by its own name."""


async def count(session: ReadSession, user_id: int, filters: SearchFilter) -> int:
    """How many exercises pass the filters."""
    query = select(func.count()).select_from(Exercise).where(*passing(user_id, filters))
    return await session.scalar(query) or 0


async def page(
    session: ReadSession, user_id: int, filters: SearchFilter, popular: Sequence[str], places: range
) -> Sequence[Named]:
    """The exercises in these places of the list of those that pass the filters.

    What the lifter uses most comes first, the latest first among equals, then those of the catalogue that are
    `popular`, by their catalogue keys and in that order, then the rest by name.
    """
    used = recent_uses(user_id)
    query = (
        select(*_COLUMNS)
        .outerjoin(used, used.c.exercise_id == Exercise.id)
        .where(*passing(user_id, filters))
        .order_by(
            func.coalesce(used.c.times, 0).desc(),
            used.c.last.desc(),
            _place_among(popular),
            Exercise.name_key,
            Exercise.id,
        )
        .offset(places.start)
        .limit(len(places))
    )
    return [Named(*row) for row in await session.execute(query)]


async def used(session: ReadSession, user_id: int) -> Sequence[tuple[Named, Use]]:
    """What the lifter had in their latest workouts and can still pick."""
    recent = recent_uses(user_id)
    query = (
        select(*_COLUMNS, recent.c.times, recent.c.last)
        .join(recent, recent.c.exercise_id == Exercise.id)
        .where(*passing(user_id, SearchFilter()))
    )
    return [(Named(*row[:4]), Use(*row[4:])) for row in await session.execute(query)]


async def of_catalogue(session: ReadSession, user_id: int, catalogue_keys: Collection[str]) -> dict[str, Named]:
    """Those of the built-in exercises that can be picked, by their catalogue keys."""
    key = func.coalesce(Exercise.catalogue_key, "")
    chosen = Exercise.catalogue_key.in_(catalogue_keys)
    query = select(key, *_COLUMNS).where(chosen, *passing(user_id, SearchFilter()))
    return {row[0]: Named(*row[1:]) for row in await session.execute(query)}


async def in_open_workout(session: ReadSession, user_id: int) -> set[int]:
    """The exercises that the lifter's open workout has already."""
    query = (
        select(ExerciseExecution.exercise_id)
        .join(Workout, ExerciseExecution.workout_id == Workout.id)
        .where(Workout.user_id == user_id, Workout.finished_at.is_(None))
    )
    return set(await session.scalars(query))


def _place_among(popular: Sequence[str]) -> ColumnElement[int]:
    places = {key: place for place, key in enumerate(popular)}
    return case(places, value=Exercise.catalogue_key, else_=len(popular)) if places else literal(0)
