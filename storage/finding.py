"""Queries that find exercises by their names. What belongs to another lifter is never found.

An exercise that was merged into another leads to that one by the names that stayed with it: a lifter's own names
don't move to a system exercise, where everybody would see them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain, count, islice
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    Subquery,
    Text,
    and_,
    bindparam,
    false,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from storage.database import ReadSession
from storage.models import Exercise, ExerciseAlias, ExerciseExecution, ExercisePreference, PrivateAlias, Workout
from storage.values.finding import Owned, SearchFilter

RECENT_WORKOUTS = 60
"""How many of a lifter's workouts say what they use: a look that costs the same after ten years."""

Bearer = aliased(Exercise)
"""The exercise that a name belongs to. The name leads to this one, or to the one that it was merged into."""

LifterId = int | BindParameter[int]
"""A lifter's id, or what stands for it."""

OF_LIFTER = bindparam("of_lifter", type_=BigInteger())
"""Stands for the lifter in queries that are made once."""

_EXACTLY = bindparam("exactly", type_=Text())
_FEWEST_LETTERS, _MOST_LETTERS = bindparam("fewest", type_=Integer()), bindparam("most", type_=Integer())

_ESCAPED = str.maketrans({character: f"/{character}" for character in "%_/"})

MOVED = "merged:"
"""How the name key of an exercise begins whose name has gone to another one, and is free for others to bear.

A colon stands in no key of a name that has letters.
"""

_STAYED = and_(Bearer.user_id.is_not(None), Exercise.user_id.is_(None), not_(Bearer.name_key.startswith(MOVED)))
"""Whether the name of an exercise that was merged leads to its successor."""

NAMES: tuple[tuple[InstrumentedAttribute[str], ColumnElement[bool]], ...] = (
    (Bearer.name_key, or_(Bearer.merged_into_id.is_(None), _STAYED)),
    (ExerciseAlias.alias_key, ExerciseAlias.exercise_id == Bearer.id),
)
"""Names before aliases: where the key stands, and when it leads somewhere."""


def private_names(user_id: LifterId) -> tuple[InstrumentedAttribute[str], ColumnElement[bool]]:
    """As one of `NAMES`: the names that this lifter alone gives to exercises that everybody sees."""
    return PrivateAlias.alias_key, and_(PrivateAlias.exercise_id == Bearer.id, PrivateAlias.user_id == user_id)


@dataclass(frozen=True, slots=True)
class Named:
    """An exercise, and the key of one of the names that lead to it."""

    id: int
    name: str
    name_key: str
    key: str
    is_private: bool = False
    """Whether it is a name that the lifter alone gives to it."""
    is_theirs: bool = False
    """Whether the lifter made the exercise that it was given to, or gives the name."""


@dataclass(frozen=True, slots=True)
class Use:
    """How often a lifter had an exercise in their latest workouts, and when last."""

    times: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Sought:
    """What a key must have in it: for each word one of its parts; or else, written without spaces, one of the `joined`
    parts and so many letters. A space in a part stands where a word begins or ends.
    """

    words: Sequence[Collection[str]]
    joined: Collection[str] = ()
    letters: range = range(0)


async def named(
    session: ReadSession, user_id: int, sought: Sought, filters: SearchFilter, exactly: str | None = None
) -> Sequence[Named]:
    """Every name or alias that has what is sought, with its exercise.

    What the lifter hides is found by just this key.
    """
    # What takes least to refuse comes first.
    words = sorted(sought.words, key=len)
    query = _asking_for_all(tuple(map(len, words)), len(sought.joined), filters, is_exact=exactly is not None)
    asked: dict[str, Any] = {"of_lifter": user_id, "exactly": exactly}
    asked |= {"fewest": sought.letters.start, "most": sought.letters.stop - 1}
    return await _found(session, query, asked | _asked_for(chain(*words, sought.joined)))


async def with_a_part(session: ReadSession, user_id: int, parts: Collection[str]) -> Sequence[Named]:
    """Every name or alias that contains one of the parts, with its exercise."""
    return await _found(session, _asking_for_one_of(len(parts)), {"of_lifter": user_id} | _asked_for(parts))


async def _found(session: ReadSession, query: Select[Any], asked: Mapping[str, Any]) -> Sequence[Named]:
    return [Named(*row) for row in await session.execute(query, asked)]


@lru_cache(maxsize=256)
def _asking_for_all(words: tuple[int, ...], joined: int, filters: SearchFilter, *, is_exact: bool) -> Select[Any]:
    """The query for words of so many parts each, or so many joined ones. To make it takes longer than to ask it."""
    names, places = _names(filters, is_exact=is_exact), count()
    space, nothing = literal_column("' '", Text()), literal_column("''", Text())
    spaced = space + names.c.key + space
    has_words = and_(*(_contains(spaced, islice(places, parts)) for parts in words))
    if not joined:
        return select(names).where(has_words)
    unspaced = func.replace(names.c.key, space, nothing, type_=Text())
    is_as_long = func.length(unspaced).between(_FEWEST_LETTERS, _MOST_LETTERS)
    return select(names).where(or_(has_words, and_(is_as_long, _contains(space + unspaced, islice(places, joined)))))


