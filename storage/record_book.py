"""The sets that hold a lifter's records in one exercise. The rules that it follows stand in `training.record_book`.

The database picks the one set of each kind; no history is loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, func, or_, select

from storage.database import ReadSession
from storage.models import ExerciseExecution, Set, Workout
from storage.records import estimated_1rm
from storage.values.exercise import Measure
from storage.values.lifted import SetEntry, SetKind

MOST_REPS_LISTED = 12
"""Sets of more reps count as so many where the heaviest for each number of reps is looked for."""

_HEAVIEST, _MOST_REPS, _ONE_REP, _VOLUME, _LONGEST, _FARTHEST = (
    "heaviest",
    "most_reps",
    "estimated_1rm",
    "set_volume",
    "longest",
    "farthest",
)
_IN_REPS = "in_reps"
_WITH_REPS = frozenset({Measure.WEIGHT_REPS, Measure.BODYWEIGHT_REPS, Measure.REPS})
_REPS = func.nullif(Set.clean_reps, 0)
_LOAD = func.coalesce(Set.weight_mg, 0)
_DISTANCE = func.nullif(Set.distance_mm, 0)
_DURATION = func.nullif(Set.duration, 0)
_IS_DONE = or_(_REPS.is_not(None), _DURATION.is_not(None), _DISTANCE.is_not(None))
_BUCKET = case((Set.clean_reps > MOST_REPS_LISTED, MOST_REPS_LISTED), else_=Set.clean_reps)
_EARLIEST = (Workout.started_at, Workout.id, ExerciseExecution.position, Set.position)


@dataclass(frozen=True, slots=True)
class Holder:
    """A set that holds a record, and when its workout began. `place` grows with when it was done."""

    entry: SetEntry
    on: datetime
    place: tuple[datetime, int, int, int]


@dataclass(frozen=True, slots=True)
class Holders:
    """Who holds what, by the name of the kind. `by_reps`: per number of reps, the heaviest of just so many.

    The longest is one without a distance where the measure has both.
    """

    of_kind: Mapping[str, Holder] = field(default_factory=dict)
    by_reps: Mapping[int, Holder] = field(default_factory=dict)


async def holders(session: ReadSession, user_id: int, exercise_id: int, measure: Measure) -> Holders:
    """The sets that did most, the first of equals; what doesn't fit the measure and warm-ups are left out."""
    rows = await session.execute(_holding(measure), {"of_lifter": user_id, "exercise": exercise_id})
    of_kind: dict[str, Holder] = {}
    by_reps: dict[int, Holder] = {}
    for found in rows:
        row, here = found.Set, found._mapping  # noqa: SLF001 -- SQLAlchemy's own public name for a row as a mapping
        holder = Holder(row.entry, here["began"], (here["began"], here["workout_id"], here["place"], row.position))
        of_kind |= {kind: holder for kind in _worth(measure) if here[kind] == 1}
        if here[_IN_REPS] == 1:
            by_reps[here["reps"]] = holder
    return Holders(of_kind, by_reps)


async def largest_workout(
    session: ReadSession, user_id: int, exercise_id: int, measure: Measure
) -> tuple[int, datetime] | None:
    """The most volume of the exercise in one workout, in milligrams, and when it began; the first of equals.

    External load times all reps, as a workout is summed up. None where none was moved.
    """
    load = case((Set.weight_mg > 0, Set.weight_mg), else_=0)
    volume = func.sum(load * (func.coalesce(Set.clean_reps, 0) + Set.forced_reps))
    query = (
        _counted(select(volume, Workout.started_at), measure)
        .group_by(Workout.id, Workout.started_at)
        .order_by(volume.desc(), Workout.started_at, Workout.id)
        .limit(1)
    )
    found = (await session.execute(query, {"of_lifter": user_id, "exercise": exercise_id})).one_or_none()
    return (int(found[0]), found[1]) if found is not None and found[0] else None


