"""Queries that find exercises by their names. What belongs to another lifter is never found.

An exercise that was merged into another leads to that one by the names that stayed with it: a lifter's own names
don't move to a system exercise, where everybody would see them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, func, not_, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, aliased

from storage.database import ReadSession
from storage.models import Exercise, ExerciseAlias, ExerciseExecution, ExercisePreference, PrivateAlias, Workout
from storage.values.finding import Owned, SearchFilter

_RECENT_WORKOUTS = 60
"""How many of a lifter's workouts say what they use: a look that costs the same after ten years."""

Bearer = aliased(Exercise)
"""The exercise that a name belongs to. The name leads to this one, or to the one that it was merged into."""

MOVED = "merged:"
"""How the name key of an exercise begins whose name has gone to another one, and is free for others to bear.

A colon stands in no key of a name that has letters.
"""

NAMES: tuple[tuple[InstrumentedAttribute[str], ColumnElement[bool]], ...] = (
    (
        Bearer.name_key,
        or_(
            Bearer.merged_into_id.is_(None),
            and_(Bearer.user_id.is_not(None), Exercise.user_id.is_(None), not_(Bearer.name_key.startswith(MOVED))),
        ),
    ),
    (ExerciseAlias.alias_key, ExerciseAlias.exercise_id == Bearer.id),
)
"""Names before aliases: where the key stands, and when it leads somewhere."""


def private_names(user_id: int) -> tuple[InstrumentedAttribute[str], ColumnElement[bool]]:
    """As one of `NAMES`: the names that this lifter alone gives to exercises that everybody sees."""
    return PrivateAlias.alias_key, and_(PrivateAlias.exercise_id == Bearer.id, PrivateAlias.user_id == user_id)


def names_for(user_id: int) -> tuple[tuple[InstrumentedAttribute[str], ColumnElement[bool]], ...]:
    """All names that lead this lifter somewhere."""
    return (*NAMES, private_names(user_id))


@dataclass(frozen=True, slots=True)
class Named:
    """An exercise, and the key of one of the names that lead to it."""

    id: int
    name: str
    name_key: str
    key: str


@dataclass(frozen=True, slots=True)
class Use:
    """How often a lifter had an exercise in their latest workouts, and when last."""

    times: int
    last: datetime


async def named(session: ReadSession, user_id: int, words: Collection[str], filters: SearchFilter) -> Sequence[Named]:
    """Every name or alias that contains all of the words, with its exercise; without words all there are.

    What the lifter hides is found by just these words in this order.
    """
    queries = []
    for key, bears in names_for(user_id):
        shown = is_hidden(user_id) if filters.hidden else or_(not_(is_hidden(user_id)), key == " ".join(words))
        containing = (key.contains(word, autoescape=True) for word in words)
        query = led_to(user_id, Exercise.id, Exercise.name, Exercise.name_key, key.label("key"))
        queries.append(query.where(bears, *containing, *seen(user_id, filters), shown))
    return [Named(*row) for row in await session.execute(union_all(*queries))]


async def uses(session: ReadSession, user_id: int) -> dict[int, Use]:
    """What the lifter had in their latest workouts, by exercise id."""
    rows = await session.execute(select(recent_uses(user_id)))
    return {exercise_id: Use(times, last) for exercise_id, times, last in rows}


def recent_uses(user_id: int) -> Subquery:
    """What the lifter had in their latest workouts: `exercise_id`, `times` and `last`."""
    recent = (
        select(Workout.id, Workout.started_at)
        .where(Workout.user_id == user_id)
        .order_by(Workout.started_at.desc(), Workout.id.desc())
        .limit(_RECENT_WORKOUTS)
        .subquery()
    )
    return (
        select(
            ExerciseExecution.exercise_id,
            func.count().label("times"),
            func.max(recent.c.started_at, type_=recent.c.started_at.type).label("last"),
        )
        .join(recent, ExerciseExecution.workout_id == recent.c.id)
        .group_by(ExerciseExecution.exercise_id)
        .subquery()
    )


def led_to(user_id: int, *columns: Any) -> Select[Any]:
    """Columns of the exercises that names of this lifter's and of the system's lead to."""
    leads = Exercise.id == func.coalesce(Bearer.merged_into_id, Bearer.id)
    return select(*columns).where(leads, or_(Bearer.user_id.is_(None), Bearer.user_id == user_id))


def passing(user_id: int, filters: SearchFilter) -> Iterator[ColumnElement[bool]]:
    """What holds for an exercise that this lifter sees and that passes the filters."""
    yield from seen(user_id, filters)
    yield is_hidden(user_id) if filters.hidden else not_(is_hidden(user_id))


def is_hidden(user_id: int) -> ColumnElement[bool]:
    """Whether the lifter wants the exercise in no list."""
    hidden = select(ExercisePreference.exercise_id).where(ExercisePreference.user_id == user_id)
    return Exercise.id.in_(hidden.where(ExercisePreference.hidden))


def seen(user_id: int, filters: SearchFilter) -> Iterator[ColumnElement[bool]]:
    """As `passing`, whether the lifter hides it or not."""
    yield Exercise.merged_into_id.is_(None)
    yield Exercise.archived_at.is_not(None) if filters.archived else Exercise.archived_at.is_(None)
    if filters.body_part is not None:
        yield Exercise.body_part == filters.body_part
    if filters.modality is not None:
        yield Exercise.modality == filters.modality
    match filters.owned:
        case Owned.ANY:
            yield or_(Exercise.user_id.is_(None), Exercise.user_id == user_id)
        case Owned.OWN:
            yield Exercise.user_id == user_id
        case Owned.SYSTEM:
            yield Exercise.user_id.is_(None)
