"""Taking an import back, a few rows at a time: what has changed since stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from storage import changes, exercises, taking_in, taking_out, timers
from storage.database import WriteSession
from storage.images import ImageRow
from storage.models import Change, Exercise, ExerciseAlias
from training.accounts.planning import print_of
from training.accounts.settling import put_settings_back
from training.open_workout import RestMessage, end_rests

_WORKOUTS_AT_ONCE = 5
_GROUPS_AT_ONCE = 50
_GOES = "goes"
"""Under which name the change says that taking it back has begun."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What one transaction took back: whether that was the last of it, which workouts have gone, and whose rests."""

    is_all: bool
    workouts: frozenset[int] = frozenset()
    outdated: tuple[RestMessage, ...] = ()


def is_going_back(change: Change) -> bool:
    """Whether taking it back has begun."""
    return bool((change.settings or {}).get(_GOES))


async def take_import_back(session: WriteSession, change: Change, now: datetime) -> TakenBack:
    """Takes some of it back: workouts, then wishes and names, then exercises, then settings; then it is forgotten.

    The lifter is held. A workout that was changed since stays, and so does an exercise that something refers to.
    """
    await exercises.await_catalogue(session)
    if not is_going_back(change):
        change.settings = {**(change.settings or {}), _GOES: True}
    if brought := await taking_in.brought(session, change.id, _WORKOUTS_AT_ONCE):
        some = brought[: await taking_out.how_many_at_once(session, [one.workout_id for one in brought])]
        return await _take_workouts(session, change, {one.workout_id: one.content for one in some}, now)
    groups = _groups(change.rows)
    going = groups[:_GROUPS_AT_ONCE]
    if not await changes.put_back_if_left(session, change.user_id, [row for group in going for row in group]):
        for group in going:
            await changes.put_back_if_left(session, change.user_id, group)
    if rest := groups[_GROUPS_AT_ONCE:]:
        change.rows = [row for group in rest for row in group]
        return TakenBack(is_all=False)
    await put_settings_back(session, change.user_id, change.settings or {}, now)
    await session.delete(change)
    return TakenBack(is_all=True)


async def _take_workouts(session: WriteSession, change: Change, prints: dict[int, str], now: datetime) -> TakenBack:
    there = await taking_out.these(session, change.user_id, prints)
    going = {workout.head.id for workout in there if print_of(workout) == prints[workout.head.id]}
    for workout_id in prints.keys() - going:
        await taking_in.keep(session, workout_id)
    outdated: tuple[RestMessage, ...] = ()
    if any(workout.head.finished_at is None for workout in there if workout.head.id in going):
        outdated = await end_rests(session, change.user_id)
        executions = [done.row.id for workout in there for done in workout.executions]
        await timers.end_sets(session, change.user_id, now, execution_ids=executions)
    await taking_in.remove(session, change.user_id, going)
    return TakenBack(is_all=False, workouts=frozenset(going), outdated=outdated)


def _groups(rows: Sequence[ImageRow]) -> list[list[ImageRow]]:
    """Wishes and names one by one, then each exercise with its names."""
    exercise_tables = {Exercise.__tablename__, ExerciseAlias.__tablename__}
    alone = [[row] for row in rows if row["table"] not in exercise_tables]
    made = [row for row in rows if row["table"] in exercise_tables]
    made.sort(key=_exercise_of)
    return [*alone, *(list(group) for _, group in groupby(made, _exercise_of))]


def _exercise_of(row: ImageRow) -> int:
    exercise_id: int = (
        row["key"][0] if row["table"] == Exercise.__tablename__ else (row["was"] or row["is"])["exercise_id"]
    )
    return exercise_id