@lru_cache(maxsize=64)
def _asking_for_one_of(parts: int) -> Select[Any]:
    names = _names(SearchFilter(), is_exact=False)
    return select(names).where(_contains(names.c.key, range(parts)))


def _names(filters: SearchFilter, *, is_exact: bool) -> Subquery:
    """The keys of all names and aliases, with the exercises that they lead to and that pass the filters, or are hidden
    and have just the one that is asked for.

    What was merged is joined by itself: with all exercises joined to their successors or else to themselves, a
    database that knows little about the table compares each with each.
    """
    merged = and_(Bearer.merged_into_id == Exercise.id, or_(Bearer.user_id.is_(None), Bearer.user_id == OF_LIFTER))
    alias, private, theirs = ExerciseAlias.alias_key, PrivateAlias.alias_key, PrivateAlias.user_id == OF_LIFTER
    ways = (
        (Exercise.name_key, true(), Exercise),
        (alias, ExerciseAlias.exercise_id == Exercise.id, Exercise),
        (Bearer.name_key, and_(merged, _STAYED), Bearer),
        (alias, and_(merged, ExerciseAlias.exercise_id == Bearer.id), Bearer),
        (private, and_(theirs, PrivateAlias.exercise_id == Exercise.id), Exercise),
        (private, and_(theirs, merged, PrivateAlias.exercise_id == Bearer.id), Bearer),
    )
    queries = []
    for key, leads, given_to in ways:
        is_private = true() if key is private else false()
        is_theirs = or_(is_private, given_to.user_id.is_not(None))
        query = select(
            *(Exercise.id, Exercise.name, Exercise.name_key, key.label("key")),
            *(is_private.label("is_private"), is_theirs.label("is_theirs")),
        )
        shown = _shown(OF_LIFTER, filters)
        found = or_(shown, key == _EXACTLY) if is_exact and not filters.hidden else shown
        queries.append(query.where(leads, *seen(OF_LIFTER, filters), found))
    return union_all(*queries).subquery()


def _contains(text: ColumnElement[str], places: Iterable[int]) -> ColumnElement[bool]:
    """Whether the text has one of the parts that are asked for in these places."""
    # What `contains` makes of it takes the compiler twice as long, and a search has many parts.
    return or_(*(text.like(bindparam(_part(place), type_=Text()), escape="/") for place in places))


def _asked_for(parts: Iterable[str]) -> dict[str, str]:
    return {_part(place): f"%{part.translate(_ESCAPED)}%" for place, part in enumerate(parts)}


def _part(place: int) -> str:
    return f"part_{place}"


async def uses(session: ReadSession, user_id: int) -> dict[int, Use]:
    """What the lifter had in their latest workouts, by exercise id."""
    rows = await session.execute(_USES, {"of_lifter": user_id})
    return {exercise_id: Use(times, last) for exercise_id, times, last in rows}


def recent_uses(user_id: LifterId) -> Subquery:
    """What the lifter had in their latest workouts: `exercise_id`, `times` and `last`."""
    recent = (
        select(Workout.id, Workout.started_at)
        .where(Workout.user_id == user_id)
        .order_by(Workout.started_at.desc(), Workout.id.desc())
        .limit(RECENT_WORKOUTS)
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


_USES = select(recent_uses(OF_LIFTER))


def led_to(user_id: LifterId, *columns: Any) -> Select[Any]:
    """Columns of the exercises that names of this lifter's and of the system's lead to."""
    leads = Exercise.id == func.coalesce(Bearer.merged_into_id, Bearer.id)
    return select(*columns).where(leads, or_(Bearer.user_id.is_(None), Bearer.user_id == user_id))


def passing(user_id: LifterId, filters: SearchFilter) -> Iterator[ColumnElement[bool]]:
    """What holds for an exercise that this lifter sees and that passes the filters."""
    yield from seen(user_id, filters)
    yield _shown(user_id, filters)


def _shown(user_id: LifterId, filters: SearchFilter) -> ColumnElement[bool]:
    if filters.hidden is None:
        return true()
    return is_hidden(user_id) if filters.hidden else not_(is_hidden(user_id))


def is_hidden(user_id: LifterId) -> ColumnElement[bool]:
    """Whether the lifter wants the exercise in no list."""
    hidden = select(ExercisePreference.exercise_id).where(ExercisePreference.user_id == user_id)
    return Exercise.id.in_(hidden.where(ExercisePreference.hidden))


def seen(user_id: LifterId, filters: SearchFilter) -> Iterator[ColumnElement[bool]]:
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