@cache
def _worth(measure: Measure) -> Mapping[str, ColumnElement[int]]:
    """What of a set of this measure is compared for each kind; null: it can't hold that."""
    worth: dict[str, ColumnElement[int]] = {_HEAVIEST: case((_IS_DONE, _LOAD))}
    if measure is Measure.WEIGHT_REPS:
        worth[_ONE_REP] = estimated_1rm()
    if measure in _WITH_REPS:
        return {**worth, _MOST_REPS: _REPS, _VOLUME: case((_LOAD > 0, _LOAD * _REPS))}
    on_no_way = Set.distance_mm.is_(None) | (Set.distance_mm == 0)
    longest = case((on_no_way, _DURATION)) if measure is Measure.DISTANCE_DURATION else _DURATION
    return {**worth, _LONGEST: longest, _FARTHEST: _DISTANCE}


@cache
def _holding(measure: Measure) -> Select[*tuple[Any, ...]]:
    worth = _worth(measure)
    ranks = [
        case((value.is_not(None), func.row_number().over(order_by=(value.desc().nulls_last(), *_EARLIEST)))).label(kind)
        for kind, value in worth.items()
    ]
    among_equals = func.row_number().over(partition_by=_BUCKET, order_by=(_LOAD.desc(), *_EARLIEST))
    ranked = _counted(
        select(
            Set.id,
            Workout.started_at.label("began"),
            Workout.id.label("workout_id"),
            ExerciseExecution.position.label("place"),
            _BUCKET.label("reps"),
            case((_REPS.is_not(None), among_equals)).label(_IN_REPS),
            *ranks,
        ),
        measure,
    ).subquery()
    first = or_(*(ranked.c[kind] == 1 for kind in (*worth, _IN_REPS)))
    return (
        select(Set, *(column for column in ranked.c if column.name != "id"))
        .join(ranked, Set.id == ranked.c.id)
        .where(first)
    )


def _counted(query: Select[*tuple[Any, ...]], measure: Measure) -> Select[*tuple[Any, ...]]:
    """The sets that count, given that the query selects of sets, executions and workouts."""
    return (
        query.select_from(ExerciseExecution)
        .join(Set, Set.execution_id == ExerciseExecution.id)
        .join(Workout, Workout.id == ExerciseExecution.workout_id)
        .where(
            ExerciseExecution.user_id == bindparam("of_lifter"),
            ExerciseExecution.exercise_id == bindparam("exercise"),
            Set.kind != SetKind.WARM_UP,
            *fits(measure),
        )
    )


def fits(measure: Measure) -> list[ColumnElement[bool]]:
    """What holds of a set that fits the measure, as `training.measuring.fault_of` has it: an admin may change that."""
    reps = Set.clean_reps.is_not(None) if measure in _WITH_REPS else Set.clean_reps.is_(None)
    conditions: list[ColumnElement[bool]] = [reps]
    match measure:
        case Measure.WEIGHT_REPS | Measure.WEIGHT_DURATION | Measure.WEIGHT_DISTANCE:
            conditions.append(Set.weight_mg >= 0)
        case Measure.REPS | Measure.DURATION | Measure.DISTANCE_DURATION:
            conditions.append(Set.weight_mg.is_(None))
        case Measure.BODYWEIGHT_REPS:
            pass
    match measure:
        case Measure.DURATION | Measure.WEIGHT_DURATION:
            conditions += [Set.duration.is_not(None), Set.distance_mm.is_(None)]
        case Measure.WEIGHT_DISTANCE:
            conditions += [Set.duration.is_(None), Set.distance_mm.is_not(None)]
        case Measure.DISTANCE_DURATION:
            conditions.append(or_(Set.duration.is_not(None), Set.distance_mm.is_not(None)))
        case _:
            conditions += [Set.duration.is_(None), Set.distance_mm.is_(None)]
    return conditions
